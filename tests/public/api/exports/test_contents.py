"""Whole sets as files, read by the programs they are for: every public member is there."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess

import orjson
import pandas as pd
import pyarrow as pa
import pytest
from django.utils import timezone
from pyarrow import parquet
from python_calamine import CalamineWorkbook
from shapely import from_wkb

from tests.public.api.exports.reading import download, listed, table
from tracker.tables import guard

pytestmark = pytest.mark.django_db
NESTED = {"place", "position", "target_parties", "verdicts", "corroboration", "assessments"}
# ACLED's codebook of 2024.
SUB_EVENTS = {
    "Battles": {
        "Government regains territory",
        "Non-state actor overtakes territory",
        "Armed clash",
    },
    "Explosions/Remote violence": {
        *("Chemical weapon", "Air/drone strike", "Suicide bomb", "Grenade"),
        *("Shelling/artillery/missile attack", "Remote explosive/landmine/IED"),
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Strategic developments": {
        *("Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use"),
        *("Headquarters or base established", "Looting/property destruction"),
        *("Non-violent transfer of territory", "Other"),
    },
    "": set(),
}
INTER = {"", "State forces", "Rebel group", "Civilians", "External/Other forces"}


@pytest.mark.parametrize("name", ["incidents.csv", "reports.csv", "tallies.csv"])
def test_is_read_by_the_csv_module_and_by_pandas_alike(client, country, name):
    content = download(client, name)

    header, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
    frame = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)

    assert rows
    assert {len(row) for row in rows} == {len(header)} == {len(set(header))}
    assert [*frame.columns] == header
    assert frame.to_numpy().tolist() == rows


def test_is_read_as_numbers_and_days_by_pandas(client, country):
    frame = pd.read_csv(
        io.BytesIO(download(client, "incidents.csv")), parse_dates=["date_start", "updated_on"]
    )

    assert frame["latitude"].dtype == "float64"
    assert frame["date_start"].dtype.kind == "M"
    assert frame["latitude"].isna().any()
    assert frame["revision"].dtype == "int64"


def test_holds_a_column_for_every_member_of_an_incident_and_a_value_where_one_is_told(
    client, country
):
    rows = {row["id"]: row for row in table(client, "incidents.csv")}

    for document in listed(client, "incidents"):
        row = rows[document["id"]]
        for member, value in document.items():
            if member in {"reports", "changelog", *NESTED}:
                continue
            assert (row[member] == "") == (value in (None, [])), member
    # None of the columns is there in vain.
    for column in rows[document["id"]]:
        assert column == "distance_km" or any(row[column] for row in rows.values()), column


def test_holds_a_column_for_every_member_of_a_report(client, country):
    rows = {row["id"]: row for row in table(client, "reports.csv")}

    for document in listed(client, "reports"):
        row = rows[document["id"]]
        assert row["incident_id"] == document["incident"]
        for member in ("stance", "justification", "text", "translation", "language", "stated_on"):
            assert (row[member] == "") == (document[member] is None), member
        for figure in document["figures"]:
            for end in ("low", "best", "high", "as_written"):
                told = row[f"{figure['harm']}.{figure['group']}.{end}"]
                assert told == ("" if figure[end] is None else str(figure[end]))


def test_names_the_places_an_incident_lies_in(client, country):
    rows = table(client, "incidents.csv", q="basimah")

    found = {(row["country"], row["governorate"], row["district"]) for row in rows}
    assert ("Syria", "Rif Dimashq", "Az-Zabdani") in found


@pytest.mark.parametrize(
    ("language", "label", "governorate"),
    [("en", "Shelling", "Rif Dimashq"), ("ar", "قصف مدفعي", "ريف دمشق")],
)
def test_says_codes_and_names_in_the_language_asked_for(
    client, country, language, label, governorate
):
    rows = table(client, "incidents.csv", language=language, act="fire_indirect", q="deir")

    assert "fire_indirect" in rows[0]["acts"].split(";")
    assert label in rows[0]["acts_label"].split(";")
    assert governorate in {row["governorate"] for row in rows}


def test_answers_alike_whatever_language_the_browser_prefers(client, country):
    plain, arabic = (
        client.get("/api/v1/incidents.csv", headers={"Accept-Language": language})
        for language in ("en", "ar")
    )

    assert plain.getvalue() == arabic.getvalue()
    assert plain["Content-Language"] == arabic["Content-Language"] == "en"


def test_keeps_the_verdict_of_each_reading_apart(client, country):
    by_id = {each["id"]: each for each in listed(client, "incidents", verdict="violation")}

    for row in table(client, "incidents.csv", verdict="violation"):
        told = dict(pair.split("=") for pair in row["verdicts"].split(";"))
        readings = [
            reading for each in by_id[row["id"]]["verdicts"] for reading in each["readings"]
        ]
        assert told == {each["reading"]: each["verdict"] for each in readings}
        assert "violation" in told.values()


def test_says_of_itself_in_geojson_what_it_is(client, country):
    told = orjson.loads(download(client, "incidents.geojson", act="siege"))

    assert told["about"] | {"unknown": ""} == {
        "title": "Ceasefire incident tracker",
        "source": "http://testserver/api/v1/incidents.geojson?act=siege",
        "generated_on": timezone.localdate().isoformat(),
        "time_zone": "Asia/Damascus",
        "licence": "https://creativecommons.org/licenses/by/4.0/",
        "methodology": "1",
        "language": "en",
        "unknown": "",
    }


def test_holds_in_geojson_every_member_as_the_list_has_it(client, country):
    documents = listed(client, "incidents")
    features = orjson.loads(download(client, "incidents.geojson"))["features"]

    for document, feature in zip(documents, features, strict=True):
        properties = feature["properties"]
        assert {name: properties[name] for name in document} == document
        assert feature["id"] == document["id"]
        position = document["position"]
        assert feature["geometry"] == (
            position
            and {"type": "Point", "coordinates": [position["longitude"], position["latitude"]]}
        )
        assert len(properties["acts_label"]) == len(document["acts"])


@pytest.mark.parametrize("ending", ["geojson", "geojsonl"])
def test_is_read_by_gdal(client, country, tmp_path, ending):
    path = tmp_path / f"incidents.{ending}"
    path.write_bytes(download(client, f"incidents.{ending}", located="true"))

    said = subprocess.run(  # noqa: S603 - our own command
        [shutil.which("ogrinfo") or pytest.skip("GDAL is not there"), "-so", "-al", str(path)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert f"Feature Count: {len(listed(client, 'incidents', located='true'))}" in said
    assert "Geometry: Point" in said
    assert "verification_label: String" in said


def test_is_a_workbook_that_tells_about_itself_and_its_columns(client, country):
    content = download(client, "incidents.xlsx", verification="verified")

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))

    about = {str(row[0]): str(row[1]) for row in book.get_sheet_by_name("About").to_python()}
    assert book.sheet_names == ["Table", "About", "Columns"]
    assert about["source"].endswith("/api/v1/incidents.xlsx?verification=verified")
    assert about["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    _header, *columns = book.get_sheet_by_name("Columns").to_python()
    assert [name for name, meaning in columns if meaning] == [*table(client, "incidents.csv")[0]]


def test_holds_in_a_workbook_what_the_csv_holds(client, country):
    frame = pd.read_excel(
        io.BytesIO(download(client, "incidents.xlsx")), engine="calamine", keep_default_na=False
    )
    rows = table(client, "incidents.csv")

    assert [*frame["id"]] == [row["id"] for row in rows]
    assert [*frame["title"]] == [row["title"] for row in rows]
    assert [*map(str, frame["latitude"])] == [row["latitude"] for row in rows]
    assert {"'=1+1", "'@x"} <= {*frame["summary"]} | {"'@x"}


def test_makes_the_same_bytes_of_the_same_rows(client, country):
    assert download(client, "incidents.xlsx") == download(client, "incidents.xlsx")


def test_is_geoparquet_with_typed_columns_and_points(client, country):
    read = parquet.read_table(io.BytesIO(download(client, "incidents.parquet")))
    rows = table(client, "incidents.csv")

    geo = orjson.loads(read.schema.metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    assert geo["columns"][geo["primary_column"]]["encoding"] == "WKB"
    assert read.schema.field("date_start").type == pa.date32()
    assert read.schema.field("killed_best").type == pa.int64()
    assert [*map(str, read.column("id").to_pylist())] == [row["id"] for row in rows]
    for row, told in zip(rows, read.to_pylist(), strict=True):
        assert (told["summary"] or "") == guard.lifted(row["summary"])
        assert (told["geometry"] is None) == (row["latitude"] == "")
        if told["geometry"]:
            point = from_wkb(told["geometry"])
            assert (point.y, point.x) == (float(row["latitude"]), float(row["longitude"]))


@pytest.mark.parametrize("resource", ["incidents", "reports", "tallies"])
def test_describes_the_columns_of_a_csv_by_the_standard_for_it(client, country, resource):
    response = client.get(f"/api/v1/{resource}.csv-metadata.json")
    described = response.json()
    columns = described["tableSchema"]["columns"]

    assert response["Content-Type"] == "application/csvm+json"
    assert described["@context"][0] == "http://www.w3.org/ns/csvw"
    rows = table(client, f"{resource}.csv")
    assert [column["name"] for column in columns] == [*rows[0]]
    for column in columns:
        assert column["dc:description"].endswith((".", "t", "d", "n")), column
        _holds_what_is_described(column, {row[column["name"]] for row in rows} - {""})


def _holds_what_is_described(column, cells):
    datatype, separator = column["datatype"], column.get("separator")
    values = {part for cell in cells for part in (cell.split(separator) if separator else [cell])}
    if isinstance(datatype, dict):
        assert values <= {*datatype["format"].split("|")}, column["name"]
    elif datatype in {"integer", "number"}:
        assert all(float(value) == float(value) for value in values)
        assert datatype == "number" or all(value.lstrip("-").isdecimal() for value in values)
    elif datatype == "date":
        assert all(pd.Timestamp(value) for value in values)


def test_writes_no_code_that_acled_does_not_have(client, country):
    rows = table(client, "incidents.csv", profile="acled")

    assert len(rows) == len(country.incidents)
    for row in rows:
        assert row["sub_event_type"] in SUB_EVENTS[row["event_type"]] | {""}
        assert row["disorder_type"] in {"", "Political violence", "Strategic developments"}
        assert {row["inter1"], row["inter2"]} <= INTER
        assert row["time_precision"] in {"", "1", "2", "3"}
        assert row["geo_precision"] in {"", "1", "2", "3"}
        assert row["civilian_targeting"] in {"", "Civilians targeted"}
        assert row["year"] == row["event_date"][:4]
        assert row["timestamp"].isdecimal()


def test_writes_no_code_that_ucdp_does_not_have(client, country):
    for row in table(client, "incidents.csv", profile="ucdp"):
        assert row["type_of_violence"] in {"", "1", "2", "3"}
        assert row["where_prec"] in {"", *"1234567"}
        assert row["date_prec"] in {*"12345"}
        assert row["event_clarity"] in {"1", "2"}
        assert row["date_start"].endswith(" 00:00:00.000")
        assert (row["geom_wkt"] == "") == (row["latitude"] == "") == (row["priogrid_gid"] == "")
