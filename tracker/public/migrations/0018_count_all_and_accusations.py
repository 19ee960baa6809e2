from __future__ import annotations

from django.db import migrations

from tracker.public import rollups


def count(apps, schema_editor):
    Edition = apps.get_model("public", "Edition")
    incidents = Edition.objects.filter(kind="incident", entry__kind="incident")
    # A new database has none, whatever the tables have become since.
    if incidents.exists():
        rollups.rebuild(incidents)


def forget(apps, schema_editor):
    apps.get_model("public", "CellRollup").objects.exclude(name="").delete()


class Migration(migrations.Migration):
    """What was published before it was counted, or counted by code, or by who accuses."""

    dependencies = [
        ("public", "0017_count_accusations"),
    ]

    operations = [
        migrations.RunPython(count, forget),
    ]
