from __future__ import annotations

from django.db import migrations

from tracker.geo.names import skeleton


def move_codes(apps, schema_editor):
    places = apps.get_model("desk", "Place")
    apps.get_model("desk", "PlaceCode").objects.bulk_create(
        apps.get_model("desk", "PlaceCode")(place_id=pk, code=code)
        for pk, code in places.objects.exclude(external_id=None).values_list("pk", "external_id")
    )


def move_codes_back(apps, schema_editor):
    places = apps.get_model("desk", "Place")
    for code in apps.get_model("desk", "PlaceCode").objects.order_by("-pk"):
        places.objects.filter(pk=code.place_id).update(external_id=code.code)


def work_out_skeletons(apps, schema_editor):
    for place in apps.get_model("desk", "Place").objects.only("name", "name_ar"):
        type(place).objects.filter(pk=place.pk).update(
            skeleton=skeleton(place.name), skeleton_ar=skeleton(place.name_ar)
        )
    for name in apps.get_model("desk", "PlaceName").objects.only("name"):
        type(name).objects.filter(pk=name.pk).update(skeleton=skeleton(name.name))


class Migration(migrations.Migration):
    dependencies = [("desk", "0004_places_and_geocoding")]

    operations = [
        migrations.RunPython(move_codes, move_codes_back),
        migrations.RunPython(work_out_skeletons, migrations.RunPython.noop),
    ]
