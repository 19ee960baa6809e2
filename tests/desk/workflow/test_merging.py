from __future__ import annotations

import pytest

from tests.desk.workflow.merges import (
    again,
    everything,
    make_boundary,
    merge,
    names,
)
from tests.factories import make_incident, make_place, make_report
from tracker.desk.models import (
    Boundary,
    Place,
)
from tracker.errors import Conflict, InvalidInput

pytestmark = pytest.mark.django_db


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
        "Coverage.place",
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
