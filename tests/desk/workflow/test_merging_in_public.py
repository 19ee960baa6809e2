"""What the public sees of places that are merged, and of those parted again."""

from __future__ import annotations

import pytest

from tests.desk.workflow.merges import (
    SQUARE,
    again,
    make_boundary,
    merge,
    unmerge,
)
from tests.factories import make_incident, make_place, make_report
from tracker.desk.models import (
    Incident,
    Place,
)

pytestmark = pytest.mark.django_db


def read(client, kind, thing):
    return client.get(f"/api/v1/{kind}/{again(thing).public_id}/")


def found_under(client, kind, place):
    answer = client.get(f"/api/v1/{kind}/", {"place": str(again(place).public_id)})
    return [result["id"] for result in answer.json()["results"]]


def ids(*things):
    return [str(again(thing).public_id) for thing in things]


def test_sends_readers_of_the_merged_place_to_the_other(client, publish, kept, double):
    publish(make_incident(place=double))

    merge(double, kept)

    answer = read(client, "places", double)
    assert answer.status_code == 410
    assert f"Replaced by {again(kept).public_id}." in answer.json()["detail"]
    assert [each["name"] for each in read(client, "places", kept).json()["names"]] == [
        "Ayn al-Fijeh"
    ]


def test_shows_the_other_place_in_incidents_and_reports(client, publish, kept, double):
    incident = publish(make_incident(place=double))

    merge(double, kept)

    document = read(client, "incidents", incident).json()
    [claim] = document["reports"]
    assert document["title"] == "Shelling, Ain al-Fijah, 2017-01-15"
    assert "عين الفيجة" in document["title_ar"]
    assert document["place"]["id"] == claim["place"]["id"] == str(again(kept).public_id)
    report = client.get(f"/api/v1/reports/{claim['id']}/").json()
    assert report["place"]["name"] == "Ain al-Fijah"


def test_finds_what_lay_there_under_the_other_place(client, publish, kept, double):
    district, other = (make_place(name=name, kind="district") for name in ("Old", "New"))
    Place.objects.filter(pk=double.pk).update(parent=district)
    Place.objects.filter(pk=kept.pk).update(parent=other)
    inside = make_place(name="The spring", kind="site", parent=double)
    there, within = (publish(make_incident(place=again(each))) for each in (double, inside))

    merge(double, kept)

    for place in (kept, other):
        assert set(found_under(client, "incidents", place)) == set(ids(there, within))
        assert len(found_under(client, "reports", place)) == 2
    for place in (double, district):
        assert found_under(client, "incidents", place) == []
        assert found_under(client, "reports", place) == []
    assert ids(inside)[0] in found_under(client, "places", other)
    lies_in = read(client, "places", inside).json()["lies_in"]
    assert [wider["name"] for wider in lies_in] == ["Ain al-Fijah", "New"]


def test_finds_an_incident_by_the_names_of_the_other_place(client, publish, kept, double):
    incident = publish(make_incident(place=double, summary="Shells on the spring."))

    merge(double, kept)

    for words in ("عين الفيجة", "ayn al fijeh", "shells spring"):
        answer = client.get("/api/v1/incidents/", {"q": words}).json()
        assert [each["id"] for each in answer["results"]] == ids(incident), words
    assert len(client.get("/api/v1/reports/", {"q": "ain al fijah"}).json()["results"]) == 1


def test_says_what_changed_and_nothing_where_nothing_did(client, publish, kept, double):
    inside = make_place(name="The spring", kind="site", parent=double)
    there, within, away = (publish(make_incident(place=p)) for p in (double, inside, kept))

    merge(double, kept)

    changed = read(client, "incidents", there).json()
    assert changed["revision"] == 2
    assert set(changed["changelog"][-1]["changed"]) == {"title", "title_ar", "place", "reports"}
    assert read(client, "incidents", within).json()["revision"] == 1
    assert read(client, "incidents", away).json()["revision"] == 1


def test_changes_a_report_in_an_incident_that_is_elsewhere(client, publish, kept, double):
    incident = make_incident(place=make_place(name="Basimah"), reports=0)
    make_report(incident=incident, place=double)
    publish(incident)

    merge(double, kept)

    document = read(client, "incidents", incident).json()
    assert document["place"]["name"] == "Basimah"
    assert document["reports"][0]["place"]["name"] == "Ain al-Fijah"
    assert client.get("/api/v1/incidents/", {"q": "basimah"}).json()["results"]


