from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from tests.factories import (
    make_incident,
    make_party,
    make_place,
    make_report,
    make_source,
    make_user,
)
from tracker.desk.models import Report
from tracker.desk.workflow import matching

pytestmark = pytest.mark.django_db

DAY = dt.date(2017, 1, 15)
SHELLED: dict[str, Any] = {"acts": ["fire_indirect"], "date_start": DAY}


@pytest.fixture
def village(db):
    district = make_place(name="Az-Zabadani", kind="district")
    return make_place(parent=make_place(name="Wadi Barada", kind="area", parent=district))


@pytest.fixture
def shelling(village):
    """An incident of one report, that accuses no one."""
    incident = make_incident(reports=0, place=village, geo_precision=1)
    make_report(incident=incident, **SHELLED, place=village, geo_precision=1)
    return incident


@pytest.fixture
def clerk(db):
    return make_user("data entry")


def score(user, **fields):
    """The first suggestion's score and whether it is held to be the incident; 0 where there is none."""
    told = {**SHELLED, "geo_precision": 1, **fields}
    first = next(iter(matching.incidents_for(make_report(**told), user=user)), None)
    return (first.score, first.is_strong) if first else (0, False)


def test_suggests_the_incident_of_the_same_place_day_and_act(shelling, village, clerk):
    report = make_report(**SHELLED, place=village, text="Projectiles hit a wedding hall.")

    [suggestion] = matching.incidents_for(report, user=clerk)

    assert suggestion.thing == shelling
    assert suggestion.is_strong
    assert suggestion.reasons == [
        "the same place: Deir Qanun",
        "the same day",
        "both tell of this: Shelling",
    ]


@pytest.mark.parametrize(
    "doubt",
    [
        {"acts": ["ground_attack"]},
        {"date_start": dt.date(2017, 1, 16)},
        {"date_precision": 4},
        {"date_precision": 3},
        {"date_start": dt.date(2017, 1, 1), "date_end": dt.date(2017, 1, 24)},
    ],
)
def test_holds_back_where_day_or_act_is_another_or_hardly_known(shelling, village, clerk, doubt):
    sure, _strong = score(clerk, place=village)
    doubted, strong = score(clerk, place=village, **doubt)

    assert not strong
    assert 0 < doubted < sure


def test_finds_nothing_where_the_day_is_far(shelling, village, clerk):
    assert score(clerk, place=village, date_start=dt.date(2017, 1, 19)) == (0, False)


def test_finds_what_lasted_for_weeks_by_a_day_within(village, clerk):
    make_incident(reports=0, place=village, date_end=dt.date(2017, 2, 20))

    found, strong = score(clerk, place=village, date_start=dt.date(2017, 2, 9))

    assert found
    assert not strong


def test_holds_a_wider_place_for_possible_and_the_wider_the_less(shelling, village, clerk):
    valley, district = village.parent, village.parent.parent
    governorate = make_place(name="Rif Dimashq", kind="governorate")
    village.parent.parent.parent = governorate
    district.parent = governorate
    district.save()

    found = [score(clerk, place=place)[0] for place in (village, valley, district, governorate)]

    assert found == sorted(found, reverse=True)
    assert len(set(found)) == 4
    assert not score(clerk, place=valley)[1]


def test_believes_a_report_that_names_a_village_and_knows_only_the_governorate(
    shelling, village, clerk
):
    found = [score(clerk, place=village, geo_precision=grade)[0] for grade in (1, 2, 4)]

    assert found == sorted(found, reverse=True)
    assert len(set(found)) == 3


def test_does_not_take_the_next_village_for_the_same(shelling, clerk):
    near = make_place(name="Kafr az-Zayt", latitude=33.611, longitude=36.141)
    far = make_place(name="Madaya", latitude=33.69, longitude=36.10)

    beside, strong = score(clerk, place=near)

    assert not strong
    assert beside > score(clerk, place=far)[0]


