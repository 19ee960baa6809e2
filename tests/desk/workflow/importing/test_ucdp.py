"""UCDP's Syrian events, 16,566 rows: every one a report, and told again, edited and undone."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator

import pytest

from tests.desk.workflow.importing.conftest import counts
from tests.desk.workflow.importing.test_reports import everything
from tracker.desk.models import Figure, Report
from tracker.desk.workflow import recording

ROWS = 16_566

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def events(shared_data) -> list[dict[str, str]]:
    path = shared_data / "ucdp" / "ucdp_ged_syria_2016_2019.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    table = csv.DictWriter(text, rows[0].keys())
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode()


def edited(events: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """50 rows left out, 200 with another figure, and 50 that are new."""
    for number, row in enumerate(events):
        if number < 50:
            continue
        yield row | {"best": str(int(row["best"]) + 1)} if number < 250 else row
    for number in range(50):
        yield events[0] | {"id": str(9_000_000 + number)}


def test_takes_in_every_event_and_each_edition_after_it(events, take_in, undo):
    run = take_in(written(events), name="ged.csv")

    assert counts(run) == {"new": ROWS, "rows": ROWS}
    assert Report.objects.count() == len({row["id"] for row in events}) == ROWS
    for column, group in (("best", "all"), ("deaths_civilians", "civilians")):
        best = Figure.objects.filter(harm="killed", group=group).values_list("best", flat=True)
        assert sorted(number for number in best if number is not None) == sorted(
            int(row[column]) for row in events
        )
    before = everything()

    assert counts(take_in(written(events), name="again.csv")) == {"unchanged": ROWS, "rows": ROWS}
    assert everything() == before

    newer = take_in(written(list(edited(events))), name="newer.csv")
    assert counts(newer) == {
        "new": 50,
        "changed": 200,
        "unchanged": ROWS - 250,
        "gone": 50,
        "rows": ROWS,
    }

    undo(newer)
    assert everything() == before
    assert list(recording.faults()) == []
