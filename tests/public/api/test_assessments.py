"""What the public learns of what the desk holds of an incident, and what it does not."""

from __future__ import annotations

import pytest

from tests.factories import (
    make_assessment,
    make_incident,
    make_party,
    make_place,
    make_report,
    make_source,
)
from tracker.desk.workflow import publishing

pytestmark = pytest.mark.django_db

FIGURE = {"assessed": "figure", "harm": "killed", "group": "all", "low": 7}


def read(client, incident):
    return client.get(f"/api/v1/incidents/{incident.public_id}/").json()["assessments"]


def test_tells_what_is_held_now_with_its_standard_and_its_basis(client, publish):
    incident = make_incident()
    make_assessment(incident, value="unverifiable")
    make_assessment(incident, basis="Two films", proof="clear_and_convincing")

    [told] = read(client, publish(incident))

    assert told == {
        "assessed": "verification",
        "value": "verified",
        "party": None,
        "geo_precision": None,
        "date_precision": None,
        "figure": None,
        "basis": {"report": None, "claimant": None, "text": "Two films"},
        "proof": "clear_and_convincing",
    }


def test_names_the_report_a_figure_follows_and_its_claimant(client, publish):
    incident, monitor = make_incident(reports=0), make_source(name="Monitor")
    report = make_report(incident=incident, relayed_from=monitor, figures=[{"low": 7}])
    make_assessment(incident, **FIGURE, basis_report=report)

    [told] = read(client, publish(incident))

    report.refresh_from_db()
    assert told["figure"] == {
        **dict.fromkeys(("best", "high")),
        "harm": "killed",
        "group": "all",
        "low": 7,
    }
    assert told["basis"]["report"] == str(report.public_id)
    assert told["basis"]["claimant"]["name"] == "Monitor"


def test_tells_each_party_by_itself_in_no_order_of_blame(client, publish):
    incident = make_incident()
    for slug, value in (("b", "assessed_established"), ("c", "none"), ("a", "cleared")):
        party = make_party(slug=slug)
        make_assessment(incident, assessed="attribution", value=value, party=party)

    told = read(client, publish(incident))

    assert [(each["party"]["id"], each["value"]) for each in told] == [
        ("a", "cleared"),
        ("b", "assessed_established"),
    ]
    assert client.get("/api/v1/parties/a/").status_code == 200
    assert client.get("/api/v1/parties/c/").status_code == 404


def test_finds_incidents_by_whom_the_desk_holds_to_have_done_it(client, publish):
    for slug, value in (("a", "assessed_probable"), ("b", "alleged_by_one")):
        incident, party = make_incident(reports=0), make_party(slug=slug)
        make_report(incident=incident, accused=[party])
        make_assessment(incident, assessed="attribution", value=value, party=party)
        publish(incident)

    def found(query):
        lists = [client.get(f"/api/v1/{name}/?{query}") for name in ("incidents", "reports")]
        return [len(each.json()["results"]) for each in lists]

    assert (found("attributed=a"), found("attributed=b"), found("accused=b")) == (
        [1, 1],
        [0, 0],
        [1, 1],
    )


def test_tells_of_a_confidential_basis_no_more_than_what_kind_of_source_it_is(client, publish):
    incident, hidden = make_incident(reports=0), make_source(kind="witness", is_confidential=True)
    report = make_report(incident=incident, source=hidden, figures=[{"low": 7}])
    make_assessment(incident, **FIGURE, basis_report=report, basis="The midwife's count")

    [told] = read(client, publish(incident))

    assert told["basis"]["text"] is None
    assert told["basis"]["claimant"] == {
        "id": None,
        "name": None,
        "name_ar": None,
        "kind": "witness",
    }


def test_hides_a_source_at_once_in_what_rests_on_it(client, publish):
    incident, source = make_incident(reports=0), make_source(name="Zugvogel", slug="zugvogel")
    report = make_report(incident=incident, source=source, figures=[{"low": 7}])
    make_assessment(incident, **FIGURE, basis_report=report)
    make_assessment(incident, basis="Zugvogel's film")
    publish(incident)
    source.is_confidential = True
    source.save()

    publishing.hide_source(source)

    assert "zugvogel" not in client.get(f"/api/v1/incidents/{incident.public_id}/").text.casefold()
    assert [each["value"] for each in read(client, incident)] == ["verified", None]


@pytest.mark.parametrize(("sensitivity", "told"), [("open", 1), ("guarded", 3), ("withheld", 6)])
def test_tells_no_better_how_well_a_guarded_place_is_known(client, publish, sensitivity, told):
    incident = make_incident(place=make_place(), geo_precision=1, sensitivity=sensitivity)
    make_assessment(incident, assessed="place", value="located", geo_precision=1)

    [place] = read(client, publish(incident))

    assert (place["value"], place["geo_precision"]) == ("located", told)


def test_tells_an_incident_that_cannot_be_located(client, publish):
    incident = make_incident()
    make_assessment(incident, assessed="place", value="ungeolocatable")

    [place] = read(client, publish(incident))

    assert (place["value"], place["geo_precision"]) == ("ungeolocatable", None)


def test_says_in_the_changelog_that_something_else_is_held(client, publish):
    incident = publish(make_incident())
    make_assessment(incident, value="refuted")
    publish(incident)

    changelog = client.get(f"/api/v1/incidents/{incident.public_id}/").json()["changelog"]

    assert changelog[-1]["changed"] == ["assessments"]
