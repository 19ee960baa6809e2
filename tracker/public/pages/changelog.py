"""The history of an incident in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

# The members of an incident's document that its history may name.
MEMBERS = {
    "title": _("title"),
    "title_ar": _("title in Arabic"),
    "date_start": _("first day"),
    "date_end": _("last day"),
    "date_precision": _("precision of the date"),
    "place": _("place"),
    "position": _("position"),
    "geo_precision": _("precision of the place"),
    "acts": _("acts"),
    "means": _("means"),
    "targets": _("targets"),
    "target_parties": _("parties hit"),
    "summary": _("summary"),
    "summary_ar": _("summary in Arabic"),
    "verification": _("verification"),
    "agreements": _("agreements in force"),
    "verdicts": _("verdicts"),
    "corroboration": _("independent groups of sources"),
    "reports": _("claims"),
    "assessments": _("assessments of the desk"),
}
# The code lists that the values of members are from.
LISTS = {
    "date_precision": "date_precision",
    "geo_precision": "geo_precision",
    "acts": "act",
    "means": "means",
    "targets": "target",
    "verification": "verification",
}


@dataclass(frozen=True)
class Difference:
    """A member's values before and after; of codes, `of` names the list they are from."""

    name: Any
    of: str
    before: list[Any]
    after: list[Any]


@dataclass(frozen=True)
class Change:
    """One revision: what became of the incident, what else is new in it, and how."""

    revision: int
    date: str
    what: str
    reason: str | None
    others: list[Any]
    differences: list[Difference]


def changes(history: dict[str, Any]) -> list[Change]:
    """The revisions of a history, the latest first."""
    return [_change(each) for each in reversed(history["revisions"])]


def _change(entry: dict[str, Any]) -> Change:
    told = [each["field"] for each in entry["differences"]]
    return Change(
        revision=entry["revision"],
        date=entry["date"],
        what=entry["what"],
        reason=entry["reason"],
        others=[MEMBERS.get(name, name) for name in entry["changed"] if name not in told],
        differences=[_difference(each) for each in entry["differences"]],
    )


def _difference(told: dict[str, Any]) -> Difference:
    name = told["field"]
    before, after = _listed(told["before"]), _listed(told["after"])
    return Difference(MEMBERS.get(name, name), LISTS.get(name, ""), before, after)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
