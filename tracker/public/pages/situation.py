"""Situation reports: what happened in a period, as the record stands or as it was issued."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tracker.codebook import ESTABLISHED, Inclusion
from tracker.parameters import Parameters
from tracker.public.charts import bars
from tracker.public.models import Edition, Kind
from tracker.public.pages import situation_map
from tracker.public.pages.addresses import address_of
from tracker.public.pages.asking import page
from tracker.public.pages.reading import Document, by_id, document, documents
from tracker.public.pages.situation_tables import Numbers, tables
from tracker.public.pages.situation_word import answer
from tracker.public.pages.wording import days as written_days
from tracker.public.pages.wording import own
from tracker.public.situation.asked import SituationQuery, days_of
from tracker.public.situation.numbers import digest, report

RULES = (
    *(Inclusion.EACH_ONCE, Inclusion.UNDER_EACH, Inclusion.ONE_READING, Inclusion.NO_FIGURES),
    *(Inclusion.IMPRECISE_APART, Inclusion.TOLD_COVERAGE, Inclusion.WHOLE_CELLS),
)


# So many of those that were issued are listed; all of them are in the API.
SHOWN = 60


@dataclass(frozen=True)
class Established:
    """An incident that is held to have happened; None where it was taken back since."""

    id: str
    verification: str
    incident: Document | None


@page(SituationQuery)
def situation(request: HttpRequest, *, asked: dict[str, Any]) -> HttpResponse:
    """The report of any days as the record stands; those that were issued, and a form for others."""
    days = days_of(asked)
    context: dict[str, Any] = {
        "agreements": documents(Edition.objects.of(Kind.AGREEMENT).order_by("label")),
        "asked": asked,
    }
    if days is None:
        newest = Edition.objects.of(Kind.SITUATION).order_by("-label", "-public_id")
        context["issued"] = documents(newest[:SHOWN])
        return render(request, "pages/situations.html", context)
    numbers = report(days, asked.get("agreement"))
    context |= {**told(numbers, is_live=True), "filters": _filters(numbers)}
    return render(request, "pages/situation.html", context)


@page(Parameters)
def issued(request: HttpRequest, *, slug: str, asked: dict[str, Any]) -> HttpResponse:
    """A report as it was issued, with what was corrected since."""
    edition = document(Kind.SITUATION, slug)
    numbers = edition["numbers"]
    context = {
        **told(numbers, is_live=False),
        "edition": edition,
        "filters": _filters(numbers),
        "is_whole": digest(numbers) == edition["sha256"],
    }
    return render(request, "pages/situation.html", context)


@page(SituationQuery)
def situation_word(request: HttpRequest, *, asked: dict[str, Any]) -> HttpResponse:
    """The report of any days as a Word document. Raises Http404 where none are asked for."""
    days = days_of(asked)
    if days is None:
        raise Http404
    numbers = report(days, asked.get("agreement"))
    address = request.build_absolute_uri(
        address_of(request, "situation_page", query=_filters(numbers))
    )
    name = f"situation-{days.first}-{days.last}"
    return answer(told(numbers, is_live=True), name=name, address=address, edition=None)


@page(Parameters)
def issued_word(request: HttpRequest, *, slug: str, asked: dict[str, Any]) -> HttpResponse:
    """A report as it was issued, as a Word document."""
    edition = document(Kind.SITUATION, slug)
    address = request.build_absolute_uri(address_of(request, "situation_report_page", slug))
    said = told(edition["numbers"], is_live=False)
    return answer(said, name=f"situation-{slug}", address=address, edition=edition)


def told(numbers: Numbers, *, is_live: bool) -> dict[str, Any]:
    """What a report says, in the reader's language."""
    return {
        "title": title(numbers),
        "numbers": numbers,
        "tables": tables(numbers, is_live=is_live),
        "established": established(numbers["established"]),
        "meanwhile": established(numbers["established_meanwhile"] or []),
        "bars": chart(numbers["timeline"]),
        "kinds": _kinds(numbers["timeline"]),
        "map": situation_map.draw(numbers["map"]),
        "is_live": is_live,
        "rules": RULES,
        "verified_codes": ",".join(map(str, ESTABLISHED)),
    }


def title(numbers: Numbers) -> str:
    """What a report is called: its days, and the agreement it is about."""
    days = written_days(numbers["days"]["first"], numbers["days"]["last"])
    if not numbers["agreement"]:
        return _("Situation report, %(days)s") % {"days": days}
    found = by_id(Kind.AGREEMENT, [numbers["agreement"]]).get(numbers["agreement"])
    agreement = own(found, "title") or numbers["agreement"]
    return _("Situation report, %(days)s: %(agreement)s") % {"days": days, "agreement": agreement}


def established(held: list[dict[str, str]]) -> list[Established]:
    found = by_id(Kind.INCIDENT, [each["id"] for each in held])
    return [Established(each["id"], each["verification"], found.get(each["id"])) for each in held]


def chart(timeline: dict[str, Any]) -> bars.Bars:
    """The columns of its days: by verdict under the first reading, or in one."""
    return bars.draw([_bucket(each) for each in timeline["days"]])


def _bucket(each: dict[str, Any]) -> bars.Bucket:
    day = dt.date.fromisoformat(each["day"])
    judged = {pair["value"]: pair["now"] for pair in each["verdicts"]}
    counts = {**judged, "count": each["incidents"] - sum(judged.values())}
    return bars.Bucket(day, day, counts, each["coverage"])


def _kinds(timeline: dict[str, Any]) -> list[str]:
    return [pair["value"] for pair in timeline["days"][0]["verdicts"]] if timeline["days"] else []


def _filters(numbers: Numbers) -> dict[str, Any]:
    """What finds its incidents, and asks for the report anew."""
    days = {"date_from": numbers["days"]["first"], "date_to": numbers["days"]["last"]}
    return {**days, "agreement": numbers["agreement"]} if numbers["agreement"] else days
