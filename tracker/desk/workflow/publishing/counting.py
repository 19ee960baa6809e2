"""The counts of published incidents, kept in the transaction that changes what is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from tracker.desk.workflow.publishing.drafts import Draft
from tracker.public import rollups
from tracker.public.models import Edition, EditionQuerySet, Kind

Store = Callable[..., Edition]
_being_counted: ContextVar[frozenset[str]] = ContextVar("being counted", default=frozenset())


@contextmanager
def counted(public_ids: Iterable[str]) -> Iterator[None]:
    """Let the counts follow what is written of these incidents within.

    Within another such block, which counts them all at once, it leaves them to that.
    """
    around = _being_counted.get()
    changed = set(public_ids) - around
    if not changed:
        yield
        return
    incidents = Edition.objects.of(Kind.INCIDENT).filter(public_id__in=changed)
    before = rollups.tally(incidents)
    token = _being_counted.set(around | changed)
    try:
        yield
    finally:
        _being_counted.reset(token)
    after = rollups.tally(incidents)
    changes = {model: Counter(counts) for model, counts in after.items()}
    for model, counts in before.items():
        changes[model].subtract(counts)
        changes[model] = Counter({key: each for key, each in changes[model].items() if each})
    rollups.add(changes)


def keeps_count(store: Store) -> Store:
    """Let the counts follow what storing a draft changes of an incident."""

    @wraps(store)
    def stored(draft: Draft, **told: Any) -> Edition:
        with counted([draft.public_id] if draft.kind == Kind.INCIDENT else []):
            return store(draft, **told)

    return stored


def rebuild() -> int:
    """Count all anew. Answers how many counts were wrong."""
    return rollups.rebuild(_all())


def wrong() -> int:
    """How many counts are not what counting anew gives."""
    return sum(map(len, rollups.differences(_all()).values()))


def _all() -> EditionQuerySet:
    return Edition.objects.of(Kind.INCIDENT)
