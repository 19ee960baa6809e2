"""What each provider answers about Madaya, in the shape its own server gives it."""

from __future__ import annotations

from typing import Any

from tracker.desk.geocoding.suggestions import Suggestion

OSM = "© OpenStreetMap contributors, ODbL"

NOMINATIM: list[dict[str, Any]] = [
    {
        "place_id": 240130123,
        "licence": "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright",
        "osm_type": "node",
        "osm_id": 313852423,
        "lat": "33.6888900",
        "lon": "36.0988600",
        "class": "place",
        "type": "town",
        "place_rank": 18,
        "importance": 0.36123456789,
        "addresstype": "town",
        "name": "Madaya",
        "display_name": (
            "Madaya, Madaya Subdistrict, Al-Zabadani District, Rif Dimashq Governorate, Syria"
        ),
        "address": {
            "town": "Madaya",
            "county": "Madaya Subdistrict",
            "state_district": "Al-Zabadani District",
            "state": "Rif Dimashq Governorate",
            "ISO3166-2-lvl4": "SY-RD",
            "country": "Syria",
            "country_code": "sy",
        },
        "boundingbox": ["33.6488900", "33.7288900", "36.0588600", "36.1388600"],
    },
    {
        "place_id": 240130124,
        "osm_type": "relation",
        "osm_id": 3000123,
        "lat": "33.5",
        "lon": "36.5",
        "class": "boundary",
        "type": "administrative",
        "importance": 0.52,
        "addresstype": "state",
        "name": "Rif Dimashq Governorate",
        "display_name": "Rif Dimashq Governorate, Syria",
        "address": {"state": "Rif Dimashq Governorate", "country": "Syria", "country_code": "sy"},
    },
]
PHOTON: dict[str, Any] = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {
                "osm_type": "N",
                "osm_id": 313852423,
                "osm_key": "place",
                "osm_value": "town",
                "type": "city",
                "countrycode": "SY",
                "name": "Madaya",
                "county": "Madaya Subdistrict",
                "state": "Rif Dimashq Governorate",
                "country": "Syria",
            },
            "geometry": {"type": "Point", "coordinates": [36.09886, 33.68889]},
        },
        {
            "type": "Feature",
            "properties": {
                "osm_type": "W",
                "osm_id": 99123,
                "osm_key": "amenity",
                "osm_value": "hospital",
                "type": "house",
                "housenumber": "7",
                "street": "Madaya Street",
                "city": "Bloudan",
                "country": "Syria",
                "extent": [36.12, 33.73, 36.13, 33.72],
            },
            "geometry": {"type": "Point", "coordinates": [36.125, 33.725]},
        },
    ],
}
GEONAMES: dict[str, Any] = {
    "totalResultsCount": 2,
    "geonames": [
        {
            "adminCode1": "08",
            "lng": "36.09886",
            "geonameId": 167357,
            "toponymName": "Maḑāyā",
            "countryId": "163843",
            "fcl": "P",
            "population": 40000,
            "countryCode": "SY",
            "name": "Madaya",
            "fclName": "city, village,...",
            "adminCodes1": {"ISO3166_2": "RD"},
            "countryName": "Syria",
            "fcodeName": "populated place",
            "adminName1": "Rif-dimashq",
            "lat": "33.68889",
            "fcode": "PPL",
        },
        {
            "lng": "36.1",
            "lat": "33.7",
            "geonameId": 167999,
            "fcl": "H",
            "fcode": "SPNG",
            "name": "Nab' Madaya",
            "adminName1": "Rif-dimashq",
            "countryName": "Syria",
        },
    ],
}

ANSWERS: dict[str, Any] = {"nominatim": NOMINATIM, "photon": PHOTON, "geonames": GEONAMES}
NOTHING: dict[str, Any] = {
    "nominatim": [],
    "photon": {"type": "FeatureCollection", "features": []},
    "geonames": {"totalResultsCount": 0, "geonames": []},
}
SUGGESTIONS = {
    "nominatim": [
        Suggestion(
            provider="nominatim",
            name="Madaya",
            context="Madaya Subdistrict, Al-Zabadani District, Rif Dimashq Governorate, Syria",
            latitude=33.68889,
            longitude=36.09886,
            score=36.1,
            code="osm:node/313852423",
            kind="settlement",
            attribution=OSM,
        ),
        Suggestion(
            provider="nominatim",
            name="Rif Dimashq Governorate",
            context="Syria",
            latitude=33.5,
            longitude=36.5,
            score=52.0,
            code="osm:relation/3000123",
            kind="governorate",
            attribution=OSM,
        ),
    ],
    "photon": [
        Suggestion(
            provider="photon",
            name="Madaya",
            context="Madaya Subdistrict, Rif Dimashq Governorate, Syria",
            latitude=33.68889,
            longitude=36.09886,
            score=100.0,
            code="osm:node/313852423",
            kind="settlement",
            attribution=OSM,
        ),
        Suggestion(
            provider="photon",
            name="7, Madaya Street",
            context="Bloudan, Syria",
            latitude=33.725,
            longitude=36.125,
            score=90.0,
            code="osm:way/99123",
            kind="site",
            attribution=OSM,
        ),
    ],
    "geonames": [
        Suggestion(
            provider="geonames",
            name="Madaya",
            context="Rif-dimashq, Syria",
            latitude=33.68889,
            longitude=36.09886,
            score=100.0,
            code="geonames:167357",
            kind="settlement",
            attribution="GeoNames, CC BY 4.0",
        ),
        Suggestion(
            provider="geonames",
            name="Nab' Madaya",
            context="Rif-dimashq, Syria",
            latitude=33.7,
            longitude=36.1,
            score=90.0,
            code="geonames:167999",
            kind="site",
            attribution="GeoNames, CC BY 4.0",
        ),
    ],
}
