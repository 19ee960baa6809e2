"""What may be read from a table, by the kind of what its rows state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from tracker.codebook import (
    Access,
    Act,
    Codes,
    CoverageMeans,
    DatePrecision,
    GeoPrecision,
    Grades,
    Group,
    Harm,
    Justification,
    Means,
    PartyKind,
    Stance,
)
from tracker.errors import gettext_noop as _


class Holds(Enum):
    """What a field is made of."""

    LINE = auto()
    LINES = auto()
    NAMES = auto()
    """Names parted by semicolons, bars or line breaks, each of which a mapping may replace."""
    NAME = auto()
    """One such name."""
    CODE = auto()
    CODES = auto()
    DATE = auto()
    LAST_DATE = auto()
    COUNT = auto()
    """How many, or words for it."""
    NUMBER = auto()
    DEGREES = auto()
    POSITION = auto()
    ADDRESS = auto()
    LANGUAGE = auto()
    SLUG = auto()


@dataclass(frozen=True)
class Field:
    """Something a row may state. In a person's language: `gettext(label) % values`."""

    name: str
    label: str
    holds: Holds = Holds.LINE
    length: int = 0
    """The most characters it may have; 0 is any number."""
    is_required: bool = False
    codes: type[Codes] | type[Grades] | None = None
    """The list its values are mapped to one by one."""
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def takes_names(self) -> bool:
        """Whether its values may be mapped to names of parties or sources one by one."""
        return self.holds in {Holds.NAME, Holds.NAMES}


# By the end of their names.
FIGURES = {
    "low": _("%(harm)s, %(group)s: at least"),
    "best": _("%(harm)s, %(group)s: number named"),
    "high": _("%(harm)s, %(group)s: at most"),
    "as_written": _("%(harm)s, %(group)s: as written"),
}


def _figures() -> Iterator[Field]:
    for harm in Harm:
        for group in Group:
            for bound, label in FIGURES.items():
                is_words = bound == "as_written"
                yield Field(
                    f"{harm}.{group}.{bound}",
                    label,
                    Holds.LINE if is_words else Holds.COUNT,
                    length=100 if is_words else 0,
                    values={"harm": harm.label, "group": group.label},
                )


_PLACE = Field("place", _("Place as written"), length=200)
_WIDER = Field("wider", _("District and governorate"), Holds.NAMES, length=200)
_URL = _("Address of the statement")
_STATED_ON = Field("stated_on", _("Day it was given out"), Holds.DATE)
_DOCUMENT = Field("document", _("Document it was read in"), length=300, is_required=True)
_MONITOR = Field("monitor", _("Monitor"), Holds.NAME, length=200)
_FIRST_DAY = Field("date_start", _("First day"), Holds.DATE, is_required=True)
_LAST_DAY = Field("date_end", _("Last day"), Holds.LAST_DATE)

_REPORTS = (
    Field("external_id", _("The source's own number"), length=128),
    _FIRST_DAY,
    _LAST_DAY,
    Field("date_precision", _("Date precision"), Holds.CODE, codes=DatePrecision),
    Field("published_on", _("Day the statement was made"), Holds.DATE),
    Field("text", _("Text"), Holds.LINES, is_required=True),
    Field("translation", _("Translation into English"), Holds.LINES),
    Field("language", _("Language of the text"), Holds.LANGUAGE),
    Field("url", _URL, Holds.ADDRESS, length=1000),
    Field("archive_url", _("Archived copy"), Holds.ADDRESS, length=1000),
    _PLACE,
    _WIDER,
    Field("position", _("Position in one column"), Holds.POSITION),
    Field("latitude", _("Latitude"), Holds.DEGREES),
    Field("longitude", _("Longitude"), Holds.DEGREES),
    Field("geo_precision", _("Place precision"), Holds.CODE, codes=GeoPrecision),
    Field("radius_m", _("Radius in metres"), Holds.NUMBER),
    Field("acts", _("Acts"), Holds.CODES, codes=Act),
    Field("means", _("Means"), Holds.CODES, codes=Means),
    Field("accused", _("Accused"), Holds.NAMES, length=200),
    Field("accused_as_written", _("Accused as written"), length=200),
    Field("relayed_from", _("Source it is relayed from"), Holds.NAMES, length=200),
    Field("stance", _("Stance"), Holds.CODE, codes=Stance),
    Field("justification", _("Justification"), Holds.CODE, codes=Justification),
    Field("note", _("Staff note"), Holds.LINES),
    *_figures(),
)
_TALLIES = (
    _MONITOR,
    _FIRST_DAY,
    _LAST_DAY,
    Field("measure", _("What is counted"), length=60),
    Field("counterpart", _("Counterpart"), Holds.NAME, length=200),
    _DOCUMENT,
    Field("url", _URL, Holds.ADDRESS, length=500),
    _STATED_ON,
    _PLACE,
    _WIDER,
    Field("accused", _("Accused"), Holds.NAME, length=200),
    Field("count", _("Count"), Holds.COUNT),
    Field("confirmed", _("Confirmed"), Holds.NUMBER),
    Field("cannot_confirm", _("Cannot confirm"), Holds.NUMBER),
    Field("target_excluded", _("Target excluded"), Holds.NUMBER),
    Field("pending", _("Pending"), Holds.NUMBER),
    Field("as_written", _("As written"), length=300),
    Field("note", _("Staff note"), length=300),
)
_COVERAGE = (
    _MONITOR,
    _PLACE,
    _WIDER,
    _FIRST_DAY,
    _LAST_DAY,
    Field("access", _("Access"), Holds.CODE, is_required=True, codes=Access),
    Field("obstructed_by", _("Obstructed by"), Holds.NAME, length=200),
    Field("means", _("Means"), Holds.CODE, codes=CoverageMeans),
    Field("as_written", _("As written"), length=300),
    _DOCUMENT,
    Field("url", _URL, Holds.ADDRESS, length=500),
    _STATED_ON,
    Field("note", _("Staff note"), Holds.LINES),
)
_PARTIES = (
    Field("name", _("Name in English"), length=200, is_required=True),
    Field("name_ar", _("Name in Arabic"), length=200),
    Field("kind", _("Kind"), Holds.CODE, is_required=True, codes=PartyKind),
    Field("slug", _("Slug"), Holds.SLUG),
    Field("parent", _("Parent"), Holds.NAME, length=200),
    Field("successor", _("Successor"), Holds.NAME, length=200),
    Field("succeeded_on", _("Succeeded on"), Holds.DATE),
    Field("names", _("Other names"), Holds.NAMES, length=200),
    Field("valid_from", _("First day of the name"), Holds.DATE),
    Field("valid_to", _("Last day of the name"), Holds.LAST_DATE),
)

FIELDS: dict[str, tuple[Field, ...]] = {
    "reports": _REPORTS,
    "tallies": _TALLIES,
    "coverage": _COVERAGE,
    "parties": _PARTIES,
}


def by_name(kind: str) -> dict[str, Field]:
    return {each.name: each for each in FIELDS[kind]}
