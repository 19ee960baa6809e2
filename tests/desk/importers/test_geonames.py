from __future__ import annotations

import pytest

from tests.desk.importers.samples import geojson, geonames, geonames_line, load, square, write
from tracker.desk.models import Place

pytestmark = pytest.mark.django_db


def names(folder, *lines):
    rows = ["\t".join((str(number), *line)) for number, line in enumerate(lines, start=1)]
    return write(folder, "alternateNamesV2.txt", "\n".join(rows))


def test_takes_a_place_of_a_country_dump(tmp_path):
    load(geonames(tmp_path, {"geonameid": 167558, "population": 9371}))

    place = Place.objects.get()
    assert (place.name, place.kind, place.population) == ("Madaya", "settlement", 9371)
    assert (place.latitude, place.longitude) == (33.69, 36.1)
    assert place.codes.get().code == "geonames:167558"
    assert place.names.get().name == "Maḑāyā"


def test_takes_a_population_of_zero_for_unknown(tmp_path):
    load(geonames(tmp_path, {"population": 0}))

    assert Place.objects.get().population is None


@pytest.mark.parametrize(
    ("letter", "code", "kind"),
    [
        ("P", "PPLX", "neighbourhood"),
        ("P", "PPLA2", "settlement"),
        ("A", "PCLI", "country"),
        ("A", "ADM1", "governorate"),
        ("A", "ADM2", "district"),
        ("A", "ADM3", "subdistrict"),
        ("T", "VAL", "area"),
        ("H", "SPNG", "site"),
        ("S", "DAM", "site"),
        ("L", "MILB", "site"),
    ],
)
def test_knows_what_kind_of_place_a_feature_is(tmp_path, letter, code, kind):
    load(geonames(tmp_path, {"class": letter, "code": code}))

    assert Place.objects.get().kind == kind


def test_counts_the_features_it_has_no_use_for(tmp_path):
    said, _ = load(
        geonames(
            tmp_path,
            {"geonameid": 1},
            {"geonameid": 2, "class": "H", "code": "WLL"},
            {"geonameid": 3, "class": "A", "code": "ADM1H"},
        )
    )

    assert "1 new" in said
    assert "2 skipped" in said


def test_puts_places_into_their_units_in_whatever_order_they_come(tmp_path):
    admin = {"admin1": "08", "admin2": "0801"}
    load(
        geonames(
            tmp_path,
            {"geonameid": 1, **admin},
            {"geonameid": 2, "asciiname": "Zabadani", "class": "A", "code": "ADM2", **admin},
            {"geonameid": 3, "asciiname": "Rif", "class": "A", "code": "ADM1", "admin1": "08"},
            {"geonameid": 4, "asciiname": "Syria", "class": "A", "code": "PCLI", "admin1": "00"},
        )
    )

    line = Place.objects.get(name="Madaya").lineage()
    assert [place.name for place in line] == ["Madaya", "Zabadani", "Rif", "Syria"]


def test_knows_the_units_of_another_authority_though_it_tells_of_villages_first(tmp_path):
    properties = {
        "ADM0_EN": "Syrian Arab Republic",
        "ADM0_PCODE": "SY",
        "ADM1_EN": "Rural Damascus",
        "ADM1_AR": "ريف دمشق",
        "ADM1_PCODE": "SY03",
    }
    rif = {"asciiname": "Rif-dimashq Governorate", "alternatenames": "ريف دمشق"}
    syria = {"asciiname": "Syria", "alternatenames": "Syrian Arab Republic"}
    load(geojson(tmp_path, (properties, square(36, 33, 37, 34))))

    load(
        geonames(
            tmp_path,
            {"geonameid": 1, "admin1": "08"},
            {"geonameid": 2, "class": "A", "code": "ADM1", "admin1": "08", **rif},
            {"geonameid": 3, "class": "A", "code": "PCLI", **syria},
        )
    )

    assert Place.objects.get(name="Madaya").parent == Place.objects.get(pcode="SY03")
    assert Place.objects.count() == 3


