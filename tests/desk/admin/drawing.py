"""Areas, and the pages they are entered on."""

from __future__ import annotations

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from shapely.geometry import shape

from tests.desk.admin.pages import address, save
from tests.factories import (
    SQUARE,
    make_place,
)
from tracker.desk.models import Agreement, Boundary, Place, Zone

ADD = "/admin/desk/zone/add/"
VALLEY: dict[str, Any] = {"type": "Polygon", "coordinates": SQUARE}
BESIDE = [[longitude + 0.3, latitude] for longitude, latitude in SQUARE[0]]
FAR = [[longitude + 3, latitude] for longitude, latitude in SQUARE[0]]
BOW_TIE = [[36.0, 33.0], [37.0, 34.0], [37.0, 33.0], [36.0, 34.0], [36.0, 33.0]]


def change(zone: Zone) -> str:
    return address("zone_change", zone.pk)


def polygon(*rings: Any) -> str:
    return json.dumps({"type": "Polygon", "coordinates": rings})


def several(*rings: Any) -> str:
    return json.dumps({"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]})


def file_of(text: str | bytes) -> SimpleUploadedFile:
    content = text if isinstance(text, bytes) else text.encode()
    return SimpleUploadedFile("valley.geojson", content, "application/geo+json")


def make_outlined(name: str, ring: Any, **fields: Any) -> Place:
    place = make_place(name=name, kind="district", **fields)
    west, south = map(min, zip(*ring, strict=True))
    east, north = map(max, zip(*ring, strict=True))
    geometry = {"type": "Polygon", "coordinates": [ring]}
    sides = {"west": west, "south": south, "east": east, "north": north}
    Boundary.objects.create(place=place, geometry=geometry, **sides)
    return place


def enter(desk: Client, agreement: Agreement, /, *, button: str = "_save", **fields: Any) -> Any:
    given = {"agreement": agreement.pk, "name": "Wadi Barada", "rule": "exclude", **fields}
    return save(desk, ADD, button=button, **given)


def only_zone() -> Zone:
    return Zone.objects.get()


def bounds(zone: Zone) -> tuple[float, float, float, float]:
    return shape(zone.geometry).bounds
