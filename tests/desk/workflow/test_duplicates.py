from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.factories import make_incident, make_place, make_report, make_source, make_user
from tracker.desk.models import Report
from tracker.desk.workflow import matching

pytestmark = pytest.mark.django_db

TOLL = "At least seven people were killed when shells hit a hall in the village."
FACTS: dict[str, Any] = {"acts": ["fire_indirect"], "date_start": dt.date(2017, 1, 15)}


@pytest.fixture
def clerk(db):
    return make_user("data entry")


@pytest.fixture
def monitor(db):
    return make_source(name="Observatory")


def found(report, user):
    return [duplicate.report for duplicate in matching.like(report, user=user)]


def test_flags_what_two_outlets_relay_of_one_claimant_in_the_same_words(clerk, monitor):
    first = make_report(**FACTS, relayed_from=monitor, text=TOLL)
    second = make_report(**FACTS, relayed_from=monitor, text=TOLL.replace("At least s", "S"))

    [duplicate] = matching.like(second, user=clerk)

    assert duplicate.report == first
    assert duplicate.likeness >= 90
    assert duplicate.reasons == [
        "both go back to the same origin: Observatory",
        f"the same words ({duplicate.likeness}), day and place",
    ]


def test_flags_an_outlet_that_repeats_what_the_claimant_published(clerk, monitor):
    direct = make_report(**FACTS, source=monitor, text=TOLL)

    assert found(make_report(**FACTS, relayed_from=monitor, text=TOLL), clerk) == [direct]
    assert found(direct, clerk) != []


def test_flags_sources_of_one_independence_group(clerk):
    arabic, english = (make_source(independence_group="al-jazeera") for _number in range(2))
    first = make_report(**FACTS, source=arabic, text=TOLL)

    assert found(make_report(**FACTS, source=english, text=TOLL), clerk) == [first]


def test_does_not_flag_two_claimants_whom_one_outlet_relays(clerk, monitor):
    outlet = make_source()
    make_report(**FACTS, source=outlet, relayed_from=monitor, text=TOLL)

    report = make_report(**FACTS, source=outlet, relayed_from=make_source(), text=TOLL)

    assert found(report, clerk) == []


def test_does_not_flag_independent_sources_that_say_the_same(clerk):
    make_report(**FACTS, text=TOLL)

    assert found(make_report(**FACTS, text=TOLL), clerk) == []


@pytest.mark.parametrize(
    "other",
    [
        {"text": "Snipers shot two medical workers near the spring in the afternoon."},
        {"date_start": dt.date(2017, 1, 16)},
        {"place": "elsewhere"},
    ],
)
def test_does_not_flag_other_words_another_day_or_another_village(clerk, monitor, other):
    make_report(**FACTS, source=monitor, text=TOLL, place=make_place())
    told = {**FACTS, "text": TOLL, "place": make_place(), **other}
    if other.get("place"):
        told["place"] = make_place(name="Basimah", latitude=33.604, longitude=36.198)

    assert found(make_report(**told, source=monitor), clerk) == []


def test_flags_the_same_facts_in_other_words(clerk, monitor):
    facts = {**FACTS, "place": make_place(), "figures": [{"best": 7}]}
    first = make_report(**facts, relayed_from=monitor, text=TOLL)
    make_report(**{**facts, "figures": [{"best": 9}]}, relayed_from=monitor, text="Nine dead.")

    again = make_report(**facts, relayed_from=monitor, text="Sieben Tote durch Beschuss.")

    assert found(again, clerk) == [first]


def test_warns_of_what_is_still_being_typed_by_its_words_address_or_id(clerk, monitor):
    page, place = "https://example.org/1", make_place()
    first = make_report(**FACTS, source=monitor, text=TOLL, url=page, external_id="7", place=place)
    outlet = make_source()
    typed = {**FACTS, "source": outlet, "relayed_from": monitor}

    assert found(Report(**typed, text=TOLL), clerk) == [first]
    assert found(Report(**typed, text="Shells.", url=page, place=place), clerk) == [first]
    assert found(Report(**typed, text="Shells.", external_id="7"), clerk) == [first]
    assert found(Report(**typed, text="Shells."), clerk) == []


def test_does_not_flag_what_a_report_corrects_nor_itself(clerk, monitor):
    wrong = make_report(**FACTS, source=monitor, text=TOLL, incident=make_incident())

    typed = Report(**FACTS, source=monitor, text=TOLL, supersedes=wrong)

    assert found(wrong, clerk) == []
    assert found(typed, clerk) == []


def test_tells_of_no_confidential_report_to_those_who_may_not_see_it(clerk, monitor):
    hidden = make_source(is_confidential=True)
    secret = make_report(**FACTS, source=hidden, relayed_from=monitor, text=TOLL)
    report = make_report(**FACTS, source=monitor, text=TOLL)

    assert found(report, clerk) == []
    assert found(report, make_user("reviewer")) == [secret]


@pytest.mark.parametrize("number", [1, 20])
def test_asks_as_often_however_many_there_are(clerk, monitor, number, django_assert_num_queries):
    place = make_place()
    for _number in range(number):
        make_report(**FACTS, relayed_from=monitor, place=place, figures=[{"best": 7}])
    report = Report.objects.select_related("source", "relayed_from", "place").get(
        pk=make_report(**FACTS, source=monitor, place=place).pk
    )
    clerk.has_perm("desk.view_report")

    with django_assert_num_queries(7):
        assert len(matching.like(report, user=clerk)) == number
