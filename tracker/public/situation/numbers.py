"""What goes into a situation report: numbers and ids alone.

Names are looked up when it is read, so that what is hidden or taken back later is so in it too.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import asdict
from typing import Any

import orjson

from tracker.codebook import Act, Sight, Verification
from tracker.periods import Period
from tracker.public import statistics
from tracker.public.analytics import cells, comparing, timeline
from tracker.public.analytics.selection import Selection
from tracker.public.analytics.summary import summarise
from tracker.public.analytics.watching import watch
from tracker.public.models import Edition, Kind
from tracker.public.situation import compared, established
from tracker.public.situation.asked import before
from tracker.public.tallies import concordance
from tracker.scope.days import Span

# Squares of the map, from the finest on, until they are few enough.
ZOOMS, MOST_CELLS = (9, 7, 5), 400
COUNTED = ("count", "confirmed", "cannot_confirm", "target_excluded")

Numbers = dict[str, Any]


def report(days: Span, agreement: str | None = None) -> Numbers:
    """The numbers of these days, beside those of as many days before them."""
    earlier, agreements = before(days), _agreements(agreement)
    about = agreements[0] if agreement and agreements else None
    selection = _selected(days, agreement)
    now, then = summarise(selection), summarise(_selected(earlier, agreement))
    return {
        "agreement": agreement,
        "days": _told(days),
        "days_before": _told(earlier),
        "in_force_before": _was_in_force(about, earlier) if about else None,
        "incidents": {"now": now.incidents, "before": then.incidents},
        "by_act": compared.by_code(Act, now.by["act"], then.by["act"]),
        "by_verification": compared.by_code(
            Verification, now.by["verification"], then.by["verification"]
        ),
        "readings": compared.by_verdict(agreements, now, then),
        "contested": compared.contested(agreements, now, then),
        "established": established.of_days(days, agreement),
        "established_meanwhile": established.meanwhile(days, agreement),
        "tallies": [
            _tally(each) for row in concordance(days.first, days.last) for each in row["counts"]
        ],
        "coverage": {"now": _sights(days), "before": _sights(earlier)},
        "timeline": _timeline(selection, days, about),
        "map": _map(selection, now.incidents),
    }


def digest(numbers: Numbers) -> str:
    """SHA-256 of the numbers as JSON in UTF-8, members sorted by name, without spaces."""
    return hashlib.sha256(orjson.dumps(numbers, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _selected(days: Span, agreement: str | None) -> Selection:
    asked: dict[str, Any] = {"date_from": days.first, "date_to": days.last}
    return statistics.selected({**asked, "agreement": [agreement]} if agreement else asked)


def _told(days: Span) -> dict[str, str]:
    return {"first": days.first.isoformat(), "last": days.last.isoformat()}


def _agreements(agreement: str | None) -> list[dict[str, Any]]:
    published = Edition.objects.of(Kind.AGREEMENT).order_by("label")
    if agreement:
        published = published.filter(public_id=agreement)
    return [orjson.loads(told) for told in published.values_list("document", flat=True)]


def _was_in_force(agreement: dict[str, Any], days: Span) -> bool:
    """Whether it was on all of these days."""
    in_force = comparing.InForce.of(agreement)
    return in_force.first <= days.first and (in_force.last or days.last) >= days.last


def _tally(tally: dict[str, Any]) -> dict[str, Any]:
    return {"id": tally["id"], "day": tally["date_end"], **{name: tally[name] for name in COUNTED}}


def _sights(days: Span) -> dict[str, int]:
    counted: Counter[Sight] = watch(days).count(days)
    return {str(sight): counted[sight] for sight in Sight}


def _timeline(selection: Selection, days: Span, agreement: dict[str, Any] | None) -> dict[str, Any]:
    """Day by day; of an agreement by verdict, under its first reading."""
    readings = agreement["readings"] if agreement else []
    reading = readings[0]["id"] if readings else None
    split = timeline.Split("verdict", reading, agreement["id"]) if agreement and reading else None
    spans = timeline.buckets(days, Period.DAY) or []
    drawn = timeline.draw(selection, spans, Period.DAY, watch(days), split)
    series = {each.value: each.counts for each in drawn.series}
    return {
        "reading": reading,
        "imprecise": drawn.imprecise,
        "days": [
            {
                "day": bucket.start.isoformat(),
                "incidents": bucket.incidents,
                "coverage": str(bucket.coverage),
                "verdicts": [
                    {"value": str(code), "now": series[code][number] if code in series else 0}
                    for code in (compared.JUDGED if split else ())
                ],
            }
            for number, bucket in enumerate(drawn.buckets)
        ],
    }


def _map(selection: Selection, incidents: int) -> dict[str, Any]:
    for zoom in ZOOMS:
        found = cells.count(selection, cells.Window(zoom), most=MOST_CELLS)
        if found is not None:
            break
    told = [{name: asdict(each)[name] for name in ("x", "y", "incidents")} for each in found or []]
    located = sum(each["incidents"] for each in told)
    return {"zoom": zoom, "cells": told, "unlocated": incidents - located}