def test_takes_positions_within_what_is_known_of_them_for_one(clerk):
    make_incident(reports=0, latitude=33.604, longitude=36.136, radius_m=1000)

    report = make_report(**SHELLED, latitude=33.608, longitude=36.136, radius_m=500)
    [suggestion] = matching.incidents_for(report, user=clerk)

    assert suggestion.is_strong
    assert "0.4 km apart, known to 1 km" in suggestion.reasons


def test_finds_the_incident_by_the_place_of_a_report_of_it(shelling, clerk):
    spring = make_place(name="Ain al-Fijah", latitude=33.615, longitude=36.183)
    make_report(incident=shelling, **SHELLED, place=spring, geo_precision=1)

    assert score(clerk, place=spring)[1]


def test_compares_places_that_have_been_merged_by_the_one_that_stands(shelling, village, clerk):
    twin = make_place(name="Dayr Qanun", merged_into=village)

    assert score(clerk, place=twin) == score(clerk, place=village)


def test_compares_a_place_as_written_where_none_is_known_yet(shelling, clerk):
    found, _strong = score(clerk, place_as_written="Dayr Qanoun")

    assert found > score(clerk, place_as_written="Madaya")[0]


@pytest.mark.parametrize(
    "stance", ["denies_occurrence", "denies_responsibility", "cannot_confirm", "counter_accuses"]
)
def test_suggests_for_an_answer_the_incident_it_answers(shelling, village, clerk, stance):
    report = make_report(date_start=DAY, place=village, stance=stance, text="Nothing of the sort.")

    [suggestion] = matching.incidents_for(report, user=clerk)

    assert suggestion.is_strong
    assert any(reason.startswith("one answers the other") for reason in suggestion.reasons)


def test_counts_whom_they_accuse_for_and_against(village, clerk):
    government = make_party(name="Government")
    army, rebels = make_party(name="Army", parent=government), make_party(name="Rebels")
    make_report(incident=make_incident(place=village), **SHELLED, place=village, accused=[army])

    by_army, by_government, by_nobody, by_rebels = (
        score(clerk, place=village, accused=accused)[0]
        for accused in ([army], [government], [], [rebels])
    )

    assert by_army == by_government > by_nobody > by_rebels


def test_takes_contradicting_figures_for_no_evidence_and_equal_ones_for_a_little(village, clerk):
    seven: list[dict[str, Any]] = [{"best": 7}]
    make_report(incident=make_incident(place=village), **SHELLED, place=village, figures=seven)

    same, other, none = (
        score(clerk, place=village, text="In Deir Qanun.", figures=figures)[0]
        for figures in (seven, [{"best": 12}], [])
    )

    assert other == none
    assert 0 < same - none <= 5


def test_weighs_alike_words_a_little_in_arabic_too(village, clerk):
    text = "سقطت قذائف على صالة تؤوي نازحين في القرية"
    make_report(incident=make_incident(place=village), **SHELLED, place=village, text=text)

    alike, _strong = score(clerk, place=village, text="سقطت قذائف على صالة تؤوي نازحين بالقرية")
    other, _strong = score(clerk, place=village, text="اندلع حريق كبير في السوق القديم للمدينة")

    assert 0 < alike - other <= 10


def test_takes_one_sentence_about_two_villages_for_one_incident(shelling, clerk):
    page: dict[str, Any] = {
        "url": "https://example.org/1",
        "text": "Shells hit the villages of the valley.",
    }
    make_report(incident=shelling, **SHELLED, place=shelling.place, **page)
    spring = make_place(name="Ain al-Fijah", latitude=33.615, longitude=36.183)

    assert score(clerk, place=spring, **page)[1]
    assert not score(clerk, place=spring, text=page["text"])[1]


