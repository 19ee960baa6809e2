"""Single values of other people's files: brought into our form, or refused with the value named."""

from __future__ import annotations

import math
import re
import unicodedata

from tracker.codebook import NameKind
from tracker.desk.importers.drafts import NameDraft
from tracker.errors import InvalidInput

# What the columns of the gazetteer hold.
NAME_LENGTH = 200
NUMBER_LENGTH = 40
MOST_PEOPLE = 2_147_483_647

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_AYNS = "`'‘’ʿʾ"
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def text(value: str, *, called: str, length: int = NAME_LENGTH) -> str:
    """One line of text in NFC, without marks that turn its direction. Raises InvalidInput."""
    if "\0" in value:
        raise InvalidInput(f"{called} holds a NUL character.")
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise InvalidInput(f"{called} is not UTF-8: {_shown(value)}.")
    visible = "".join(
        letter
        for letter in unicodedata.normalize("NFC", value)
        if letter.isspace() or unicodedata.category(letter) not in {"Cc", "Cf"}
    )
    line = " ".join(visible.split())
    if len(line) > length:
        raise InvalidInput(f"{called} has {len(line)} characters, more than {length}.")
    return line


def number(value: str, *, called: str) -> str:
    """An identifier: letters, digits and a few marks. Raises InvalidInput where there is none."""
    found = text(value, called=called, length=NUMBER_LENGTH)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", found):
        raise InvalidInput(f"{called} is {_shown(found)}: letters and digits are expected.")
    return found


def position(latitude: str, longitude: str) -> tuple[float | None, float | None]:
    """Latitude and longitude in degrees, or None twice where neither is given."""
    if not latitude.strip() and not longitude.strip():
        return None, None
    return _degrees(latitude, "latitude", 90), _degrees(longitude, "longitude", 180)


def people(value: str) -> int | None:
    """A population, or None where none is given."""
    cell = value.strip()
    if not cell:
        return None
    if not re.fullmatch(r"[0-9]{1,12}(\.0+)?", cell) or int(float(cell)) > MOST_PEOPLE:
        raise InvalidInput(f"population is {_shown(cell)}: a whole number is expected.")
    return int(float(cell))


def english(name: str) -> str:
    """A name as English writes it: an ayn that begins a word is left out, any other is '."""
    words = [word.lstrip(_AYNS).replace("`", "'") for word in name.split()]
    return " ".join(filter(None, words))


def is_arabic(name: str) -> bool:
    return bool(_ARABIC.search(name))


def is_latin(name: str) -> bool:
    return bool(_LATIN.search(name)) and not is_arabic(name)


def spelling(name: str) -> NameDraft | None:
    """A name nobody states the language of, by its script; None where it is neither of ours."""
    if is_arabic(name):
        return NameDraft(name, "ar", NameKind.LOCAL)
    if is_latin(name):
        return NameDraft(name, "ar-Latn", NameKind.TRANSLITERATION)
    return None


def _degrees(cell: str, called: str, most: int) -> float:
    try:
        value = float(cell)
    except ValueError:
        raise InvalidInput(f"{called} is {_shown(cell)}: degrees are expected.") from None
    if not math.isfinite(value) or abs(value) > most:
        raise InvalidInput(f"{called} is {_shown(cell)}: it runs from -{most} to {most} degrees.")
    return value


def _shown(value: str) -> str:
    """The value shortened, what cannot be printed escaped."""
    return repr(value[:60])
