"""Incidents as a list tells them: with the codes in words and what each reading makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tracker.codebook import Act, DatePrecision, GeoPrecision, VerdictCode, Verification
from tracker.public.pages.reading import Document


@dataclass(frozen=True)
class Read:
    """What some readings of an agreement, by their names, make of an incident."""

    verdict: VerdictCode
    readings: list[Document]


@dataclass(frozen=True)
class Judged:
    agreement: Document
    overall: VerdictCode
    read: list[Read]


@dataclass(frozen=True)
class Row:
    incident: Document
    judged: list[Judged]

    @property
    def acts(self) -> str:
        return _(", ").join(str(Act(code).label) for code in self.incident["acts"])

    @property
    def verification(self) -> Verification:
        return Verification(self.incident["verification"])

    @property
    def date_precision(self) -> DatePrecision | None:
        """How well the date is known, where it is not known to the day."""
        grade = DatePrecision(self.incident["date_precision"])
        return grade if grade != DatePrecision.DAY else None

    @property
    def geo_precision(self) -> GeoPrecision | None:
        """How well the place is known, where it is not the place itself."""
        grade = self.incident["geo_precision"]
        return GeoPrecision(grade) if grade and grade != GeoPrecision.EXACT else None


def rows(incidents: Iterable[Document], agreements: Iterable[Document]) -> list[Row]:
    """The incidents in their order, each with the agreements that were in force on a day of it."""
    held = {each["id"]: each for each in agreements}
    return [Row(each, [*_judged(each, held)]) for each in incidents]


def _judged(incident: Document, agreements: Mapping[str, Document]) -> Any:
    for told in incident["verdicts"]:
        if told["agreement"] in incident["agreements"] and told["agreement"] in agreements:
            agreement = agreements[told["agreement"]]
            yield Judged(agreement, VerdictCode(told["overall"]), _read(told, agreement))


def _read(told: Document, agreement: Document) -> list[Read]:
    named = {each["id"]: each for each in agreement["readings"]}
    verdicts: dict[str, list[Document]] = {}
    for each in told["readings"]:
        if each["reading"] in named:
            verdicts.setdefault(each["verdict"], []).append(named[each["reading"]])
    return [Read(VerdictCode(verdict), readings) for verdict, readings in verdicts.items()]
