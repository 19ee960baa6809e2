from __future__ import annotations

from django.db import migrations

from tracker.public import rollups


def count(apps, schema_editor):
    Edition = apps.get_model("public", "Edition")
    incidents = Edition.objects.filter(kind="incident", entry__kind="incident")
    # A new database has none, whatever the tables have become since.
    if incidents.exists():
        rollups.rebuild(incidents)


class Migration(migrations.Migration):
    """What was published before it was counted."""

    dependencies = [
        ("public", "0010_count_incidents"),
    ]

    operations = [
        # The tables go with the migration before; what is in them may stay until then.
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
