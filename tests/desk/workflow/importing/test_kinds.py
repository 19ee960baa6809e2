"""Files of tallies, coverage periods and parties: taken in, brought again and undone."""

from __future__ import annotations

import pytest

from tests.desk.workflow.importing.conftest import counts, table, worked_off
from tests.factories import make_party, make_place, make_report, make_source
from tracker.desk import tasks
from tracker.desk.models import Bulletin, Coverage, Party, Tally
from tracker.desk.models.imports import ImportState
from tracker.desk.workflow import importing, recording
from tracker.desk.workflow.recording import recorded
from tracker.errors import Conflict

pytestmark = pytest.mark.django_db

TALLIES = (
    ("2017-01-22", "2017-01-22", "TASS", "Hama", "1", ""),
    ("2017-01-22", "2017-01-22", "TASS", "", "12", "3"),
)
TALLY_HEADER = ("date_start", "date_end", "document", "place", "count", "confirmed")
PERIODS = (
    ("2017-01-10", "", "denied", "Letter of the monitor", "Wadi Barada", "The army"),
    ("2017-01-10", "2017-01-12", "full", "Letter of the monitor", "", ""),
)
PERIOD_HEADER = ("date_start", "date_end", "access", "document", "place", "obstructed_by")
PARTIES = (
    ("Jaysh al-Islam", "جيش الإسلام", "armed_group", "Army of Islam"),
    ("Ahrar al-Sham", "أحرار الشام", "armed_group", ""),
)
PARTY_HEADER = ("name", "name_ar", "kind", "names")


@pytest.fixture
def hama(db):
    return make_place(name="Hama", name_ar="حماة")


def test_makes_rows_the_tallies_of_the_bulletin_they_stand_in(take_in, hama, source):
    run = take_in(table(TALLIES, TALLY_HEADER), kind="tallies")

    assert (run.state, counts(run)) == (ImportState.COMMITTED, {"new": 2, "rows": 2})
    bulletin = Bulletin.objects.get()
    assert (bulletin.monitor, str(bulletin.date_end), bulletin.document) == (
        source,
        "2017-01-22",
        "TASS",
    )
    tallies = bulletin.tallies.order_by("count").values_list("place", "count", "confirmed")
    assert list(tallies) == [(hama.pk, 1, None), (None, 12, 3)]


def test_counts_no_tally_twice_and_takes_all_back(take_in, undo, hama):
    run = take_in(table(TALLIES, TALLY_HEADER), kind="tallies")
    again = take_in(table(TALLIES, TALLY_HEADER), kind="tallies")
    assert counts(again) == {"unchanged": 2, "rows": 2}

    undo(run)

    assert not Bulletin.objects.exists()
    assert list(recording.faults()) == []


def test_refuses_a_tally_of_an_area_that_nothing_here_is_called(check):
    run = check(table(TALLIES, TALLY_HEADER), kind="tallies")

    assert counts(run) == {"new": 1, "refused": 1, "rows": 2}
    assert "“Hama”" in importing.reasons(run.rows.get())[0]


def test_undoes_no_bulletin_that_someone_has_worked_on(take_in, nour, hama):
    run = take_in(table(TALLIES, TALLY_HEADER), kind="tallies")
    with recorded(by=nour):
        Bulletin.objects.update(note="Read.")

    with pytest.raises(Conflict, match="bulletin"):
        importing.ask_to_undo(run, by=nour)

    assert Tally.objects.count() == 2


def test_goes_on_undoing_a_bulletin_where_it_stopped(take_in, nour, hama, monkeypatch):
    run = take_in(table(TALLIES, TALLY_HEADER), kind="tallies")
    monkeypatch.setattr("tracker.desk.workflow.importing.undoing.BATCH", 1)
    importing.ask_to_undo(run, by=nour)
    tasks.work_off("first", stopping=lambda: True)
    assert Tally.objects.count() == 1

    run = worked_off(run)

    assert (run.state, Bulletin.objects.count()) == (ImportState.UNDONE, 0)


def test_makes_rows_coverage_periods_and_takes_them_back(take_in, undo):
    valley, army = make_place(name="Wadi Barada", kind="area"), make_party(name="The army")

    run = take_in(table(PERIODS, PERIOD_HEADER), kind="coverage")

    told = Coverage.objects.order_by("access").values_list("access", "place", "obstructed_by")
    assert list(told) == [("denied", valley.pk, army.pk), ("full", None, None)]
    assert counts(take_in(table(PERIODS, PERIOD_HEADER), kind="coverage")) == {
        "unchanged": 2,
        "rows": 2,
    }
    undo(run)
    assert not Coverage.objects.exists()


def test_makes_rows_parties_with_their_names_and_takes_them_back(take_in, undo):
    run = take_in(table(PARTIES, PARTY_HEADER), kind="parties")

    party = Party.objects.get(slug="jaysh-al-islam")
    assert (party.name_ar, [str(name) for name in party.names.all()]) == (
        "جيش الإسلام",
        ["Army of Islam"],
    )
    undo(run)
    assert not Party.objects.exists()


def test_lets_a_party_that_is_known_stand(take_in):
    known = make_party(name="Ahrar al-Sham", kind="armed_group")

    run = take_in(table(PARTIES, PARTY_HEADER), kind="parties")

    assert counts(run) == {"new": 1, "refused": 1, "rows": 2}
    assert str(known.pk) in importing.reasons(run.rows.get())[0]


def test_undoes_no_party_that_a_report_accuses(take_in, nour):
    run = take_in(table(PARTIES, PARTY_HEADER), kind="parties")
    make_report(accused=[Party.objects.get(slug="ahrar-al-sham")])

    with pytest.raises(Conflict, match="Ahrar al-Sham"):
        importing.ask_to_undo(run, by=nour)


def test_reads_the_published_counts_of_three_monitors(take_in, shared_data):
    for name in ("Hama", "Syria"):
        make_place(name=name)
    content = (shared_data / "compiled" / "syria_reported_counts_2016_2021.csv").read_bytes()
    make_source(name="Syrian Network for Human Rights")

    run = take_in(content, kind="tallies")

    assert run.counts["rows"] == 157
    assert run.counts["new"] + run.counts["refused"] == 157
    assert Tally.objects.count() == run.counts["new"] > 0
