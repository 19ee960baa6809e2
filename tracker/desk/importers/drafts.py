"""What a file says, read but not yet stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tracker.codebook import NameKind, PlaceKind


@dataclass(frozen=True)
class NameDraft:
    """Another name of a place; `language` is a BCP 47 code, as in PlaceName."""

    name: str
    language: str
    kind: NameKind


@dataclass(frozen=True)
class PlaceDraft:
    """One place of a file. What the file does not tell is empty or None."""

    line: int
    codes: tuple[str, ...]
    """Authority and number, as in PlaceCode; the first is the file's own."""
    name: str
    kind: PlaceKind
    name_ar: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    pcode: str = ""
    parents: tuple[str, ...] = ()
    """Codes of the places it lies in, the narrowest first; `pcode:SY03` is a P-code."""
    names: tuple[NameDraft, ...] = ()
    outline: dict[str, Any] | None = None
    """GeoJSON Polygon or MultiPolygon, longitude before latitude."""
    attribution: str = ""
    """Whose outline it is, and its licence."""


@dataclass(frozen=True)
class AliasDraft:
    """One more name of a place that another file tells of, known by its code."""

    line: int
    code: str
    alias: NameDraft
    is_preferred: bool = False


@dataclass(frozen=True)
class Refusal:
    """A row that cannot be taken, and why; `line` counts from 1, or features in GeoJSON."""

    line: int
    reason: str


@dataclass(frozen=True)
class Skipped:
    """A row that is in order, but tells of nothing a gazetteer here holds."""

    line: int


Draft = PlaceDraft | AliasDraft
Row = Draft | Refusal | Skipped
