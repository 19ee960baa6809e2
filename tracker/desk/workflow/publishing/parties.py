"""Parties published, with all whom their documents name."""

from __future__ import annotations

from tracker.desk.models import Party
from tracker.desk.workflow.publishing import drafts
from tracker.desk.workflow.publishing.locking import locked
from tracker.desk.workflow.publishing.storing import store


def publish_parties(parties: set[Party]) -> None:
    """Write what the public reads of these parties, and of all they answer to or turned into."""
    for party in locked(_with_relatives(parties)):
        store(drafts.of_party(party))


def _with_relatives(parties: set[Party]) -> set[Party]:
    known, waiting = set(parties), list(parties)
    while waiting:
        party = waiting.pop()
        for relative in (party.parent, party.successor):
            if relative and relative not in known:
                known.add(relative)
                waiting.append(relative)
    return known
