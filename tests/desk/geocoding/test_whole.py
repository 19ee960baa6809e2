from __future__ import annotations

import pytest

from tests.factories import make_place
from tracker.desk.geocoding import gazetteer
from tracker.desk.geocoding.whole import WholeGazetteer

pytestmark = pytest.mark.django_db

WRITTEN = [
    "Deir Qanun",
    "Dayr Qanoun",
    "دير قانون",
    "Ain al-Fijah",
    "Ein el Fijeh village",
    "Basimah, Qudsaya, Rif Dimashq",
    "Basimah, Homs",
    "Fijah",
    "Rif Dimashq",
    "nowhere at all",
]


@pytest.fixture
def valley(db) -> None:
    damascus = make_place(name="Rif Dimashq", name_ar="ريف دمشق", kind="governorate")
    qudsaya = make_place(name="Qudsaya", kind="district", parent=damascus)
    homs = make_place(name="Homs", name_ar="حمص", kind="governorate", latitude=34.7)
    for name, name_ar in (("Deir Qanun", "دير قانون"), ("Basimah", "بسيمة")):
        make_place(name=name, name_ar=name_ar, parent=qudsaya)
    make_place(name="Basimah", parent=homs, latitude=34.7)
    spring = make_place(name="Ain al-Fijah", name_ar="عين الفيجة", parent=qudsaya)
    spring.names.create(name="Ayn al-Fijah")
    merged = make_place(name="Fijah")
    merged.merged_into = spring
    merged.save()


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("near", [[], [(33.6, 36.1)], [(34.7, 36.7)]])
def test_takes_a_name_for_the_same_place_as_the_database_does(valley, written, near):
    found = gazetteer.resolve(written, near=near)

    assert gazetteer.resolve(written, near=near, fetch=WholeGazetteer()) == found


def test_asks_the_database_no_more_once_it_is_read(valley, django_assert_num_queries):
    whole = WholeGazetteer()

    with django_assert_num_queries(0):
        assert gazetteer.resolve("Deir Qanun", fetch=whole)
