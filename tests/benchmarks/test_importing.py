"""How fast a file is taken in, beside the csv module and bare statements writing the same columns."""

from __future__ import annotations

import csv
import gzip
import io
import os
import resource
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.factories import make_source, make_user
from tracker.desk import tasks
from tracker.desk.models import Figure, Report
from tracker.desk.workflow import importing
from tracker.desk.workflow.importing.reports import COLUMNS, COUNTED

# Each batch is committed, as it is where files are taken in.
pytestmark = [pytest.mark.benchmark, pytest.mark.django_db(transaction=True)]

# A million take an hour: ROWS=1000000 makes them.
ROWS = int(os.environ.get("ROWS", "100000"))
BATCH = 2_000


@pytest.fixture
def file(shared_data, tmp_path) -> Path:
    """UCDP's events over and over, each time with other numbers."""
    source = shared_data / "ucdp" / "ucdp_ged_syria_2016_2019.csv.gz"
    path = tmp_path / "events.csv"
    with (
        gzip.open(source, "rt", encoding="utf-8", newline="") as read,
        path.open("w", encoding="utf-8", newline="") as written,
    ):
        header, *rows = csv.reader(read)
        table = csv.writer(written)
        table.writerow(header)
        for number, row in enumerate(islice(cycle(rows), ROWS)):
            table.writerow([number, *row[1:]])
    return path


def seconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def write_bare(path: Path, *, figures: bool) -> None:
    """What the import writes in reports, and in figures, by bare statements into bare tables."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        while batch := list(islice(rows, BATCH)):
            insert_bare("bare_report", len(COLUMNS), map(reported, batch))
            if figures:
                insert_bare("bare_figure", 1 + len(COUNTED), counted(batch))


def reported(row: dict[str, str]) -> list[Any]:
    told = [
        *(row["id"], row["date_start"], row["where_coordinates"], row["latitude"]),
        *(row["longitude"], row["dyad_name"], row["source_headline"], str(row)),
    ]
    return [*told, *["" for _column in range(len(COLUMNS) - len(told))]]


def counted(batch: list[dict[str, str]]) -> Iterator[list[Any]]:
    for row in batch:
        for column in ("best", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"):
            yield [row["id"], "killed", column, row["low"], row[column], row["high"], ""]


def insert_bare(table: str, columns: int, rows: Any) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * columns)
            cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", list(rows))  # noqa: S608


def make_bare_tables() -> None:
    with connection.cursor() as cursor:
        for table, columns in (("bare_report", len(COLUMNS)), ("bare_figure", 1 + len(COUNTED))):
            names = ", ".join(f"c{number} TEXT" for number in range(columns))
            cursor.execute(f"CREATE TABLE {table} ({names})")


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_takes_in_rows_beside_bare_statements(file):
    user, source = make_user(is_superuser=True), make_source()
    make_bare_tables()
    parsed = seconds(lambda: sum(1 for _row in csv.reader(io.StringIO(file.read_text()))))
    alone = seconds(lambda: write_bare(file, figures=False))
    bare = seconds(lambda: write_bare(file, figures=True))
    with file.open("rb") as opened:
        run = importing.receive(opened, name=file.name, source=source, by=user)

    importing.ask_to_check(run, by=user)
    before = megabytes()
    checked = seconds(lambda: tasks.work_off("benchmark"))
    importing.ask_to_commit(run, by=user)
    committed = seconds(lambda: tasks.work_off("benchmark"))

    assert Report.objects.count() == ROWS
    print(
        f"{connection.vendor}, {ROWS:,} rows: csv alone {ROWS / parsed:,.0f} rows/s; bare reports "
        f"{ROWS / alone:,.0f}, with their figures {ROWS / bare:,.0f}; checked "
        f"{ROWS / checked:,.0f}, taken in {ROWS / committed:,.0f} with {Figure.objects.count():,} "
        f"figures ({bare / committed:.2f} and {alone / committed:.2f} of the bare rate); "
        f"{megabytes() - before:.0f} MB more at the peak than before"
    )
