"""The doors through which the same set is handed out: each must hand out the same, in the same order."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

import orjson
from django.test import Client

from tests.public.filters_drawn import Asked
from tracker.tables import guard

Row = dict[str, Any]
Door = Callable[[Client, str, Asked], list[Row]]
# Of a document, what every door tells of it.
TOLD = ("id", "date_start", "date_end", "date_precision", "revision", "updated_on")


def in_pages(client: Client, resource: str, asked: Asked) -> list[Row]:
    """The list, page by page to its end."""
    found: list[Row] = []
    following: str | None = f"/api/v1/{resource}/"
    parameters: Asked = {**asked, "page_size": "15"}
    while following:
        response = client.get(following, parameters)
        assert response.status_code == 200, response.content
        page = response.json()
        found += [_row(document) for document in page["results"]]
        following, parameters = page["next"], {}
    return found


def as_csv(client: Client, resource: str, asked: Asked) -> list[Row]:
    text = answered(client, f"{resource}.csv", asked).decode()
    table = csv.DictReader(io.StringIO(text, newline=""))
    return [_row_of_cells(cells) for cells in table]


def as_geojson(client: Client, resource: str, asked: Asked) -> list[Row]:
    told = orjson.loads(answered(client, f"{resource}.geojson", asked))
    assert told["numberReturned"] == len(told["features"])
    return [_row(feature["properties"]) for feature in told["features"]]


def as_geojson_lines(client: Client, resource: str, asked: Asked) -> list[Row]:
    lines = answered(client, f"{resource}.geojsonl", asked).splitlines()
    return [_row(orjson.loads(line)["properties"]) for line in lines]


def ids_in_feed(client: Client, asked: Asked) -> set[str]:
    """Feeds have an order of their own."""
    told = client.get("/feeds/incidents.json", {**_unordered(asked), "page_size": "100"})
    return {item["id"].removeprefix("urn:uuid:") for item in told.json()["items"]}


def ids_as_features(client: Client, asked: Asked) -> set[str]:
    """There a box finds what has no position too, unless asked not to."""
    within = {"located": "true"} if "bbox" in asked else {}
    parameters = {**asked, **within, "limit": "1000", "f": "json"}
    told = client.get("/ogc/collections/incidents/items", parameters)
    return {feature["id"] for feature in told.json()["features"]}


def counted(client: Client, asked: Asked) -> int:
    number: int = client.get("/api/v1/stats/summary/", _unordered(asked)).json()["incidents"]
    return number


def _unordered(asked: Asked) -> Asked:
    return {name: value for name, value in asked.items() if name != "ordering"}


# A door more of the same set is a line more here.
OF_INCIDENTS: dict[str, Door] = {
    "csv": as_csv,
    "geojson": as_geojson,
    "geojsonl": as_geojson_lines,
}
OF_REPORTS: dict[str, Door] = {"csv": as_csv, "geojsonl": as_geojson_lines}


def answered(client: Client, name: str, asked: Asked) -> bytes:
    response = client.get(f"/api/v1/{name}", asked)
    content: bytes = response.getvalue()
    assert response.status_code == 200, content
    return content


def _row(document: dict[str, Any]) -> Row:
    """What is compared, as a CSV writes it."""
    row = {name: _text(document[name]) for name in TOLD}
    row |= {name: ";".join(document[name]) for name in ("acts", "means")}
    row["distance_km"] = _text(document.get("distance_km"))
    return row | dict(_own(document))


def _own(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if "reports" not in document:
        yield "stance", document["stance"]
        yield "text", _text(document["text"])
        yield "accused_ids", ";".join(party["id"] for party in document["accused"])
        return
    yield "title", document["title"]
    yield "summary", _text(document["summary"])
    yield "verification", document["verification"]
    yield "agreements", ";".join(document["agreements"])
    yield "report_ids", ";".join(report["id"] for report in document["reports"])
    position = document["position"] or {}
    for name in ("latitude", "longitude"):
        yield name, _text(position.get(name))


def _row_of_cells(cells: dict[str, str]) -> Row:
    of_reports = ("stance", "text", "accused_ids")
    of_incidents = ("title", "summary", "verification", "agreements", "report_ids")
    own = of_reports if "stance" in cells else (*of_incidents, "latitude", "longitude")
    names = (*TOLD, "acts", "means", "distance_km", *own)
    # The mark of what a spreadsheet would take for a formula.
    return {name: guard.lifted(cells[name]) for name in names}


def _text(value: Any) -> str:
    return "" if value is None else str(value).removesuffix(".0")
