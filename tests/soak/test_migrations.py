"""Every step back and forward again, on a database that holds something: no row is lost by it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.db.migrations.loader import MigrationLoader

from tests.soak.site import Site

pytestmark = pytest.mark.soak

# How many of the newest migrations of each app are taken back, one by one.
STEPS = int(os.environ.get("STEPS", "12"))
# What is counted ahead is counted anew by a later migration, and this is where steps are noted.
UNCOUNTED = {"django_migrations", "public_rollup", "public_cellrollup", "public_accusationrollup"}


def pairs(app: str) -> Iterator[tuple[str, str]]:
    """Each of the newest migrations, the last first, and the one before it."""
    graph = MigrationLoader(None, ignore_no_migrations=True).graph
    names = [name for label, name in graph.forwards_plan(graph.leaf_nodes(app)[0]) if label == app]
    newest = list(zip(names[1:], names, strict=False))[-STEPS:]
    return reversed(newest)


def counted(site: Site) -> dict[str, int]:
    """How many rows each table has."""
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        if site.url.startswith("sqlite")
        else "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    )
    tables = [name for (name,) in site.rows(asked) if name not in UNCOUNTED]
    numbers = (site.rows(f'SELECT count(*) FROM "{name}"') for name in sorted(tables))  # noqa: S608
    return {name: number for name, [(number,)] in zip(sorted(tables), numbers, strict=True)}


@pytest.mark.parametrize("app", ["desk", "public"])
def test_loses_no_row_by_a_step_back_and_forward(site: Site, app: str):
    site.manage("load_demo")
    whole = counted(site)
    lost: dict[str, dict[str, tuple[int, int]]] = {}
    for name, before in pairs(app):
        site.manage("migrate", "-v0", app, before)
        kept = counted(site)
        site.manage("migrate", "-v0")
        again = counted(site)
        differing = {
            table: (whole[table], again[table])
            for table in whole.keys() & kept.keys()
            # The ledger says of itself that it was begun again.
            if again[table] != whole[table] and not table.startswith("desk_revision")
        }
        if differing:
            lost[name] = differing
        whole = again

    print(f"\n{app}, {site.url.partition(':')[0]}: {STEPS} steps, {sum(whole.values()):,} rows")
    assert lost == {}
    site.manage("verify_ledger")
    site.manage("rebuild_rollups", "--check")
