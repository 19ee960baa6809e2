"""Whoever keeps a copy ends with what the server has, whatever is written while they read.

Some dozens of changes each time; for a minute with SYNC_SECONDS=60.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext

import pytest
from django.db import OperationalError, connection

from tests.factories import make_bulletin, make_incident, make_place, make_report, make_user
from tests.public.copying import Copy, served
from tracker.codebook import Publication, Step
from tracker.desk.models import Bulletin, Incident, Place, User
from tracker.desk.workflow import incident_merging, merging, publishing, stepping
from tracker.desk.workflow.recording import recorded
from tracker.errors import TrackerError
from tracker.public.models import Edition, Tombstone

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS = float(os.environ.get("SYNC_SECONDS", "0"))
WRITERS, CHANGES = 4, 10
# On SQLite one writes at a time, and of four who never pause one may be kept out until it gives up.
TURN = threading.Lock()


def in_turn() -> AbstractContextManager[object]:
    return nullcontext() if connection.vendor == "postgresql" else TURN


class Writer:
    """Does one thing after another for the public, each with things drawn by lot."""

    def __init__(self, seed: int, user: User) -> None:
        self.lot, self.user = random.Random(seed), user
        self.done: Counter[str] = Counter()
        self.ways: list[Callable[[], object]] = [
            *(self.create, self.create, self.change, self.change, self.change, self.withdraw),
            *(self.again, self.merge, self.count, self.merge_places),
        ]

    def work(self) -> Iterator[str]:
        for way in self._drawn():
            try:
                with in_turn(), recorded(by=self.user):
                    way()
                self.done[way.__name__] += 1
            except TrackerError:
                self.done[f"{way.__name__}, refused"] += 1
            except OperationalError as error:
                # Two waited for each other's places: one of them is ended, and nothing of it is left.
                if "deadlock detected" not in str(error):
                    raise
                self.done[f"{way.__name__}, ended"] += 1
            yield way.__name__

    def _drawn(self) -> Iterator[Callable[[], object]]:
        """Each way in turn, in an order drawn by lot anew each round."""
        while True:
            yield from self.lot.sample(self.ways, len(self.ways))

    def create(self) -> None:
        incident = make_incident(reports=0, place=self.any_place())
        for _number in range(2):
            make_report(incident=incident, place=incident.place)
        publishing.publish(incident, by=self.user)

    def change(self) -> None:
        if incident := self.any(publication=Publication.PUBLISHED):
            incident.summary = f"Shells fell {self.lot.random()}."
            incident.save(update_fields=["summary"])
            make_report(incident=incident)
            publishing.publish(incident, by=self.user)

    def withdraw(self) -> None:
        if incident := self.any(publication=Publication.PUBLISHED):
            stepping.take(incident, Step.WITHDRAW, by=self.user, reason="It was a quarry blast.")

    def again(self) -> None:
        if incident := self.any(publication=Publication.WITHDRAWN):
            publishing.publish(incident, by=self.user)

    def merge(self) -> None:
        one, other = (self.any(publication=Publication.PUBLISHED) for _number in range(2))
        if one and other and one != other:
            incident_merging.merge(one, into=other, by=self.user)

    def merge_places(self) -> None:
        one, other = self.any_place(), self.any_place()
        if one != other:
            merging.merge(one, into=other, by=self.user)

    def count(self) -> None:
        bulletin = Bulletin.objects.order_by("?").first() if self.lot.random() < 0.5 else None
        bulletin = bulletin or make_bulletin({"count": 1}, {"count": 2})
        tally = bulletin.tallies.first()
        if tally and self.lot.random() < 0.3:
            tally.delete()
        elif tally:
            tally.count = self.lot.randrange(100)
            tally.save()
        publishing.publish_bulletin(bulletin)

    def any(self, **having: object) -> Incident | None:
        """One of these incidents, held: two who change it do so in turn."""
        found = Incident.objects.filter(merged_into=None, **having)
        if not (keys := list(found.order_by("pk").values_list("pk", flat=True))):
            return None
        key = self.lot.choice(keys)
        return found.select_for_update(no_key=True).filter(pk=key).first()

    def any_place(self) -> Place:
        return self.lot.choice(list(Place.objects.filter(merged_into=None).order_by("pk")))


def write(writer: Writer, over: Callable[[int], bool]) -> Counter[str]:
    try:
        for number, _way in enumerate(writer.work(), start=1):
            if over(number):
                return writer.done
    finally:
        connection.close()
    return writer.done


def test_ends_with_all_that_the_server_has_while_four_write_at_once():
    user = make_user(is_staff=True, is_superuser=True)
    for _number in range(6):
        make_place()
    copy, written, until = Copy(page_size=7), threading.Event(), time.monotonic() + SECONDS

    def is_over(number: int) -> bool:
        return time.monotonic() > until if SECONDS else number >= CHANGES

    def keep_up() -> None:
        try:
            while not written.is_set():
                copy.follow()
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS + 1) as threads:
        reading = threads.submit(keep_up)
        writing = [threads.submit(write, Writer(seed, user), is_over) for seed in range(WRITERS)]
        try:
            done = sum((each.result() for each in writing), Counter[str]())
        finally:
            written.set()
        reading.result()
    copy.follow()

    print(dict(done), copy.received)
    assert copy.held == served()
    assert copy.repeated == []
    assert {"create", "change", "withdraw", "again", "merge", "count"} <= set(done)
    assert not Edition.objects.filter(change=None).exists()
    assert not Tombstone.objects.filter(change=None).exists()
