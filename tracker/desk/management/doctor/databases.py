"""The database as it is in force, which is not always as it was asked for; and who works on it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from tracker.desk.management.doctor.findings import Finding, ok, wrong
from tracker.desk.models import Revision
from tracker.desk.workflow import jobs
from tracker.desk.workflow.recording import KINDS
from tracker.desk.workflow.recording.kinds import parts_of

# What each is worth: the settings say why.
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
}
# What would lose an acknowledged commit when the power goes.
UNSAFE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
PROGRAMS = ("pg_dump", "pg_restore", "psql")
# What keeps rows as they were written, beside what marks changes for the ledger.
KEEPING = {
    *("desk_report_keep", "desk_report_hold"),
    *("desk_report_accused_insert", "desk_report_accused_update", "desk_report_accused_delete"),
    *("desk_figure_insert", "desk_figure_update", "desk_figure_delete"),
    *("desk_revision_refuses_update", "desk_revision_refuses_delete"),
    *("desk_assessment_refuses_update", "desk_assessment_refuses_delete"),
    *("desk_sealed_refuses_update", "desk_evidence_refuses_update"),
}
# How far two clocks may be apart.
APART = dt.timedelta(minutes=1)


def findings() -> Iterator[Finding]:
    yield from _sqlite() if connection.vendor == "sqlite" else _postgresql()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        # Of other tables than today's nothing more can be asked.
        yield wrong("The database lacks migrations: run migrate.")
        return
    yield ok("The database has every migration.")
    yield _triggers()
    yield _clock()
    yield _worker()


def _sqlite() -> Iterator[Finding]:
    otherwise = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        (version,) = cursor.fetchone()
        for name, wanted in PRAGMAS.items():
            cursor.execute(f"PRAGMA {name}")
            (found,) = cursor.fetchone()
            if found != wanted:
                otherwise.append(f"{name} is {found}, not {wanted}")
    if otherwise:
        yield wrong(f"SQLite {version}: {'; '.join(otherwise)}.")
    else:
        yield ok(f"SQLite {version}, with every pragma in force.")
    if connection.settings_dict["CONN_MAX_AGE"] is not None:
        yield wrong("Connections are not kept: on a full disk nothing can be read either.")


def _postgresql() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (version,) = cursor.fetchone()
        for name, unsafe in UNSAFE.items():
            cursor.execute(f"SHOW {name}")
            if cursor.fetchone()[0] == unsafe:
                yield wrong(
                    f"PostgreSQL has {name} {unsafe}: a power cut loses what was said kept."
                )
    yield ok(f"PostgreSQL {version} answers.")
    missing = [program for program in PROGRAMS if not shutil.which(program)]
    if missing:
        yield wrong(f"No backup can be made: {', '.join(missing)} are not here.")


def _triggers() -> Finding:
    wanted = KEEPING | {
        f"ledger_{kind}_{part.name or 'itself'}_{event}"
        for kind in KINDS
        for part, _model in parts_of(kind, apps)
        for event in ("insert", "update", "delete")
    }
    missing = sorted(wanted - _found_triggers())
    if missing:
        return wrong(f"Changes may pass the ledger by: no trigger {', '.join(missing)}.")
    return ok(f"The {len(wanted)} triggers that keep the ledger are in place.")


def _found_triggers() -> set[str]:
    """Those that act: PostgreSQL can switch one off."""
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def _clock() -> Finding:
    now, last = timezone.now(), Revision.objects.order_by("-number").first()
    if last and last.at - now > APART:
        return wrong(
            f"This clock says {now:%Y-%m-%d %H:%M} UTC, and the ledger's last entry is of "
            f"{last.at:%Y-%m-%d %H:%M}: one of them was wrong."
        )
    return ok("The clock is not behind the ledger.")


def _worker() -> Finding:
    if trouble := jobs.trouble():
        return wrong(trouble)
    if jobs.is_seen():
        return ok("A worker takes jobs forward.")
    return ok("No job waits for a worker.")
