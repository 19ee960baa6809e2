"""What the columns of a CSV hold, by the standard for it: CSV on the Web (W3C, 2015)."""

from __future__ import annotations

from typing import Any

import orjson
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from tracker import codebook
from tracker.public.api.exports.about import METHODOLOGY
from tracker.public.formats.tables import JOINT, Column, Table

_TYPES = {"integer": "integer", "number": "number", "date": "date"}


def metadata(url: str, table: Table) -> bytes:
    """In English, as the names of the columns are."""
    with override("en"):
        return orjson.dumps(
            {
                "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
                "url": url,
                "dc:license": {"@id": settings.DATA_LICENCE},
                "dc:description": _("What is empty or null is unknown, and never 0."),
                "schema:version": METHODOLOGY,
                "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
                "tableSchema": {
                    "columns": [_described(column) for column in table.columns],
                    "primaryKey": "id",
                },
            }
        )


def _described(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": _(column.meaning) % (column.values or {}),
        "datatype": _TYPES.get(column.holds, "string"),
        "null": "",
    }
    if column.codes:
        codes = [str(each.value) for each in getattr(codebook, column.codes)]
        told["datatype"] = {"base": "string", "format": "|".join(codes)}
    if column.holds in {"texts", "choices"}:
        told["separator"] = JOINT
    return told
