"""The page of an agreement: its state, and what is counted under the reading it is read by."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest

from tests.factories import (
    make_adherence,
    make_agreement,
    make_bulletin,
    make_coverage,
    make_incident,
    make_party,
    make_provision,
    make_reading,
    make_report,
    make_source,
    make_zone,
)
from tests.public.pages.walking import linked, walk
from tests.public.worlds import make_country
from tracker.desk.workflow import publishing

pytestmark = pytest.mark.django_db

PAGE = "/agreements/ceasefire/"


def opened(client, address: str = PAGE, **asked: str) -> str:
    """The page as people read it: one space where the source has several."""
    response = client.get(address, {"lang": "en", **asked})
    assert response.status_code == 200, response.content
    return " ".join(html.unescape(response.content.decode()).split())


def text(page: str) -> str:
    return re.sub(r" (?=[.,:])", "", " ".join(re.sub(r"<[^>]+>", " ", page).split()))


def number(page: str, **filters: str) -> int:
    """The first number of the page that counts by just these filters."""
    return next(each.number for each in linked(page) if each.filters == filters)


@pytest.fixture
def ceasefire(reviewer):
    """It binds the army under both its readings; a zone is left out under the government's."""
    agreement = make_agreement(slug="ceasefire", title_ar="وقف إطلاق النار")
    make_reading(agreement, slug="text", name="The text", name_ar="النص")
    government = make_reading(agreement, slug="government", name="The government’s", note="Less.")
    make_provision(agreement, "fire_indirect")
    make_adherence(agreement, make_party(slug="army", name="Army", name_ar="الجيش"))
    make_zone(agreement, reading=government, name="The valley")
    publishing.publish_agreement(agreement)
    return agreement


@pytest.fixture
def shelled(ceasefire, publish):
    """An incident of which the army is accused, on a day of the ceasefire unless told otherwise."""

    def happened(day: dt.date = dt.date(2017, 1, 15), accuser=None, **fields):
        incident = make_incident(reports=0, date_start=day, targets=["civilians"], **fields)
        army = ceasefire.adherences.get().party
        make_report(incident=incident, accused=[army], date_start=day, source=accuser)
        return publish(incident)

    return happened


@pytest.mark.parametrize("asked", ["", "under=opposition", "on=2017-01-20", "lang=ar"])
def test_tells_no_number_that_the_api_does_not_tell_of_its_link(client, db, asked):
    make_country()

    numbers = walk(client, f"{PAGE}?{asked}")

    assert len(numbers) > 40
    assert len({each.number for each in numbers}) > 5


def test_tells_each_accusation_as_the_api_does(client, db):
    make_country()

    cells = linked(opened(client), "data-accusations")

    assert cells
    for each in cells:
        asked = {**each.filters, "by": "party"}
        told = client.get("/api/v1/stats/accusations/", asked).json()["cells"]
        assert [cell["incidents"] for cell in told] == [each.number]


@pytest.mark.parametrize(
    ("ends", "on", "told"),
    [
        (None, "2017-01-21", "In force, day 23"),
        (None, "2016-12-30", "In force, day 1"),
        (None, "2016-12-29", "Not yet in force"),
        (None, "2016-01-01", "Not yet in force"),
        ("2017-01-02T22:00+00:00", "2017-01-02", "In force, day 4"),
        ("2017-01-02T22:00+00:00", "2017-01-03", "Lapsed after 4 days"),
        ("2017-01-02T10:00+00:00", "2017-01-02", "Lapsed after 4 days"),
    ],
)
def test_counts_days_where_the_agreement_holds(client, ends, on, told):
    # It began at 22:00 UTC, which is midnight in Damascus.
    ends = ends and dt.datetime.fromisoformat(ends)
    publishing.publish_agreement(make_agreement(slug="ceasefire", effective_to=ends))

    assert told in text(opened(client, on=on))


