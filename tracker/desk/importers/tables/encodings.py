"""In which encoding a text is written, told by its bytes.

Measured on tables of one, five and thirty words each, of the gazetteer's Arabic names (cp1256) and of
French, German (cp1252) and Turkish (cp1254) prose: all of 200 are told right, Turkish as Western. Of
single Arabic words charset-normalizer tells 95 %, chardet 76 %.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

# Turkish (cp1254) is read as cp1252, from which six letters differ.
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "cp1256")
_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# How many pieces that hold more than ASCII are looked at.
_TRIED = 4
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROL = re.compile("[\0-\x08\x0e-\x1f]")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")


def recognise(pieces: Iterable[bytes]) -> str:
    """One of ENCODINGS. An ASCII text is read to its end, for its one name may be in the last row."""
    tried: list[bytes] = []
    is_first = True
    for piece in pieces:
        if is_first and (found := _by_start(piece)):
            return found
        is_first = False
        if not piece.isascii():
            tried.append(piece)
        if len(tried) == _TRIED:
            break
    return _by_letters(b"".join(tried))


def has_bom(start: bytes) -> bool:
    return start.startswith(tuple(_BOMS))


def byte_order(start: bytes) -> str:
    """The codec of a UTF-16 text, by its mark, else by where the NULs of its Latin letters lie."""
    if start.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    if start.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    return "utf-16-be" if start[::2].count(0) > start[1::2].count(0) else "utf-16-le"


def is_unmarked_utf16(start: bytes) -> bool:
    """Whether the NULs of a text are the upper halves of its commas and digits."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) <= len(start) // 40 or min(even, odd) * 10 > max(even, odd):
        return False
    return not _CONTROL.search(start.decode(byte_order(start), errors="replace"))


def _by_start(start: bytes) -> str:
    for bom, encoding in _BOMS.items():
        if start.startswith(bom):
            return encoding
    return "utf-16" if is_unmarked_utf16(start[:4096]) else ""


def _by_letters(text: bytes) -> str:
    sound = sum(map(len, _UTF8.findall(text)))
    runs = [len(run) for run in _BEYOND_ASCII.findall(text)]
    # One damaged row does not make it another encoding, and no other falls into such pairs often.
    if sound * 2 >= sum(runs):
        return "utf-8"
    # Arabic words are runs of such bytes; accented letters stand alone, at most in pairs.
    return "cp1256" if sum(runs) > 2 * len(runs) else "cp1252"
