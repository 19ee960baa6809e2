"""What a file is, by its bytes: never by its name, and without opening what it holds."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.errors import InvalidInput, quoted

# How much of a file shows what it is: of an MPEG stream three packets.
HEAD = 1024
CHUNK = 1024 * 1024
# How much of a chunk is read again with the next one, so that no word is cut in two.
OVERLAP = 64
# A directory of an office document longer than this names more files than any has.
LONGEST_DIRECTORY = 1024 * 1024

# What is kept, and the endings of names that go with it: the first is given on download.
ENDINGS = {
    "image/jpeg": ("jpg", "jpeg", "jfif"),
    "image/png": ("png",),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "image/tiff": ("tif", "tiff"),
    "image/bmp": ("bmp",),
    "image/avif": ("avif",),
    "image/heic": ("heic", "heif"),
    "video/mp4": ("mp4", "m4v", "mov"),
    "video/quicktime": ("mov", "qt"),
    "video/3gpp": ("3gp", "3g2"),
    "video/webm": ("webm",),
    "video/x-matroska": ("mkv",),
    "video/x-msvideo": ("avi",),
    "video/x-ms-wmv": ("wmv", "wma", "asf"),
    "video/x-flv": ("flv",),
    "video/mpeg": ("mpg", "mpeg", "vob"),
    "video/mp2t": ("ts", "mts", "m2ts"),
    "audio/mpeg": ("mp3",),
    "audio/aac": ("aac",),
    "audio/mp4": ("m4a", "m4b"),
    "audio/ogg": ("ogg", "oga", "opus", "ogv"),
    "audio/wav": ("wav",),
    "audio/flac": ("flac",),
    "audio/amr": ("amr",),
    "application/pdf": ("pdf",),
    "text/plain": ("txt", "csv", "tsv", "md", "log", "srt", "json", "geojson"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ("pptx",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
    "application/vnd.oasis.opendocument.presentation": ("odp",),
}

# Searched for in this order at the beginning of a file.
_SIGNATURES = {
    rb"\xff\xd8\xff": "image/jpeg",
    rb"\x89PNG\r\n\x1a\n": "image/png",
    rb"GIF8[79]a": "image/gif",
    rb"RIFF....WEBP": "image/webp",
    rb"II\*\0|MM\0\*": "image/tiff",
    rb"BM....\0\0\0\0": "image/bmp",
    rb"\0...ftypavi[fs]": "image/avif",
    rb"\0...ftyp(he[ivx]|mif1|msf1)": "image/heic",
    rb"\0...ftypqt  ": "video/quicktime",
    rb"\0...ftyp3g": "video/3gpp",
    rb"\0...ftypM4[AB]": "audio/mp4",
    rb"\0...ftyp": "video/mp4",
    rb"\x1a\x45\xdf\xa3.{0,48}webm": "video/webm",
    rb"\x1a\x45\xdf\xa3": "video/x-matroska",
    rb"RIFF....AVI ": "video/x-msvideo",
    rb"RIFF....WAVE": "audio/wav",
    rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11": "video/x-ms-wmv",
    rb"FLV\x01": "video/x-flv",
    rb"\0\0\x01[\xb3\xba]": "video/mpeg",
    # A packet has 188 bytes; a camera's four more, its time before each.
    rb"(G.{187}){3}|....G(.{191}G){2}": "video/mp2t",
    rb"ID3[\x02-\x04]|\xff[\xf2\xf3\xfa\xfb]": "audio/mpeg",
    rb"\xff[\xf0\xf1\xf8\xf9]": "audio/aac",
    rb"OggS": "audio/ogg",
    rb"fLaC": "audio/flac",
    rb"#!AMR": "audio/amr",
    rb"%PDF-[12]\.": "application/pdf",
}
_PROGRAMS = re.compile(
    # Windows, Linux, macOS, Java, Android, WebAssembly, a shortcut, and scripts by their first line.
    rb"MZ.*\0|\x7fELF|[\xce\xcf]\xfa\xed\xfe|\xfe\xed\xfa[\xce\xcf]|\xca\xfe\xba[\xbe\xbf]|dex\n"
    rb"|\0asm|\x4c\0\0\0\x01\x14\x02\0|(\xef\xbb\xbf)?\s*(#!|<\?php|@echo off)",
    re.DOTALL | re.IGNORECASE,
)
_ARCHIVES = re.compile(
    rb"PK[\x03\x05\x07]|\x1f\x8b|BZh|7z\xbc\xaf|Rar!|\xfd7zXZ|\x28\xb5\x2f\xfd|MSCF|.{257}ustar",
    re.DOTALL,
)
# Word, Excel and PowerPoint before 2007; their installers and mails look the same from outside.
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
# What a browser or an XML reader takes for markup: any tag where a text begins, these wherever.
_MARKED_UP = re.compile(r"(?:\xef\xbb\xbf)?\s*(<[a-z!?][\w:-]{0,30})", re.IGNORECASE | re.ASCII)
_MARKUP = (
    "<!doctype",
    "<?xml",
    "<?php",
    "<html",
    "<head",
    "<body",
    "<script",
    "<style",
    "<link",
    "<meta",
    "<svg",
    "<img",
    "<iframe",
    "<object",
    "<embed",
    "<form",
    "javascript:",
)
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")

_OPEN_DOCUMENT = re.compile(
    rb"PK\x03\x04.{26}mimetype(application/vnd\.oasis\.opendocument\."
    rb"(?:text|spreadsheet|presentation))PK",
    re.DOTALL,
)
_OFFICE_PARTS = {
    b"word/document.xml": "wordprocessingml.document",
    b"xl/workbook.xml": "spreadsheetml.sheet",
    b"ppt/presentation.xml": "presentationml.presentation",
}
_MACROS = re.compile(rb"vbaProject\.bin|Basic/script-l|Scripts/python/")
_KEPT_KINDS = gettext_lazy(
    "pictures, video, sound, PDF, plain text, docx, xlsx, pptx, odt, ods, odp"
)


def recognise(file: IO[bytes]) -> str:
    """The media type of a file that may be kept. Raises InvalidInput for what may not."""
    file.seek(0)
    head = file.read(HEAD)
    for signature, content_type in _SIGNATURES.items():
        if re.match(signature, head, re.DOTALL):
            return content_type
    if _PROGRAMS.match(head):
        raise InvalidInput(_("This is a program or a script: none is kept, whatever its name."))
    if head.startswith(b"PK\x03\x04") and (document := _office_document(file, head)):
        return document
    if _ARCHIVES.match(head):
        raise InvalidInput(_("This is an archive: bring the files it holds one by one."))
    if head.startswith(_OLD_OFFICE):
        raise InvalidInput(
            _("This is an Office file of the old kind, which may hold programs: bring it as PDF.")
        )
    _refuse_but_text(file)
    return "text/plain"


def contradiction(name: str, content_type: str) -> str:
    """What to tell whoever brings a file whose name promises another kind; empty where none."""
    ending = PurePath(name).suffix.removeprefix(".").lower()
    if not ending or ending in ENDINGS[content_type]:
        return ""
    return _(
        "The name ends in “.%(ending)s”, and what it holds is %(kind)s: it is kept as that."
    ) % {
        "ending": quoted(ending),
        "kind": content_type,
    }


def _office_document(file: IO[bytes], head: bytes) -> str | None:
    """What a ZIP file is by its directory, without unpacking it; None where no document."""
    directory = _directory(file)
    if _MACROS.search(directory):
        raise InvalidInput(_("This document holds macros, which are programs: bring it as PDF."))
    if found := _OPEN_DOCUMENT.match(head):
        return found[1].decode()
    for part, kind in _OFFICE_PARTS.items():
        if b"[Content_Types].xml" in directory and part in directory:
            return f"application/vnd.openxmlformats-officedocument.{kind}"
    return None


def _directory(file: IO[bytes]) -> bytes:
    """The end of a ZIP file, where the names of what it holds stand."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - LONGEST_DIRECTORY))
    end = file.read()
    return end[max(0, end.find(b"PK\x01\x02")) :]


def _refuse_but_text(file: IO[bytes]) -> None:
    before = ""
    for number, text in enumerate(_texts(file)):
        if _NO_TEXT.search(text):
            raise InvalidInput(
                _("This file is of no kind that is kept: %(kinds)s.") % {"kinds": _KEPT_KINDS}
            )
        if found := _markup(before + text) or (_beginning(text) if number == 0 else ""):
            raise InvalidInput(
                _("This text holds markup or script (“%(found)s”): bring it as a picture or PDF.")
                % {"found": found}
            )
        before = text[-OVERLAP:]


def _markup(text: str) -> str:
    lowered = text.lower()
    # One after the other: a pattern of all of them takes half a minute where a text is made for it.
    return next((each for each in _MARKUP if each in lowered), "")


def _beginning(text: str) -> str:
    found = _MARKED_UP.match(text)
    return found[1] if found else ""


def _texts(file: IO[bytes]) -> Iterator[str]:
    """A file in pieces as text: of an encoding in which ASCII is ASCII, or UTF-16 with its mark."""
    file.seek(0)
    marked = file.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-16" if marked else "latin-1")("replace")
    while chunk := file.read(CHUNK):
        yield decoder.decode(chunk)
