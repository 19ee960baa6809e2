from __future__ import annotations

import pytest

from tests.factories import make_incident, make_place, make_report, make_user
from tracker.desk.models import (
    Boundary,
    Incident,
    Place,
    PlaceCode,
    PlaceMerge,
    PlaceName,
    Report,
)
from tracker.desk.workflow import matching, merging
from tracker.errors import Conflict, InvalidInput, TrackerError

pytestmark = pytest.mark.django_db

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[36, 33], [37, 33], [37, 34], [36, 34], [36, 33]]],
}


@pytest.fixture
def kept(db):
    return make_place(name="Ain al-Fijah", name_ar="عين الفيجة")


@pytest.fixture
def double(db):
    return make_place(name="Ayn al-Fijeh", latitude=33.61, longitude=36.18)


def merge(place, into):
    return merging.merge(place, into=into, by=make_user())


def unmerge(place):
    return merging.unmerge(place, by=make_user())


def again(row):
    """The row as it is now."""
    return type(row).objects.get(pk=row.pk)


def names(place):
    return set(place.names.values_list("name", "language", "kind"))


def make_boundary(place):
    return Boundary.objects.create(
        place=place, geometry=SQUARE, west=36, south=33, east=37, north=34
    )


# What comes over, and goes back.


def test_lets_one_place_stand_for_the_other(kept, double):
    merge(double, kept)

    assert again(double).standing == kept
    assert list(Place.objects.current()) == [kept]


def test_moves_incidents_reports_and_places_inside(kept, double):
    incident = make_incident(place=double, reports=0)
    report = make_report(place=double)
    inside = make_place(name="The spring", kind="site", parent=double)

    merge(double, kept)

    assert [again(incident).place, again(report).place, again(inside).parent] == [kept] * 3


def test_leaves_what_a_locked_report_states(kept, double):
    attached = make_report(place=double, incident=make_incident(reports=0))

    merge(double, kept)

    assert again(attached).place == double
    assert again(attached).place.standing == kept


def test_gives_the_names_as_other_names_each_once(kept, double):
    double.name_ar = "عين الفيجه"  # the same word, spelled with another last letter
    double.save()
    kept.names.create(name="Ein el-Fijeh")
    for name in ("Ein El Fijeh", "Fijeh spring"):
        double.names.create(name=name, kind="local")

    merge(double, kept)

    assert names(kept) == {
        ("Ayn al-Fijeh", "en", "transliteration"),
        ("Ein el-Fijeh", "en", "transliteration"),
        ("Fijeh spring", "en", "local"),
    }


def test_says_that_an_arabic_name_is_arabic(kept, double):
    Place.objects.filter(pk=double.pk).update(name_ar="نبع الفيجة")

    merge(double, kept)

    assert ("نبع الفيجة", "ar", "local") in names(kept)


def test_fills_in_what_is_not_known(double):
    district = make_place(name="Az-Zabdani", kind="district")
    Place.objects.filter(pk=double.pk).update(
        name_ar="عين الفيجة", population=3800, pcode="C1", parent=district
    )
    bare = make_place(name="Fijeh", latitude=None, longitude=None)

    merge(double, bare)

    filled = again(bare)
    assert (filled.latitude, filled.longitude) == (33.61, 36.18)
    assert (filled.name_ar, filled.population, filled.pcode) == ("عين الفيجة", 3800, "C1")
    assert filled.parent == district
    assert filled.folded == "fijeh | عين الفيجه"
    assert filled.is_edited


def test_overwrites_nothing_that_is_known(kept, double):
    Place.objects.filter(pk=kept.pk).update(population=0)
    Place.objects.filter(pk=double.pk).update(population=3800, name_ar="نبع")

    merge(double, kept)

    filled = again(kept)
    assert (filled.population, filled.name_ar, filled.latitude) == (0, "عين الفيجة", 33.604)


def test_lets_no_place_lie_in_itself(kept):
    district = make_place(name="Fijeh", kind="subdistrict", parent=None)
    inner = make_place(name="Fijeh again", kind="subdistrict", parent=district)

    merge(inner, district)

    assert again(district).parent is None
    assert again(inner).lineage() == [district]


def test_moves_the_codes_and_the_outline(kept, double):
    kept.codes.create(code="wof:1")
    double.codes.create(code="wof:2")
    make_boundary(double)

    merge(double, kept)

    assert Place.objects.coded("wof:2").get() == kept
    assert Boundary.objects.get().place == kept


def test_keeps_the_outline_there_is(kept, double):
    own, other = make_boundary(kept), make_boundary(double)

    merge(double, kept)

    assert (again(own).place, again(other).place) == (kept, double)


def test_knows_all_that_refers_to_a_place():
    # Whoever adds a reference says here that a merge moves it.
    referring = {
        f"{each.related_model.__name__}.{each.field.name}" for each in Place._meta.related_objects
    }

    assert referring == {
        "Boundary.place",
        "Incident.place",
        "Place.merged_into",
        "Place.parent",
        "PlaceCode.place",
        "PlaceMerge.into",
        "PlaceMerge.place",
        "PlaceName.place",
        "Report.place",
        "Tally.place",
    }