def test_counts_violations_by_the_reading_chosen(client, shelled):
    shelled(latitude=33.604, longitude=36.136, geo_precision=1)

    contested = {"date_from": "2016-12-30", "contested": "true", "agreement": "ceasefire"}
    by_the_text, by_the_government = opened(client), opened(client, under="government")

    counted = {"date_from": "2016-12-30", "verdict": "violation"}
    assert number(by_the_text, **counted, reading="text") == 1
    assert number(by_the_government, **counted, reading="government") == 0
    assert number(by_the_government, **contested) == 1
    assert 'aria-current="true"><bdi>The text</bdi>' in by_the_text
    assert 'aria-current="true"><bdi>The government’s</bdi>' in by_the_government
    assert "Less." in by_the_government


@pytest.mark.parametrize(
    "asked", [{"under": "elsewhere"}, {"on": "2100-01-01"}, {"on": "x"}, {"verdict": "violation"}]
)
def test_refuses_what_it_cannot_show_and_names_it(client, ceasefire, asked):
    response = client.get(PAGE, asked)

    assert response.status_code == 400
    assert f"<code>{next(iter(asked))}</code>" in response.content.decode()


def test_is_not_found_where_no_agreement_is_published(client, db):
    make_agreement(slug="ceasefire")

    assert client.get(PAGE).status_code == 404


def test_speaks_arabic(client, shelled):
    shelled()

    page = opened(client, lang="ar")

    assert '<html lang="ar" dir="rtl">' in page
    assert "<h1><bdi>وقف إطلاق النار</bdi></h1>" in page
    assert 'aria-current="true"><bdi>النص</bdi>' in page
    assert "<bdi>الجيش</bdi>" in page


def test_parts_the_days_since_a_verified_violation_by_their_coverage(client, shelled):
    shelled(verification="corroborated")
    shelled(dt.date(2017, 1, 18), verification="reported")
    days = {"date_start": dt.date(2017, 1, 17), "date_end": dt.date(2017, 1, 19)}
    publishing.publish_coverage(make_coverage(access="full", **days))

    page = text(opened(client, on="2017-01-25"))

    assert "10 days since the last verified violation Covered: 3 days" in page
    assert "Coverage unknown: 7 days" in page
    assert "Corroborated, Observed by a monitor, Verified." in page


def test_says_where_there_was_no_verified_violation_at_all(client, shelled):
    shelled(verification="reported")

    page = text(opened(client, on="2017-01-25"))

    assert "27 days, all it has had, without a verified violation" in page


def test_draws_what_is_dated_to_the_day_and_tells_the_rest_apart(client, shelled):
    shelled()
    shelled(date_precision=4)

    page = opened(client, on="2017-01-31")

    days = {"date_from": "2016-11-30", "date_to": "2017-01-31"}
    assert number(page, **days) == 2
    assert "1 of them is not dated well enough to stand in a column." in text(page)
    on_the_day = {"date_from": "2017-01-15", "date_to": "2017-01-15", "max_date_precision": "1"}
    assert number(page, **on_the_day) == 1
    assert page.count('<g data-day="') == 63
    assert page.count('<rect class="part violation" x=') == 1


def test_draws_weeks_where_there_are_many_days_and_leaves_out_long_silence(client, shelled):
    shelled()
    shelled(dt.date(2017, 8, 1))

    in_a_year = text(opened(client, on="2018-01-31"))
    in_years = text(opened(client, on="2026-01-31"))

    assert "Incidents a week 28 November 2016 – 31 January 2018" in in_a_year
    assert "Incidents a week 28 November 2016 – 31 August 2017" in in_years
    assert "The 3,075 days since then are not drawn" in in_years


def test_sets_windows_of_equal_length_beside_each_other(client, db):
    ends = dt.datetime(2017, 1, 9, 22, tzinfo=dt.UTC)
    publishing.publish_agreement(make_agreement(slug="ceasefire", effective_to=ends))

    over, running = text(opened(client)), text(opened(client, on="2017-01-12"))

    assert "Windows of 11 days each" in over
    assert "After 0 0 10 January 2017 – 20 January 2017" in over
    assert "After not over yet 10 January 2017 – 20 January 2017" in running


