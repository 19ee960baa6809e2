from __future__ import annotations

from typing import Any

from geopy.geocoders import Photon

from tracker.desk.geocoding.providers import openstreetmap
from tracker.desk.geocoding.providers.provider import KEPT, Provider
from tracker.desk.geocoding.providers.reading import (
    context,
    mapping,
    mappings,
    position,
    score,
    texts,
)
from tracker.desk.geocoding.suggestions import Suggestion

PARTS = ("locality", "district", "city", "county", "state", "country")


def sift(document: Any) -> dict[str, Any]:
    features = mappings(mapping(document).get("features"))
    return {"features": [each for each in map(_sifted, features) if _name(each["properties"])]}


def _sifted(feature: dict[str, Any]) -> dict[str, Any]:
    found = mapping(feature.get("geometry")).get("coordinates")
    # GeoJSON has the longitude first.
    longitude, latitude, *_ = found if isinstance(found, list) and len(found) > 1 else ("", "")
    north, east = position(latitude, longitude)
    properties = texts(feature.get("properties"))
    return {"properties": properties, "geometry": {"coordinates": [east, north]}}


def _name(properties: dict[str, str]) -> str:
    address = (properties.get("housenumber", ""), properties.get("street", ""))
    return properties.get("name") or ", ".join(part for part in address if part)


def suggestion(feature: dict[str, Any], rank: int) -> Suggestion:
    longitude, latitude = feature["geometry"]["coordinates"]
    properties = feature["properties"]
    name = _name(properties)
    tag = (properties.get("osm_key", ""), properties.get("osm_value", ""))
    return Suggestion(
        provider="photon",
        name=name,
        context=context((properties.get(part, "") for part in PARTS), name=name),
        latitude=latitude,
        longitude=longitude,
        score=score(None, rank),
        code=openstreetmap.code(properties.get("osm_type", ""), properties.get("osm_id", "")),
        kind=openstreetmap.kind(*tag, level=properties.get("type", "")),
        attribution=openstreetmap.ATTRIBUTION,
    )


PROVIDER = Provider(
    name="Photon",
    geocoder=Photon,
    search={"limit": KEPT, "language": "en"},
    reverse={"limit": KEPT, "language": "en"},
    sift=sift,
    suggestion=suggestion,
)
