"""Keeping a copy: what has changed since, and what was taken back."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.factories import (
    make_adherence,
    make_agreement,
    make_bulletin,
    make_coverage,
    make_incident,
    make_party,
    make_place,
    make_provision,
    make_reading,
    make_report,
    make_situation_report,
    make_source,
    make_user,
    make_zone,
)
from tests.public.copying import Copy, served
from tests.public.issuing import issue
from tracker.desk.models import Boundary
from tracker.desk.workflow import incident_merging, judging, merging, publishing
from tracker.desk.workflow.recording import recorded
from tracker.public.models import Edition, Entry, LastChange, Tombstone

pytestmark = pytest.mark.django_db
URL = "/api/v1/incidents/"
DELETED = "/api/v1/deleted/"


def ids(answer):
    return [each["id"] for each in answer.json()["results"]]


def change(incident, publish, summary="Shells fell again."):
    incident.summary = summary
    incident.save()
    return publish(incident)


@pytest.fixture
def copy(db):
    return Copy()


def test_goes_on_behind_the_last_page_with_what_has_changed_since_and_nothing_else(client, publish):
    one, two = (publish(make_incident()) for _number in range(2))
    resume = client.get(URL, {"ordering": "updated"}).json()["resume"]

    change(one, publish)
    three = publish(make_incident())
    answer = client.get(URL, {"updated_since": resume})

    assert ids(answer) == [str(one.public_id), str(three.public_id)]
    assert str(two.public_id) not in ids(answer)
    assert ids(client.get(URL, {"updated_since": answer.json()["resume"]})) == []


def test_gives_the_same_to_go_on_from_where_nothing_has_changed(client, publish):
    publish(make_incident())
    resume = client.get(URL, {"ordering": "updated"}).json()["resume"]

    assert client.get(URL, {"updated_since": resume}).json()["resume"] == resume


def test_shows_what_changes_while_it_is_paged_again_at_the_end(client, publish):
    first, *others = [publish(make_incident()) for _number in range(4)]
    page = client.get(URL, {"ordering": "updated", "page_size": 2})
    change(first, publish)

    following = client.get(page.json()["next"])

    expected = [str(each.public_id) for each in (*others[1:], first)]
    assert ids(following) == expected[:2]
    assert ids(client.get(following.json()["next"])) == expected[2:]


def test_goes_by_change_where_a_day_is_asked_for(client, publish):
    late, early = make_incident(date_start="2017-01-20"), make_incident(date_start="2017-01-10")
    publish(late)
    publish(early)
    Entry.objects.filter(public_id=late.public_id).update(updated_on=dt.date(2017, 2, 1))

    answer = client.get(URL, {"updated_since": "2017-01-01"})
    by_date = client.get(URL, {"updated_since": "2017-01-01", "ordering": "date"})

    assert ids(answer) == [str(late.public_id), str(early.public_id)]
    assert ids(by_date) == [str(early.public_id), str(late.public_id)]
    assert answer.json()["resume"]
    assert by_date.json()["resume"] is None


def test_keeps_to_the_filters_from_one_resume_to_the_next(client, publish):
    publish(make_incident(acts=["siege"]))
    asked = {"act": "siege", "ordering": "updated"}
    resume = client.get(URL, asked).json()["resume"]

    publish(make_incident())
    siege = publish(make_incident(acts=["siege"]))

    found = ids(client.get(URL, {"act": "siege", "updated_since": resume}))
    assert found == [str(siege.public_id)]


def test_has_nothing_to_go_on_from_before_there_is_anything(client):
    assert client.get(URL, {"ordering": "updated"}).json()["resume"] is None
    assert client.get(URL, {"updated_since": "2017-01-01"}).json()["resume"] is None


@pytest.mark.parametrize("since", ["x", "yesterday", "WyJuYW1lIiwgIngiLCAieSJd", "a" * 3000])
@pytest.mark.parametrize("name", ["incidents", "places", "deleted"])
def test_refuses_to_go_on_from_what_it_never_gave(client, name, since):
    response = client.get(f"/api/v1/{name}/", {"updated_since": since})

    assert response.status_code == 400
    assert [each["pointer"] for each in response.json()["errors"]] == ["/updated_since"]


def test_lets_no_list_of_sources_be_kept_up_with(client):
    response = client.get("/api/v1/sources/", {"updated_since": "2017-01-01"})

    assert response.status_code == 400


def test_tells_what_was_taken_back_when_why_and_what_stands_for_it(client, publish):
    gone, into = publish(make_incident(place=make_place())), publish(make_incident())
    with recorded(by=None):
        incident_merging.merge(gone, into=into, by=make_user())

    [tombstone] = client.get(DELETED, {"kind": "incident"}).json()["results"]

    assert tombstone == {
        "kind": "incident",
        "id": str(gone.public_id),
        "withdrawn_on": Tombstone.objects.get(kind="incident").withdrawn_on.isoformat(),
        "reason": "found to be the same incident as another",
        "replaced_by": str(into.public_id),
    }


def test_forgets_that_something_was_taken_back_once_it_is_published_again(client, publish):
    incident = publish(make_incident())
    resume = client.get(URL, {"ordering": "updated"}).json()["resume"]
    publishing.withdraw(incident, reason="It was a quarry blast.")
    assert ids(client.get(DELETED, {"kind": "incident"})) == [str(incident.public_id)]

    publish(incident)

    assert ids(client.get(DELETED)) == []
    assert ids(client.get(URL, {"updated_since": resume})) == [str(incident.public_id)]


def test_pages_through_what_was_taken_back_and_goes_on_behind_it(client, publish):
    gone = [publish(make_incident(reports=3)) for _number in range(3)]
    for incident in gone[:2]:
        publishing.withdraw(incident, reason="It was a quarry blast.")
    page = client.get(DELETED, {"page_size": 3}).json()
    found = [each["id"] for each in page["results"]]
    while page["next"]:
        page = client.get(page["next"]).json()
        found += [each["id"] for each in page["results"]]
    assert len(set(found)) == len(found) == 8

    publishing.withdraw(gone[2], reason="It was a quarry blast.")
    later = client.get(DELETED, {"updated_since": page["resume"], "kind": "incident"})

    assert ids(later) == [str(gone[2].public_id)]


def test_finds_what_was_taken_back_since_a_day(client, publish):
    publishing.withdraw(publish(make_incident()), reason="It was a quarry blast.")
    Tombstone.objects.filter(kind="report").update(withdrawn_on=dt.date(2017, 1, 15))

    assert len(ids(client.get(DELETED, {"updated_since": "2017-01-15"}))) == 2
    assert len(ids(client.get(DELETED, {"updated_since": "2017-01-16"}))) == 1


def drawn(place):
    return Boundary.objects.update_or_create(
        place=place,
        defaults={
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[36, 33], [37, 33], [37, 34], [36, 33]]],
            },
            "west": 36,
            "south": 33,
            "east": 37,
            "north": 34,
        },
    )


def test_tells_again_of_what_an_outline_or_zones_are_told_with(client, publish, copy):
    place, truce = make_place(), make_agreement()
    publish(make_incident(place=place))
    publishing.publish_agreement(truce)
    copy.follow()

    drawn(place)
    publish(make_incident(place=place))
    make_zone(truce)
    publishing.publish_agreement(truce)

    place.refresh_from_db()
    assert [each["id"] for each in copy.read("places")] == [str(place.public_id)]
    assert [each["id"] for each in copy.read("agreements")] == [truce.slug]


class Ways:
    """What prepares each way to write for the public, and gives the very writing."""

    def publish(self, publish):
        incident = publish(make_incident(place=make_place(), reports=2))
        return lambda: change(incident, publish)

    def withdraw(self, publish):
        incident = publish(make_incident())
        return lambda: publishing.withdraw(incident, reason="It was a quarry blast.")

    def replace_incident(self, publish):
        one, other = (publish(make_incident()) for _number in range(2))
        return lambda: incident_merging.merge(one, into=other, by=make_user())

    def part_incident(self, publish):
        merged = self.replace_incident(publish)()
        return lambda: incident_merging.undo(merged, by=make_user())

    def replace_place(self, publish):
        one, other, further = (make_place() for _number in range(3))
        for place in (one, other, further):
            publish(make_incident(place=place))
        merging.merge(one, into=other, by=make_user())
        return lambda: merging.merge(other, into=further, by=make_user())

    def restore_place(self, publish):
        one, other = make_place(), make_place()
        publish(make_incident(place=one))
        merging.merge(one, into=other, by=make_user())
        return lambda: merging.unmerge(one, by=make_user())

    def publish_agreement(self, publish):
        return lambda: publishing.publish_agreement(make_agreement(parent=make_agreement()))

    def reissue_agreement(self, publish):
        truce = make_agreement()
        publishing.publish_agreement(truce)
        make_adherence(truce, make_party())
        return lambda: publishing.reissue_agreement(truce)

    def reissue_scope(self, publish):
        truce, incident = make_agreement(), make_incident()
        make_reading(truce)
        publishing.publish_agreement(truce)
        publish(incident)
        make_provision(truce, "fire_indirect")
        return lambda: publishing.reissue_scope(incident, judging.public_scope(incident))

    def publish_bulletin(self, publish):
        bulletin = make_bulletin({"count": 1}, {"count": 2})
        publishing.publish_bulletin(bulletin)
        bulletin.tallies.earliest("pk").delete()
        return lambda: publishing.publish_bulletin(bulletin)

    def publish_coverage(self, publish):
        period = make_coverage(place=make_place())
        publishing.publish_coverage(period)
        period.access = "partial"
        period.save()
        return lambda: publishing.publish_coverage(period)

    def issue_situation(self, publish):
        return lambda: issue(make_situation_report())

    def correct_situation(self, publish):
        report = make_situation_report()
        issue(report)
        report.errata.create(number=1, text="Two were one.")
        return lambda: publishing.correct_situation(report)

    def hide_source(self, publish):
        incident, source = make_incident(reports=0), make_source()
        make_report(incident=incident, source=source)
        publish(incident)
        publishing.publish_bulletin(make_bulletin({"count": 1}, monitor=source))
        return lambda: publishing.hide_source(source)


# Those that count what is there change nothing that a copy holds.
READING = {"difference", "missing", "refuse_unready", "counted", "rebuild_counts", "wrong_counts"}
# Changes what is told beside an incident, which comes again although it says the same itself.
BESIDE = {"reissue_scope"}
WRITING = sorted(set(publishing.__all__) - READING)


def last_number() -> int:
    """Of an empty record, which others may have emptied, there is no row that says 0."""
    return LastChange.objects.values_list("number", flat=True).first() or 0


@pytest.mark.parametrize("way", WRITING)
def test_numbers_whatever_is_written_so_that_copies_follow(publish, copy, way):
    write = getattr(Ways(), way)(publish)
    copy.follow()
    number, received = last_number(), copy.received

    write()

    copy.follow()
    assert last_number() > number
    assert copy.received > received
    assert copy.held == served()
    assert copy.repeated == [] or way in BESIDE
    assert not Edition.objects.filter(change=None).exists()
    assert not Tombstone.objects.filter(change=None).exists()


def test_draws_one_number_for_all_that_one_change_writes(publish):
    with recorded(by=None):
        publish(make_incident(place=make_place()))
        publish(make_incident())

    assert Edition.objects.count() > 6
    assert Edition.objects.values("change").distinct().count() == 1
    assert LastChange.objects.get().number == Edition.objects.earliest("pk").change


def test_draws_no_number_for_what_changes_nothing_in_public(publish):
    truce = make_agreement()
    publishing.publish_agreement(truce)
    before = LastChange.objects.get().number

    publishing.publish_agreement(truce)
    make_incident()

    assert LastChange.objects.get().number == before
