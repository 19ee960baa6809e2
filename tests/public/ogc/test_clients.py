"""Programs that people make maps with read all of it, over the network."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from owslib.ogcapi.features import Features

from tests.public.ogc.world import NAMES, ids, linked, make_world
from tracker.public.models import Kind

needs_gdal = pytest.mark.skipif(not shutil.which("ogr2ogr"), reason="gdal-bin is not installed")
EXPECTED = {"incidents": 3, "zones": 2, "places": 4, "tallies": 3}


@pytest.fixture
def url(live_server, transactional_db) -> str:
    make_world()
    return f"{live_server.url}/ogc"


def gdal(program: str, *arguments: str | Path) -> str:
    done = subprocess.run(  # noqa: S603 - a program of the machine
        [shutil.which(program) or program, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert "ERROR" not in done.stderr, done.stderr
    return done.stdout


def read(tmp_path: Path, url: str, name: str, *options: str) -> list[dict]:
    """The features that ogr2ogr takes out of a collection, two at a time."""
    file = tmp_path / f"{name}.geojson"
    file.unlink(missing_ok=True)
    paged = ("-oo", "PAGE_SIZE=2")
    gdal("ogr2ogr", "-f", "GeoJSON", *paged, *options, file, f"OAPIF:{url}", name)
    return json.loads(file.read_text())["features"]


@needs_gdal
def test_is_read_whole_and_in_part_by_gdal(url, tmp_path):
    listed = gdal("ogrinfo", "-q", f"OAPIF:{url}")
    assert all(name in listed for name in NAMES)
    for name, number in EXPECTED.items():
        assert len(read(tmp_path, url, name)) == number
    told = read(tmp_path, url, "incidents")
    assert sorted(each["properties"]["id"] for each in told) == ids(Kind.INCIDENT)

    boxed = read(tmp_path, url, "incidents", "-spat", "36", "33", "36.5", "34")
    assert [each["properties"]["means"] for each in boxed] == ["mortar,tank"]
    verified = read(tmp_path, url, "incidents", "-where", "verification = 'verified'")
    assert [each["properties"]["act"] for each in verified] == ["siege"]
    zones = read(tmp_path, url, "zones", "-where", "rule = 'include'")
    assert [each["properties"]["name"] for each in zones] == ["Hama"]
    lasting = read(tmp_path, url, "incidents", "-where", "date_end >= '2017-01-17'")
    assert [each["properties"]["act"] for each in lasting] == ["siege"]


@needs_gdal
def test_arrives_in_a_geopackage_with_all_its_properties(url, tmp_path):
    file = tmp_path / "all.gpkg"
    gdal("ogr2ogr", "-f", "GPKG", file, f"OAPIF:{url}")

    for name, number in EXPECTED.items():
        told = gdal("ogrinfo", "-al", "-geom=NO", file, name)
        assert f"Feature Count: {number}" in told
    counts = gdal("ogrinfo", "-al", file, "tallies")
    assert "monitor_name_ar (String) = المركز الروسي" in counts
    assert "count (Integer) = 2" in counts
    assert "POINT (36.75 35.13)" in counts
    assert "confirmed (String) = (null)" in counts


def test_is_read_whole_and_in_part_by_owslib(url):
    service = Features(url)

    assert service.feature_collections() == list(NAMES)
    assert service.conformance()["conformsTo"]
    assert service.api()["openapi"].startswith("3.0")
    for name, number in EXPECTED.items():
        assert service.collection(name)["id"] == name
        assert service.collection_queryables(name)["properties"]
        found = service.collection_items(name, limit=1000)
        assert found["numberReturned"] == number
        first = found["features"][0]["id"]
        assert service.collection_item(name, first)["id"] == first

    def titles(**asked):
        found = service.collection_items("incidents", **asked)["features"]
        return {each["properties"]["act"] for each in found}

    assert titles(bbox=[36, 33, 36.5, 34], located="true") == {"fire_indirect,siege"}
    assert titles(datetime_="2017-01-18/..") == {"siege"}
    assert titles(verification="verified") == {"siege"}


def test_is_paged_through_by_owslib(url):
    answer = Features(url).collection_items("incidents", limit=2)
    found = [each["id"] for each in answer["features"]]
    while following := linked(answer, "next"):
        page, _, query = following.partition("?")
        assert page.endswith("/collections/incidents/items")
        asked = dict(each.split("=", 1) for each in query.split("&"))
        answer = Features(url).collection_items("incidents", **asked)
        found += [each["id"] for each in answer["features"]]

    assert sorted(found) == ids(Kind.INCIDENT)
