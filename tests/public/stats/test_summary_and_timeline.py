from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    make_agreement,
    make_coverage,
    make_incident,
    make_party,
    make_place,
    make_provision,
    make_reading,
    make_report,
)
from tracker.desk.workflow import publishing

pytestmark = pytest.mark.django_db


def on(month, day):
    return dt.date(2017, month, day)


def told(client, name, **asked):
    response = client.get(f"/api/v1/stats/{name}/", asked)

    assert response.status_code == 200, response.content
    return response.json()


def wrong(client, name, **asked):
    response = client.get(f"/api/v1/stats/{name}/", asked)

    assert response.status_code == 400
    return [error["pointer"] for error in response.json()["errors"]]


def listed(client, address):
    return len(client.get(address).json()["results"])


@pytest.fixture
def five(publish):
    """Three days of January, one of which is known to the week alone, and a month of February."""
    army = make_party(slug="army", name="Army")
    for fields, accused in (
        ({"date_start": on(1, 3)}, [army]),
        ({"date_start": on(1, 3), "acts": ["siege", "fire_indirect"]}, [army]),
        ({"date_start": on(1, 4), "verification": "verified"}, []),
        ({"date_start": on(1, 11), "date_precision": 3}, [army, make_party(slug="band")]),
        ({"date_start": on(2, 1), "date_precision": 4, "acts": ["detain"]}, []),
    ):
        incident = make_incident(reports=0, place=make_place(), **fields)
        make_report(incident=incident, accused=accused, figures=[{"best": 1000}])
        publish(incident)


def test_counts_each_incident_once_and_under_each_of_its_codes(client, five):
    summary = told(client, "summary")

    assert summary["incidents"] == 5
    assert (summary["first_day"], summary["last_day"]) == ("2017-01-03", "2017-02-01")
    assert summary["by"] == {
        "act": [
            {"value": "fire_indirect", "incidents": 4},
            {"value": "detain", "incidents": 1},
            {"value": "siege", "incidents": 1},
        ],
        "accused": [
            {"value": "army", "incidents": 3},
            {"value": None, "incidents": 2},
            {"value": "band", "incidents": 1},
        ],
        "verification": [
            {"value": "reported", "incidents": 4},
            {"value": "verified", "incidents": 1},
        ],
    }


def test_adds_up_no_figures_of_claimants(client, five):
    for name in ("summary", "timeline", "cells", "accusations"):
        response = client.get(f"/api/v1/stats/{name}/")
        # Each report says that a thousand were killed.
        assert "000" not in response.text.replace("-01-01T00:00:00", ""), name
        assert not {"killed", "best", "figures"} & set(response.json()), name


@pytest.mark.parametrize(
    ("interval", "expected", "imprecise"),
    [
        ("year", {"2017-01-03": 5}, 0),
        ("month", {"2017-01-03": 4, "2017-02-01": 1}, 0),
        # A week of 11 January may be any that holds it.
        ("week", {"2017-01-03": 3, "2017-01-09": 0, "2017-01-16": 0, "2017-01-30": 0}, 2),
        ("day", {"2017-01-03": 2, "2017-01-04": 1, "2017-01-11": 0, "2017-02-01": 0}, 2),
    ],
)
def test_puts_into_a_bucket_only_what_is_known_to_belong_there(
    client, five, interval, expected, imprecise
):
    timeline = told(client, "timeline", interval=interval)

    counted = {each["start"]: each["incidents"] for each in timeline["buckets"]}
    assert {start: counted[start] for start in expected} == expected
    assert sum(counted.values()) == sum(expected.values())
    assert (timeline["imprecise"], timeline["incidents"]) == (imprecise, 5)


def test_gives_every_bucket_of_the_days_asked_for(client, five):
    timeline = told(
        client, "timeline", interval="week", date_from="2016-12-28", date_to="2017-01-10"
    )

    assert [tuple(each.values())[:3] for each in timeline["buckets"]] == [
        ("2016-12-28", "2017-01-01", 0),
        ("2017-01-02", "2017-01-08", 3),
        ("2017-01-09", "2017-01-10", 0),
    ]


def test_tells_incidents_apart_in_the_same_buckets(client, five):
    timeline = told(client, "timeline", by="accused")

    assert [each["incidents"] for each in timeline["buckets"]] == [4, 1]
    assert timeline["series"] == [
        {"value": "army", "incidents": 3, "imprecise": 0, "counts": [3, 0]},
        {"value": None, "incidents": 2, "imprecise": 0, "counts": [1, 1]},
        {"value": "band", "incidents": 1, "imprecise": 0, "counts": [1, 0]},
    ]
    assert timeline["left_out"] == 0


