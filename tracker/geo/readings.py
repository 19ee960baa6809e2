"""The ways to understand a place as it is written: its name, its kind, a part of it, where it lies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.codebook import PlaceKind
from tracker.geo.names import fold

# Words for a kind, by the kinds they may mean.
_KINDS = {
    word: frozenset(kinds)
    for words, kinds in {
        "governorate province muhafazat mouhafazat محافظه": {PlaceKind.GOVERNORATE},
        "district mintaqat mantiqat منطقه": {PlaceKind.DISTRICT},
        "subdistrict nahiya nahiyah nahiyat nahia ناحيه": {PlaceKind.SUBDISTRICT},
        "countryside rural ريف": {PlaceKind.GOVERNORATE},
        "city town village hamlet suburb قريه بلده مدينه ضاحيه": {
            PlaceKind.SETTLEMENT,
            PlaceKind.NEIGHBOURHOOD,
        },
        "neighborhood neighbourhood quarter حي": {PlaceKind.NEIGHBOURHOOD, PlaceKind.SETTLEMENT},
    }.items()
    for word in words.split()
}
# Words for a part of a place, or for what stands beside it.
_PARTS = """
    north northern south southern east eastern west western northeastern northwestern southeastern
    southwestern central countryside rural outskirts surroundings airport airbase airfield base
    military international army air checkpoint hospital camp road highway crossing dam reservoir
    bridge field hill hills mountain mountains silos factory plant school mosque market castle ruins
    شمال جنوب شرق غرب شمالي جنوبي شرقي غربي ريف مطار حاجز مشفى مخيم محيط سد جسر حقل تله جبل صوامع معمل
    مدرسه مسجد سوق قلعه
"""
_PART_WORDS = frozenset(_PARTS.split())
_PARTED = re.compile(r"\s*[,،;؛]\s*|\s+(?:in|في)\s+")
_BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
# What names another place only to say where something lies from there.
_RELATIVE = re.compile(
    r"\b(?:between|near|(?:north|south|east|west)\w* of|بين|قرب)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Reading:
    """One way to understand what was written."""

    name: str
    kinds: frozenset[str] = frozenset()
    is_part: bool = False
    """Whether only a part of the place is meant, or something beside it."""


def read(text: str) -> tuple[list[Reading], list[str]]:
    """The ways to understand a text, the plainest first, and the wider places it names behind."""
    name, *wider = [part for part in _PARTED.split(text.strip()) if fold(part)] or [""]
    if _RELATIVE.search(name):
        return [by_name(name)], wider
    if wider and all(word in _PART_WORDS for word in fold(name).split()):
        # "The highway in Ghouta" is a part of Ghouta.
        return [Reading(wider[0], is_part=True)], wider[1:]
    names = [each for each in [name, *_BRACKETED.sub(" ", name).split("/")] if fold(each)]
    readings = [by_name(each) for each in names]
    parts = [_part(each) for each in names]
    # In brackets stands another name, or where it is.
    parts += [Reading(each, is_part=True) for each in _BRACKETED.findall(name) if fold(each)]
    return list(dict.fromkeys([*readings, *filter(None, parts)])), wider


def by_name(name: str) -> Reading:
    """The plainest: a name, and the kinds of place its words allow."""
    kinds = [_KINDS[word] for word in fold(name).split() if word in _KINDS]
    return Reading(name.strip(), kinds[0] if kinds else frozenset())


def _part(name: str) -> Reading | None:
    """The same without the words for a part of the place; None where there are none."""
    words = fold(name).split()
    left = [word for word in words if word not in _PART_WORDS]
    if len(left) == len(words) or not left:
        return None
    return Reading(" ".join(left), by_name(name).kinds, is_part=True)
