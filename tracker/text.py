"""Characters that are not seen, or turn what stands around them, in names and titles.

With them one name passes for another (UTS #39), or is read in another order than it is written. No
name needs them, but for the zero width non-joiner between two letters of the Arabic script, which
Persian and Kurdish names are spelled with (UAX #31, 2.3, rule A1).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_NON_JOINER = "\u200c"
# Controls, formats, surrogates, and the ends of lines and paragraphs.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Letters and marks by their category, and drawn as nothing.
_BLANK = frozenset("\u034f\u115f\u1160\u3164\uffa0")


# What begins, ends or overrides a run of text in the other direction (UAX #9, 2).
_TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))


@dataclass(frozen=True)
class Unseen:
    """A character that no name may hold. `position` counts characters from 1."""

    position: int
    character: str

    @property
    def name(self) -> str:
        """Its number, and its Unicode name where it has one: U+202E RIGHT-TO-LEFT OVERRIDE."""
        return f"U+{ord(self.character):04X} {unicodedata.name(self.character, '')}".rstrip()


def composed(text: str) -> str:
    """The text in Unicode's NFC, in which what looks alike is written alike."""
    return unicodedata.normalize("NFC", text)


def first_unseen(text: str) -> Unseen | None:
    """The first character that no name may hold; None where there is none."""
    return next(
        (
            Unseen(at + 1, letter)
            for at, letter in enumerate(text)
            if _is_unseen(letter) and not _joins_arabic(text, at)
        ),
        None,
    )


def unturned(text: str) -> str:
    """The text with each character that turns what follows shown by its number: [U+202E].

    For what a source said, which is kept as it was said, and read in the order it was written.
    """
    return text.translate({code: f"[U+{code:04X}]" for code in _TURNING})


def _is_unseen(letter: str) -> bool:
    # The signs before Arabic numbers are formats by category, and drawn.
    is_sign = unicodedata.bidirectional(letter) == "AN"
    return letter in _BLANK or (unicodedata.category(letter) in _UNSEEN and not is_sign)


def _joins_arabic(text: str, at: int) -> bool:
    around = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    return (
        text[at] == _NON_JOINER
        and len(around) == 2
        and all(unicodedata.bidirectional(letter) == "AL" for letter in around)
        and all(unicodedata.category(letter) == "Lo" for letter in around)
    )
