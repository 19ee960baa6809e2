"""Place and party names, folded so that spellings of one name meet."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
        "ـ": None,
        "ı": "i",
        "ʿ": None,
        "ʾ": None,
        "`": None,
        "'": None,
        "’": None,
        "‘": None,
        "ß": "ss",
        "æ": "ae",
        "ø": "o",
    }
)


def fold(text: str) -> str:
    """Lower case, without marks, vowel signs, ayns, hyphens or repeated spaces.

    Arabic letters that are written for one another (alefs, yas, ta marbuta) become one letter.
    """
    marked = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(letter for letter in marked if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", plain.translate(_LETTERS)).strip()
