"""The editions of a whole set, one after another, as they are stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from typing import Any

import orjson
from django.db import connection, transaction

from tracker.paging import Order
from tracker.public.api.paging import POSITION, kilometres
from tracker.public.formats.common import UNITS
from tracker.public.formats.geojson import Told
from tracker.public.models import INDEXED, Edition, EditionQuerySet, Kind

# How many are fetched at a time, and how many of them are held as data: with more, Python would look
# through them again and again for what can be thrown away, which takes as long as all else.
FETCHED, HELD = 500, 8


def documents(
    kind: Kind, editions: EditionQuerySet, order: Order, asked: dict[str, Any]
) -> Iterator[Told]:
    """Each edition's document, as it is stored and as data, in order and in constant memory.

    The data has, beside what is told, the public position of the index row, the units that the
    place lies in, and the kinds of all parties.
    """
    columns = ("document", *POSITION) if kind in INDEXED else ("document",)
    with _one_moment():
        kinds, lineages = _party_kinds(), Lineages()
        found = order.arrange(editions).values_list(*columns).iterator(chunk_size=FETCHED)
        while rows := [*islice(found, HELD)]:
            batch = [(text, orjson.loads(text)) for text, *_position in rows]
            lineages.learn(document["place"] for _text, document in batch)
            for (_stored, *position), (_text, document) in zip(rows, batch, strict=True):
                document["party_kinds"] = kinds
                document["lineage"] = lineages.of(document["place"])
                document["incident_position"] = position
                if "near" in asked:
                    document["distance_km"] = kilometres(asked["near"], position)
            yield from batch


def _one_moment() -> AbstractContextManager[Any]:
    """Outside a transaction PostgreSQL would store the whole answer before it hands out any of it.

    SQLite reads what there was when it began anyhow, and in one nobody else could write.
    """
    return transaction.atomic() if connection.vendor == "postgresql" else nullcontext()


def _party_kinds() -> dict[str, str]:
    stored = Edition.objects.of(Kind.PARTY).values_list("document", flat=True)
    parties = (orjson.loads(document) for document in stored.iterator())
    return {party["id"]: party["kind"] for party in parties}


class Lineages:
    """The units that places lie in, each place looked up once."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, Any]] = {}

    def learn(self, places: Iterable[dict[str, Any] | None]) -> None:
        wanted = {place["id"] for place in places if place} - self._known.keys()
        if not wanted:
            return
        # Those that are not published are not asked for again.
        self._known |= {key: {} for key in wanted}
        stored = Edition.objects.of(Kind.PLACE).filter(public_id__in=wanted)
        for text in stored.values_list("document", flat=True):
            place = orjson.loads(text)
            units = [*place["lies_in"], {name: place[name] for name in ("name", "name_ar", "kind")}]
            self._known[place["id"]] = {
                unit["kind"]: unit for unit in units if unit["kind"] in UNITS
            }

    def of(self, place: dict[str, Any] | None) -> dict[str, Any]:
        return self._known.get(place["id"], {}) if place else {}
