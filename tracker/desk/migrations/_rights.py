"""Rights that come to the groups with a migration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

from tracker.desk.workflow import recording


def granting(rights: Mapping[str, Sequence[str]]) -> migrations.RunPython:
    """The operation that grants rights of the desk, by their codenames, to groups by their names."""

    def each_group(apps: Any) -> Iterator[tuple[Any, Any]]:
        # Permissions are made after all migrations have run; the groups need them now.
        create_permissions(installed.get_app_config("desk"), apps=apps, verbosity=0)
        permissions = apps.get_model("auth", "Permission").objects
        granted = permissions.filter(content_type__app_label="desk")
        for group in apps.get_model("auth", "Group").objects.filter(name__in=rights):
            yield group.permissions, granted.filter(codename__in=rights[group.name])

    def grant(apps: Any, schema_editor: Any) -> None:
        for permissions, granted in each_group(apps):
            permissions.add(*granted)
        _enter(apps, "Rights that a new version of the tracker grants.")

    def take_back(apps: Any, schema_editor: Any) -> None:
        for permissions, granted in each_group(apps):
            permissions.remove(*granted)
        _enter(apps, "Rights that came with a version of the tracker which is taken back.")

    return migrations.RunPython(grant, take_back)


def _enter(apps: Any, why: str) -> None:
    # The first rights are older than the ledger, which began with them.
    if "revision" in apps.all_models["desk"]:
        recording.enter(by=None, why=why, apps=apps)
