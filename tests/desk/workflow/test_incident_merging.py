from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from tests.desk.workflow.merges import again
from tests.factories import (
    make_adherence,
    make_agreement,
    make_incident,
    make_party,
    make_place,
    make_provision,
    make_reading,
    make_report,
    make_user,
    make_zone,
)
from tracker.desk.models import Incident, IncidentMerge, Report, User
from tracker.desk.workflow import incident_merging, judging, matching, publishing
from tracker.desk.workflow.recording import recorded
from tracker.errors import Conflict, InvalidInput

pytestmark = pytest.mark.django_db
where_several_write = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="one writes at a time there anyway"
)


@pytest.fixture
def rima(db) -> User:
    return make_user(username="rima")


@pytest.fixture
def merge(rima):
    def merged(incident, into, **given):
        return incident_merging.merge(incident, into=into, by=rima, **given)

    return merged


@pytest.fixture
def undo(rima):
    return lambda merged: incident_merging.undo(merged, by=rima)


def reports_of(incident):
    return set(incident.reports.all())


def everything():
    """The desk's incidents and reports, and what the incidents are judged to be."""
    verdicts = [judging.verdicts_of(incident) for incident in Incident.objects.order_by("pk")]
    rows = [list(model.objects.order_by("pk").values()) for model in (Incident, Report)]
    return rows, [str(verdict) for verdict in verdicts]


def make_truce(*parties):
    agreement = make_agreement(effective_from=dt.datetime(2016, 12, 29, 22, tzinfo=dt.UTC))
    make_reading(agreement)
    make_provision(agreement, "fire_indirect")
    for party in parties:
        make_adherence(agreement, party)
    return agreement


def test_moves_the_reports_those_corrected_with_them(merge):
    double, kept = make_incident(reports=0), make_incident()
    report = make_report(incident=double)
    correction = make_report(supersedes=report, incident=double)
    [own] = reports_of(kept)

    merge(double, kept)

    assert reports_of(kept) == {own, report, correction}
    assert reports_of(double) == set()


def test_marks_the_other_a_duplicate_and_leaves_it_out_of_those_that_stand(merge):
    double, kept = make_incident(verification="verified"), make_incident()

    merge(double, kept)

    assert (again(double).merged_into, again(double).verification) == (kept, "duplicate")
    assert (again(kept).merged_into, again(kept).verification) == (None, "reported")
    assert list(Incident.objects.standing()) == [kept]


def test_keeps_who_merged_them_and_why(merge, rima):
    double, kept = make_incident(), make_incident()
    report = double.reports.get()

    merge(double, kept, reason="The same shells.")

    held = IncidentMerge.objects.get()
    assert (held.incident, held.into, held.merged_by) == (double, kept, rima)
    assert (held.reason, held.reports) == ("The same shells.", [report.pk])


def test_judges_both_by_the_reports_they_have_now(merge):
    army = make_party()
    make_truce(army)
    double, kept = (make_incident(place=make_place(), targets=["civilians"]) for _both in "12")
    matching.attach(make_report(accused=[army]), double)
    judging.judge_incident(kept)
    [before] = judging.verdicts_of(kept)

    merge(double, kept)

    [scope] = judging.verdicts_of(kept)
    [bare] = judging.verdicts_of(double)
    assert scope.overall != before.overall
    assert bare.overall == before.overall


def test_gives_everything_back(merge, undo):
    army = make_party()
    make_truce(army)
    double, kept = make_incident(verification="verified"), make_incident()
    matching.attach(make_report(accused=[army]), double)
    make_report(supersedes=double.reports.first(), incident=double)
    for incident in (double, kept):
        judging.judge_incident(incident)
    before = everything()

    merged = merge(double, kept)
    assert everything() != before
    assert undo(merged) == 0

    assert everything() == before


def test_keeps_who_undid_it(merge, undo, rima):
    merged = merge(make_incident(), make_incident())

    undo(merged)

    assert again(merged).undone_by == rima
    assert again(merged).undone_at is not None
    assert not IncidentMerge.objects.standing().exists()


def test_leaves_a_report_that_was_moved_elsewhere_since_and_counts_it(merge, undo):
    double, kept, third = make_incident(reports=2), make_incident(), make_incident(reports=0)
    moved, stays = double.reports.order_by("pk")
    merged = merge(double, kept)
    matching.detach(again(moved))
    matching.attach(again(moved), third)

    assert undo(merged) == 1

    assert (again(moved).incident, again(stays).incident) == (third, double)


