from __future__ import annotations

import gzip

import pytest

from tests.desk.importers.samples import load, table, wof, write
from tracker.desk.models import Place

pytestmark = pytest.mark.django_db


def test_takes_a_place_with_its_names_and_codes(tmp_path):
    load(
        wof(
            tmp_path,
            {
                "geonames_id": 5,
                "name_ar": "مضايا",
                "alt_names_latin": "Maḑāyā|Madhaya",
                "alt_names_ar": "مضايه",
                "population": 9000,
            },
        )
    )

    place = Place.objects.get()
    assert (place.name, place.name_ar, place.kind) == ("Madaya", "مضايا", "settlement")
    assert (place.latitude, place.longitude, place.population) == (33.69, 36.1, 9000)
    assert {code.code for code in place.codes.all()} == {"wof:1", "geonames:5"}
    assert set(place.names.values_list("name", "language", "kind")) == {
        ("Maḑāyā", "ar-Latn", "transliteration"),
        ("Madhaya", "ar-Latn", "transliteration"),
        ("مضايه", "ar", "local"),
    }


def test_lets_every_name_be_searched(tmp_path):
    load(wof(tmp_path, {"name_ar": "مضايا", "alt_names_latin": "Maḑāyā"}))

    place = Place.objects.get()
    assert (place.folded, place.skeleton, place.skeleton_ar) == ("madaya | مضايا", "md", "md")
    assert place.names.get().folded == "madaya"


@pytest.mark.parametrize(
    ("written", "name"),
    [("Abu Ka`b", "Abu Ka'b"), ("`Ayn al `Arab", "Ayn al Arab"), ("'Ayn Issa", "Ayn Issa")],
)
def test_writes_an_ayn_as_english_does(tmp_path, written, name):
    load(wof(tmp_path, {"name": written}))

    assert Place.objects.get().name == name


@pytest.mark.parametrize(
    ("arabic", "latin", "governorate", "name"),
    [
        ("الرقة", "Nicephorium|Ar Raqqah|Rakka", "Raqqa", "Ar Raqqah"),
        ("حلب", "Aleppo|Halep", "Aleppo", "Aleppo"),
        ("تدمر", "Palmyra|Palmyre", "Homs", "Palmyra"),
    ],
)
def test_names_a_place_in_latin_where_its_name_is_arabic(
    tmp_path, arabic, latin, governorate, name
):
    load(wof(tmp_path, {"name": arabic, "alt_names_latin": latin, "adm1_name": governorate}))

    place = Place.objects.get()
    assert (place.name, place.name_ar) == (name, arabic)
    assert arabic not in set(place.names.values_list("name", flat=True))


def test_takes_a_gzipped_file_whatever_its_name(tmp_path):
    plain = wof(tmp_path, {})
    packed = write(tmp_path, "places.bin", gzip.compress(plain.read_bytes()))

    load(packed)

    assert Place.objects.get().name == "Madaya"


def test_tells_neighbourhoods_from_settlements_and_skips_what_has_ceased_to_be(tmp_path):
    said, _ = load(
        wof(
            tmp_path,
            {"wof_id": 1, "placetype": "neighbourhood"},
            {"wof_id": 2, "is_current": "0"},
            {"wof_id": 3, "placetype": "timezone"},
        )
    )

    assert Place.objects.get().kind == "neighbourhood"
    assert "1 new" in said
    assert "2 skipped" in said


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"latitude": "93.1"}, "latitude is '93.1': it runs from -90 to 90 degrees."),
        ({"longitude": "nan"}, "longitude is 'nan': it runs from -180 to 180 degrees."),
        ({"longitude": ""}, "longitude is '': degrees are expected."),
        ({"name": ""}, "the place has no name in Latin letters."),
        ({"name": "حلب"}, "the place has no name in Latin letters."),
        ({"name": "A" * 201}, "name has 201 characters, more than 200."),
        ({"alt_names_latin": f"B|{'A' * 201}"}, "alt_names_latin has 201 characters"),
        ({"name": "Mad\0aya"}, "name holds a NUL character."),
        ({"wof_id": "x y"}, "wof_id is 'x y': letters and digits are expected."),
        ({"wof_id": "7"}, "wof_id 7 has been given before."),
        ({"population": "many"}, "population is 'many': a whole number is expected."),
        ({"population": "99999999999"}, "population is '99999999999'"),
    ],
)
def test_refuses_a_wrong_row_by_its_line_and_takes_the_others(tmp_path, cells, reason):
    said, refused = load(
        wof(tmp_path, {"wof_id": 7, "name": "Bludan"}, cells, {"wof_id": 8, "name": "Buqayn"})
    )

    assert f"wof.csv:3: {reason}" in refused
    assert {"Bludan", "Buqayn"} == set(Place.objects.values_list("name", flat=True))
    assert "2 new" in said
    assert "1 refused" in said


def test_counts_lines_through_cells_of_several_lines(tmp_path):
    _, refused = load(
        wof(tmp_path, {"wof_id": 1, "name": "Deir\nQanun"}, {"wof_id": 2, "latitude": "x"})
    )

    assert Place.objects.get().name == "Deir Qanun"
    assert "wof.csv:4: latitude is 'x'" in refused


def test_takes_away_marks_that_turn_the_direction_of_a_name(tmp_path):
    load(wof(tmp_path, {"name": "Mad\u202eaya\u200b"}))

    assert Place.objects.get().name == "Madaya"


def test_reads_a_table_whose_cells_are_parted_by_semicolons(tmp_path):
    text = table(["wof_id", "name", "placetype", "latitude", "longitude"], [])
    row = "1;Madaya;locality;33.69;36.1\n"

    load(write(tmp_path, "wof.csv", text.replace(",", ";") + row))

    assert Place.objects.get().latitude == 33.69