def test_takes_as_many_queries_however_many_incidents(
    client, shelled, django_assert_max_num_queries
):
    shelled()
    opened(client)
    with django_assert_max_num_queries(60) as few:
        opened(client, on="2017-01-31")
    for day in range(16, 22):
        shelled(dt.date(2017, 1, day))
    with django_assert_max_num_queries(len(few.captured_queries)):
        opened(client, on="2017-01-31")


def test_links_who_accuses_whom_to_the_incidents(client, shelled):
    rebels = make_party(slug="rebels", name="Rebels")
    shelled(accuser=make_source(slug="brigade", alignment=rebels))
    shelled(accuser=make_source(slug="paper"))

    page = opened(client)

    [cell] = linked(page, "data-accusations")
    filters = {"agreement": "ceasefire", "claimant": "brigade", "accused": "army"}
    assert (cell.number, cell.filters) == (1, filters)
    assert "Rebels 1 Sources that speak for no party 1" in text(page)


def test_tells_who_accuses_whom_of_however_many_incidents_but_not_as_of_a_day(
    client, shelled, monkeypatch
):
    monkeypatch.setattr("tracker.public.pages.agreements.MOST_MATCHED", 0)
    shelled(accuser=make_source(alignment=make_party(slug="rebels", name="Rebels")))

    assert [cell.number for cell in linked(opened(client), "data-accusations")] == [1]
    assert "too many statements" in text(opened(client, on="2017-01-20"))


def test_says_what_a_party_is_under_each_reading(client, ceasefire):
    front = make_party(slug="front", name="Front")
    make_adherence(ceasefire, front, role="signatory")
    reading = ceasefire.readings.get(slug="government")
    make_adherence(ceasefire, front, role="excluded", reading=reading, basis="A speech")
    publishing.publish_agreement(ceasefire)

    page = text(opened(client))

    assert "Front Signatory Excluded A speech" in page
    assert "The valley – Excluded. In the reading: The government’s." in page


def test_tells_apart_what_began_before_and_lasted_into_its_days(client, shelled):
    shelled(dt.date(2016, 12, 22), date_end=dt.date(2017, 1, 3))
    shelled()

    page = opened(client)

    assert number(page, date_from="2016-12-30") == 1
    before = {"date_from": "2016-10-01", "date_to": "2016-12-29"}
    assert number(page, agreement="ceasefire", **before) == 1


def test_names_the_agreements_above_and_under_it(client, ceasefire):
    make_reading(truce := make_agreement(slug="truce", title="Truce", parent=ceasefire))
    publishing.publish_agreement(truce)

    assert 'href="/agreements/truce/?lang=en"><bdi>Truce</bdi>' in opened(client)
    assert 'href="/agreements/ceasefire/?lang=en"' in opened(client, "/agreements/truce/")


def test_sets_monitors_counts_side_by_side_and_adds_none_up(client, ceasefire):
    turkish, russian = make_source(name="Turkish side"), make_source(name="Russian side")
    for monitor, count in ((turkish, 12), (russian, None)):
        publishing.publish_bulletin(make_bulletin({"count": count}, monitor=monitor))

    page = opened(client)

    [row] = re.findall(r'<time datetime="2017-01-22">.*?</tr>', page)
    assert "12" in row
    assert "unknown" in row
    assert "/tallies/?date_from=2016-12-30&date_to=" in page


def test_opens_where_no_reading_is_published(client, publish):
    publishing.publish_agreement(make_agreement(slug="ceasefire"))
    publish(make_incident())

    page = opened(client, on="2017-01-31")

    assert "No reading of it is published" in page
    assert number(page, date_from="2016-12-30", date_to="2017-01-31") == 1
