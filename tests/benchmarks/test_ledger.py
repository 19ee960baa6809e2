"""How long it takes to verify a ledger of a hundred thousand revisions, and what keeping one costs."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from tests.desk.admin.pages import address, save
from tests.factories import make_party, make_report, make_source
from tracker.desk.migrations import _recording as triggers
from tracker.desk.models import Report, Revision, Sealed
from tracker.desk.workflow import intake, recording
from tracker.desk.workflow.recording import recorded

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

REVISIONS, REPORTS = 100_000, 20_000
SECONDS = 30
TAKEN_IN, SAVES = 1000, 20


def seconds(work: Callable[[], Any]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def test_verifies_a_hundred_thousand_revisions_in_half_a_minute():
    made = Revision.objects.count()
    stated = {"source": make_source(), "text": "Shells fell.", "date_start": dt.date(2017, 1, 15)}
    with recorded(by=None):
        Report.objects.bulk_create((Report(**stated) for _number in range(REPORTS)), 2000)
    for number in range(1, REVISIONS // REPORTS):
        with recorded(by=None):
            Report.objects.update(note=f"Read {number} times.")
    faults: list[str] = []

    began = time.perf_counter()
    took = seconds(lambda: faults.extend(recording.faults()))
    waited = time.perf_counter() - began

    print(
        f"{Revision.objects.count():,} revisions with {Sealed.objects.count():,} sealed values: "
        f"{took:.1f} s of one core, {waited:.1f} s by the clock"
    )
    assert (Revision.objects.count() - made, faults) == (REVISIONS + 1, [])
    assert took < SECONDS


def take_in_many(by: Any) -> None:
    source, party = make_source(), make_party()
    stated = {"source": source, "text": "Shells fell.", "date_start": dt.date(2017, 1, 15)}
    with recorded(by=by):
        for _number in range(TAKEN_IN):
            intake.take_in(stated, accused=[party], figures=[{"best": 7}], by=by)


def save_often(desk: Any) -> None:
    page = address("report_change", make_report().pk)
    for number in range(SAVES):
        assert save(desk, page, note=f"Read {number} times.").status_code == 302


def stop_marking() -> None:
    """Let no change be marked any more: with nothing to enter, the ledger costs nothing."""
    with connection.cursor() as cursor:
        editor = SimpleNamespace(
            connection=connection, execute=lambda sql, params=None: cursor.execute(sql)
        )
        triggers.recording("").reverse_code(apps, editor)  # type: ignore[misc, arg-type]


def test_tells_what_the_ledger_costs(desk, reviewer):
    works = {
        f"{TAKEN_IN:,} reports taken in": lambda: take_in_many(reviewer),
        f"{SAVES} saves of a page": lambda: save_often(desk),
    }
    save_often(desk)
    kept = {name: seconds(work) for name, work in works.items()}
    stop_marking()
    bare = {name: seconds(work) for name, work in works.items()}

    for name in works:
        ratio = kept[name] / bare[name]
        print(f"{name}: {kept[name]:.2f} s with the ledger, {bare[name]:.2f} without ({ratio:.2f})")
