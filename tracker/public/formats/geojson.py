"""Documents as GeoJSON (RFC 7946): each as it is, with the labels of its codes behind its members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from tracker.public.formats.tables import Document, Wording

# Of a document's members, those that hold codes, and the list these are from.
CODED = {
    "date_precision": "DatePrecision",
    "geo_precision": "GeoPrecision",
    "acts": "Act",
    "means": "Means",
    "targets": "Target",
    "verification": "Verification",
    "stance": "Stance",
    "justification": "Justification",
}
_CHUNK = 1 << 16

Told = tuple[str, Document]
"""A document as it is stored, and as data."""


def collection(rows: Iterable[Told], wording: Wording, about: dict[str, Any]) -> Iterator[bytes]:
    """A FeatureCollection. How many features there were stands at its end, where it is known."""
    number = 0
    pieces = [b'{"type":"FeatureCollection","about":', orjson.dumps(about), b',"features":[\n']
    length = 0
    for told in rows:
        piece = feature(told, wording)
        pieces += [b",\n", piece] if number else [piece]
        number += 1
        length += len(piece)
        if length > _CHUNK:
            yield b"".join(pieces)
            pieces, length = [], 0
    yield b"".join(pieces) + f'\n],"numberReturned":{number}}}\n'.encode()


def lines(rows: Iterable[Told], wording: Wording) -> Iterator[bytes]:
    """A feature a line."""
    pieces: list[bytes] = []
    length = 0
    for told in rows:
        piece = feature(told, wording)
        pieces += [piece, b"\n"]
        length += len(piece)
        if length > _CHUNK:
            yield b"".join(pieces)
            pieces, length = [], 0
    yield b"".join(pieces)


def feature(told: Told, wording: Wording) -> bytes:
    """The document is not written anew: what it holds is what the list hands out."""
    text, document = told
    more = {
        f"{name}_label": _label(document[name], codes, wording)
        for name, codes in CODED.items()
        if name in document
    }
    if "distance_km" in document:
        more["distance_km"] = document["distance_km"]
    geometry, public_id = orjson.dumps(_point(document)), orjson.dumps(document["id"])
    return b'{"type":"Feature","id":%b,"geometry":%b,"properties":%b,%b}' % (
        public_id,
        geometry,
        text[:-1].encode(),
        orjson.dumps(more)[1:],
    )


def _label(value: Any, codes: str, wording: Wording) -> Any:
    known = wording.labels[codes]
    if isinstance(value, list):
        return [known[each] for each in value]
    return None if value is None else known[value]


def _point(document: Document) -> dict[str, Any] | None:
    """Longitude first, in GeoJSON alone. A report stands where its incident does."""
    latitude, longitude = document["incident_position"]
    if latitude is None:
        return None
    return {"type": "Point", "coordinates": [longitude, latitude]}
