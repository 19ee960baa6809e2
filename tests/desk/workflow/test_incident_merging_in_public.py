"""What the public sees of incidents that are merged, and of those parted again."""

from __future__ import annotations

import pytest

from tests.desk.workflow.merges import again
from tests.desk.workflow.test_incident_merging import make_truce
from tests.factories import make_incident, make_party, make_place, make_report, make_source
from tracker.desk.models import Incident
from tracker.desk.workflow import incident_merging, matching, publishing

pytestmark = pytest.mark.django_db
URL = "/api/v1/incidents/"
BESIDE = ("", "scope/", "reports/")


@pytest.fixture
def merge(reviewer):
    return lambda incident, into: incident_merging.merge(incident, into=into, by=reviewer)


@pytest.fixture
def undo(reviewer):
    return lambda merged: incident_merging.undo(merged, by=reviewer)


def read(client, incident, beside=""):
    return client.get(f"{URL}{again(incident).public_id}/{beside}")


def claims(client, incident):
    return {claim["text"] for claim in read(client, incident, "reports/").json()["reports"]}


def found(client, kind="incidents", **asked):
    return [each["id"] for each in client.get(f"/api/v1/{kind}/", asked).json()["results"]]


def key(thing):
    return str(again(thing).public_id)


def told(text, **fields):
    """An incident of one report, which says this."""
    incident = make_incident(reports=0, **fields)
    make_report(incident=incident, text=text)
    return incident


@pytest.mark.parametrize("beside", BESIDE)
def test_sends_readers_of_the_merged_incident_to_the_other(client, publish, merge, beside):
    double, kept = publish(told("one")), publish(told("two"))

    merge(double, kept)

    answer = read(client, double, beside)
    assert answer.status_code == 410
    assert f"Replaced by {kept.public_id}." in answer.json()["detail"]
    assert found(client) == [key(kept)]


def test_tells_the_claims_of_both_with_the_one_that_stays(client, publish, merge):
    double, kept = publish(told("one")), publish(told("two"))

    merge(double, kept)

    assert claims(client, kept) == {"one", "two"}
    document = read(client, kept).json()
    assert document["revision"] == 2
    assert document["changelog"][-1]["changed"] == ["reports"]
    reports = client.get("/api/v1/reports/").json()["results"]
    assert {report["incident"] for report in reports} == {key(kept)}
    assert {claim["incident"] for claim in document["reports"]} == {key(kept)}


def test_finds_the_one_that_stays_by_what_the_other_was_found_by(client, publish, merge):
    militia, agency, place = make_party(), make_source(), make_place(name="Basimah")
    double, kept = make_incident(reports=0), publish(told("two", acts=["siege"], place=place))
    report = make_report(incident=double, source=agency, accused=[militia])
    publish(double)

    merge(double, kept)

    for asked in ({"accused": militia.slug}, {"claimant": agency.slug}):
        assert found(client, **asked) == [key(kept)]
        assert found(client, "reports", **asked) == [key(report)]
    # Of a report that names no place, its incident's is meant.
    assert key(report) in found(client, "reports", place=key(place))
    assert key(report) in found(client, "reports", q="basimah")


def test_judges_the_one_that_stays_by_whom_both_accuse(client, publish, merge):
    army = make_party()
    publishing.publish_agreement(make_truce(army))
    double, kept = (
        make_incident(reports=number, targets=["civilians"], place=make_place())
        for number in (0, 1)
    )
    report = make_report(incident=double, accused=[army])
    for incident in (double, kept):
        publish(incident)
    verdict = read(client, double).json()["verdicts"][0]["overall"]
    assert read(client, kept).json()["verdicts"][0]["overall"] != verdict

    merge(double, kept)

    assert read(client, kept).json()["verdicts"][0]["overall"] == verdict
    assert read(client, kept, "scope/").json()["agreements"][0]["overall"] == verdict
    assert found(client, verdict=verdict) == [key(kept)]
    assert key(report) in found(client, "reports", verdict=verdict)
    assert set(read(client, kept).json()["changelog"][-1]["changed"]) == {"reports", "verdicts"}


def test_publishes_no_change_that_nobody_signed(client, publish, merge):
    double, kept = publish(told("one")), publish(told("two", summary="Shells fell."))
    Incident.objects.filter(pk=kept.pk).update(summary="Unsigned.")
    for incident in (double, kept):
        make_report(incident=incident, text="unsigned")

    merge(double, kept)

    assert read(client, kept).json()["summary"] == "Shells fell."
    assert claims(client, kept) == {"one", "two"}


def test_tells_a_claim_until_its_correction_is_signed(client, publish, merge):
    double, kept = publish(told("one")), publish(told("two"))
    make_report(incident=double, supersedes=double.reports.get(), text="one, corrected")

    merge(double, kept)
    assert claims(client, kept) == {"one", "two"}
    publish(again(kept))

    assert claims(client, kept) == {"one, corrected", "two"}


