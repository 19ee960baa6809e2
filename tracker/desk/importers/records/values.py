"""Single cells as what they hold: text, numbers, degrees, addresses. What does not fit is Unread."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from tracker.desk.importers.faults import Why
from tracker.desk.importers.records.unread import Unread
from tracker.geo import coordinates
from tracker.geo.coordinates import InvalidPosition, Position
from tracker.geo.coordinates.spelling import LATIN_DIGITS

MOST = 2_147_483_647
LONGEST_WORDS = 100

# Control characters but for line breaks, and marks that are not seen or turn the direction of text.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_PARTED = re.compile(r"\s*[;؛|\n]\s*")
_NUMBER = re.compile(r"\d+(?:\.0+)?")
_GROUPED = re.compile(r"\d{1,3}(?:[, \u00a0\u202f٬]\d{3})+")
_RANGE = re.compile(r"(\d+)\s*(?:[-‐-―−]|to|إلى|الى)\s*(\d+)")
_NUMERIC = re.compile(r"[-+−]?[\d.,٫٬\s]*\d[\d.,٫٬\s]*(?:[eE][-+]?\d+)?")
_DEGREES = re.compile(r"[-+−]?\d{1,3}(?:[.,٫]\d+)?(?:[eE][-+]?\d{1,3})?")
_SIGNS = str.maketrans({"−": "-", ",": ".", "٫": "."}) | LATIN_DIGITS
_ADDRESS = re.compile(r"https?://[^\s/?#<>\"]+[^\s<>\"]*", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LANGUAGES = {
    "arabic": "ar",
    "العربية": "ar",
    "عربي": "ar",
    "english": "en",
    "الإنكليزية": "en",
    "الإنجليزية": "en",
    "french": "fr",
    "kurdish": "ku",
    "russian": "ru",
    "turkish": "tr",
}
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
# How tables say that they do not know. Not among them is "none", which may be 0.
_SAID_UNKNOWN = (
    "- – — ? n/a na n.a. nan null unknown unk unspecified غير_معروف مجهول لا_يوجد_معلومات"
)
_UNKNOWN = frozenset(_SAID_UNKNOWN.split())


class Words(str):
    """What stands where a number is expected, in words: nobody guesses what they count."""

    __slots__ = ()


class Span(NamedTuple):
    """From at least so many to at most so many."""

    low: int
    high: int
    as_written: str


def lines(written: str) -> str:
    """Text in NFC, its line breaks in one form, without stray blanks and marks that are not seen."""
    if not written.isprintable():
        written = "\n".join(filter(None, map(_seen, written.splitlines())))
    text = written.strip()
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def line(written: str, length: int) -> str:
    """The same in one line."""
    text = " ".join(lines(written).split())
    if len(text) > length:
        raise Unread(Why.TOO_LONG, count=str(len(text)), most=str(length))
    return text


def shortened(written: str, length: int) -> str:
    """The same, cut where it is longer."""
    text = " ".join(lines(written).split())
    return text if len(text) <= length else f"{text[: length - 1]}…"


def parts(written: str, length: int) -> tuple[str, ...]:
    """What semicolons, bars or line breaks part, each once."""
    found = (line(part, length) for part in _PARTED.split(written))
    return tuple(dict.fromkeys(filter(None, found)))


def is_unknown(written: str) -> bool:
    """Whether a cell says no more than that nothing is known."""
    return "_".join(written.split()).casefold() in _UNKNOWN


@lru_cache(maxsize=10_000)
def count(written: str) -> int | Span | Words | None:
    """How many; None is unknown, 0 is none."""
    text = written.translate(LATIN_DIGITS).strip()
    if _NUMBER.fullmatch(text):
        return _bounded(text.split(".")[0])
    if not text or is_unknown(text):
        return None
    if _GROUPED.fullmatch(text):
        return _bounded(re.sub(r"\D", "", text))
    if found := _RANGE.fullmatch(text):
        return Span(_bounded(found[1]), _bounded(found[2]), line(written, LONGEST_WORDS))
    if _NUMERIC.fullmatch(text):
        raise Unread(Why.COUNT, most=str(MOST))
    return Words(line(written, LONGEST_WORDS))


def number(written: str) -> int | None:
    """How many, where nothing but a number is of use."""
    found = count(written)
    if isinstance(found, (Span, Words)):
        raise Unread(Why.COUNT, most=str(MOST))
    return found


@lru_cache(maxsize=20_000)
def degrees(written: str) -> float | str | None:
    """Degrees as a number with a decimal point or comma; other spellings as they are."""
    text = written.strip()
    if not _DEGREES.fullmatch(text):
        return None if not text or is_unknown(text) else text
    return float(text.translate(_SIGNS))


def position(written: str) -> Position:
    """A position in one cell, in any of the spellings that are read elsewhere.

    The brackets of a JSON list, and the altitude and accuracy that forms add, are left out.
    """
    text = written.strip().removeprefix("[").removesuffix("]")
    plain = text.split()
    if len(plain) == 4 and all(map(_DEGREES.fullmatch, plain)):
        text = ", ".join(plain[:2])
    return _parsed(text)


@lru_cache(maxsize=20_000)
def pair(latitude: float | str, longitude: float | str) -> Position:
    """A position in two cells."""
    try:
        if isinstance(latitude, float) and isinstance(longitude, float):
            return Position.on_earth(latitude, longitude)
    except InvalidPosition as refusal:
        raise Unread(refusal.reason, **refusal.values) from None
    return _parsed(f"{latitude}; {longitude}")


def address(written: str, length: int) -> str:
    text = line(written, length)
    if not _ADDRESS.fullmatch(text):
        raise Unread(Why.ADDRESS)
    return text


def language(written: str) -> str:
    text = line(written, 12)
    text = _LANGUAGES.get(text.casefold(), text)
    if not _LANGUAGE.fullmatch(text):
        raise Unread(Why.LANGUAGE)
    return text


def slug(written: str) -> str:
    text = line(written, 64)
    if not _SLUG.fullmatch(text):
        raise Unread(Why.SLUG)
    return text


def _seen(one_line: str) -> str:
    return _UNSEEN.sub("", one_line.replace("\t", " ")).strip()


def _bounded(digits: str) -> int:
    # Thousands of digits are no number, and slow to make one of.
    if len(digits) > 30 or int(digits) > MOST:
        raise Unread(Why.COUNT, most=str(MOST))
    return int(digits)


def _parsed(text: str) -> Position:
    try:
        return coordinates.parse(text)
    except InvalidPosition as refusal:
        raise Unread(refusal.reason, **refusal.values) from None
