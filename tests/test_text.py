"""What a name may be written with."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.text import composed, first_unseen, unturned

UNSEEN = [
    *"\x00\x07\n\x7f\x85\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2028\u2029",
    *"\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u3164\U000e0041",
]


@pytest.mark.parametrize("letter", UNSEEN, ids=lambda letter: f"U+{ord(letter):04X}")
def test_finds_what_is_not_seen_and_tells_where(letter):
    found = first_unseen(f"Hama{letter} North")

    assert found is not None
    assert (found.position, found.character) == (5, letter)


def test_calls_a_character_by_its_number_and_name():
    found, control = first_unseen("x\u202ey"), first_unseen("\x07")

    assert found is not None
    assert control is not None
    assert found.name == "U+202E RIGHT-TO-LEFT OVERRIDE"
    assert control.name == "U+0007"


@pytest.mark.parametrize(
    "name", ["عين الفيجة", "می‌خواهم", "Ma‘arrat al-Nu’man", "Şanlıurfa", "Ḥamāh", "٪ ١٢", ""]
)
def test_lets_names_be_written_as_their_script_does(name):
    assert first_unseen(name) is None


@pytest.mark.parametrize("name", ["a\u200cb", "\u200cم", "م\u200c", "م\u200c\u200cم", "م\u200c م"])
def test_takes_a_non_joiner_between_arabic_letters_alone(name):
    assert first_unseen(name) is not None


@settings(max_examples=2000, deadline=None)
@given(st.text(st.one_of(st.characters(), st.sampled_from(UNSEEN)), max_size=40))
def test_leaves_no_control_or_turn_of_direction_in_what_it_passes(name):
    found = first_unseen(composed(name))

    if found is None:
        left = {unicodedata.category(each) for each in composed(name).replace("\u200c", "")}
        turns = {unicodedata.bidirectional(each) for each in composed(name)}
        assert not left & {"Cc", "Cs", "Zl", "Zp"}
        assert not turns & {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    else:
        assert composed(name)[found.position - 1] == found.character
        assert first_unseen(composed(name)[: found.position - 1]) is None


@settings(max_examples=2000, deadline=None)
@given(st.text(max_size=40))
def test_composes_a_name_once_for_all(name):
    assert composed(composed(name)) == composed(name)
    assert composed(unicodedata.normalize("NFD", name)) == composed(name)


def test_shows_what_turns_a_text_and_leaves_all_else():
    assert unturned("The \u202egnilles ended.") == "The [U+202E]gnilles ended."
    assert unturned("قال \u2067هناك\u2069.") == "قال [U+2067]هناك[U+2069]."
    assert unturned("می\u200cخواهد\n\u200f") == "می\u200cخواهد\n\u200f"
