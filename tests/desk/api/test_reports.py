"""Reports as the desk holds them, over HTTP."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.api.talking import pointers
from tests.factories import make_incident, make_party, make_place, make_report, make_source

pytestmark = pytest.mark.django_db


def numbers(response) -> list[int]:
    return [each["number"] for each in response.json()["results"]]


def test_shows_all_that_a_report_states(officer):
    report = make_report(
        accused=[make_party(slug="army")],
        figures=[{"low": 7, "as_written": "seven or more"}],
        relayed_from=make_source(slug="witnesses"),
        place=make_place(),
        latitude=33.6,
        longitude=36.1,
        note="Ask again.",
    )

    told = officer.get(f"reports/{report.pk}/").json()

    assert (told["text"], told["note"]) == (report.text, "Ask again.")
    assert (told["relayed_from"]["id"], told["accused"][0]["id"]) == ("witnesses", "army")
    assert told["position"] == {"latitude": 33.6, "longitude": 36.1}
    assert (told["figures"][0]["low"], told["figures"][0]["best"]) == (7, None)
    assert (told["incident"], told["id"]) == (None, None)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("attached=true", 1),
        ("attached=false", 2),
        ("source=sohr", 1),
        ("source=nobody", 0),
        ("date_from=2017-01-16", 1),
        ("date_to=2017-01-15", 2),
    ],
)
def test_finds_reports_by_what_is_asked(officer, query, found):
    make_report(incident=make_incident(reports=0))
    make_report(relayed_from=make_source(slug="sohr"))
    make_report(date_start=dt.date(2017, 1, 20))

    assert len(numbers(officer.get(f"reports/?{query}"))) == found


@pytest.mark.parametrize(
    ("query", "pointer"), [("text=x", "/text"), ("attached=x", "/attached"), ("place=x", "/place")]
)
def test_refuses_to_be_asked_what_it_does_not_know(officer, query, pointer):
    response = officer.get(f"reports/?{query}")

    assert (response.status_code, pointers(response)) == (400, [pointer])


def test_tells_no_one_of_a_confidential_source_who_may_not_know(officer, signer):
    hidden = make_source(slug="abu-ahmad", is_confidential=True)
    secret = [make_report(source=hidden), make_report(relayed_from=hidden)]
    open_one = make_report()

    assert numbers(officer.get("reports/")) == [open_one.pk]
    assert numbers(officer.get("reports/?source=abu-ahmad")) == []
    assert [officer.get(f"reports/{each.pk}/").status_code for each in secret] == [404, 404]
    assert len(numbers(signer.get("reports/?source=abu-ahmad"))) == 2


def test_lists_in_as_many_queries_for_many_as_for_few(officer):
    def queries(number: int) -> int:
        for _each in range(number):
            make_report(accused=[make_party()], figures=[{"best": 1}], place=make_place())
        with CaptureQueriesContext(connection) as captured:
            assert numbers(officer.get("reports/"))
        return len(captured)

    assert queries(1) == queries(6) <= 8
