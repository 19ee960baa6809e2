"""Days, names and speakers in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import formats, translation
from django.utils.translation import gettext as _

from tracker.codebook import SourceKind


def day(value: str | dt.date) -> str:
    """A day as people write it, from a date or its ISO 8601 form."""
    told = dt.date.fromisoformat(value) if isinstance(value, str) else value
    return formats.date_format(told, "j F Y")


def days(first: str, last: str) -> str:
    """From one day to another, or the one day they are."""
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def own(thing: Mapping[str, Any] | None, member: str = "name") -> str:
    """A member of a document in the reader's language where it is told in it, else as it is."""
    if not thing:
        return ""
    arabic = thing.get(f"{member}_ar") if translation.get_language() == "ar" else None
    return arabic or thing.get(member) or ""


def speaker(source: Mapping[str, Any]) -> str:
    """A source's name in the reader's language, or what it is where it is not named."""
    if source["name"]:
        return own(source)
    return _("%(kind)s, name withheld") % {"kind": SourceKind(source["kind"]).label}
