from __future__ import annotations

import pytest

from tests.desk.importers.samples import geojson, geonames, load, square, wof
from tests.factories import make_place, make_user
from tracker.codebook import PlaceKind
from tracker.desk.importers.drafts import PlaceDraft
from tracker.desk.models import Boundary, Place, PlaceCode, PlaceName
from tracker.desk.workflow import gazetteer, merging
from tracker.errors import Conflict

pytestmark = pytest.mark.django_db


def coded(code, **fields):
    place = make_place(**fields)
    place.codes.create(code=code)
    return place


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (Place, PlaceCode, PlaceName)]


def test_loading_again_changes_nothing_and_doubles_nothing(tmp_path):
    path = wof(
        tmp_path,
        {"wof_id": 1, "geonames_id": 5, "alt_names_latin": "Maḑāyā|Madhaya"},
        {"wof_id": 2, "name": "Bludan"},
    )
    load(path)
    before = rows()

    said, _ = load(path)

    assert rows() == before
    assert "0 new, 0 changed, 2 unchanged" in said


def test_keeps_nothing_of_a_dry_run_but_says_what_would_come_of_it(tmp_path):
    units = geojson(
        tmp_path, ({"ADM1_EN": "Rif Dimashq", "ADM1_PCODE": "SY03"}, square(36, 33, 37, 34))
    )

    said, _ = load(wof(tmp_path, {"adm1_pcode": "SY03"}), units, dry_run=True)

    assert not Place.objects.exists()
    assert not Boundary.objects.exists()
    # The place lies in the unit that came with the other file.
    assert "wof.csv (Who's On First): 1 new" in said
    assert "0 unplaced" in said
    assert "nothing was kept" in said


def test_follows_who_first_told_of_a_place(tmp_path):
    load(wof(tmp_path, {"name": "Madaia", "name_ar": "مضايه", "population": 10}))

    said, _ = load(wof(tmp_path, {"name": "Madaya", "name_ar": "مضايا", "latitude": "33.7"}))

    place = Place.objects.get()
    assert (place.name, place.name_ar, place.latitude) == ("Madaya", "مضايا", 33.7)
    # What the file no longer tells is kept, and so are the names it had before.
    assert place.population == 10
    assert set(place.names.values_list("name", "language")) == {
        ("Madaia", "ar-Latn"),
        ("مضايه", "ar"),
    }
    assert "0 new, 1 changed" in said


def test_bears_the_names_it_had_before_once_when_they_come_back(tmp_path):
    for name in ("Madaia", "Madaya", "Madaia"):
        load(wof(tmp_path, {"name": name}))

    place = Place.objects.get()
    assert place.name == "Madaia"
    assert place.names.get().name == "Madaya"


def test_searches_a_place_by_the_name_it_has_come_to_bear(tmp_path):
    load(wof(tmp_path, {"name": "Bludan"}))

    load(wof(tmp_path, {"name": "Madaya"}))

    place = Place.objects.get()
    assert (place.folded, place.skeleton) == ("madaya", "md")


def test_leaves_what_was_edited_at_the_desk_and_fills_its_blanks(tmp_path):
    place = coded("wof:1", name="Madaya town", latitude=1.0, longitude=2.0, is_edited=True)

    load(wof(tmp_path, {"name_ar": "مضايا", "population": 10, "placetype": "neighbourhood"}))

    place.refresh_from_db()
    assert (place.name, place.kind) == ("Madaya town", "settlement")
    assert (place.latitude, place.longitude) == (1.0, 2.0)
    assert (place.name_ar, place.population) == ("مضايا", 10)
    assert place.names.get().name == "Madaya"


def test_adds_names_and_codes_to_a_place_another_authority_told_of_first(tmp_path):
    load(geonames(tmp_path, {"geonameid": 5, "asciiname": "Madaya"}))

    load(
        wof(
            tmp_path,
            {"wof_id": 1, "geonames_id": 5, "name": "Madaia", "latitude": "10", "population": 9},
        )
    )

    place = Place.objects.get()
    assert (place.name, place.latitude, place.population) == ("Madaya", 33.69, 9)
    assert set(place.names.values_list("name", flat=True)) == {"Maḑāyā", "Madaia"}
    assert set(place.codes.values_list("code", flat=True)) == {"geonames:5", "wof:1"}


def test_two_authorities_do_not_overwrite_each_other_in_turn(tmp_path):
    files = (
        wof(tmp_path, {"wof_id": 1, "geonames_id": 5, "name": "Madaia"}),
        geonames(tmp_path, {"geonameid": 5, "asciiname": "Madaya", "population": 9}),
    )
    load(*files)
    before = rows()

    load(*files)

    assert rows() == before


def test_keeps_the_parent_that_was_set_at_the_desk(tmp_path):
    valley = make_place(name="Wadi Barada", kind="area")
    coded("wof:9", name="Rif Dimashq", kind="governorate")
    edited = coded("wof:1", parent=valley, is_edited=True)
    free = coded("wof:2", parent=valley)

    load(wof(tmp_path, {"wof_id": 1, "adm1_wof_id": 9}, {"wof_id": 2, "adm1_wof_id": 9}))

    edited.refresh_from_db()
    free.refresh_from_db()
    assert edited.parent == valley
    assert free.parent.name == "Rif Dimashq"


