from __future__ import annotations

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

REFERENCE = ("party", "partyname", "place", "placename", "source")
WORK = ("report", "figure", "incident")


def _may(verbs, models):
    return [f"{verb}_{model}" for verb in verbs for model in models]


DATA_ENTRY = (
    _may(("view", "add", "change"), REFERENCE + WORK)
    + ["view_agreement", "delete_figure", "delete_placename", "delete_partyname"]
)
REVIEWER = DATA_ENTRY + [
    *_may(("add", "change"), ("agreement",)),
    "publish_incident",
    "publish_agreement",
    "view_confidential_source",
]
ADMINISTRATOR = REVIEWER + [
    *_may(("view", "add", "change"), ("user",)),
    *_may(("delete",), REFERENCE + WORK + ("agreement",)),
    "view_submission",
]
GROUPS = {
    "contributor": ["add_report"],
    "data entry": DATA_ENTRY,
    "reviewer": REVIEWER,
    "administrator": ADMINISTRATOR,
}


def make_groups(apps, schema_editor):
    # Permissions are made after all migrations have run; the groups need them now.
    create_permissions(installed.get_app_config("desk"), apps=apps, verbosity=0)
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="desk"
    )
    for name, codenames in GROUPS.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.set(permissions.filter(codename__in=codenames))


def drop_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0002_lock_reports"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, drop_groups)]
