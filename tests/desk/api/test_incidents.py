"""Incidents as staff and partners' systems read and write them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.api.talking import ROOT, Talker, pointers
from tests.factories import (
    make_agreement,
    make_assessment,
    make_incident,
    make_party,
    make_place,
    make_reading,
    make_report,
    make_source,
)
from tracker.desk.models import Incident, Revision, Verdict
from tracker.desk.workflow import incident_merging, judging
from tracker.desk.workflow.recording import recorded

pytestmark = pytest.mark.django_db

WHOLE = {
    "date_start": "2017-01-15",
    "date_end": "2017-01-16",
    "date_precision": 2,
    "position": {"latitude": 33.6041237, "longitude": 36.1356789},
    "geo_precision": 2,
    "radius_m": 500,
    "acts": ["fire_indirect"],
    "means": ["mortar"],
    "targets": ["civilians"],
    "summary": "Shells fell on a wedding hall.",
    "summary_ar": "سقطت قذائف على قاعة أفراح.",
    "sensitivity": "guarded",
    "note": "Ask again.",
}


@pytest.fixture
def incident(db: None) -> Incident:
    with recorded(by=None):
        return make_incident(summary="Shells fell.")


def at(incident: Incident, more: str = "") -> str:
    return f"incidents/{incident.pk}/{more}"


def numbers(response) -> list[int]:
    return [each["number"] for each in response.json()["results"]]


def test_makes_an_incident_with_all_that_is_stated(officer):
    place, party = make_place(), make_party(slug="army")
    stated = {**WHOLE, "place": place.pk, "target_parties": ["army"], "why": "Two calls."}

    response = officer.post("incidents/", stated)

    made = response.json()
    assert response.status_code == 201
    assert {name: made[name] for name in WHOLE} == WHOLE
    assert (made["place"]["number"], made["target_parties"][0]["id"]) == (place.pk, party.slug)
    assert made["publication"] == "draft"
    revision = Revision.objects.of("incident", made["number"]).get()
    assert (revision.by, revision.why) == (officer.user, "Two calls.")
    assert response["ETag"] == f'"{revision.number}"'
    assert response["Location"] == f"http://testserver{ROOT}incidents/{made['number']}/"
    assert officer.get(response["Location"]).json() == made


def test_changes_what_is_given_and_nothing_else(officer, incident):
    response = officer.write("PATCH", at(incident), {"summary": "Mortar shells.", "why": "Seen."})

    incident.refresh_from_db()
    assert (incident.summary, incident.acts) == ("Mortar shells.", ["fire_indirect"])
    revision = Revision.objects.of("incident", incident.pk).latest("number")
    assert (revision.by, revision.why) == (officer.user, "Seen.")
    assert (response.status_code, response["ETag"]) == (200, f'"{revision.number}"')


def test_takes_back_a_position_and_the_parties(officer, incident):
    party = make_party()
    officer.write("PATCH", at(incident), {**WHOLE, "target_parties": [party.slug]})

    officer.write("PATCH", at(incident), {"position": None, "target_parties": []})

    incident.refresh_from_db()
    assert (incident.latitude, incident.longitude) == (None, None)
    assert not incident.target_parties.exists()


def test_judges_at_once_what_was_made_and_changed(officer):
    reading = make_reading(make_agreement())
    made = officer.post("incidents/", {"date_start": "2016-01-01"}).json()
    before = Verdict.objects.get(reading=reading).code

    officer.write("PATCH", f"incidents/{made['number']}/", {"date_start": "2017-01-15"})

    assert (before, Verdict.objects.get(reading=reading).code) == ("outside", "undetermined")


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"publication": "published"}, "/publication"),
        ({"verification": "verified"}, "/verification"),
        ({"date_start": None}, "/date_start"),
        ({"date_end": "2017-01-14"}, "/date_end"),
        ({"position": {"latitude": 33.6}}, "/position/longitude"),
        ({"position": {"latitude": 91, "longitude": 0}}, "/position/latitude"),
        ({"position": "33, 36"}, "/position"),
        ({"place": 10**17}, "/place"),
        ({"place": True}, "/place"),
        ({"acts": ["war"]}, "/acts/0"),
        ({"target_parties": ["nobody"]}, "/target_parties/0"),
        ({"target_parties": {"army": 1}}, "/target_parties"),
        ({"radius_m": -1}, "/radius_m"),
        ({"summary": "a\0b"}, "/summary"),
        ({"why": "x" * 1001}, "/why"),
    ],
)
def test_points_at_each_thing_that_is_wrong_and_changes_nothing(officer, incident, wrong, pointer):
    before = Revision.objects.count()

    for response in (
        officer.write("PATCH", at(incident), wrong),
        officer.post("incidents/", {"date_start": "2017-01-15", **wrong}),
    ):
        assert (response.status_code, pointers(response)) == (400, [pointer])
        assert response["Content-Type"] == "application/problem+json"
    assert (Revision.objects.count(), Incident.objects.count()) == (before, 1)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"x"', b"\xff", b"[" * 100_000, b'{"radius_m": 1e999}']
)
def test_refuses_what_is_no_json_object(officer, incident, body):
    etag = officer.get(at(incident))["ETag"]

    for response in (
        officer.post("incidents/", body),
        officer.ask("PATCH", at(incident), body or b"{", **{"If-Match": etag}),
    ):
        assert response.status_code == 400
        assert response["Content-Type"] == "application/problem+json"


def test_finds_an_incident_by_its_public_id_too(officer, publish, incident):
    with recorded(by=None):
        publish(incident)

    answer = officer.get(f"incidents/{incident.public_id}/")

    assert answer.json()["number"] == incident.pk
    assert answer.json()["is_changed"] is False


def test_tells_whether_it_was_changed_since_it_was_signed(officer, publish, incident):
    with recorded(by=None):
        publish(incident)

    officer.write("PATCH", at(incident), {"summary": "Otherwise."})

    assert officer.get(at(incident)).json()["is_changed"] is True
    assert numbers(officer.get("incidents/?changed=true")) == [incident.pk]
    assert numbers(officer.get("incidents/?changed=false")) == []


@pytest.mark.parametrize("number", ["0", "999999999999999999", "1" * 30, "x", "-1"])
def test_does_not_find_what_is_not_there(officer, number):
    response = officer.get(f"incidents/{number}/")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_walks_through_all_incidents_of_one_day_page_by_page(officer):
    made = [make_incident(reports=0).pk for _number in range(7)]

    found, answer = [], officer.get("incidents/?page_size=3")
    while True:
        found += numbers(answer)
        if (following := answer.json()["next"]) is None:
            break
        answer = officer.get(following)

    assert found == made[::-1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("publication=draft", 3),
        ("publication=published,withdrawn", 0),
        ("verification=reported", 3),
        ("verification=refuted", 0),
        ("date_from=2017-01-16", 1),
        ("date_to=2017-01-15", 2),
        ("updated_since=2017-01-01", 3),
        ("updated_since=2999-01-01", 0),
    ],
)
def test_finds_incidents_by_what_is_asked(officer, incident, query, found):
    with recorded(by=None):
        make_incident()
        make_incident(date_start=dt.date(2017, 1, 20))

    assert len(numbers(officer.get(f"incidents/?{query}"))) == found


def test_finds_what_lies_in_a_place(officer):
    valley = make_place(name="Wadi Barada", kind="area")
    village = make_place(parent=valley)
    inside = make_incident(place=village)
    make_incident(place=make_place(name="Idlib"))

    assert numbers(officer.get(f"incidents/?place={valley.pk}")) == [inside.pk]
    assert numbers(officer.get(f"incidents/?place={village.pk}")) == [inside.pk]


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("q=shells", "/q"),
        ("summary=x", "/summary"),
        ("publication=secret", "/publication/0"),
        ("changed=perhaps", "/changed"),
        ("place=0", "/place"),
        ("place=%00", "/place"),
        ("date_from=yesterday", "/date_from"),
        ("date_from=2017-01-02&date_to=2017-01-01", "/date_to"),
        ("cursor=x", "/cursor"),
        # ["-date", "2017-01-15", "9" * 30]
        (
            "cursor=WyItZGF0ZSIsICIyMDE3LTAxLTE1IiwgIjk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OSJd",
            "/cursor",
        ),
        ("page_size=1001", "/page_size"),
    ],
)
def test_refuses_to_be_asked_what_it_does_not_know(officer, query, pointer):
    response = officer.get(f"incidents/?{query}")

    assert (response.status_code, pointers(response)) == (400, [pointer])


def _queries(talker: Talker, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert talker.get(address).status_code == 200
    return len(captured)


def test_lists_and_shows_in_as_many_queries_for_many_as_for_few(officer):
    def fill(incident: Incident, number: int) -> None:
        for _each in range(number):
            make_report(incident=incident, accused=[make_party()], figures=[{"best": 1}])
            make_reading(make_agreement())
            make_incident(place=make_place())
            judging.judge_incident(incident)

    incident = make_incident(place=make_place())
    fill(incident, 1)
    few = [_queries(officer, address) for address in ("incidents/", at(incident))]
    fill(incident, 5)

    assert [_queries(officer, address) for address in ("incidents/", at(incident))] == few
    assert few[0] <= 6, few


def test_tells_no_one_of_a_confidential_source_who_may_not_know(officer, signer, incident):
    with recorded(by=None):
        hidden = make_source(name="Abu Ahmad", slug="abu-ahmad", is_confidential=True)
        make_report(source=hidden, text="A witness saw it.", incident=incident)
        make_report(relayed_from=hidden, text="He told it on.", incident=incident)

    told = [officer.get(each).json() for each in (at(incident), "incidents/")]
    history = officer.get(at(incident, "history/"))

    assert (len(told[0]["reports"]), told[0]["report_count"]) == (1, 1)
    assert told[1]["results"][0]["report_count"] == 1
    assert "onfidential source" not in history.text
    assert "abu-ahmad" not in str(told)
    assert len(signer.get(at(incident)).json()["reports"]) == 3
    assert "confidential source" in signer.get(at(incident, "history/")).text


def test_shows_the_verdicts_to_who_may_see_them(officer, talker):
    reading = make_reading(make_agreement())
    number = officer.post("incidents/", {"date_start": "2017-01-15"}).json()["number"]
    plain = talker(rights=["view_incident"])

    verdicts = officer.get(f"incidents/{number}/").json()["verdicts"]

    assert [(each["reading"], each["verdict"]) for each in verdicts] == [
        (reading.slug, "undetermined")
    ]
    assert plain.get(f"incidents/{number}/").json()["verdicts"] == []


def test_types_over_nothing_that_was_assessed(officer, incident):
    make_assessment(incident, assessed="date", date_precision=3)

    refused = officer.write("PATCH", at(incident), {"date_precision": 2})

    assert refused.status_code == 409
    assert "This has been assessed: date_precision." in refused.json()["detail"]


def test_changes_no_incident_that_another_stands_for(officer, incident, reviewer):
    with recorded(by=None):
        incident_merging.merge(incident, into=make_incident(), by=reviewer)

    refused = officer.write("PATCH", at(incident), {"summary": "Otherwise."})

    assert refused.status_code == 409
    assert "change that one" in refused.json()["detail"]
