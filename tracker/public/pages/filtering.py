"""The filters of the list of incidents as people see them: what can be chosen, and what is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.codebook import Act, Codes, Means, Target, VerdictCode, Verification
from tracker.public import statistics
from tracker.public.filters import IncidentQuery
from tracker.public.models import Edition, Kind
from tracker.public.pages.reading import Document, by_id, documents
from tracker.public.pages.wording import own

NAMES: Mapping[str, Any] = {
    "q": gettext_lazy("Words"),
    "agreement": gettext_lazy("Agreement"),
    "act": gettext_lazy("Act"),
    "means": gettext_lazy("Means"),
    "target": gettext_lazy("Target"),
    "accused": gettext_lazy("Accused"),
    "attributed": gettext_lazy("Held to have done it"),
    "claimant": gettext_lazy("Claimant"),
    "verification": gettext_lazy("Verification"),
    "verdict": gettext_lazy("Verdict"),
    "reading": gettext_lazy("As read by"),
    "contested": gettext_lazy("Contested"),
    "date_from": gettext_lazy("From"),
    "date_to": gettext_lazy("To"),
    "place": gettext_lazy("Place"),
    "bbox": gettext_lazy("Box on the map"),
    "near": gettext_lazy("Near"),
    "within_km": gettext_lazy("Within kilometres"),
    "located": gettext_lazy("With a position"),
    "max_geo_precision": gettext_lazy("Place known at least to grade"),
    "max_date_precision": gettext_lazy("Date known at least to grade"),
    "updated_since": gettext_lazy("Changed since"),
}
CODES: Mapping[str, type[Codes]] = {
    "act": Act,
    "means": Means,
    "target": Target,
    "verification": Verification,
    "verdict": VerdictCode,
}
# What cannot be asked for without the other.
TOGETHER = {"verdict": "reading", "near": "within_km", "within_km": "near"}
# What the form asks for by fields of its own; all else that is asked for it hands on.
CHECKED = ("agreement", "act", "verdict", "reading", "accused", "claimant", "verification")
TYPED = ("q", "date_from", "date_to", "located", "contested")


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Field:
    """A parameter of which any number of values can be chosen."""

    name: str
    label: str
    choices: list[Choice]

    @property
    def chosen(self) -> int:
        return sum(choice.is_chosen for choice in self.choices)


@dataclass(frozen=True)
class Chip:
    """One thing that is chosen; `without` is what is asked for without it."""

    name: str
    label: str
    value: str
    without: dict[str, str]


def chosen(request: HttpRequest) -> dict[str, str]:
    """The filters among the parameters: what a list, an export and a count are asked alike."""
    return {
        name: request.GET[name] for name in request.GET if name in statistics.filters(IncidentQuery)
    }


@dataclass(frozen=True)
class Names:
    """The names of what can be chosen, by parameter and value."""

    of: dict[str, dict[str, str]]

    def told(self, name: str, value: str) -> str:
        if name in CODES:
            return str(CODES[name](value).label)
        if name in ("located", "contested"):
            return _("yes") if value.lower() in ("true", "1", "yes", "on", "t", "y") else _("no")
        return self.of.get(name, {}).get(value, value)


def names(filters: Mapping[str, str], agreements: list[Document]) -> Names:
    parties = _labels(documents(Edition.objects.of(Kind.PARTY).order_by("label", "public_id")))
    sources = documents(Edition.objects.of(Kind.SOURCE).order_by("label", "public_id"))
    places = by_id(Kind.PLACE, filters["place"].split(",")) if "place" in filters else {}
    return Names(
        {
            "agreement": {each["id"]: own(each, "title") for each in agreements},
            "reading": {
                reading["id"]: f"{own(agreement, 'title')}: {own(reading)}"
                for agreement in agreements
                for reading in agreement["readings"]
            },
            "accused": parties,
            "attributed": parties,
            "claimant": _labels(sources),
            "place": _labels([*places.values()]),
        }
    )


def fields(filters: Mapping[str, str], named: Names) -> list[Field]:
    """What can be chosen from lists, in the order of the form."""
    found = []
    for name in CHECKED:
        values = [*CODES[name]] if name in CODES else [*named.of[name]]
        told = filters.get(name, "").split(",")
        choices = [
            Choice(str(value), named.told(name, value), str(value) in told)
            for value in values
            if not (name == "verdict" and value == VerdictCode.CONTESTED)
        ]
        # A value that nothing published has stays chosen.
        choices += [
            Choice(value, value, is_chosen=True) for value in told if value and value not in values
        ]
        if choices:
            found.append(Field(name, str(NAMES[name]), choices))
    return found


def handed_on(parameters: Mapping[str, str]) -> dict[str, str]:
    """What is asked for, for which the form has no field."""
    beside = {*CHECKED, *TYPED, "where", "cursor", "ordering"}
    return {name: value for name, value in parameters.items() if name not in beside}


def chips(filters: Mapping[str, str], named: Names, kept: Mapping[str, str]) -> Iterator[Chip]:
    """What is chosen, one by one; the address without one of them keeps these parameters."""
    for name, told in filters.items():
        is_listed = name in CHECKED or name in ("means", "target", "attributed", "place")
        values = told.split(",") if is_listed else [told]
        for value in values:
            rest = [each for each in values if each != value]
            without = {**filters, name: ",".join(rest)}
            if not rest:
                without.pop(TOGETHER.get(name, ""), None)
            without = {key: each for key, each in without.items() if each}
            yield Chip(name, str(NAMES[name]), named.told(name, value), {**kept, **without})


def _labels(things: list[Document]) -> dict[str, str]:
    return {each["id"]: own(each) for each in things}
