from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import make_incident, make_report, make_source, make_user
from tracker.desk.models import Report
from tracker.desk.workflow import matching, triage
from tracker.errors import Conflict, InvalidInput

pytestmark = pytest.mark.django_db


@pytest.fixture
def omar(db: None):
    return make_user("data entry", username="omar")


@pytest.fixture
def huda(db: None):
    return make_user("data entry", username="huda")


def long_ago(report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(claimed_at=timezone.now() - triage.STALE * 2)
    report.refresh_from_db()


def test_puts_the_gravest_first_and_the_oldest_of_equals(omar):
    plain, later = make_report(), make_report()
    many = make_report(figures=[{"best": 12}])
    one = make_report(figures=[{"best": 1}])
    hurt = make_report(figures=[{"harm": "injured", "as_written": "dozens"}])
    none = make_report(figures=[{"best": 0}])

    assert list(triage.inbox(omar)) == [many, one, hurt, plain, later, none]


def test_holds_what_waits_for_an_incident_and_nothing_else(omar):
    waits, rejected = make_report(), make_report()
    make_report(incident=make_incident(reports=0))
    make_report(source=make_source(is_confidential=True))
    corrected = make_report()
    correction = make_report(supersedes=corrected)
    triage.reject(rejected, because="A football match.", by=omar)

    assert set(triage.inbox(omar)) == {waits, correction}


def test_lets_one_person_at_a_time_look_at_a_report(omar, huda):
    report = make_report()
    triage.claim(report, by=omar)

    with pytest.raises(Conflict, match=f"omar has been looking at report {report.pk} since"):
        triage.claim(report, by=huda)

    assert list(triage.free(triage.inbox(huda), huda)) == []
    assert list(triage.free(triage.inbox(omar), omar)) == [report]


def test_lets_another_take_over_what_was_left_lying(omar, huda):
    report = make_report()
    triage.claim(report, by=omar)
    long_ago(report)

    assert triage.is_stale(report)
    triage.claim(report, by=huda)

    report.refresh_from_db()
    assert report.claimed_by == huda


def test_releases_for_nobody_but_who_has_it(omar, huda):
    report = make_report()
    triage.claim(report, by=omar)

    triage.release(report, by=huda)

    report.refresh_from_db()
    assert report.claimed_by == omar


@pytest.mark.parametrize("reason", ["", "  "])
def test_rejects_nothing_without_a_reason(omar, reason):
    with pytest.raises(InvalidInput, match="Say why"):
        triage.reject(make_report(), because=reason, by=omar)


def test_takes_up_again_what_was_rejected(omar):
    report = make_report()
    triage.reject(report, because="A football match.", by=omar)

    triage.take_up_again(report, by=omar)

    assert list(triage.inbox(omar)) == [report]
    assert Report.objects.get().set_aside_because == ""


def test_marks_a_duplicate_of_another(omar):
    first, again = make_report(), make_report()

    triage.mark_duplicate(again, of=first, by=omar)

    assert list(triage.inbox(omar)) == [first]
    assert list(first.duplicates.all()) == [again]


def test_marks_no_duplicate_of_itself_nor_of_a_duplicate(omar):
    first, again, third = make_report(), make_report(), make_report()
    triage.mark_duplicate(again, of=first, by=omar)

    for report, of in ((first, first), (third, again), (first, third)):
        with pytest.raises(InvalidInput):
            triage.mark_duplicate(report, of=of, by=omar)


def test_attaches_nothing_that_was_set_aside(omar):
    report = make_report()
    triage.reject(report, because="A football match.", by=omar)

    with pytest.raises(Conflict, match="was set aside"):
        matching.attach(report, make_incident())


def test_sets_nothing_aside_that_is_attached(omar):
    report = make_report(incident=make_incident(reports=0))

    with pytest.raises(Conflict, match="detach it there first"):
        triage.reject(report, because="A football match.", by=omar)


def test_lets_go_of_what_has_found_its_incident(omar):
    report = make_report()
    triage.claim(report, by=omar)

    matching.attach(report, make_incident())

    assert Report.objects.get(pk=report.pk).claimed_by is None
    assert dt.timedelta(minutes=5) < triage.STALE