def test_takes_back_a_claim_that_was_detached_and_not_signed_so(client, publish, merge):
    double, kept = publish(told("one")), publish(told("two"))
    report = double.reports.get()
    matching.detach(report)

    merge(double, kept)

    assert claims(client, kept) == {"two"}
    assert client.get(f"/api/v1/reports/{report.public_id}/").status_code == 410


def test_says_the_same_once_the_one_that_stays_is_signed(client, publish, merge):
    double, kept = publish(told("one")), publish(told("two"))
    merge(double, kept)
    before = read(client, kept).json()["reports"], found(client, "reports")

    publish(again(kept))

    assert (read(client, kept).json()["reports"], found(client, "reports")) == before


def test_keeps_the_merged_edition_until_the_one_that_stays_is_published(client, publish, merge):
    double, kept = publish(told("one")), told("two")
    before = read(client, double).content

    merge(double, kept)
    assert read(client, double).content == before
    publish(again(kept))

    assert f"Replaced by {key(kept)}." in read(client, double).json()["detail"]
    assert claims(client, kept) == {"one", "two"}
    assert found(client) == [key(kept)]


def test_tells_nothing_where_only_the_one_that_stays_is_published(client, publish, merge):
    double, kept = told("one"), publish(told("two"))
    before = read(client, kept).content

    merge(double, kept)

    assert read(client, kept).content == before


def test_shows_no_claim_of_a_guarded_incident_before_it_is_signed(client, publish, merge):
    double, kept = publish(told("one")), publish(told("two", sensitivity="guarded"))
    report = double.reports.get()
    Incident.objects.filter(pk=double.pk).update(sensitivity="guarded")

    merge(double, kept)

    assert read(client, double).status_code == 410
    assert client.get(f"/api/v1/reports/{report.public_id}/").status_code == 410
    publish(again(kept))
    claim = client.get(f"/api/v1/reports/{report.public_id}/").json()
    assert (claim["incident"], claim["text"]) == (key(kept), None)


def test_leads_from_an_incident_merged_twice_to_the_last(client, publish, merge, undo):
    first, second, last = publish(told("one")), publish(told("two")), publish(told("three"))

    merge(first, second)
    further = merge(second, last)

    for incident in (first, second):
        assert f"Replaced by {key(last)}." in read(client, incident).json()["detail"]
    assert claims(client, last) == {"one", "two", "three"}
    undo(further)
    publish(again(second))
    assert f"Replaced by {key(second)}." in read(client, first).json()["detail"]
    assert claims(client, second) == {"one", "two"}


def test_leads_to_the_last_by_way_of_one_the_public_never_knew(client, publish, merge):
    first, second, last = publish(told("one")), told("two"), publish(told("three"))

    merge(first, second)
    merge(second, last)

    assert f"Replaced by {key(last)}." in read(client, first).json()["detail"]
    assert claims(client, last) == {"one", "three"}


def test_waits_to_be_published_again_once_parted(client, publish, merge, undo):
    double, kept = publish(told("one")), publish(told("two"))
    merged = merge(double, kept)

    undo(merged)

    detail = read(client, double).json()["detail"]
    assert "not published again yet" in detail
    assert "Replaced by" not in detail
    assert claims(client, kept) == {"one", "two"}
    assert again(double).publication == "draft"


def test_shows_both_as_before_once_both_are_published_again(client, publish, merge, undo):
    double, kept = publish(told("one")), publish(told("two"))
    revision = read(client, double).json()["revision"]
    undo(merge(double, kept))

    for incident in (double, kept):
        publish(again(incident))

    assert (claims(client, double), claims(client, kept)) == ({"one"}, {"two"})
    assert len(found(client, "reports")) == 2
    document = read(client, double).json()
    assert document["revision"] == revision + 1
    assert [each["revision"] for each in document["changelog"]] == [1, 2]
    assert read(client, double, "scope/").json()["incident"] == key(double)


def test_leaves_the_public_alone_where_nothing_was_buried(client, publish, merge, undo):
    double, kept = publish(told("one")), told("two")
    before = read(client, double).content

    undo(merge(double, kept))

    assert read(client, double).content == before
    assert again(double).publication == "published"


def test_tells_two_incidents_once_both_parts_of_a_split_are_published(client, publish, reviewer):
    incident = told("one")
    other = make_report(incident=incident, text="two", acts=["siege"])
    publish(incident)

    made = incident_merging.split(incident, reports=[other], by=reviewer)
    assert claims(client, incident) == {"one", "two"}
    for each in (made, incident):
        publish(again(each))

    assert (claims(client, incident), claims(client, made)) == ({"one"}, {"two"})
    assert client.get(f"/api/v1/reports/{key(other)}/").json()["incident"] == key(made)
