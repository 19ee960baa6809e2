"""The same record without a framework: plain tables, one cursor, orjson.

What public answers are measured against. An incident, its claims and its verdicts each have a table, as
they would for whoever stores no finished documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import orjson
from django.db import connection

from tests.benchmarks.public_record import BATCH, insert, settle
from tracker.public.models import Entry

INCIDENT = (
    *("id", "title", "title_ar", "date_start", "date_end", "date_precision"),
    *("place_id", "place_name", "place_name_ar", "place_kind"),
    *("latitude", "longitude", "cell_degrees", "geo_precision", "acts", "means", "targets"),
    *("target_parties", "summary", "summary_ar", "verification", "agreements", "groups"),
    *("assessments", "revision", "published_on", "updated_on", "changelog"),
)
CLAIM = (
    *("id", "source_id", "source_name", "source_name_ar", "source_kind"),
    *("claimant_id", "claimant_name", "claimant_name_ar", "claimant_kind"),
    *("stance", "justification", "accused", "accused_as_written", "figures"),
    *("date_start", "date_end", "date_precision"),
    *("place_id", "place_name", "place_name_ar", "place_kind", "place_as_written"),
    *("acts", "means", "text", "translation", "language", "stated_on"),
    *("external_id", "url", "archive_url"),
)
VERDICT = ("agreement", "overall", "reading", "verdict", "test")
NESTED = ("acts", "means", "targets", "target_parties", "agreements", "assessments", "changelog")
TABLES = {"bare_incident": INCIDENT, "bare_claim": CLAIM, "bare_verdict": VERDICT}
NUMBERS = {"date_precision", "geo_precision", "groups", "revision"}
FLOATS = {"latitude", "longitude", "cell_degrees"}


def is_made() -> bool:
    return "bare_verdict" in connection.introspection.table_names()


def make() -> None:
    """Write the whole record into plain tables, with the index that serves the question best."""
    with connection.cursor() as cursor:
        for table, columns in TABLES.items():
            told = ", ".join(f"{name} {_sort(name)}" for name in columns)
            cursor.execute(f"CREATE TABLE {table} (number BIGINT, tile INTEGER, act TEXT, {told})")
        for documents in _batches():
            for table, rows in _rows(documents).items():
                insert(table, ("number", "tile", "act", *TABLES[table]), rows)
        cursor.execute("CREATE UNIQUE INDEX bare_number ON bare_incident (number)")
        cursor.execute("CREATE INDEX bare_claim_of ON bare_claim (number)")
        cursor.execute("CREATE INDEX bare_verdict_of ON bare_verdict (number)")
        cursor.execute(
            "CREATE INDEX bare_found ON bare_incident"
            " (tile, date_start, id, act, latitude, longitude, number)"
        )
    settle()


def _sort(name: str) -> str:
    if name in FLOATS:
        return "DOUBLE PRECISION"
    return "INTEGER" if name in NUMBERS else "TEXT"


def _batches() -> Iterator[list[tuple[int, int | None, dict[str, Any]]]]:
    rows, last = Entry.objects.order_by("pk").values_list("pk", "tile", "edition__document"), 0
    # Piece by piece: what is written while one long answer is read could not be put in its place.
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        yield [(number, tile, orjson.loads(document)) for number, tile, document in batch]
        last = batch[-1][0]


def _rows(batch: Sequence[tuple[int, int | None, dict[str, Any]]]) -> dict[str, list[list[Any]]]:
    found: dict[str, list[list[Any]]] = defaultdict(list)
    for number, tile, document in batch:
        key = [number, tile, document["acts"][0]]
        found["bare_incident"].append([*key, *_flat(document, INCIDENT)])
        for claim in document["reports"]:
            found["bare_claim"].append([*key, *_flat(claim, CLAIM)])
        for verdict in document["verdicts"]:
            for reading in verdict["readings"]:
                told = {**verdict, **reading}
                found["bare_verdict"].append([*key, *(told[name] for name in VERDICT)])
    return found


def _flat(told: dict[str, Any], columns: Sequence[str]) -> list[Any]:
    flat = {**told, **(told.get("position") or {}), **told.get("corroboration", {})}
    for nested in ("place", "source", "claimant"):
        for name, value in (told.get(nested) or {}).items():
            flat[f"{nested}_{name}"] = value
    values = [flat[name] for name in columns]
    return [orjson.dumps(value).decode() if isinstance(value, list) else value for value in values]


def built(where: str, parameters: Sequence[Any]) -> bytes:
    """The list as the tracker answers it, out of plain tables: three questions, dictionaries, orjson."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT number, {', '.join(INCIDENT)} FROM bare_incident WHERE {where}"  # noqa: S608
            " ORDER BY date_start DESC, id DESC LIMIT 101",
            parameters,
        )
        incidents = cursor.fetchall()[:100]
        numbers = ", ".join(str(row[0]) for row in incidents)
        cursor.execute(
            f"SELECT number, {', '.join(CLAIM)} FROM bare_claim WHERE number IN ({numbers})"  # noqa: S608
        )
        claims = defaultdict(list)
        for number, *row in cursor.fetchall():
            claims[number].append(row)
        cursor.execute(
            f"SELECT number, {', '.join(VERDICT)} FROM bare_verdict WHERE number IN ({numbers})"  # noqa: S608
        )
        verdicts = defaultdict(list)
        for number, *row in cursor.fetchall():
            verdicts[number].append(row)
    results = [_incident(row, claims[number], verdicts[number]) for number, *row in incidents]
    return orjson.dumps({"next": None, "results": results})


