from __future__ import annotations

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

GRANTED = {
    "data entry": ["view_placecode", "add_placecode", "view_boundary"],
    "reviewer": ["view_placecode", "add_placecode", "view_boundary", "merge_place"],
    "administrator": [
        *("view_placecode", "add_placecode", "change_placecode", "delete_placecode"),
        *("view_boundary", "merge_place"),
    ],
}


def _each_group(apps):
    create_permissions(installed.get_app_config("desk"), apps=apps, verbosity=0)
    granted = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="desk")
    for name, codenames in GRANTED.items():
        group = apps.get_model("auth", "Group").objects.filter(name=name).first()
        if group:
            yield group.permissions, granted.filter(codename__in=codenames)


def grant(apps, schema_editor):
    for permissions, granted in _each_group(apps):
        permissions.add(*granted)


def take_back(apps, schema_editor):
    for permissions, granted in _each_group(apps):
        permissions.remove(*granted)


class Migration(migrations.Migration):
    dependencies = [("desk", "0006_positions_in_reports")]

    operations = [migrations.RunPython(grant, take_back)]
