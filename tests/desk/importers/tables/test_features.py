from __future__ import annotations

import json

from tests.desk.importers.tables.samples import opened, refused, rows, told
from tracker.desk.importers.faults import Why
from tracker.desk.importers.tables import open_table


def feature(geometry=None, properties=None, **others):
    return {"type": "Feature", "geometry": geometry, "properties": properties, **others}


def point(longitude, latitude):
    return {"type": "Point", "coordinates": [longitude, latitude]}


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}, indent=1).encode()


def test_makes_columns_of_the_properties_of_all_features(tmp_path):
    table = opened(
        tmp_path,
        collection(
            feature(point(36.1, 33.7), {"name": "عين الفيجة", "dead": 7}),
            feature(point(36, 33.5), {"dead": None, "tags": ["a", {"b": 1}], "sure": True}),
        ),
    )

    assert told(table) == [
        (0, ["name", "dead", "latitude", "longitude", "tags", "sure"]),
        (1, ["عين الفيجة", "7", "33.7", "36.1", "", ""]),
        (2, ["", "", "33.5", "36", '["a",{"b":1}]', "true"]),
    ]
    assert str(table.label) == "GeoJSON, one row a feature"


def test_prefers_a_position_that_is_stated_to_that_of_the_point(tmp_path):
    table = opened(
        tmp_path,
        collection(
            feature(point(36.1, 33.7), {"latitude": 33.71, "longitude": ""}),
        ),
    )

    assert rows(table) == [["latitude", "longitude"], ["33.71", "36.1"]]


def test_takes_an_area_without_a_position_but_says_what_it_is(tmp_path):
    line = {"type": "LineString", "coordinates": [[36, 33], [37, 34]]}

    table = opened(tmp_path, collection(feature(line, {"n": 1}), feature(None, {"n": 2}, id="x")))

    assert rows(table) == [
        ["n", "latitude", "longitude", "geometry_type", "id"],
        ["1", "", "", "LineString", ""],
        ["2", "", "", "", "x"],
    ]


def test_reads_one_feature_a_line_and_refuses_only_the_lines_it_cannot_read(tmp_path):
    lines = [json.dumps(feature(point(36, 33), {"n": n})) for n in (1, 2)]
    content = f"\x1e{lines[0]}\n\n{{broken\n[]\n{lines[1]}\n"

    table = opened(tmp_path, content.encode())

    assert told(table) == [
        (0, ["n", "latitude", "longitude"]),
        (1, ["1", "33", "36"]),
        (2, Why.NOT_JSON),
        (3, Why.NO_FEATURE),
        (4, ["2", "33", "36"]),
    ]


def test_refuses_only_the_feature_that_is_none(tmp_path):
    table = opened(tmp_path, collection(feature(None, {"n": 1}), 7, feature(None, {"n": "\0"})))

    assert [said for _, said in told(table)][1:] == [["1", "", ""], Why.NO_FEATURE, Why.HOLDS_NUL]


def test_refuses_other_json(tmp_path):
    path = tmp_path / "a.csv"
    for content, why in (
        (b'{"type": "Topology"}', Why.OTHER_JSON),
        (b'[{"a": 1}]', Why.OTHER_JSON),
        (b'{"type": "FeatureCollection", "features": [', Why.UNSOUND_JSON),
        (b'{"a":' * 5_000, Why.UNSOUND_JSON),
    ):
        path.write_bytes(content)
        assert refused(path).reason == why


def test_reads_the_shared_boundaries(shared_data):
    path = shared_data / "boundaries" / "sy_adm1_ocha_cod_ab_20201217.geojson"

    header, *governorates = rows(open_table(path))

    assert len(governorates) == 14
    assert all(row[header.index("geometry_type")].endswith("Polygon") for row in governorates)
