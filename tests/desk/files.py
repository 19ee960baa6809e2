"""Files as they are brought to the desk: the harmless, the hostile, and what is both at once."""

from __future__ import annotations

import io
import zipfile

from tests.factories import PICTURE

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument"


def packed(*names: str, first: str = "", compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP file of these names; `first` is the content of an OpenDocument's own first file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        if first:
            archive.writestr(zipfile.ZipInfo("mimetype"), first)
        for name in names:
            archive.writestr(name, "<x/>")
    return file.getvalue()


def movie(brand: bytes) -> bytes:
    return b"\0\0\0\x20ftyp" + brand + bytes(20) + b"moov"


KEPT = {
    "jpeg": (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "image/jpeg"),
    "png": (PICTURE, "image/png"),
    "gif": (b"GIF89a\x01\0\x01\0\0\0\0;", "image/gif"),
    "webp": (b"RIFF\x1a\0\0\0WEBPVP8L", "image/webp"),
    "tiff": (b"II*\0\x08\0\0\0", "image/tiff"),
    "bmp": (b"BM\x3a\0\0\0\0\0\0\0\x36\0", "image/bmp"),
    "heic": (movie(b"heic"), "image/heic"),
    "avif": (movie(b"avif"), "image/avif"),
    "mp4": (movie(b"isom"), "video/mp4"),
    "quicktime": (movie(b"qt  "), "video/quicktime"),
    "3gp": (movie(b"3gp4"), "video/3gpp"),
    "m4a": (movie(b"M4A "), "audio/mp4"),
    "webm": (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", "video/webm"),
    "mkv": (b"\x1a\x45\xdf\xa3\xa3\x42\x82\x88matroska", "video/x-matroska"),
    "avi": (b"RIFF\0\0\0\0AVI LIST", "video/x-msvideo"),
    "wmv": (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9", "video/x-ms-wmv"),
    "flv": (b"FLV\x01\x05", "video/x-flv"),
    "mpeg": (b"\0\0\x01\xba\x44", "video/mpeg"),
    "ts": ((b"G" + bytes(187)) * 4, "video/mp2t"),
    "m2ts": ((bytes(4) + b"G" + bytes(187)) * 4, "video/mp2t"),
    "mp3": (b"ID3\x03\0\0", "audio/mpeg"),
    "mp3 without tags": (b"\xff\xfb\x90\0", "audio/mpeg"),
    "aac": (b"\xff\xf1\x50\x80", "audio/aac"),
    "ogg": (b"OggS\0\x02", "audio/ogg"),
    "wav": (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
    "flac": (b"fLaC\0", "audio/flac"),
    "amr": (b"#!AMR\n", "audio/amr"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "application/pdf"),
    "text": ("قصف على وادي بردى\n".encode(), "text/plain"),
    "text of Windows": ("قصف على وادي بردى\r\n".encode("cp1256"), "text/plain"),
    "text in UTF-16": ("قصف على وادي بردى\r\n".encode("utf-16"), "text/plain"),
    "csv": (b"\xef\xbb\xbfday,killed\n2017-01-15,7\n", "text/plain"),
    "text about a pdf": (b"See %PDF-1.7, MZ, GIF89a and BM, a < b > c.", "text/plain"),
    "docx": (packed("[Content_Types].xml", "word/document.xml"), DOCUMENT),
    "xlsx": (packed("_rels/.rels", "xl/workbook.xml", "[Content_Types].xml"), SHEET),
    "pptx": (packed("[Content_Types].xml", "ppt/presentation.xml"), SLIDES),
    "odt": (packed("content.xml", first=f"{OPEN_DOCUMENT}.text"), f"{OPEN_DOCUMENT}.text"),
    "ods": (
        packed("content.xml", first=f"{OPEN_DOCUMENT}.spreadsheet"),
        f"{OPEN_DOCUMENT}.spreadsheet",
    ),
}

PROGRAM, ARCHIVE, MARKUP = "a program or a script", "an archive", "markup or script"
REFUSED = {
    "of Windows": (b"MZ\x90\0\x03\0\0\0", PROGRAM),
    "of Linux": (b"\x7fELF\x02\x01\x01", PROGRAM),
    "of macOS": (b"\xcf\xfa\xed\xfe\x07\0\0\x01", PROGRAM),
    "of macOS for several": (b"\xca\xfe\xba\xbe\0\0\0\x02", PROGRAM),
    "of Android": (b"dex\n035\0", PROGRAM),
    "web assembly": (b"\0asm\x01\0\0\0", PROGRAM),
    "shortcut": (b"\x4c\0\0\0\x01\x14\x02\0\0\0\0\0", PROGRAM),
    "shell script": (b"#!/bin/sh\nrm -r /\n", PROGRAM),
    "batch file": (b"@ECHO OFF\r\ndel *.*\r\n", PROGRAM),
    "php": (b"\n<?php system($_GET['c']);", PROGRAM),
    "html": (b"<!DOCTYPE html><p>News</p>", MARKUP),
    "html late in a text": (b"News\n" * 300_000 + b"<ScRiPt>alert(1)</script>", MARKUP),
    "html in UTF-16": ("News <iframe src=x>".encode("utf-16"), MARKUP),
    "svg with script": (b'<svg xmlns="x"><script>alert(1)</script></svg>', MARKUP),
    "svg behind a comment": (b"\xef\xbb\xbf\n<!-- a --><svg/>", MARKUP),
    "xml": (b'<?xml version="1.0"?><a/>', MARKUP),
    "handler late in a text": (b"News: <img src=x onerror=alert(1)>", MARKUP),
    "xml without its first line": (b'<kml xmlns="x"></kml>', MARKUP),
    "zip": (packed("picture.png"), ARCHIVE),
    "empty zip": (packed(), ARCHIVE),
    "android app": (packed("AndroidManifest.xml", "classes.dex"), ARCHIVE),
    "gzip": (b"\x1f\x8b\x08\0", ARCHIVE),
    "7z": (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    "rar": (b"Rar!\x1a\x07\0", ARCHIVE),
    "tar": (b"a.txt" + bytes(252) + b"ustar\x0000", ARCHIVE),
    "macros": (packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "macros"),
    "old office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office file of the old kind"),
    "unknown": (b"\x01\x02\x03\x04", "of no kind that is kept: pictures, video"),
    "text with a NUL": (b"News\0", "of no kind that is kept"),
    "empty": (b"", "The file is empty."),
}

POLYGLOTS = {
    "picture and script": (b"GIF89a/*\x01\0*/=1;alert(1)//<script>alert(1)</script>", "gif"),
    "document and archive": (b"%PDF-1.4\n<script>1</script>" + packed("evil.exe"), "pdf"),
    "picture and program": (PICTURE + b"MZ\x90\0" + b"<html><script>1</script>", "png"),
    "sheet and page": (
        packed("[Content_Types].xml", "xl/workbook.xml") + b"<html><script>1</script>",
        "xlsx",
    ),
}
