"""Changes entered in the ledger: the only code that writes Revision, Sealed and Unrecorded."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps as installed
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from tracker.desk.models import User
from tracker.desk.workflow import inserting
from tracker.desk.workflow.recording.kinds import is_step
from tracker.desk.workflow.recording.states import (
    SEALED,
    State,
    is_same,
    is_sealed,
    seal,
    sealed_paths,
    states,
    written,
)

BATCH = 500
# As many values as any SQLite takes in one question, and to spare.
MOST_ASKED = 10_000
REVISION = (
    *("number", "kind", "thing", "by_id", "at", "why", "is_step", "before", "after"),
    *("previous", "hash"),
)
# What the first revision names as the one before it.
NOTHING = "0" * 64
# Any number, as long as nothing else in this database locks by it.
LOCK = 5_202_017


@dataclass
class Change:
    by: int | None
    whys: list[str] = field(default_factory=list)
    last: dict[Callable[[], None], None] = field(default_factory=dict)


_change: ContextVar[Change | None] = ContextVar("change", default=None)


@contextmanager
def recorded(*, by: User | AnonymousUser | None, why: str = "") -> Iterator[None]:
    """One change by one person: all written within is entered in the ledger, or nothing is written.

    Within another change it is a part of that one and adds its reason. `by` is None for a command
    or a job.
    """
    if outer := _change.get():
        outer.whys += [why] if why else []
        yield
        return
    token = _change.set(change := Change(by.pk if by else None, [why] if why else []))
    try:
        with transaction.atomic():
            yield
            enter(by=change.by, why="; ".join(dict.fromkeys(change.whys)))
            for work in change.last:
                work()
    finally:
        _change.reset(token)


def because(why: str) -> None:
    """Give the change that is being made a reason."""
    if why and (change := _change.get()):
        change.whys.append(why)


def at_the_end(work: Callable[[], None]) -> None:
    """Do this once the change that is being made is whole, and once alone; at once where none is."""
    if change := _change.get():
        change.last[work] = None
    else:
        work()


def enter(*, by: int | None, why: str, apps: Any = installed) -> None:
    """Write the revisions of all that this transaction has changed and not entered yet."""
    unrecorded = apps.get_model("desk", "Unrecorded").objects
    changed = defaultdict(set)
    for kind, thing in unrecorded.values_list("kind", "thing").distinct():
        changed[kind].add(thing)
    if not changed:
        return
    ledger = _Ledger(by=by, why=why, apps=apps)
    for kind in sorted(changed):
        things = sorted(changed[kind])
        for at in range(0, len(things), BATCH):
            ledger.add(kind, things[at : at + BATCH])
    unrecorded.all().delete()


def told(revisions: QuerySet[Any]) -> dict[int, State]:
    """What the ledger says each thing is: these revisions, of one kind, replayed."""
    found: dict[int, State] = defaultdict(dict)
    rows = revisions.order_by("number").values_list("thing", "before", "after")
    for thing, before, after in rows:
        state = found[thing]
        for path in json.loads(before):
            state.pop(path, None)
        state |= json.loads(after)
    return found


def opened(states: Iterable[State], apps: Any = installed) -> dict[str, Any]:
    """The values behind the digests in these states; of one destroyed, none."""
    digests = [value[SEALED] for state in states for value in state.values() if is_sealed(value)]
    sealed = apps.get_model("desk", "Sealed").objects
    found: dict[str, Any] = {}
    for at in range(0, len(digests), MOST_ASKED):
        rows = sealed.filter(digest__in=digests[at : at + MOST_ASKED])
        found |= {key: json.loads(text) for key, text in rows.values_list("digest", "value")}
    return found


def hold() -> None:
    """Let no one else write in the ledger until this transaction ends."""
    if connection.vendor == "postgresql":
        # SQLite has one writer at a time anyway.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


class _Ledger:
    """The end of the ledger, held until the transaction ends so that no other one writes there."""

    def __init__(self, *, by: int | None, why: str, apps: Any) -> None:
        self._apps, self._by, self._why = apps, by, why
        self._revisions = apps.get_model("desk", "Revision").objects
        self._sealed = apps.get_model("desk", "Sealed").objects
        hold()
        last = self._revisions.order_by("-number").first()
        self._number: int = last.number if last else 0
        self._hash: str = last.hash if last else NOTHING
        self._at = timezone.now()

    def add(self, kind: str, things: Collection[int]) -> None:
        now = states(kind, things, self._apps)
        before = told(self._revisions.filter(kind=kind, thing__in=things))
        values = opened(before.values(), self._apps)
        revisions, sealed = [], []
        for thing in things:
            old, new = before.get(thing, {}), now.get(thing, {})
            changed = _changed(old, new, values)
            if not changed:
                continue
            after = {path: new[path] for path in changed if path in new}
            for path in sealed_paths(kind, after):
                key, salt, text = seal(after[path])
                sealed.append((key, salt, text))
                after[path] = {SEALED: key}
            earlier = {path: old[path] for path in changed if path in old}
            revisions.append(self._next(kind, thing, earlier, after))
        inserting.insert(self._sealed.model, ("digest", "salt", "value"), sealed)
        inserting.insert(
            self._revisions.model,
            REVISION,
            ([getattr(revision, name) for name in REVISION] for revision in revisions),
        )

    def _next(self, kind: str, thing: int, before: State, after: State) -> Any:
        self._number += 1
        revision = self._revisions.model(
            number=self._number,
            kind=kind,
            thing=thing,
            by_id=self._by,
            at=self._at,
            why=self._why,
            is_step=bool(before) and is_step({*before, *after}),
            before=written(before),
            after=written(after),
            previous=self._hash,
        )
        revision.hash = self._hash = hash_of(revision)
        return revision


def hash_of(revision: Any) -> str:
    """The hash a revision must have, by all else that it says."""
    said = [
        revision.number,
        revision.previous,
        revision.kind,
        revision.thing,
        revision.by_id,
        revision.at.astimezone(dt.UTC).isoformat(),
        revision.why,
        revision.is_step,
        revision.before,
        revision.after,
    ]
    return hashlib.sha256(written(said).encode()).hexdigest()


def _changed(old: State, new: State, values: dict[str, Any]) -> list[str]:
    """The paths that differ. One whose sealed value was destroyed counts as changed."""
    if not old:
        return sorted(new)
    absent = object()

    def told(path: str) -> Any:
        value = old.get(path, absent)
        return values.get(value[SEALED], value) if is_sealed(value) else value

    return sorted(path for path in {*old, *new} if not is_same(told(path), new.get(path, absent)))
