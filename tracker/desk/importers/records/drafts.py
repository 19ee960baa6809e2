"""What a row states, read but not yet stored. The names and codes are those of the models."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Protocol


class Row(Protocol):
    """A row of any table."""

    @property
    def line(self) -> int:
        """Where it begins, counted from 1; in GeoJSON the number of the feature."""

    @property
    def cells(self) -> list[str]:
        """Its cells as text; "" is empty."""


@dataclass(slots=True)
class FigureDraft:
    """A number a report gives; None is unknown, 0 is none."""

    harm: str
    group: str
    low: int | None = None
    best: int | None = None
    high: int | None = None
    as_written: str = ""


@dataclass(slots=True)
class ReportDraft:
    """One report of a file."""

    line: int
    raw: dict[str, str]
    """The row as received: column and cell, without those that are empty."""
    date_start: dt.date
    text: str
    date_end: dt.date | None = None
    date_precision: int = 1
    external_id: str = ""
    published_on: dt.date | None = None
    language: str = ""
    translation: str = ""
    url: str = ""
    archive_url: str = ""
    place_as_written: str = ""
    wider: tuple[str, ...] = ()
    """Names of the wider places it lies in, the narrowest first: district, governorate."""
    latitude: float | None = None
    longitude: float | None = None
    """Degrees, where the row gives a position that is no mere centroid."""
    near: tuple[float, float] | None = None
    """Latitude and longitude that tell namesakes apart, centroid or not."""
    geo_precision: int | None = None
    radius_m: int | None = None
    acts: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    accused: tuple[str, ...] = ()
    """Names of the accused parties, as written or as the mapping names them."""
    accused_as_written: str = ""
    relayed_from: str = ""
    """The name of the source it is relayed from, as written or as the mapping names it."""
    stance: str = "alleges"
    justification: str = ""
    note: str = ""
    """What the file and the import have to say of it to the desk, in English."""
    figures: list[FigureDraft] = field(default_factory=list)


@dataclass(slots=True)
class TallyDraft:
    """One count of a bulletin. Those that agree from `monitor` to `document` stand in the same one."""

    line: int
    raw: dict[str, str]
    date_start: dt.date
    date_end: dt.date
    document: str
    monitor: str = ""
    """The name of who counted; empty where it is the source of the whole file."""
    counterpart: str = ""
    measure: str = ""
    url: str = ""
    stated_on: dt.date | None = None
    place_as_written: str = ""
    wider: tuple[str, ...] = ()
    accused: str = ""
    count: int | None = None
    confirmed: int | None = None
    cannot_confirm: int | None = None
    target_excluded: int | None = None
    pending: int | None = None
    as_written: str = ""
    note: str = ""


@dataclass(slots=True)
class CoverageDraft:
    """How far a monitor could see one area in one period."""

    line: int
    raw: dict[str, str]
    date_start: dt.date
    access: str
    document: str
    date_end: dt.date | None = None
    monitor: str = ""
    """The name of who could see; empty where it is the source of the whole file."""
    place_as_written: str = ""
    wider: tuple[str, ...] = ()
    obstructed_by: str = ""
    means: str = ""
    as_written: str = ""
    url: str = ""
    stated_on: dt.date | None = None
    note: str = ""


@dataclass(slots=True)
class PartyNameDraft:
    """Another name of a party."""

    name: str
    language: str
    kind: str = "official"
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(slots=True)
class PartyDraft:
    """One party; `parent` and `successor` are names or slugs."""

    line: int
    raw: dict[str, str]
    name: str
    kind: str
    slug: str = ""
    name_ar: str = ""
    parent: str = ""
    successor: str = ""
    succeeded_on: dt.date | None = None
    names: list[PartyNameDraft] = field(default_factory=list)


Draft = ReportDraft | TallyDraft | CoverageDraft | PartyDraft
