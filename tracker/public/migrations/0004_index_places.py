"""Places published before they could be searched by spelling and by position."""

from __future__ import annotations

import json

from django.db import migrations

from tracker.geo.names import skeleton
from tracker.geo.tiles import tile_of


def index(apps, schema_editor):
    facet, spot = apps.get_model("public", "Facet"), apps.get_model("public", "Spot")
    for edition in apps.get_model("public", "Edition").objects.filter(kind="place"):
        place = json.loads(edition.document)
        names = [place["name"], place["name_ar"], *(each["name"] for each in place["names"])]
        facet.objects.bulk_create(
            (
                facet(edition=edition, name="spelling", value=each)
                for each in {skeleton(name) for name in names if name} - {""}
            ),
            ignore_conflicts=True,
        )
        if place["latitude"] is not None:
            north, east = place["latitude"], place["longitude"]
            spot.objects.update_or_create(
                edition=edition,
                defaults={"latitude": north, "longitude": east, "tile": tile_of(north, east)},
            )


class Migration(migrations.Migration):
    dependencies = [("public", "0003_scope")]

    operations = [migrations.RunPython(index, migrations.RunPython.noop)]