def test_publishes_no_change_that_nobody_signed(client, publish, kept, double):
    incident = publish(make_incident(place=double, summary="Shells fell."))
    Incident.objects.filter(pk=incident.pk).update(summary="Unsigned.", acts=["siege"])

    merge(double, kept)

    document = read(client, "incidents", incident).json()
    assert (document["summary"], document["acts"]) == ("Shells fell.", ["fire_indirect"])
    assert document["title"].startswith("Shelling")


def test_publishes_no_place_that_nobody_knows(client, kept, double):
    make_incident(place=double)

    merge(double, kept)

    assert client.get("/api/v1/places/").json()["results"] == []
    assert again(kept).public_id is None


def test_tells_no_more_of_a_guarded_incident(client, publish, kept, double):
    district = make_place(name="Az-Zabdani", kind="district")
    Place.objects.filter(pk=double.pk).update(parent=district)
    guarded = publish(make_incident(place=again(double), sensitivity="guarded"))

    merge(double, kept)

    assert read(client, "incidents", guarded).json()["place"]["name"] == "Az-Zabdani"
    assert client.get("/api/v1/places/", {"q": "fijah"}).json()["results"] == []


def test_draws_the_outline_under_the_other_place(client, publish, kept, double):
    make_boundary(double)
    publish(make_incident(place=double))

    merge(double, kept)

    assert read(client, "places", kept).json()["boundary"]["geometry"] == SQUARE
    assert read(client, "places", double).status_code == 410


def public(client):
    """Every public document that can be listed, without what counts its revisions."""
    counted = ("revision", "changelog", "updated_on")
    return {
        each["id"]: {name: value for name, value in each.items() if name not in counted}
        for kind in ("incidents", "reports", "places")
        for each in client.get(f"/api/v1/{kind}/").json()["results"]
    }


def test_shows_the_public_all_it_saw_before(client, publish, kept, double):
    inside = make_place(name="The spring", kind="site", parent=double)
    Place.objects.filter(pk=double.pk).update(parent=make_place(name="Old", kind="district"))
    for place in (double, inside, kept):
        publish(make_incident(place=again(place)))
    mixed = make_incident(place=kept, reports=0)
    for place in (double, kept):
        make_report(incident=mixed, place=place)
    publish(mixed)
    places = (double, inside, kept)
    before = public(client), [found_under(client, "incidents", place) for place in places]

    merge(double, kept)
    assert public(client) != before[0]
    unmerge(double)

    assert (public(client), [found_under(client, "incidents", p) for p in places]) == before


def test_counts_the_revisions_of_a_restored_place_on(client, publish, kept, double):
    publish(make_incident(place=double))
    merge(double, kept)

    unmerge(double)

    restored = read(client, "places", double)
    assert (restored.status_code, restored.json()["revision"]) == (200, 2)
    first = client.get("/api/v1/places/", {"q": "ayn al fijeh"}).json()["results"][0]
    assert first["id"] == restored.json()["id"]


def test_parts_what_was_published_while_they_were_one(client, publish, kept, double):
    publish(make_incident(place=double))
    draft = make_incident(place=double)
    merge(double, kept)
    incident = publish(again(draft))
    assert read(client, "incidents", incident).json()["place"]["name"] == "Ain al-Fijah"

    unmerge(double)

    document = read(client, "incidents", incident).json()
    assert document["place"]["name"] == "Ayn al-Fijeh"
    assert document["reports"][0]["place"]["name"] == "Ayn al-Fijeh"


def test_leads_from_a_place_merged_twice_to_the_last(client, publish, kept, double):
    publish(make_incident(place=double))
    last = make_place(name="Fijeh spring")

    merge(double, kept)
    merge(kept, last)

    for place in (double, kept):
        assert ids(last)[0] in read(client, "places", place).json()["detail"]
    assert len(found_under(client, "incidents", last)) == 1
    unmerge(kept)
    assert ids(kept)[0] in read(client, "places", double).json()["detail"]
    assert len(found_under(client, "incidents", kept)) == 1
