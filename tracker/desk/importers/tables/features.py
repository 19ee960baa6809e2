"""GeoJSON features as rows: properties become columns, a point its latitude and longitude."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from tracker.desk.importers.faults import BadRow, Fault, Why
from tracker.desk.importers.tables.checks import Checks
from tracker.desk.importers.tables.pieces import pieces
from tracker.desk.importers.tables.sheets import as_text
from tracker.desk.importers.tables.table import Choices, Limits, Rows, Table
from tracker.desk.importers.tables.text import END, Text
from tracker.errors import InvalidFor

_POSITION = ("latitude", "longitude")
# Only where some feature is no point: a line or an area is no position, yet not to be passed over.
_GEOMETRY = "geometry_type"


def open_features(path: Path, limits: Limits) -> Table:
    """The features of a FeatureCollection, or one feature a line. Raises InvalidInput."""
    columns: dict[str, None] = {}
    for _, feature in _features(path, limits):
        if not isinstance(feature, Fault) and (row := _row(feature)):
            columns.update(dict.fromkeys(row))
    return Table("geojson", Choices(), (), partial(_rows, path, [*columns], limits))


def _rows(path: Path, columns: list[str], limits: Limits) -> Rows:
    checks = Checks(path.name, limits)
    yield checks.of(0, columns)
    for number, feature in _features(path, limits):
        checks.count(number + 1)
        if isinstance(feature, Fault):
            yield BadRow(number, [], (feature,))
        elif row := _row(feature):
            yield checks.of(number, [row.get(column, "") for column in columns])
        else:
            yield BadRow(number, [], (Fault(Why.NO_FEATURE),))


def _row(feature: Any) -> dict[str, str]:
    """The columns of a feature; none where it is no feature."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return {}
    properties = feature.get("properties") or {}
    if not isinstance(properties, dict):
        return {}
    own = {"id": feature["id"]} if feature.get("id") is not None else {}
    row = {column: _text(value) for column, value in {**own, **properties}.items()}
    for column, text in _of_geometry(feature.get("geometry")):
        row[column] = row.get(column) or text
    return row


def _of_geometry(geometry: Any) -> Iterator[tuple[str, str]]:
    match geometry:
        # Longitude first, in GeoJSON alone.
        case {"type": "Point", "coordinates": [int() | float() as x, int() | float() as y, *_]}:
            yield from zip(_POSITION, (as_text(y), as_text(x)), strict=True)
        case {"type": str() as kind}:
            yield from zip((*_POSITION, _GEOMETRY), ("", "", kind), strict=True)
        case _:
            yield from zip(_POSITION, ("", ""), strict=True)


def _text(value: Any) -> str:
    return orjson.dumps(value).decode() if isinstance(value, list | dict) else as_text(value)


def _features(path: Path, limits: Limits) -> Iterator[tuple[int, Any]]:
    """Each feature with its number, or a fault."""
    lines = _lines(path, limits)
    first = next(lines, None)
    if isinstance(first, dict) and first.get("type") == "Feature":
        return enumerate(chain([first], lines), start=1)
    return enumerate(_collection(path, limits), start=1)


def _lines(path: Path, limits: Limits) -> Iterator[Any]:
    """What stands on each line that is not empty, or a fault."""
    text = Text(pieces(path, limits), "utf-8", limits)
    for number, line in enumerate(chain.from_iterable(text.blocks()), start=1):
        fault = text.fault_until(number)
        # RFC 8142 begins each line with a record separator.
        if fault or line.strip(f"\x1e{END} \t\r\n"):
            yield fault or _json(line.strip("\x1e"))


def _json(line: str) -> Any:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return Fault(Why.NOT_JSON, values={"problem": str(error)})


def _collection(path: Path, limits: Limits) -> list[Any]:
    content = b"".join(pieces(path, limits, most=limits.whole))
    try:
        said = orjson.loads(content.removeprefix(BOM_UTF8))
    except orjson.JSONDecodeError as error:
        raise InvalidFor(Why.UNSOUND_JSON, name=path.name, problem=str(error)) from error
    features = said.get("features") if isinstance(said, dict) else None
    if isinstance(features, list):
        return features
    if isinstance(said, dict) and said.get("type") == "Feature":
        return [said]
    raise InvalidFor(Why.OTHER_JSON, name=path.name)
