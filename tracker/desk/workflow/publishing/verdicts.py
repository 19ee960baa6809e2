"""The public form of what an incident is to each agreement: in short, and with its reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from tracker.codebook import VerdictCode
from tracker.desk.workflow.judging import AgreementScope, ReadingScope


def in_short(scope: Iterable[AgreementScope]) -> list[dict[str, Any]]:
    """What stands in the incident's own document, which lists hold many of."""
    return [
        {
            "agreement": each.agreement.slug,
            "overall": str(each.overall),
            "readings": [_verdict(reading) for reading in each.readings],
        }
        for each in _oldest_first(scope)
    ]


def with_reasons(public_id: str, scope: Iterable[AgreementScope]) -> dict[str, Any]:
    agreements = [
        {
            "agreement": each.agreement.slug,
            "title": each.agreement.title,
            "title_ar": each.agreement.title_ar or None,
            "overall": str(each.overall),
            "readings": [_reasoned(reading) for reading in each.readings],
        }
        for each in _oldest_first(scope)
    ]
    return {"id": public_id, "incident": public_id, "agreements": agreements}


def facets(short: Iterable[dict[str, Any]]) -> dict[str, set[str]]:
    """What an incident and its reports are found by, from the verdicts in its document."""
    verdicts = [
        (reading["verdict"], reading["reading"]) for each in short for reading in each["readings"]
    ]
    contested = {each["agreement"] for each in short if each["overall"] == VerdictCode.CONTESTED}
    return {
        "verdict": {form for code, slug in verdicts for form in (code, f"{code}@{slug}")},
        "contested": contested,
    }


def _verdict(scope: ReadingScope) -> dict[str, Any]:
    return {
        "reading": scope.reading.slug,
        "verdict": str(scope.code),
        "test": str(scope.test) or None,
    }


def _reasoned(scope: ReadingScope) -> dict[str, Any]:
    verdict = _verdict(scope)
    return {
        "reading": verdict.pop("reading"),
        "name": scope.reading.name,
        "name_ar": scope.reading.name_ar or None,
        **verdict,
        "findings": [asdict(finding) for finding in scope.findings],
    }


def _oldest_first(scope: Iterable[AgreementScope]) -> list[AgreementScope]:
    return sorted(scope, key=lambda each: (each.agreement.effective_from, each.agreement.slug))
