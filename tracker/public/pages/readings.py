"""By whose reading of which agreement a page is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from tracker.public.models import Edition, Kind
from tracker.public.pages.reading import Document, documents


@dataclass(frozen=True)
class ReadBy:
    agreement: Document
    reading: Document


def agreements() -> list[Document]:
    """Those that are published, by their names."""
    return documents(Edition.objects.of(Kind.AGREEMENT).order_by("label", "public_id"))


def read_by(asked: dict[str, Any], held: list[Document]) -> ReadBy | None:
    """The reading that was asked for; else the first of the one agreement that is meant; None where
    several may be meant. Raises a validation error for a reading that is not published.
    """
    named = asked.get("under") or _only(asked.get("reading", []))
    if named:
        for agreement in held:
            for reading in agreement["readings"]:
                if reading["id"] == named:
                    return ReadBy(agreement, reading)
        if "under" in asked:
            raise serializers.ValidationError(
                {"under": [_("“%s” is no reading of a published agreement.") % named]}
            )
    named_agreements = asked.get("agreement", [])
    meant = [
        each
        for each in held
        if (each["id"] in named_agreements if named_agreements else each["parent"] is None)
    ]
    agreement = _only(meant)
    if agreement is None or not agreement["readings"]:
        return None
    return ReadBy(agreement, agreement["readings"][0])


def zones(by: ReadBy | None) -> list[Document]:
    """The zones that a reading draws, as GeoJSON features: its own, and those of all readings."""
    if by is None:
        return []
    drawn = documents(Edition.objects.of(Kind.ZONES).filter(public_id=by.agreement["id"]))
    features = [zone for told in drawn for zone in told["features"]]
    return [each for each in features if each["properties"]["reading"] in (None, by.reading["id"])]


def _only(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else None
