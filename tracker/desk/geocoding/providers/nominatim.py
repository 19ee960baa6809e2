from __future__ import annotations

from typing import Any

from geopy.geocoders import Nominatim

from tracker.desk.geocoding.providers import openstreetmap
from tracker.desk.geocoding.providers.provider import KEPT, Provider
from tracker.desk.geocoding.providers.reading import (
    context,
    mappings,
    number,
    position,
    score,
    text,
    texts,
)
from tracker.desk.geocoding.suggestions import Suggestion

PARTS = (
    "neighbourhood",
    "quarter",
    "suburb",
    "city_district",
    "hamlet",
    "village",
    "town",
    "city",
    "municipality",
    "county",
    "state_district",
    "province",
    "state",
    "country",
)
# Arabic where a place has no English name.
LANGUAGE = "en,ar"


def sift(document: Any) -> Any:
    if isinstance(document, dict) and "error" in document:
        return {"error": text(document["error"])}
    # A position has one answer, which comes alone.
    places = mappings([document] if isinstance(document, dict) else document)
    return [place for place in map(_sifted, places) if "display_name" in place]


def _sifted(place: dict[str, Any]) -> dict[str, Any]:
    position(place.get("lat"), place.get("lon"))
    return {**texts(place), "address": texts(place.get("address", {}))}


def suggestion(place: dict[str, Any], rank: int) -> Suggestion:
    # What has no name is called by its number and its street.
    name = place.get("name") or ", ".join(place["display_name"].split(", ")[:2])
    latitude, longitude = position(place["lat"], place["lon"])
    tag = (place.get("class", ""), place.get("type", ""))
    importance = number(place.get("importance"))
    return Suggestion(
        provider="nominatim",
        name=name,
        context=context((place["address"].get(part, "") for part in PARTS), name=name),
        latitude=latitude,
        longitude=longitude,
        score=score(None if importance is None else 100 * importance, rank),
        code=openstreetmap.code(place.get("osm_type", ""), place.get("osm_id", "")),
        kind=openstreetmap.kind(*tag, level=place.get("addresstype", "")),
        attribution=openstreetmap.ATTRIBUTION,
    )


PROVIDER = Provider(
    name="Nominatim",
    geocoder=Nominatim,
    search={"limit": KEPT, "language": LANGUAGE, "addressdetails": True},
    reverse={"language": LANGUAGE, "addressdetails": True},
    sift=sift,
    suggestion=suggestion,
)
