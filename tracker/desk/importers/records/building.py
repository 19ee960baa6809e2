"""Values of a row as a draft, after those checks that need more than one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from tracker.desk.importers.records.drafts import Draft
from tracker.desk.importers.records.mapping import Mapping
from tracker.desk.importers.records.others import CoverageBuilder, PartyBuilder, TallyBuilder
from tracker.desk.importers.records.refusing import Refuse
from tracker.desk.importers.records.reports import ReportBuilder
from tracker.geo.bbox import BBox


class Builder(Protocol):
    """Makes drafts of one kind."""

    def check(self, values: dict[str, Any], refuse: Refuse) -> None:
        """Tell what does not go together, though something that is needed may be missing."""

    def build(self, line: int, raw: dict[str, str], values: dict[str, Any]) -> Draft:
        """The draft, where nothing was refused."""


_BUILDERS: dict[str, Callable[[], Builder]] = {
    "tallies": TallyBuilder,
    "coverage": CoverageBuilder,
    "parties": PartyBuilder,
}


def builder(mapping: Mapping, area: BBox | None) -> Builder:
    """What makes drafts of the kind a mapping is for."""
    if mapping.kind == "reports":
        return ReportBuilder(mapping, area)
    return _BUILDERS[mapping.kind]()