def _incident(row: Sequence[Any], claims: Any, verdicts: Any) -> dict[str, Any]:
    told = dict(zip(INCIDENT, row, strict=True))
    judged: dict[str, Any] = {}
    for agreement, overall, reading, verdict, test in verdicts:
        of = judged.setdefault(
            agreement, {"agreement": agreement, "overall": overall, "readings": []}
        )
        of["readings"].append({"reading": reading, "verdict": verdict, "test": test})
    nested = {name: orjson.Fragment(told[name]) for name in NESTED}
    return {
        "id": told["id"],
        "title": told["title"],
        "title_ar": told["title_ar"],
        "date_start": told["date_start"],
        "date_end": told["date_end"],
        "date_precision": told["date_precision"],
        "place": _reference(told, "place"),
        "position": {
            "latitude": told["latitude"],
            "longitude": told["longitude"],
            "cell_degrees": told["cell_degrees"],
        },
        "geo_precision": told["geo_precision"],
        "acts": nested["acts"],
        "means": nested["means"],
        "targets": nested["targets"],
        "target_parties": nested["target_parties"],
        "summary": told["summary"],
        "summary_ar": told["summary_ar"],
        "verification": told["verification"],
        "agreements": nested["agreements"],
        "verdicts": list(judged.values()),
        "corroboration": {"groups": told["groups"]},
        "reports": [_claim(claim, told["id"]) for claim in claims],
        "assessments": nested["assessments"],
        "revision": told["revision"],
        "published_on": told["published_on"],
        "updated_on": told["updated_on"],
        "changelog": nested["changelog"],
    }


def _claim(row: Sequence[Any], incident: str) -> dict[str, Any]:
    told = dict(zip(CLAIM, row, strict=True))
    return {
        "id": told["id"],
        "incident": incident,
        "source": _reference(told, "source"),
        "claimant": _reference(told, "claimant"),
        "stance": told["stance"],
        "justification": told["justification"],
        "accused": orjson.Fragment(told["accused"]),
        "accused_as_written": told["accused_as_written"],
        "figures": orjson.Fragment(told["figures"]),
        "date_start": told["date_start"],
        "date_end": told["date_end"],
        "date_precision": told["date_precision"],
        "place": _reference(told, "place"),
        "place_as_written": told["place_as_written"],
        "acts": orjson.Fragment(told["acts"]),
        "means": orjson.Fragment(told["means"]),
        "text": told["text"],
        "translation": told["translation"],
        "language": told["language"],
        "stated_on": told["stated_on"],
        "external_id": told["external_id"],
        "url": told["url"],
        "archive_url": told["archive_url"],
    }


def _reference(told: dict[str, Any], name: str) -> dict[str, Any]:
    return {part: told[f"{name}_{part}"] for part in ("id", "name", "name_ar", "kind")}
