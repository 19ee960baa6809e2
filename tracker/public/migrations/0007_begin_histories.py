"""Histories of the incidents that are published already, as far as their own changelogs tell them."""

from __future__ import annotations

import hashlib
import json

from django.db import migrations


def begin(apps, schema_editor):
    editions = apps.get_model("public", "Edition").objects
    told = editions.filter(kind="history").values("public_id")
    for incident in editions.filter(kind="incident").exclude(public_id__in=told).iterator():
        document = json.loads(incident.document)
        revisions = [
            {
                **entry,
                "what": "changed" if entry["changed"] else "published",
                "reason": None,
                "differences": [],
            }
            for entry in document["changelog"]
        ]
        envelope = {name: document[name] for name in ("revision", "published_on", "updated_on")}
        text = json.dumps(
            {"id": incident.public_id, "revisions": revisions, **envelope}, ensure_ascii=False
        )
        editions.create(
            kind="history",
            public_id=incident.public_id,
            label=incident.label,
            search="",
            revision=incident.revision,
            document=text,
            digest=hashlib.sha256(text.encode()).hexdigest(),
            published_on=incident.published_on,
            updated_on=incident.updated_on,
        )


def end(apps, schema_editor):
    apps.get_model("public", "Edition").objects.filter(kind="history").delete()


class Migration(migrations.Migration):
    dependencies = [("public", "0006_history")]

    operations = [migrations.RunPython(begin, end)]
