"""Several edit one incident at once over HTTP: what was acknowledged is never lost, nor doubled."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.desk.api.talking import Talker
from tests.factories import make_incident, make_user
from tracker.desk.models import Incident, Revision

# A thousand take minutes: INTERLEAVINGS=1000 makes them.
INTERLEAVINGS = int(os.environ.get("INTERLEAVINGS", "30"))


def appending(talker: Talker, number: int, word: str) -> Iterator[str]:
    """Append a word to the summary as one who reads, writes, and reads again when refused.

    Others may do what they like at each yield.
    """
    address = f"incidents/{number}/"
    while True:
        read = talker.get(address)
        yield "read"
        summary = f"{read.json()['summary']} {word}".strip()
        written = talker.ask("PATCH", address, {"summary": summary}, **{"If-Match": read["ETag"]})
        assert written.status_code in {200, 412}
        if written.status_code == 200:
            return
        yield "refused"


def interleave(sessions: list[Iterator[str]], chance: random.Random) -> Counter[str]:
    """Take the sessions' steps in a random order until all are through."""
    seen: Counter[str] = Counter()
    while sessions:
        session = chance.choice(sessions)
        step = next(session, None)
        seen[step or "written"] += 1
        if step is None:
            sessions.remove(session)
    return seen


@pytest.mark.django_db
def test_loses_nothing_however_their_steps_interleave(talker):
    people, seen = [talker("data entry") for _number in range(3)], Counter[str]()
    for seed in range(INTERLEAVINGS):
        chance = random.Random(seed)
        incident = make_incident(reports=0)
        words = [f"word{number}" for number in range(chance.choice([2, 2, 3]))]
        sessions = [
            appending(person, incident.pk, word)
            for person, word in zip(people, words, strict=False)
        ]

        seen += interleave(sessions, chance)

        summary = Incident.objects.get(pk=incident.pk).summary
        assert sorted(summary.split()) == words, f"seed {seed}"
    # Among them are those that matter: one writes between another's reading and writing.
    assert seen["refused"] > 0.3 * INTERLEAVINGS


@pytest.mark.django_db(transaction=True)
def test_loses_nothing_where_four_write_at_the_same_moment():
    incident = make_incident(reports=0)
    # Whoever has every right needs no group: the database is emptied of them after such a test.
    people = [Talker(make_user(is_superuser=True)) for _number in range(4)]

    def work(person: int) -> None:
        try:
            for number in range(25):
                list(appending(people[person], incident.pk, f"{person}/{number}"))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))

    written = Incident.objects.get(pk=incident.pk).summary.split()
    assert Counter(written) == Counter(f"{a}/{b}" for a in range(4) for b in range(25))
    assert Revision.objects.of("incident", incident.pk).count() == 101