def everything():
    """The desk's places and what refers to them, but for who changed what."""
    rows = [
        list(model.objects.order_by("pk").values())
        for model in (Incident, Report, PlaceCode, Boundary)
    ]
    places = [{**row, "is_edited": None} for row in Place.objects.order_by("pk").values()]
    return places, rows, list(PlaceName.objects.order_by("pk").values("place", "name"))


def test_gives_everything_back(double):
    bare = make_place(name="Fijeh", latitude=None, longitude=None)
    Place.objects.filter(pk=double.pk).update(name_ar="عين الفيجة", population=3800)
    double.names.create(name="Fijeh spring")
    double.codes.create(code="wof:2")
    make_boundary(double)
    make_place(name="The spring", kind="site", parent=double)
    make_incident(place=double)
    make_report(place=double)
    before = everything()

    merge(double, bare)
    assert everything() != before
    assert unmerge(again(double)) == 0

    assert everything() == before


def test_leaves_what_was_never_moved(kept, double):
    own = make_incident(place=kept)
    merge(double, kept)
    new = make_incident(place=kept)

    unmerge(double)

    assert (again(own).place, again(new).place) == (kept, kept)


def test_leaves_what_was_changed_since(kept, double):
    elsewhere = make_place(name="Basimah")
    rows = [make_incident(place=double, reports=0), make_report(place=double)]
    merge(double, kept)
    for model in (Incident, Report):
        model.objects.update(place=elsewhere)

    assert unmerge(double) == 0

    assert [again(row).place for row in rows] == [elsewhere] * 2


def test_leaves_a_report_that_was_attached_since_and_says_so(kept, double):
    report, free = make_report(place=double), make_report(place=double)
    merge(double, kept)
    matching.attach(again(report), make_incident(reports=0))

    assert unmerge(double) == 1

    assert (again(report).place, again(free).place) == (kept, double)


def test_leaves_what_was_filled_in_and_mended_since(double):
    bare = make_place(name="Fijeh", latitude=None, longitude=None)
    merge(double, bare)
    Place.objects.filter(pk=bare.pk).update(latitude=33.62)

    unmerge(double)

    assert (again(bare).latitude, again(bare).longitude) == (33.62, 36.18)


def test_keeps_a_name_as_long_as_a_merged_place_bears_it(kept, double):
    third = make_place(name="Ayn al Fijeh")
    for each in (double, third):
        merge(each, kept)

    unmerge(double)
    assert names(kept) == {("Ayn al-Fijeh", "en", "transliteration")}
    unmerge(third)
    assert names(kept) == set()


def test_keeps_who_merged_and_who_parted_them(kept, double):
    one, other = make_user(), make_user()

    merging.merge(double, into=kept, by=one)
    merging.unmerge(double, by=other)
    merging.merge(double, into=kept, by=other)

    first, second = PlaceMerge.objects.all()
    assert (first.merged_by, first.undone_by, second.undone_by) == (one, other, None)
    assert list(PlaceMerge.objects.standing()) == [second]


# What the public sees.


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


# What is refused.


def chain(kept, double):
    merge(double, kept)
    return double, make_place(name="Basimah")


REFUSED = {
    "itself": (lambda kept, double: (kept, kept), InvalidInput, "itself"),
    "the wider into the narrower": (
        lambda kept, double: (kept, make_place(parent=make_place(parent=kept))),
        InvalidInput,
        "lies in it",
    ),
    "one already merged": (chain, Conflict, "already been merged into “Ain al-Fijah”"),
    "into one already merged": (
        lambda kept, double: tuple(reversed(chain(kept, double))),
        Conflict,
        "“Ayn al-Fijeh” has already been merged",
    ),
    "a unit into a settlement": (
        lambda kept, double: (make_place(name="Zabdani", kind="district"), kept),
        InvalidInput,
        "“Zabdani” (District)",
    ),
    "a settlement into a unit": (
        lambda kept, double: (kept, make_place(name="Zabdani", kind="district")),
        InvalidInput,
        "administrative unit",
    ),
    "a district into a sub-district": (
        lambda kept, double: (make_place(kind="district"), make_place(kind="subdistrict")),
        InvalidInput,
        "narrower",
    ),
}


@pytest.mark.parametrize(("pair", "error", "words"), REFUSED.values(), ids=REFUSED)
def test_refuses_what_cannot_be_one(kept, double, pair, error, words):
    place, into = pair(kept, double)
    before = everything()

    with pytest.raises(error) as refusal:
        merge(place, into)

    assert words in refusal.value.message
    assert everything() == before


def test_refuses_to_part_what_is_not_merged(kept):
    with pytest.raises(Conflict, match="has not been merged"):
        unmerge(kept)


def test_parts_the_last_first(kept, double):
    last = make_place(name="Fijeh spring")
    merge(double, kept)
    merge(kept, last)

    with pytest.raises(TrackerError, match="“Fijeh spring”: undo that first"):
        unmerge(double)

    assert again(double).standing == last
    unmerge(kept)
    unmerge(double)
    assert Place.objects.current().count() == 3
