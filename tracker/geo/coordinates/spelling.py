"""The signs of a coordinate, in every spelling of them, taken apart into tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.geo.coordinates.positions import InvalidPosition, Reason

# Marks of direction, joiners and the byte order mark, which come along with a paste. The override
# from right to left (U+202E) is not among them: digits under it are read otherwise than they are seen.
INVISIBLE = dict.fromkeys(
    map(ord, "\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u2060\u2066\u2067\u2068"
    "\u2069\ufeff")
)  # fmt: skip
LATIN_DIGITS = dict(zip(map(ord, "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"), "0123456789" * 2, strict=True))
_SIGNS = {
    "-": "−‐‑‒–﹣－",
    "+": "＋",
    # An Arabic keyboard without the decimal mark ٫ has its comma typed instead, just as the Latin one.
    ",": "،",
    ".": "٫",
    ";": "؛",
    "°": "º˚",
    "'": "′’‘ʹ´`",
    '"': "″“”„ʺ",
    "ا": "أإآ",
    "ي": "ی",
    "ك": "ک",
}
_VOWELS_AND_STRETCH = dict.fromkeys([*range(0x64B, 0x653), 0x640])
# A text keeps its length under this.
LETTER_BY_LETTER = {
    **LATIN_DIGITS,
    **{ord(other): sign for sign, others in _SIGNS.items() for other in others},
}
_SPELT = {**LETTER_BY_LETTER, **_VOWELS_AND_STRETCH}


@dataclass
class Number:
    """Digits with at most one decimal point or comma, and the mark behind: ° ' " or : or none."""

    digits: str
    sign: str = ""
    mark: str = ""

    @property
    def is_whole(self) -> bool:
        return self.digits.isdigit()

    @property
    def has_comma(self) -> bool:
        return "," in self.digits

    def __float__(self) -> float:
        return float(self.digits.replace(",", "."))


@dataclass(frozen=True)
class Axis:
    """What says that a number is a latitude or a longitude: a hemisphere, or a label of sign 0."""

    is_latitude: bool
    sign: int


@dataclass(frozen=True)
class Separator:
    """What stands between a latitude and a longitude."""


Token = Number | Axis | Separator

_AXES = {
    word: Axis(is_latitude=is_latitude, sign=sign)
    for words, is_latitude, sign in (
        ("n north northern ش شمال شمالا شمالي", True, 1),
        ("s south southern ج جنوب جنوبا جنوبي", True, -1),
        ("e east eastern ق شرق شرقا شرقي", False, 1),
        ("w west western غ غرب غربا غربي", False, -1),
        ("lat latitude عرض", True, 0),
        ("lon long lng longitude طول", False, 0),
    )
    for word in words.split()
}
_MARKS = {
    word: mark
    for mark, words in {
        "°": "d deg degree degrees درجة درجات",
        "'": "m min minute minutes دقيقة دقائق",
        '"': "sec second seconds ثانية ثوان ثواني",
    }.items()
    for word in words.split()
}
_FILLERS = """
    and at coordinate coordinates coords gps location position
    و احداثيات خط دائرة عند على موقع نقطة
"""
_FILLER_WORDS = frozenset(_FILLERS.split())
_WORDS = _FILLER_WORDS | _AXES.keys() | _MARKS.keys()

_TOKEN = re.compile(
    r"""
    (?P<number>[0-9]+(?:[.,][0-9]+)?)
    | (?P<sign>[+-](?=[0-9]))
    | (?P<mark>[°'":])
    | (?P<separator>[,;/|&])
    | (?P<word>[^\W\d_]+\.?)
    | (?P<blank>[\s()\[\]]+)
    """,
    re.VERBOSE,
)
# What a sign may follow; after anything else it may be a dash.
_BEFORE_SIGN = re.compile(r"[\s()\[\],;/|&]")
_DIGIT = re.compile("[0-9]")
_CHAIN_OF_COMMAS = re.compile(r"[0-9],[0-9]+,[0-9]")
_TIGHT_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")
_POINT = re.compile(r"[0-9]\.[0-9]")


def tokens(text: str) -> list[Token]:
    """The tokens of a coordinate pair, in time linear in its length. Raises InvalidPosition."""
    found: list[Token] = []
    plain = _spelt(text)
    at, sign = 0, ""
    while at < len(plain):
        token = _TOKEN.match(plain, at)
        if token is None:
            raise _unread(text, plain, at)
        at, kind = token.end(), token.lastgroup
        if kind == "number":
            found.append(Number(token[0], sign))
            sign = ""
        elif kind == "sign":
            sign = _sign(token, text)
        elif kind == "separator":
            found.append(Separator())
        elif kind == "mark":
            _mark(found, token[0], text)
        elif kind == "word":
            _take_word(found, token[0], text)
    return found


def _spelt(text: str) -> str:
    """The text with Latin digits and one sign for each of its kind."""
    plain = text.translate(_SPELT).replace("''", '"').rstrip(" .,;")
    if not _DIGIT.search(plain):
        raise InvalidPosition(Reason.NO_NUMBER, text)
    # The s of seconds, with the hemisphere grown on: 36sN.
    plain = re.sub(r"(?<=[0-9])s(?=[NSEW]\b)", '"', plain)
    # Lat: and lon=, but not the colons of 33:30.
    plain = re.sub(r"(?<=[^\W\d_])\.?\s*[:=]", " ", plain)
    # Where points are decimal marks no comma is one; else a comma between digits may be.
    if _POINT.search(plain):
        return _TIGHT_COMMA.sub(", ", plain)
    if _CHAIN_OF_COMMAS.search(plain):
        raise InvalidPosition(Reason.AMBIGUOUS_COMMA, text)
    return plain


def _unread(text: str, plain: str, at: int) -> InvalidPosition:
    if plain[at] in "+-":
        return InvalidPosition(Reason.AMBIGUOUS_DASH, text)
    return InvalidPosition(Reason.LEFT_OVER, text, part=plain[at : at + 20])


def _sign(token: re.Match[str], text: str) -> str:
    before = token.string[: token.start()][-1:]
    if before and not _BEFORE_SIGN.match(before):
        raise InvalidPosition(Reason.AMBIGUOUS_DASH, text)
    return token[0]


def _mark(found: list[Token], mark: str, text: str) -> None:
    last = found[-1] if found else None
    if not isinstance(last, Number) or last.mark:
        raise InvalidPosition(Reason.LEFT_OVER, text, part=mark)
    last.mark = mark


def _take_word(found: list[Token], written: str, text: str) -> None:
    word = _known(written.rstrip(".").casefold())
    if written == "s" and _ends_minutes(found):
        word = "sec"
    if word in _MARKS:
        _mark(found, _MARKS[word], text)
    elif word in _AXES:
        found.append(_AXES[word])
    elif word not in _FILLER_WORDS:
        raise InvalidPosition(Reason.LEFT_OVER, text, part=written)


def _known(word: str) -> str:
    """The word without the Arabic "and" or article, where it is known so."""
    bare = word.removeprefix("و")
    forms = [word, bare, bare.removeprefix("ال")]
    return next((form for form in forms if form in _WORDS), word)


def _ends_minutes(found: list[Token]) -> bool:
    """Whether a small s would stand for seconds, and not for south: 30m36s."""
    *_, minutes, seconds = [None, None, *found]
    return (
        isinstance(minutes, Number)
        and isinstance(seconds, Number)
        and minutes.mark == "'"
        and not seconds.mark
    )
