"""Rows with a point each as GeoParquet 1.1, a row group at a time. It needs pyarrow to be installed."""

from __future__ import annotations

import datetime as dt
import io
import struct
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import orjson

from tracker.public.formats.tables import Column, Document, Table, Wording

try:
    import pyarrow as pa
    from pyarrow import parquet
except ModuleNotFoundError:
    pa = None

IS_INSTALLED = pa is not None
ROW_GROUP = 2_000
_GEOMETRY = {"encoding": "WKB", "geometry_types": ["Point"]}
_GEO = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": _GEOMETRY}}
_POINT = struct.Struct("<BIdd")


class _Sink(io.RawIOBase):
    """Takes what is written, to be handed out row group by row group."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._held += piece
        return len(piece)

    def taken(self) -> bytes:
        taken = bytes(self._held)
        self._held.clear()
        return taken


def geoparquet(
    documents: Iterable[Document], table: Table, wording: Wording, about: Mapping[str, Any]
) -> Iterator[bytes]:
    """The table's columns, and `geometry` behind them."""
    schema = _schema(table, about)
    sink = _Sink()
    # A row at a time, for documents take far more room than their rows.
    rows = ((*table.row(document, wording), _wkb(document)) for document in documents)
    with parquet.ParquetWriter(sink, schema, compression="zstd") as file:
        while group := [*islice(rows, ROW_GROUP)]:
            file.write_table(_row_group(group, table, schema))
            yield sink.taken()
    yield sink.taken()


def _schema(table: Table, about: Mapping[str, Any]) -> Any:
    fields = [pa.field(column.name, _type(column)) for column in table.columns]
    said = {b"geo": orjson.dumps(_GEO), b"about": orjson.dumps(about)}
    return pa.schema([*fields, pa.field("geometry", pa.binary())], metadata=said)


def _type(column: Column) -> Any:
    if column.name.endswith("_precision"):
        return pa.int64()
    kinds = {"integer": pa.int64(), "number": pa.float64(), "date": pa.date32()}
    return kinds.get(column.holds, pa.string())


def _row_group(group: list[tuple[Any, ...]], table: Table, schema: Any) -> Any:
    *cells, points = zip(*group, strict=True)
    told = [
        pa.array(_values(column, values), _type(column))
        for column, values in zip(table.columns, cells, strict=True)
    ]
    return pa.Table.from_arrays([*told, pa.array(points, pa.binary())], schema=schema)


def _values(column: Column, values: Iterable[Any]) -> list[Any]:
    if column.holds == "date":
        return [dt.date.fromisoformat(value) if value else None for value in values]
    # Nothing told is null, in texts too.
    return [None if value == "" else value for value in values]


def _wkb(document: Document) -> bytes | None:
    """Longitude first, as in GeoJSON."""
    latitude, longitude = document["incident_position"]
    return None if latitude is None else _POINT.pack(1, 1, longitude, latitude)
