"""Public nodes are told to follow the tables of what is public, and no other."""

from __future__ import annotations

import re
from io import StringIO

from django.apps import apps
from django.core.management import call_command


def told(**asked: str) -> str:
    out = StringIO()
    call_command("replication", stdout=out, **asked)
    return out.getvalue()


def published() -> set[str]:
    [statement] = re.findall("^CREATE PUBLICATION .*$", told(), re.MULTILINE)
    return set(re.findall('"(.+?)"', statement.partition(" FOR TABLE ")[2]))


def test_publishes_the_tables_of_the_public_wing_and_no_other():
    public = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label == "public"
    }

    assert published() == public
    assert {"public_edition", "public_tombstone"} < public
    assert all(table.startswith("public_") for table in public)


def test_says_what_is_not_replicated():
    assert "Sequences and django_migrations are not replicated." in told()


def test_prints_the_side_of_the_node_when_asked():
    assert "CREATE SUBSCRIPTION" not in told()
    assert (
        """CREATE SUBSCRIPTION "tracker_public" CONNECTION 'host=desk password=it''s' """
        'PUBLICATION "tracker_public";'
    ) in told(node="host=desk password=it's")
