"""Statistics: what the charts draw. Each tells its rules and where the list is that it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any

import orjson
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request

from tracker.codebook import Inclusion, Sight
from tracker.openapi import parameters, refusals
from tracker.parameters import Parameters
from tracker.periods import Period
from tracker.public import statistics
from tracker.public.accusing import ACCUSING
from tracker.public.analytics import accusations, cells, comparing, counts, quiet, timeline
from tracker.public.analytics.summary import summarise
from tracker.public.analytics.watching import Watch, watch
from tracker.public.api.statistics_documents import (
    AccusationsDocument,
    BeforeAfterDocument,
    CellsDocument,
    QuietDaysDocument,
    SummaryDocument,
    TimelineDocument,
)
from tracker.public.api.views import PublicView, find
from tracker.public.filters import IncidentQuery, Query, ReportQuery
from tracker.public.models import Kind
from tracker.scope.days import Span

MOST_CELLS, MOST_ACCUSATIONS = 4000, 1000
# A list that can be linked to: the name of its address, and its filters.
List = tuple[str, type[Query]]
INCIDENTS: List = ("incidents", IncidentQuery)
REPORTS: List = ("reports", ReportQuery)
NO_OTHER: Mapping[str, str] = MappingProxyType({})
STANCES = ",".join(ACCUSING)


def statistic(name: str, document: Any, query: type[Parameters]) -> Callable[..., Any]:
    return extend_schema_view(
        get=extend_schema(
            tags=["stats"],
            operation_id=f"stats_{name}",
            parameters=parameters(query),
            responses={200: document, **refusals(400)},
        )
    )


@statistic("summary", SummaryDocument, statistics.SummaryQuery)
class Summary(PublicView):
    """How many incidents are published, under each code. Unknown is a count of its own."""

    def get(self, request: Request) -> HttpResponse:
        asked = statistics.SummaryQuery.read(request.query_params)
        selection = statistics.selected(asked)
        told = asdict(summarise(selection))
        days = counts.extent(selection)
        told |= {"permalink": _address(request), "coverage": _coverage(days, asked)}
        rules = [Inclusion.UNDER_EACH, Inclusion.ONE_READING, Inclusion.NO_FIGURES]
        return _answer([Inclusion.EACH_ONCE, *rules, Inclusion.TOLD_COVERAGE], told)


@statistic("timeline", TimelineDocument, statistics.TimelineQuery)
class Timeline(PublicView):
    """Incidents by day, week, month or year, and what monitors could see meanwhile."""

    def get(self, request: Request) -> HttpResponse:
        asked = statistics.TimelineQuery.read(request.query_params)
        selection, split = statistics.selected(asked), statistics.split(asked)
        period, days = Period(asked["interval"]), counts.extent(selection)
        spans = timeline.buckets(days, period)
        if spans is None:
            raise serializers.ValidationError(
                {
                    "interval": [
                        _("More than %(most)d buckets: ask for longer ones, or for fewer days.")
                        % {"most": timeline.MOST_BUCKETS}
                    ]
                }
            )
        watched = watch(days, statistics.places(asked)) if days else Watch([], [])
        drawn = asdict(timeline.draw(selection, spans, period, watched, split))
        told = {
            "permalink": _address(request),
            "interval": period,
            "by": asked.get("by"),
            "under": asked.get("under"),
            "coverage": _days(watched.count(days)) if days else None,
        }
        rules = [Inclusion.EACH_ONCE, Inclusion.IMPRECISE_APART, Inclusion.NO_FIGURES]
        apart = Inclusion.ONE_READING if asked.get("under") else Inclusion.UNDER_EACH
        rules += [apart, Inclusion.TOLD_COVERAGE] if split else [Inclusion.TOLD_COVERAGE]
        return _answer(rules, {**told, **drawn})


@statistic("cells", CellsDocument, statistics.CellsQuery)
class Cells(PublicView):
    """Incidents in each tile of the map. Tiles without any are not told, and are not without any
    violation: see coverage."""

    def get(self, request: Request) -> HttpResponse:
        asked = statistics.CellsQuery.read(request.query_params)
        selection = statistics.selected(asked)
        window = cells.Window(asked["zoom"], asked.get("view"))
        found = cells.count(selection, window, most=MOST_CELLS)
        if found is None:
            raise serializers.ValidationError(
                {
                    "zoom": [
                        _("More than %(most)d tiles: ask for a lower zoom, or a smaller view.")
                        % {"most": MOST_CELLS}
                    ]
                }
            )
        located = sum(cell.incidents for cell in found)
        told = {
            "permalink": _address(request, statistics.boxed(window)),
            "zoom": window.zoom,
            "incidents": located,
            "unlocated": None if window.box else counts.total(selection) - located,
            "coverage": _coverage(counts.extent(selection), asked),
            "cells": [asdict(cell) for cell in found],
        }
        rules = [Inclusion.EACH_ONCE, Inclusion.WHOLE_CELLS, Inclusion.TOLD_COVERAGE]
        return _answer(rules, told)


@statistic("accusations", AccusationsDocument, statistics.AccusationsQuery)
class Accusations(PublicView):
    """Who accuses whom, of how many incidents. Claims, and no findings."""

    def get(self, request: Request) -> HttpResponse:
        asked = statistics.AccusationsQuery.read(request.query_params)
        speakers = accusations.speakers() if asked["by"] == "party" else None
        found = statistics.accusations_among(asked, speakers)
        told = found[:MOST_ACCUSATIONS]
        accusers = {each.accuser for each in told if each.accuser}
        parties = {each.accused for each in told} | (accusers if speakers is not None else set())
        members = {
            "permalink": _address(request, {"stance": STANCES}, of=REPORTS),
            "by": asked["by"],
            "accusers": [] if speakers is not None else _references(Kind.SOURCE, accusers),
            "parties": _references(Kind.PARTY, parties),
            "cells": [{**asdict(each), **_where(request, each, speakers)} for each in told],
            "left_out": len(found[MOST_ACCUSATIONS:]),
        }
        return _answer([Inclusion.ACCUSING, Inclusion.NO_FIGURES], members)


@statistic("quiet_days", QuietDaysDocument, statistics.QuietDaysQuery)
class QuietDays(PublicView):
    """Days without a published incident; of a place with place, without a violation with verdict."""

    def get(self, request: Request) -> HttpResponse:
        asked = statistics.QuietDaysQuery.read(request.query_params)
        days = Span(asked["date_from"], asked["date_to"])
        entries = statistics.selected_on_any_day(asked).entries
        found = quiet.days_without(entries, days, watch(days, statistics.places(asked)))
        told = {
            "permalink": _address(request),
            **statistics.told_days(days),
            "days": found.days,
            "with_incidents": found.with_incidents,
            "perhaps": found.perhaps,
            "quiet": _days(found.quiet),
            "stretches": [
                {**asdict(each.days), "what": each.what, "coverage": each.coverage}
                for each in found.stretches
            ],
        }
        return _answer([Inclusion.QUIET_DAYS, Inclusion.TOLD_COVERAGE], told)


@statistic("before_after", BeforeAfterDocument, statistics.BeforeAfterQuery)
class BeforeAfter(PublicView):
    """Incidents before, during and after an agreement. What lies between them has more causes."""

    def get(self, request: Request) -> HttpResponse:
        asked = statistics.BeforeAfterQuery.read(request.query_params)
        edition = find(Kind.AGREEMENT, asked["around"])
        if edition is None:
            raise serializers.ValidationError(
                {"around": [_("“%s” is no published agreement.") % asked["around"]]}
            )
        agreement = orjson.loads(edition.document)
        in_force = comparing.InForce.of(agreement)
        length = statistics.window_length(asked, in_force.length)
        spans = in_force.windows(length)
        first = min(each.first for each in spans.values())
        last = max(each.last for each in spans.values())
        watched = watch(Span(first, last), statistics.places(asked))
        windows = comparing.compare(statistics.selected(asked), spans, watched)
        told = {
            "agreement": {name: agreement[name] for name in ("id", "title", "title_ar")},
            "days": length,
            "windows": [_window(request, each) for each in windows],
        }
        rules = [Inclusion.EACH_ONCE, Inclusion.EQUAL_WINDOWS, Inclusion.TOLD_COVERAGE]
        return _answer(rules, told)


def _window(request: Request, window: comparing.Window) -> dict[str, Any]:
    days = statistics.told_days(window.days)
    return {
        "window": window.name,
        **days,
        "incidents": window.incidents,
        "imprecise": window.imprecise,
        "coverage": _days(window.coverage),
        "permalink": _address(request, days),
    }


def _where(
    request: Request, accusation: accusations.Accusation, speakers: accusations.Speakers | None
) -> dict[str, str | None]:
    """The addresses at which an accusation can be read."""
    if accusation.accuser is None:
        return {"permalink": None, "incidents_permalink": None}
    named = [accusation.accuser]
    claimants = speakers[accusation.accuser] if speakers is not None else named
    asked = request.query_params.get("claimant")
    both = {
        "claimant": ",".join(each for each in claimants if not asked or each in asked.split(",")),
        "accused": accusation.accused,
    }
    return {
        "permalink": _address(request, {**both, "stance": STANCES}, of=REPORTS),
        "incidents_permalink": _address(request, both),
    }


def _references(kind: Kind, slugs: set[str]) -> list[dict[str, Any]]:
    members = ("id", "name", "name_ar", *(("kind",) if kind == Kind.SOURCE else ()))
    named = accusations.named(kind, slugs)
    return [{member: named[slug][member] for member in members} for slug in sorted(named)]


def _coverage(days: Span | None, asked: dict[str, Any]) -> dict[str, int] | None:
    return _days(watch(days, statistics.places(asked)).count(days)) if days else None


def _days(counted: Counter[Sight]) -> dict[str, int]:
    return {str(sight): counted[sight] for sight in Sight}


def _address(request: Request, other: Mapping[str, str] = NO_OTHER, *, of: List = INCIDENTS) -> str:
    """Where the list is that answers to the same filters, but for these others."""
    name, query = of
    told = statistics.of_the_list(query, request.query_params, other)
    address = request.build_absolute_uri(reverse(name))
    return f"{address}?{told.urlencode()}" if told else address


def _answer(rules: list[Inclusion], members: dict[str, Any]) -> HttpResponse:
    told = {**members, "rules": [_rule(rule) for rule in rules]}
    return HttpResponse(orjson.dumps(told), content_type="application/json")


def _rule(rule: Inclusion) -> dict[str, str]:
    """A rule in both languages: the answer is the same for everyone."""
    texts = {}
    for member, language in (("text", "en"), ("text_ar", "ar")):
        with translation.override(language):
            texts[member] = str(rule.definition)
    return {"code": str(rule), **texts}
