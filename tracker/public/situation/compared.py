"""What is counted in a period beside what is counted in the one before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tracker.codebook import VerdictCode
from tracker.public.analytics.summary import Count, Summary

JUDGED = (VerdictCode.VIOLATION, VerdictCode.UNDETERMINED, VerdictCode.OUTSIDE)

Beside = dict[str, Any]


def by_code(codes: Iterable[str], now: list[Count], then: list[Count]) -> list[Beside]:
    """Each code that either has any of, in the codebook's order; None is having none."""
    counted = _counted(now), _counted(then)
    told = (_beside(*counted, code) for code in (*map(str, codes), None))
    return [each for each in told if each["now"] or each["before"]]


def by_verdict(
    agreements: Iterable[dict[str, Any]], now: Summary, then: Summary
) -> list[dict[str, Any]]:
    """Under each reading of each agreement, how many come to each verdict."""
    return [
        {
            "agreement": agreement["id"],
            "reading": reading["id"],
            "verdicts": _verdicts(reading["id"], now, then),
        }
        for agreement in agreements
        for reading in agreement["readings"]
    ]


def contested(
    agreements: Iterable[dict[str, Any]], now: Summary, then: Summary
) -> list[dict[str, Any]]:
    """Of each agreement that has several readings, how many they differ on."""
    counted = _counted(now.contested), _counted(then.contested)
    told = (_beside(*counted, each["id"]) for each in agreements if len(each["readings"]) > 1)
    return [{"agreement": each.pop("value"), **each} for each in told]


def _verdicts(reading: str, now: Summary, then: Summary) -> list[Beside]:
    counted = _under(reading, now), _under(reading, then)
    return [_beside(*counted, str(code)) for code in JUDGED]


def _under(reading: str, summary: Summary) -> dict[str | None, int]:
    found = (each.verdicts for each in summary.readings if each.reading == reading)
    return _counted(next(found, []))


def _counted(counts: Iterable[Count]) -> dict[str | None, int]:
    return {each.value: each.incidents for each in counts}


def _beside(now: dict[str | None, int], then: dict[str | None, int], value: str | None) -> Beside:
    return {"value": value, "now": now.get(value, 0), "before": then.get(value, 0)}