@pytest.fixture
def judged(publish):
    """A shelling and an arrest under two readings, one of which leaves the accused out."""
    truce = make_agreement(slug="truce")
    make_provision(truce, "fire_indirect")
    wide, narrow = (make_reading(truce, slug=slug) for slug in ("wide", "narrow"))
    army = make_party(slug="army")
    truce.adherences.create(party=army, role="signatory", reading=wide)
    truce.adherences.create(party=army, role="excluded", reading=narrow)
    publishing.publish_agreement(truce)
    for act in ("fire_indirect", "detain"):
        incident = make_incident(
            reports=0, acts=[act], targets=["civilians"], latitude=33.6, longitude=36.1
        )
        make_report(incident=incident, accused=[army])
        publish(incident)


def test_counts_verdicts_under_one_reading_and_what_is_contested_beside(client, judged):
    documents = client.get("/api/v1/incidents/").json()["results"]
    verdicts = [
        {each["reading"]: each["verdict"] for each in document["verdicts"][0]["readings"]}
        for document in documents
    ]
    for reading in ("wide", "narrow"):
        timeline = told(client, "timeline", by="verdict", under=reading)
        series = {each["value"]: each["incidents"] for each in timeline["series"]}
        contested = series.pop("contested", 0)

        assert series == {
            verdict: [each[reading] for each in verdicts].count(verdict)
            for verdict in {each[reading] for each in verdicts}
        }
        assert contested == len([each for each in verdicts if len(set(each.values())) > 1])


def test_tells_what_an_incident_is_under_each_reading(client, judged):
    summary = told(client, "summary")

    assert [each["reading"] for each in summary["readings"]] == ["narrow", "wide"]
    for each in summary["readings"]:
        for count in each["verdicts"]:
            asked = {"verdict": count["value"], "reading": each["reading"]}
            assert (
                len(client.get("/api/v1/incidents/", asked).json()["results"])
                == (count["incidents"])
            )


def test_shows_beside_every_bucket_what_could_be_seen(client, five):
    for access, first, last in (("full", 1, 4), ("partial", 5, 8), ("denied", 9, 10)):
        publishing.publish_coverage(
            make_coverage(access=access, date_start=on(1, first), date_end=on(1, last))
        )

    asked = {"date_from": "2017-01-03", "date_to": "2017-01-12"}
    days = told(client, "timeline", interval="day", **asked)
    weeks = told(client, "timeline", interval="week", **asked)

    assert [each["coverage"] for each in days["buckets"]] == [
        *["covered"] * 2,
        *["partly"] * 4,
        *["not_covered"] * 2,
        *["unknown"] * 2,
    ]
    assert [each["coverage"] for each in weeks["buckets"]] == ["partly", "unknown"]
    assert days["coverage"] == {"covered": 2, "partly": 4, "not_covered": 2, "unknown": 2}


def test_links_to_the_list_of_what_it_counts(client, five):
    asked = {"act": "fire_indirect", "accused": "army", "date_to": "2017-01-10"}
    for name in ("summary", "timeline", "cells"):
        statistic = told(client, name, **asked)
        assert listed(client, statistic["permalink"]) == statistic["incidents"] == 2


def test_says_by_which_rules_it_counts_in_both_languages(client, five):
    rules = {each["code"]: each for each in told(client, "timeline", by="act")["rules"]}

    assert set(rules) == {
        "each_once",
        "imprecise_apart",
        "no_figures",
        "under_each",
        "told_coverage",
    }
    assert all(each["text"].endswith(".") and each["text_ar"] for each in rules.values())


@pytest.mark.parametrize(
    ("name", "asked", "pointers"),
    [
        ("summary", {"page_size": "5"}, ["/page_size"]),
        ("summary", {"ordering": "date"}, ["/ordering"]),
        ("timeline", {"interval": "hour"}, ["/interval"]),
        ("timeline", {"by": "verdict"}, ["/under"]),
        ("timeline", {"under": "wide"}, ["/under"]),
        ("timeline", {"by": "act", "under": "wide"}, ["/under"]),
        ("timeline", {"by": "verdict", "under": "no-reading"}, ["/under"]),
        ("timeline", {"by": "source"}, ["/by"]),
        (
            "timeline",
            {"interval": "day", "date_from": "0001-01-01", "date_to": "9999-12-31"},
            ["/interval"],
        ),
    ],
)
def test_names_what_is_wrong_in_what_is_asked(client, name, asked, pointers):
    assert wrong(client, name, **asked) == pointers


def test_tells_of_nothing_published_that_it_is_nothing(client):
    assert told(client, "summary")["incidents"] == 0
    timeline = told(client, "timeline")
    assert (timeline["buckets"], timeline["coverage"]) == ([], None)


@pytest.mark.parametrize("asked", [{}, {"date_from": "2017-01-04"}, {"act": "fire_indirect"}])
@pytest.mark.parametrize("name", ["summary", "timeline", "cells"])
def test_takes_as_many_queries_for_many_incidents_as_for_few(client, publish, five, name, asked):
    with CaptureQueriesContext(connection) as few:
        told(client, name, **asked)
    for day in range(5, 9):
        publish(make_incident(place=make_place(), date_start=on(1, day)))
    with CaptureQueriesContext(connection) as many:
        told(client, name, **asked)

    assert len(many) == len(few) <= 9