def test_keeps_the_spellings_in_the_two_scripts(tmp_path):
    load(geonames(tmp_path, {"alternatenames": "Madaja,Мадая,Madhaya,مضايا,مضایا,马达亚"}))

    place = Place.objects.get()
    assert place.name_ar == "مضايا"
    assert set(place.names.values_list("name", flat=True)) == {"Madaja", "Madhaya", "Maḑāyā"}


def test_chooses_no_arabic_name_among_several(tmp_path):
    load(geonames(tmp_path, {"alternatenames": "مضايا,مضايه"}))

    place = Place.objects.get()
    assert place.name_ar == ""
    assert place.names.filter(language="ar").count() == 2


def test_adds_alternate_names_in_our_languages(tmp_path):
    load(geonames(tmp_path, {"geonameid": 7}))

    said, _ = load(
        names(
            tmp_path,
            ("7", "ar", "مضايه", "", "", "", ""),
            ("7", "ar", "مضايا", "1", "", "", ""),
            ("7", "en", "Madaya Town", "1", "", "", ""),
            ("7", "", "Madhaya", "", "", "", ""),
            ("7", "en", "Mad", "", "", "1", ""),
            ("7", "fr", "Madaïa"),
            ("7", "wkdt", "Q3275420"),
            ("7", "", "Мадая"),
            ("99", "en", "Elsewhere"),
        )
    )

    place = Place.objects.get()
    assert place.name_ar == "مضايا"
    assert set(place.names.values_list("name", "language", "kind")) == {
        ("Maḑāyā", "ar-Latn", "transliteration"),
        ("مضايه", "ar", "local"),
        ("Madaya Town", "en", "official"),
        ("Madhaya", "ar-Latn", "transliteration"),
        ("Mad", "en", "local"),
    }
    assert "5 new, 0 changed, 0 unchanged, 0 refused, 3 skipped, 1 unknown" in said


def test_searches_an_arabic_name_that_came_later(tmp_path):
    load(geonames(tmp_path, {"geonameid": 7}), names(tmp_path, ("7", "ar", "مضايا")))

    place = Place.objects.get()
    assert (place.folded, place.skeleton_ar) == ("madaya | مضايا", "md")


def test_loads_names_again_without_doubling_them(tmp_path):
    files = (
        geonames(tmp_path, {"geonameid": 7}),
        names(tmp_path, ("7", "ar", "مضايا"), ("7", "ar", "مضايه"), ("7", "", "Madhaya")),
    )
    load(*files)
    before = set(Place.objects.get().names.values_list("name", flat=True))

    said, _ = load(*reversed(files))

    assert "SY.txt (GeoNames): 0 new, 0 changed, 1 unchanged" in said
    assert "names): 0 new, 0 changed, 3 unchanged" in said
    assert set(Place.objects.get().names.values_list("name", flat=True)) == before


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("7\tMadaya\n", "the line has 2 columns, not 19."),
        (geonames_line(geonameid=1), "geonameid 1 has been given before."),
        (geonames_line(geonameid=2, latitude="1e9"), "latitude is '1e9'"),
        (geonames_line(geonameid=2, latitude="", longitude=""), "the place has no coordinates."),
        (geonames_line(geonameid=2, name="Мадая", asciiname=""), "no name in Latin letters."),
        (geonames_line(geonameid="\0"), "geonameid holds a NUL character."),
    ],
)
def test_refuses_a_wrong_line_by_its_number(tmp_path, line, reason):
    said, refused = load(write(tmp_path, "SY.txt", geonames_line(geonameid=1) + line))

    assert "SY.txt:2: " in refused
    assert reason in refused
    assert "1 new" in said


def test_refuses_a_line_that_never_ends(tmp_path):
    endless = b"2\t" + b"A" * 1_500_000 + b"\n"
    lines = [geonames_line(geonameid=1).encode(), endless, geonames_line(geonameid=3).encode()]

    said, refused = load(write(tmp_path, "SY.txt", b"".join(lines)))

    assert "SY.txt:2: the line has more than 1000000 bytes." in refused
    assert "2 new" in said
