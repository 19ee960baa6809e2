"""Writes the demo's bulletins into the desk, and publishes them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from tracker.desk.models import Bulletin, Party, Place, Source, Tally
from tracker.desk.workflow import publishing

Row = dict[str, Any]


def load(bulletins: list[Row], tallies: list[Row], *, places: dict[str, Place]) -> None:
    """Load the bulletins that are missing, with their tallies. `places` are known by their codes.

    A bulletin is known by its monitor, its days and its address.
    """
    sources = {source.slug: source for source in Source.objects.all()}
    parties = {party.slug: party for party in Party.objects.all()}
    counts = defaultdict(list)
    for row in tallies:
        row["place"] = places.get(row.get("place", ""))
        row["accused"] = parties.get(row.get("accused", ""))
        counts[row.pop("bulletin")].append(row)
    for row in bulletins:
        key, counterpart = row.pop("key"), sources.get(row.pop("counterpart", ""))
        known = {name: row.pop(name) for name in ("date_start", "date_end", "url")}
        known["monitor"] = sources[row.pop("monitor")]
        bulletin, is_new = Bulletin.objects.get_or_create(
            **known, defaults={**row, "counterpart": counterpart}
        )
        if is_new:
            Tally.objects.bulk_create(Tally(bulletin=bulletin, **count) for count in counts[key])
            publishing.publish_bulletin(bulletin)