def test_holds_two_rows_of_a_dataset_for_two_incidents(village, clerk):
    dataset = make_source(kind="dataset")
    rows: list[dict[str, Any]] = [
        {**SHELLED, "place": village, "source": dataset, "external_id": n} for n in "12"
    ]
    make_report(incident=make_incident(reports=1, place=village), **rows[0])

    [suggestion] = matching.incidents_for(make_report(**rows[1]), user=clerk)

    assert not suggestion.is_strong
    assert any(reason.startswith("their source counts them") for reason in suggestion.reasons)


def test_leaves_out_what_has_been_found_a_duplicate(shelling, village, clerk):
    shelling.verification = "duplicate"
    shelling.save()

    assert score(clerk, place=village) == (0, False)


def test_suggests_for_a_report_that_is_still_being_typed(shelling, village, clerk):
    typed = Report(**SHELLED, place=village, text="Shells fell.")

    [suggestion] = matching.incidents_for(typed, user=clerk)

    assert suggestion.thing == shelling


def test_tells_nothing_of_confidential_reports_to_those_who_may_not_see_them(village, clerk):
    party, spring = make_party(name="Ghosts"), make_place(name="Spring", latitude=33.615)
    hall = make_incident(reports=0, place=village, geo_precision=1, acts=[])
    hidden = make_source(is_confidential=True)
    make_report(
        incident=hall, **SHELLED, source=hidden, place=spring, accused=[party], text="Seen by me."
    )
    report = make_report(**SHELLED, place=spring, accused=[party])

    open_to, kept_from = (
        matching.incidents_for(report, user=user) for user in (make_user("reviewer"), clerk)
    )

    assert "both accuse: Ghosts" in open_to[0].reasons
    assert all("Ghosts" not in str(each.reasons) for each in kept_from)
    assert all(each.score < open_to[0].score for each in kept_from)


def test_suggests_nothing_to_those_who_may_see_no_incident(shelling, village):
    assert score(make_user(), place=village) == (0, False)


def test_gives_its_reasons_in_arabic(shelling, village, clerk):
    report = make_report(**SHELLED, place=village)

    with translation.override("ar"):
        [suggestion] = matching.incidents_for(report, user=clerk)

    assert suggestion.reasons[1] == "في اليوم نفسه"


def test_suggests_the_reports_that_may_belong_to_an_incident(shelling, village, clerk):
    same = make_report(**SHELLED, place=village)
    later = make_report(acts=["fire_indirect"], date_start=dt.date(2017, 1, 16), place=village)
    make_report(**SHELLED, place=make_place(name="Aleppo", latitude=36.2, longitude=37.16))
    make_report(incident=make_incident(reports=0), **SHELLED, place=village)
    corrected = make_report(**SHELLED, place=village)
    correction = make_report(**SHELLED, place=village, supersedes=corrected)

    found = matching.reports_for(shelling, user=clerk)

    assert [each.thing for each in found] == [correction, same, later]
    assert [each.is_strong for each in found] == [True, True, False]


def test_keeps_confidential_reports_from_those_who_may_not_see_them(shelling, village, clerk):
    make_report(**SHELLED, place=village, source=make_source(is_confidential=True))

    assert matching.reports_for(shelling, user=clerk) == []
    assert len(matching.reports_for(shelling, user=make_user("reviewer"))) == 1


@pytest.mark.parametrize("number", [1, 30])
def test_asks_as_often_however_many_there_are(village, clerk, number, django_assert_num_queries):
    for _number in range(number):
        incident = make_incident(reports=2, place=village)
        make_report(incident=incident, **SHELLED, accused=[make_party()], figures=[{"best": 1}])
        make_report(**SHELLED, place=village, accused=[make_party()])
    report = Report.objects.latest("pk")
    clerk.has_perm("desk.view_incident")

    with django_assert_num_queries(10):
        assert matching.incidents_for(report, user=clerk)
    with django_assert_num_queries(9):
        assert matching.reports_for(incident, user=clerk)