def test_gives_back_the_correction_that_was_made_since(merge, undo):
    double, kept = make_incident(), make_incident()
    report = double.reports.get()
    merged = merge(double, kept)
    correction = make_report(supersedes=report, incident=kept)

    undo(merged)

    assert reports_of(double) == {report, correction}


def test_undoes_nothing_twice(merge, undo):
    merged = merge(make_incident(), make_incident())
    undo(merged)

    with pytest.raises(Conflict, match="no longer merged"):
        undo(merged)


def test_undoes_the_later_merge_first(merge, undo):
    first, second, third = (make_incident() for _number in range(3))
    merged, further = merge(first, second), merge(second, third)

    with pytest.raises(Conflict, match="undo that first"):
        undo(merged)
    undo(further)
    undo(merged)

    assert all(each.reports.count() == 1 for each in (first, second, third))


def test_merges_again_what_was_parted(merge, undo):
    double, kept = make_incident(), make_incident()
    undo(merge(double, kept))

    merge(double, kept)

    assert again(double).merged_into == kept


def test_refuses_to_merge_an_incident_into_itself(merge):
    incident = make_incident()

    with pytest.raises(InvalidInput, match="into itself"):
        merge(incident, incident)


def test_refuses_what_has_been_merged_already_and_so_every_circle(merge):
    double, kept, third = (make_incident() for _number in range(3))
    merge(double, kept)

    for incident, into in ((kept, double), (double, third), (third, double)):
        with pytest.raises(Conflict, match="already been merged"):
            merge(incident, into)


def test_keeps_an_incident_from_standing_for_itself_in_the_database():
    incident = make_incident()

    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(merged_into=incident)


@pytest.mark.parametrize(
    "pair", [("guarded", "open"), ("open", "guarded"), ("guarded", "withheld")]
)
def test_refuses_incidents_of_which_the_public_may_learn_differently_much(merge, pair):
    incident, into = (make_incident(sensitivity=sensitivity) for sensitivity in pair)

    with pytest.raises(InvalidInput, match="how much of the place"):
        merge(incident, into)

    assert again(incident).merged_into is None


def test_attaches_nothing_to_a_merged_incident(merge):
    double, kept = make_incident(), make_incident()
    merge(double, kept)

    with pytest.raises(Conflict, match="attach the report to that one"):
        matching.attach(make_report(), double)


def test_publishes_no_merged_incident(merge, rima):
    double, kept = make_incident(), make_incident()
    merge(double, kept)

    with pytest.raises(Conflict, match="publish that one"):
        publishing.publish(double, by=rima)


def test_counts_no_merged_incident_among_those_a_zone_would_change(merge):
    truce = make_truce()
    pair = [make_incident(place=make_place(), targets=["civilians"]) for _both in "12"]
    zone = make_zone(truce)
    assert judging.preview(zone, delete=True).counted == 2

    merge(*pair)

    assert judging.preview(zone, delete=True).counted == 1


@where_several_write
@pytest.mark.django_db(transaction=True)
def test_merges_one_into_the_other_for_one_of_two_who_try_at_once(rima):
    pair = [make_incident(), make_incident()]
    at_once = threading.Barrier(2)

    def try_to(incident, into):
        try:
            at_once.wait()
            with recorded(by=rima):
                return incident_merging.merge(incident, into=into, by=rima)
        except Conflict:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        merged = [done for done in pool.map(try_to, pair, reversed(pair)) if done]

    assert len(merged) == 1
    assert [each.reports.count() for each in (merged[0].into, merged[0].incident)] == [2, 0]


@where_several_write
@pytest.mark.django_db(transaction=True)
def test_attaches_nothing_to_an_incident_that_is_being_merged(rima):
    double, kept, report = make_incident(), make_incident(), make_report()
    at_once = threading.Barrier(2)

    def attach():
        try:
            at_once.wait()
            with recorded(by=rima):
                matching.attach(report, double)
        except Conflict:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        attaching = pool.submit(attach)
        at_once.wait()
        with recorded(by=rima):
            incident_merging.merge(double, into=kept, by=rima)
        attaching.result()

    assert double.reports.count() == 0
