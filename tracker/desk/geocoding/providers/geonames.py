from __future__ import annotations

from typing import Any

from geopy.geocoders import GeoNames

from tracker.codebook import PlaceKind
from tracker.desk.geocoding.providers.provider import Provider
from tracker.desk.geocoding.providers.reading import (
    context,
    mapping,
    mappings,
    number,
    position,
    score,
    text,
    texts,
)
from tracker.desk.geocoding.suggestions import Suggestion

ATTRIBUTION = "GeoNames, CC BY 4.0"
PARTS = ("adminName3", "adminName2", "adminName1", "countryName")
NO_RESULT = 15

# By feature code, and where that tells nothing by feature class.
CODES = {
    "PCL": PlaceKind.COUNTRY,
    "PCLI": PlaceKind.COUNTRY,
    "ADM1": PlaceKind.GOVERNORATE,
    "ADM2": PlaceKind.DISTRICT,
    "ADM3": PlaceKind.SUBDISTRICT,
    "PPLX": PlaceKind.NEIGHBOURHOOD,
    "SPNG": PlaceKind.SITE,
    "VAL": PlaceKind.AREA,
    "PLN": PlaceKind.AREA,
}
CLASSES = {"P": PlaceKind.SETTLEMENT, "S": PlaceKind.SITE, "L": PlaceKind.AREA}


def sift(document: Any) -> dict[str, Any]:
    answer = mapping(document)
    if "status" in answer:
        return _status(mapping(answer["status"]))
    places = [_sifted(place) for place in mappings(answer.get("geonames"))]
    return {"geonames": [place for place in places if "name" in place]}


def _sifted(place: dict[str, Any]) -> dict[str, str]:
    position(place.get("lat"), place.get("lng"))
    return texts(place)


def _status(status: dict[str, Any]) -> dict[str, Any]:
    """What GeoNames has to say instead of places; geopy knows what the numbers mean."""
    value = number(status.get("value"))
    if value == NO_RESULT:
        return {"geonames": []}
    return {"status": {"value": value, "message": text(status.get("message"))}}


def suggestion(place: dict[str, Any], rank: int) -> Suggestion:
    name, key = place["name"], place.get("geonameId", "")
    latitude, longitude = position(place["lat"], place["lng"])
    return Suggestion(
        provider="geonames",
        name=name,
        context=context((place.get(part, "") for part in PARTS), name=name),
        latitude=latitude,
        longitude=longitude,
        # GeoNames scores only its fullest answers, which geopy does not ask for.
        score=score(number(place.get("score")), rank),
        code=f"geonames:{key}" if key.isdecimal() else "",
        kind=CODES.get(place.get("fcode", ""), CLASSES.get(place.get("fcl", ""), "")),
        attribution=ATTRIBUTION,
    )


PROVIDER = Provider(
    name="GeoNames",
    geocoder=GeoNames,
    # A name is answered in English already.
    search={},
    reverse={"lang": "en"},
    sift=sift,
    suggestion=suggestion,
)
