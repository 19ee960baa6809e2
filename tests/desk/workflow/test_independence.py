from __future__ import annotations

import pytest

from tests.factories import make_report, make_source
from tracker.codebook import Stance
from tracker.desk.workflow.independence import groups

pytestmark = pytest.mark.django_db


def test_counts_two_outlets_that_relay_one_claimant_once():
    monitor = make_source()
    reports = [make_report(relayed_from=monitor), make_report(relayed_from=monitor)]

    assert len(groups([*reports, make_report(source=monitor)])) == 1


def test_counts_the_claimant_and_not_the_group_of_who_relays_it():
    wire = {"independence_group": "one wire"}
    reports = [
        make_report(source=make_source(**wire), relayed_from=make_source()),
        make_report(source=make_source(**wire), relayed_from=make_source()),
    ]

    assert len(groups(reports)) == 2


def test_counts_claimants_of_one_group_once_however_it_is_capitalised():
    reports = [
        make_report(source=make_source(independence_group=name)) for name in ("Wire", "wire", "")
    ]

    assert len(groups(reports)) == 2


def test_takes_no_group_for_the_source_of_that_name():
    reports = [
        make_report(source=make_source(slug="wire")),
        make_report(source=make_source(independence_group="wire")),
    ]

    assert len(groups(reports)) == 2


@pytest.mark.parametrize("stance", Stance)
def test_counts_who_alleges_or_confirms_and_no_one_else(stance):
    counted = len(groups([make_report(stance=stance)]))

    assert counted == (stance in {"alleges", "confirms"})


def test_counts_no_one_who_withdrew_since():
    source = make_source()
    reports = [
        make_report(source=source, stance="withdraws", published_on="2017-01-17"),
        make_report(source=source, stance="alleges", published_on="2017-01-16"),
        make_report(source=source, stance="alleges"),
    ]
    for report in reports:
        report.refresh_from_db()

    assert groups(reports) == groups(reversed(reports)) == set()


def test_holds_what_was_entered_last_of_one_day_to_be_what_was_said_last():
    source = make_source()
    alleges, withdraws = (make_report(source=source, stance=s) for s in ("alleges", "withdraws"))

    assert groups([withdraws, alleges]) == groups([alleges, withdraws]) == set()


def test_finds_no_group_where_nothing_is_said():
    assert groups([]) == set()
