"""Which place a written name means, among few."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.geo.names import near_skeletons, skeleton
from tracker.geo.ranking import Candidate, certain, likeness, search

SYRIA = Candidate("syria", ("Syria", "سوريا"), (), "country")
RURAL = Candidate("rural", ("Rif Dimashq", "ريف دمشق"), ("Rural Damascus",), "governorate")
HOMS = Candidate("homs", ("Homs", "حمص"), (), "governorate")
HOMS_CITY = Candidate(
    "homs city",
    ("Homs", "حمص"),
    (),
    "settlement",
    frozenset({"homs"}),
    (34.73, 36.71),
    population=775_000,
    is_seat=True,
)
ZABADANI = Candidate("zabadani", ("Az Zabadani", "الزبداني"), (), "district", frozenset({"rural"}))
FIJAH = Candidate(
    "fijah",
    ("`Ayn al Fijah", "عين الفيجة"),
    (),
    "settlement",
    frozenset({"zabadani", "rural", "syria"}),
    (33.615, 36.183),
)
KHADRA = Candidate(
    "khadra",
    ("`Ayn al Khadra'", "عين الخضراء"),
    (),
    "settlement",
    frozenset({"rural"}),
    (33.6, 36.19),
)
NEAR = Candidate(
    "near", ("Buwaydah", "البويضة"), (), "settlement", frozenset({"rural"}), (33.45, 36.3)
)
FAR = Candidate(
    "far", ("Buwaydah", "البويضة"), (), "settlement", frozenset({"homs"}), (34.65, 36.9)
)
MADAYA = Candidate(
    "madaya", ("Medaya", "مضايا"), ("Madaya",), "settlement", frozenset({"rural"}), (33.69, 36.1)
)
AIR_BASE = Candidate(
    "base", ("Tiyas Air Base",), ("T4",), "site", frozenset({"homs"}), (34.52, 37.63)
)
TIYAS = Candidate("tiyas", ("Tiyas",), (), "settlement", frozenset({"homs"}), (34.56, 37.68))
ALL = [SYRIA, RURAL, HOMS, HOMS_CITY, ZABADANI, FIJAH, KHADRA, NEAR, FAR, MADAYA, AIR_BASE, TIYAS]


def fetch(skeletons: set[str], *, beginning: str = "", holding: str = "") -> list[Candidate]:
    bones = {each: {skeleton(name) for name in (*each.names, *each.aliases)} for each in ALL}
    return [
        each
        for each in ALL
        if bones[each] & skeletons
        or (beginning and any(one.startswith(beginning) for one in bones[each]))
    ]


def found(text: str, **options) -> list[object]:
    return [match.candidate.key for match in search(text, fetch=fetch, **options)]


def meant(text: str, **options) -> object:
    match = certain(search(text, fetch=fetch, **options))
    return match and match.candidate.key


@pytest.mark.parametrize(
    "spelling",
    [
        "Ain al-Fijah",
        "Ayn al-Fijah village",
        "Ain el Fijeh",
        "Ein el-Fija",
        "عين الفيجة",
        "عَيْن الفيجه",
        "قرية عين الفيجة",
        "AIN AL FIJAH",
    ],
)
def test_finds_a_place_in_any_spelling(spelling):
    assert found(spelling)[0] == "fijah"
    assert meant(spelling) == "fijah"


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Madaya", "MADAYA", 100, 100),
        ("Zabadani", "Az Zabadani", 98, 98),
        ("Deir Qanoun", "Dayr Qanun", 96, 97),
        ("دير قانون", "Dayr Qanun", 90, 92),
        ("Deir Qanun", "Deir Muqrin", 40, 92),
        ("Homs", "Aleppo", 0, 50),
    ],
)
def test_grades_how_alike_names_are(one, other, least, most):
    assert least <= likeness(one, other) <= most
    assert likeness(one, other) == likeness(other, one)


def test_finds_what_is_still_being_typed():
    assert found("Zabad")[0] == "zabadani"


def test_finds_a_name_that_is_a_letter_off_but_is_not_certain_of_it():
    assert found("Ain al-Fijra")[0] == "fijah"
    assert meant("Ain al-Fijra") is None


def test_lets_a_wider_place_decide_between_namesakes():
    assert found("Buwayda, Homs") == ["far", "near"]
    assert meant("Buwayda, Homs") == "far"
    assert meant("البويضة، ريف دمشق") == "near"


def test_leaves_namesakes_open_where_nothing_decides():
    assert set(found("Buwayda")) == {"near", "far"}
    assert meant("Buwayda") is None


def test_lets_what_is_near_decide_between_namesakes():
    assert found("Buwayda", near=[(34.7, 36.7)]) == ["far", "near"]


def test_takes_the_seat_for_the_unit_unless_the_unit_is_asked_for():
    assert found("Homs")[0] == "homs city"
    assert found("Homs Governorate")[0] == "homs"
    assert found("محافظة حمص")[0] == "homs"


def test_knows_that_only_a_part_of_a_place_is_meant():
    match = certain(search("outskirts of Madaya", fetch=fetch))

    assert match is not None
    assert (match.candidate.key, match.reading.is_part) == ("madaya", True)


def test_prefers_what_bears_the_whole_name_to_that_of_which_it_is_a_part():
    assert meant("Tiyas Air Base") == "base"


@pytest.mark.parametrize("text", ["Medaya (Madaya)", "Madaya/Medaya", "مضايا (Madaya)"])
def test_reads_alternatives(text):
    assert meant(text) == "madaya"


def test_does_not_take_what_only_shows_the_way_for_the_place():
    assert meant("road between Madaya and Homs") is None
    assert meant("hill east of Madaya") is None


@pytest.mark.parametrize("text", ["", " ", "…", "،", "12", "the", "الـ"])
def test_finds_nothing_where_nothing_is_written(text):
    assert meant(text) is None


@given(st.text(max_size=80))
def test_reads_anything(text):
    for match in search(text, fetch=fetch):
        assert 0 <= match.score <= 100


@given(st.text(max_size=200))
def test_has_a_short_skeleton_for_any_name(text):
    assert len(skeleton(text)) <= 60


@pytest.mark.parametrize("off", ["nfg", "fj", "nfjb", "fnj", "nj"])
def test_names_the_skeletons_one_letter_away(off):
    assert off in near_skeletons("nfj")


def test_does_not_name_the_skeleton_itself():
    assert "nfj" not in near_skeletons("nfj")
