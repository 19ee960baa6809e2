"""Tallies, coverage and parties: what is neither a report nor needs more than its fields."""

from __future__ import annotations

from typing import Any

from tracker.codebook import Access
from tracker.desk.importers.cells import is_arabic
from tracker.desk.importers.faults import Why
from tracker.desk.importers.records.drafts import (
    CoverageDraft,
    PartyDraft,
    PartyNameDraft,
    TallyDraft,
)
from tracker.desk.importers.records.refusing import Refuse, refuse_wrong_days
from tracker.desk.importers.records.values import Span, Words


class TallyBuilder:
    """Makes tallies."""

    def check(self, values: dict[str, Any], refuse: Refuse) -> None:
        refuse_wrong_days(values, refuse)
        said = values.get("count")
        if isinstance(said, Span | Words):
            # A count has no words of its own: they stay with those of the bulletin.
            del values["count"]
            words = said.as_written if isinstance(said, Span) else str(said)
            values.setdefault("as_written", words)

    def build(self, line: int, raw: dict[str, str], values: dict[str, Any]) -> TallyDraft:
        days = values.pop("date_start")
        end = values.pop("date_end", days.end)
        place = values.pop("place", "")
        return TallyDraft(
            line, raw, date_start=days.start, date_end=end, place_as_written=place, **values
        )


class CoverageBuilder:
    """Makes coverage periods."""

    def check(self, values: dict[str, Any], refuse: Refuse) -> None:
        refuse_wrong_days(values, refuse)
        if values.get("access") == Access.FULL and values.get("obstructed_by"):
            refuse("obstructed_by", Why.OBSTRUCTED, values["obstructed_by"])

    def build(self, line: int, raw: dict[str, str], values: dict[str, Any]) -> CoverageDraft:
        days = values.pop("date_start")
        # A period without a last day goes on, unless its first day is a whole month or year.
        end = values.pop("date_end", None if days.start == days.end else days.end)
        place = values.pop("place", "")
        return CoverageDraft(
            line, raw, date_start=days.start, date_end=end, place_as_written=place, **values
        )


class PartyBuilder:
    """Makes parties."""

    def check(self, values: dict[str, Any], refuse: Refuse) -> None:
        start, end = values.get("valid_from"), values.get("valid_to")
        if start and end and end < start:
            refuse("valid_to", Why.ENDS_BEFORE, end.isoformat(), first=start.isoformat())

    def build(self, line: int, raw: dict[str, str], values: dict[str, Any]) -> PartyDraft:
        start, end = values.pop("valid_from", None), values.pop("valid_to", None)
        names = [_named(name) for name in values.pop("names", ())]
        if start or end:
            names.insert(0, PartyNameDraft(values["name"], "en", valid_from=start, valid_to=end))
        return PartyDraft(line, raw, names=names, **values)


def _named(name: str) -> PartyNameDraft:
    return PartyNameDraft(name, "ar" if is_arabic(name) else "en")
