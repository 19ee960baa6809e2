"""What an agreement is to parties and places, reading by reading, and the agreements around it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from tracker.codebook import Act, Role, ZoneRule
from tracker.public.models import Edition, Kind
from tracker.public.pages.agreement.standing import Standing, standing
from tracker.public.pages.agreement.view import View
from tracker.public.pages.reading import Document, documents


@dataclass(frozen=True)
class Place:
    """What one record makes of a party, or of an area: a code, and since and until when it holds."""

    code: Role | ZoneRule
    told: Document


@dataclass(frozen=True)
class Bound:
    """What a party is to the agreement under each reading; several, where that has changed."""

    party: Document
    readings: list[list[Place]]


@dataclass(frozen=True)
class Zone:
    """An area drawn for one reading, or with None for all."""

    rule: ZoneRule
    told: Document
    reading: Document | None


@dataclass(frozen=True)
class Demand:
    """A provision, and what it prohibits."""

    told: Document
    acts: list[Act]


@dataclass(frozen=True)
class Kin:
    """An agreement above or under this one."""

    agreement: Document
    standing: Standing


def bound(view: View) -> list[Bound]:
    """By role under the reading of the page, then by name."""
    records: dict[str, list[Document]] = defaultdict(list)
    for each in view.agreement["adherences"]:
        records[each["party"]["id"]].append(each)
    told = [_bound(view, adherences) for adherences in records.values()]
    roles, readings = [*Role], view.agreement["readings"]
    at = readings.index(view.reading) if view.reading else 0

    def by_role(each: Bound) -> tuple[int, str]:
        places = each.readings[at]
        return (roles.index(places[0].code) if places else len(roles), each.party["name"])

    return sorted(told, key=by_role)


def _bound(view: View, adherences: list[Document]) -> Bound:
    """A reading's own records of a party are heard instead of those for all readings."""
    readings = []
    for reading in view.agreement["readings"] or [{"id": None}]:
        own = [each for each in adherences if each["reading"] == reading["id"]]
        heard = own or [each for each in adherences if each["reading"] is None]
        heard.sort(key=lambda each: each["valid_from"] or "")
        readings.append([Place(Role(each["role"]), each) for each in heard])
    return Bound(adherences[0]["party"], readings)


def zones(view: View) -> list[Zone]:
    """The areas drawn for it: those of all readings first."""
    readings = {each["id"]: each for each in view.agreement["readings"]}
    held = documents(Edition.objects.of(Kind.ZONES).filter(public_id=view.slug))
    drawn = [feature["properties"] for each in held for feature in each["features"]]
    drawn.sort(key=lambda zone: [*readings].index(zone["reading"]) if zone["reading"] else -1)
    return [Zone(ZoneRule(each["rule"]), each, readings.get(each["reading"])) for each in drawn]


def demands(agreement: Document) -> list[Demand]:
    return [Demand(each, [Act(code) for code in each["acts"]]) for each in agreement["provisions"]]


def kin(view: View) -> tuple[Kin | None, list[Kin]]:
    """The agreement it stands under, and those under it, the oldest first."""
    told = all_agreements()
    above = [each for each in told if each["id"] == view.agreement["parent"]]
    under = [each for each in told if each["parent"] == view.slug]
    family = [Kin(each, standing(each, view.on)) for each in (*above, *under)]
    return (family[0] if above else None), family[len(above) :]


def all_agreements() -> list[Document]:
    """The documents of all that are published, the oldest first."""
    told = documents(Edition.objects.of(Kind.AGREEMENT).order_by("public_id"))
    return sorted(told, key=lambda each: each["effective_from"])