def test_puts_a_place_into_the_narrowest_unit_around_its_point(tmp_path):
    units = geojson(
        tmp_path,
        ({"wof_id": 8, "level": "adm1", "name": "Rif Dimashq"}, square(36, 33, 37, 34)),
        ({"wof_id": 9, "level": "adm2", "name": "Az-Zabadani"}, square(36, 33, 36.5, 34)),
    )
    places = wof(
        tmp_path,
        {"wof_id": 1, "name": "Madaya", "longitude": "36.1"},
        {"wof_id": 2, "name": "Duma", "longitude": "36.9"},
        {"wof_id": 3, "name": "Beirut", "longitude": "35.5"},
    )

    said, _ = load(units, places)

    parents = dict(Place.objects.values_list("name", "parent__name"))
    assert parents["Madaya"] == "Az-Zabadani"
    assert parents["Duma"] == "Rif Dimashq"
    assert parents["Beirut"] is None
    assert "wof.csv (Who's On First): 3 new" in said
    assert "1 unplaced" in said


def test_trusts_the_codes_a_file_gives_more_than_the_point(tmp_path):
    units = geojson(
        tmp_path,
        ({"wof_id": 8, "level": "adm1", "name": "Homs"}, square(36, 34, 37, 35)),
        ({"wof_id": 9, "level": "adm1", "name": "Rif Dimashq"}, square(36, 33, 37, 34)),
    )

    load(units, wof(tmp_path, {"adm1_wof_id": 8, "latitude": "33.5"}))

    assert Place.objects.get(name="Madaya").parent == Place.objects.get(name="Homs")


def test_finds_the_unit_by_its_pcode(tmp_path):
    unit = make_place(name="Rif Dimashq", kind="governorate", pcode="SY03")

    load(wof(tmp_path, {"adm2_wof_id": 77, "adm1_pcode": "SY03"}))

    assert Place.objects.get(name="Madaya").parent == unit


def test_never_makes_a_circle(tmp_path):
    said, refused = load(
        wof(
            tmp_path,
            {"wof_id": 1, "name": "Here", "adm2_wof_id": 2},
            {"wof_id": 2, "name": "There", "adm2_wof_id": 3},
            {"wof_id": 3, "name": "Yonder", "adm2_wof_id": 1},
            {"wof_id": 4, "name": "Self", "adm2_wof_id": 4},
        )
    )

    parents = dict(Place.objects.values_list("name", "parent__name"))
    assert parents == {"Here": "There", "There": "Yonder", "Yonder": None, "Self": None}
    assert "wof.csv:4: Yonder would lie in itself: it was not moved." in refused
    assert "2 unplaced" in said


def test_never_makes_a_circle_through_a_merged_place(tmp_path):
    village, hamlet = coded("wof:1", name="Village"), make_place(name="Hamlet")
    coded("wof:2", name="Ward", parent=hamlet)
    Place.objects.filter(pk=hamlet.pk).update(merged_into=village)

    _, refused = load(wof(tmp_path, {"wof_id": 1, "adm2_wof_id": 2}))

    village.refresh_from_db()
    assert village.parent is None
    assert "Madaya would lie in itself" in refused


def test_gives_names_and_codes_to_the_place_that_stands_for_a_merged_one(tmp_path):
    gone, stays = coded("wof:1", name="Madaia"), make_place(name="Madaya", latitude=33.0)
    merging.merge(gone, into=stays, by=make_user())

    said, _ = load(
        wof(tmp_path, {"geonames_id": 5, "name": "Madhaya", "alt_names_latin": "Maḑāyā"})
    )

    stays.refresh_from_db()
    assert (stays.name, stays.latitude) == ("Madaya", 33.0)
    assert {"Madhaya", "Maḑāyā"} <= set(stays.names.values_list("name", flat=True))
    assert stays.codes.filter(code="geonames:5").exists()
    assert Place.objects.get(pk=gone.pk).name == "Madaia"
    assert "0 new, 1 changed" in said


def test_puts_places_into_the_unit_that_stands_for_a_merged_one(tmp_path):
    gone = make_place(name="Rif", kind="governorate")
    PlaceCode.objects.create(place=gone, code="wof:9")
    stays = make_place(name="Rif Dimashq", kind="governorate")
    # As it stood before codes came over by merging.
    Place.objects.filter(pk=gone.pk).update(merged_into=stays)

    load(wof(tmp_path, {"adm1_wof_id": 9}))

    assert Place.objects.get(name="Madaya").parent == stays


def test_refuses_a_row_whose_codes_belong_to_two_places(tmp_path):
    coded("wof:1", name="Madaya")
    coded("geonames:5", name="Bludan")

    said, refused = load(wof(tmp_path, {"geonames_id": 5}))

    assert "wof.csv:2: Madaya bears the codes of Madaya (" in refused
    assert "1 refused" in said
    assert Place.objects.count() == 2


def test_takes_back_all_where_someone_else_makes_the_same_place_meanwhile():
    known, other = coded("wof:2"), coded("geonames:5")
    rows = [
        PlaceDraft(1, ("wof:1",), "Madaya", PlaceKind.SETTLEMENT),
        PlaceDraft(2, ("wof:2", "geonames:5"), "Bludan", PlaceKind.SETTLEMENT),
    ]

    with pytest.raises(Conflict, match="load the file again"):
        gazetteer.load(rows, refuse=lambda _refusal: other.codes.create(code="wof:1"))

    assert set(Place.objects.all()) == {known, other}


def test_bears_no_name_twice(tmp_path):
    load(
        wof(
            tmp_path, {"name_ar": "مضايا", "alt_names_latin": "Madaya|X|X", "alt_names_ar": "مضايا"}
        )
    )

    assert Place.objects.get().names.get().name == "X"


def test_tells_how_far_it_has_come(tmp_path):
    _, told = load(wof(tmp_path, *({"wof_id": number} for number in range(5_001))))

    assert "wof.csv: 5000 rows read." in told
    assert Place.objects.count() == 5_001
