"""Incidents as a feed tells them: in English, by day, where their public position is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tracker.caching import beginning_of
from tracker.codebook import Act, Verification

# What no XML can hold, whichever way it is written.
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Category:
    """A code and its label; `name` is the filter that finds all others of it."""

    name: str
    code: str
    label: str


@dataclass(frozen=True)
class Entry:
    """One incident. Its moments are the beginnings of days: the time of day is not told."""

    id: str
    url: str
    title: str
    summary: str
    published: dt.datetime
    updated: dt.datetime
    categories: list[Category]
    position: tuple[float, float] | None


@dataclass(frozen=True)
class Feed:
    """One page of a feed; `whole` is the address of its first page, `following` of the next."""

    title: str
    whole: str
    address: str
    following: str | None
    home: str
    entries: list[Entry]


def entry(incident: dict[str, Any], address: Callable[[str], str]) -> Entry:
    """An incident's document as a feed tells it; `address` gives that of an incident by its id."""
    position = incident["position"]
    acts = [Category("act", code, str(Act(code).label)) for code in incident["acts"]]
    state = Verification(incident["verification"])
    return Entry(
        id=f"urn:uuid:{incident['id']}",
        url=address(incident["id"]),
        title=_written(incident["title"]),
        summary=_written(incident["summary"] or incident["title"]),
        published=_day(incident["published_on"]),
        updated=_day(incident["updated_on"]),
        categories=[*acts, Category("verification", state.value, str(state.label))],
        position=(position["latitude"], position["longitude"]) if position else None,
    )


def _day(text: str) -> dt.datetime:
    return beginning_of(dt.date.fromisoformat(text))


def _written(text: str) -> str:
    return UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
