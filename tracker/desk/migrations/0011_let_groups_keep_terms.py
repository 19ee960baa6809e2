from __future__ import annotations

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

TERMS = ("provision", "reading", "adherence", "zone")


def _may(verbs, models):
    return [f"{verb}_{model}" for verb in verbs for model in models]


SEES = [*_may(("view",), TERMS), "view_verdict"]
KEEPS = [*SEES, *_may(("add", "change", "delete"), TERMS), "view_job"]
GRANTED = {
    "data entry": SEES,
    "reviewer": KEEPS,
    "administrator": [*KEEPS, "change_job"],
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
    dependencies = [("desk", "0010_terms_and_verdicts")]

    operations = [migrations.RunPython(grant, take_back)]
