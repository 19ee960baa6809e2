"""Questions by which a reader would try to learn what is not told: each asks about a secret."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from urllib.parse import urlencode

from tests.inference.twins import KEPT, ONE, OTHER
from tests.test_privacy import addresses, asked_of, statistics

SEED = 20170130
LOOKUPS = (
    *("exact", "iexact", "contains", "icontains", "startswith", "istartswith", "endswith"),
    *("iendswith", "regex", "iregex", "gt", "gte", "lt", "lte", "in", "range", "isnull"),
)
# As Django, JSON:API, PHP and OData spell a lookup.
SPELLINGS = ("{name}__{lookup}", "filter[{name}__{lookup}]", "{name}[{lookup}]", "{name}.{lookup}")
ORDERS = ("ordering", "order", "order_by", "sort", "sort_by", "o")
EXPANDS = (
    *("expand", "include", "embed", "fields", "select", "with", "populate", "depth"),
    *("$expand", "include[]", "fields[]", "_embed"),
)
SEARCHES = ("q", "search", "query", "s", "text")
# From a report or an incident to what it refers to.
WAYS = {
    "source": ("source__", "relayed_from__", "reports__source__"),
    "incident": ("", "incident__"),
    "report": ("", "reports__", "basis_report__"),
    "assessment": ("assessments__",),
    "evidence": ("evidence__", "reports__evidence__"),
    "user": ("author__", "published_by__", "entered_by__"),
    "place": ("place__",),
    "bulletin": ("", "bulletin__"),
    "coverage": ("",),
    "tally": ("",),
    "incidentmerge": ("merges__",),
}
# Named though they are told where the source is not confidential, or the place not guarded.
ALSO = {("source", "name"), ("source", "slug"), ("report", "text"), ("place", "latitude")}
SECRETS = (
    *(ONE.word, ONE.word[:3], OTHER.word, f"{ONE.word}-source", f"{OTHER.word}-source"),
    *(str(ONE.guarded[0]), "hidden", "A", "true"),
)
DOORS = (
    *(f"/api/v1/{name}/" for name in ("incidents", "reports", "sources", "places", "tallies")),
    *(f"/api/v1/{name}/" for name in ("coverage", "agreements", "parties", "deleted")),
    *(f"/api/v1/incidents.{form}" for form in ("csv", "geojson", "geojsonl", "xlsx", "parquet")),
    *("/api/v1/reports.csv", "/api/v1/reports.geojsonl", "/api/v1/tallies.csv"),
    *(f"/api/v1/stats/{name}/" for name in ("summary", "timeline", "cells", "accusations")),
    *("/feeds/incidents.atom", "/feeds/incidents.json", "/ogc/collections/incidents/items"),
    *("/incidents/", "/situation/", "/agreements/"),
)


def paths() -> list[str]:
    """Every field that is kept from the public, by each way to it."""
    kept = {(kind, name) for kind, name in KEPT | ALSO if kind in WAYS}
    return sorted({way + name for kind, name in kept for way in WAYS[kind]})


def _parameters() -> Iterator[tuple[str, str]]:
    for name in paths():
        for lookup, spelling, secret in itertools.product(LOOKUPS, SPELLINGS, SECRETS[:4]):
            yield spelling.format(name=name, lookup=lookup), secret
        for parameter, sign in itertools.product(ORDERS, ("", "-")):
            yield parameter, f"{sign}{name}"
        for parameter in EXPANDS:
            yield parameter, name
    for parameter, secret in itertools.product(SEARCHES, SECRETS):
        yield parameter, secret


def unknown(number: int) -> list[str]:
    """So many of the questions that no door should take, drawn from all of them."""
    drawn = random.Random(SEED)
    every = list(_parameters())
    return [f"{drawn.choice(DOORS)}?{urlencode([drawn.choice(every)])}" for _each in range(number)]


def understood(number: int) -> list[str]:
    """So many of the questions that doors take, about the secrets and around the places."""
    drawn = random.Random(SEED + 1)
    names = ("claimant", "accused", "agreement", "reading")
    slugs = [*SECRETS[3:5], f"{ONE.word}-party", f"{OTHER.word}-0", "hidden", "monitor"]
    found = []
    for _each in range(number):
        asked = drawn.choice(
            [
                {"q": drawn.choice(SECRETS)},
                {drawn.choice(names): drawn.choice(slugs)},
                {"bbox": _box(drawn)},
                _circle(drawn),
                {"max_geo_precision": drawn.choice("1234567")},
                {"verdict": drawn.choice(["violation", "outside_zone", "undetermined"])},
                {"updated_since": "2017-01-01", "q": drawn.choice(SECRETS)},
            ]
        )
        found.append(f"{drawn.choice(DOORS)}?{urlencode(asked)}")
    return found


def _around(drawn: random.Random) -> tuple[float, float]:
    latitude, longitude = drawn.choice(
        [ONE.guarded, OTHER.guarded, ONE.withheld, OTHER.withheld, ONE.open, OTHER.open]
    )
    off = drawn.choice([0, 1e-4, 1e-2, 0.2])
    return latitude + drawn.uniform(-off, off), longitude + drawn.uniform(-off, off)


def _box(drawn: random.Random) -> str:
    south, west = _around(drawn)
    side = drawn.choice([1e-4, 1e-2, 0.1, 1])
    return f"{west:.6f},{south:.6f},{west + side:.6f},{south + side:.6f}"


def _circle(drawn: random.Random) -> dict[str, str]:
    latitude, longitude = _around(drawn)
    near = f"{latitude:.6f},{longitude:.6f}"
    return {"near": near, "within_km": str(drawn.choice([0.001, 0.1, 1, 10, 100]))}


def plain() -> Iterator[str]:
    """Every public address as it is, every statistic, and the cells of every size."""
    yield from (each for each in addresses() if not each.startswith("/api/desk/"))
    yield from statistics()
    for zoom in range(4, 13):
        yield f"/api/v1/stats/cells/?zoom={zoom}"


def everything() -> Iterator[str]:
    """The same, and every public address in every way the secrets are looked for there."""
    yield from plain()
    for address in addresses():
        if not address.startswith("/api/desk/"):
            yield from asked_of(address)
