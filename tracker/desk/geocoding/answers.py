"""What a provider has told already, kept in the database."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.utils import timezone

from tracker.desk.geocoding.suggestions import Suggestion
from tracker.desk.models import GeocoderAnswer

KEPT_FOR = dt.timedelta(days=180)
clock = timezone.now


def known(provider: str, question: str) -> list[Suggestion] | None:
    """The kept answer, which may be that there is none; None where nobody has asked of late."""
    kept = GeocoderAnswer.objects.filter(
        provider=provider, question=question, asked_at__gt=clock() - KEPT_FOR
    ).first()
    return [Suggestion(**place) for place in kept.answer] if kept else None


def keep(provider: str, question: str, suggestions: list[Suggestion]) -> None:
    GeocoderAnswer.objects.update_or_create(
        provider=provider,
        question=question,
        defaults={
            "answer": [dataclasses.asdict(each) for each in suggestions],
            "asked_at": clock(),
        },
    )
