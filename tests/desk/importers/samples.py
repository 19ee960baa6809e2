"""Small files in the forms of the authorities, and the command that loads them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from django.core.management import CommandError, call_command

_WOF_COLUMNS = """
    wof_id geonames_id name name_ar alt_names_ar alt_names_latin latitude longitude placetype
    population adm1_wof_id adm1_name adm2_wof_id is_current adm1_pcode
"""
WOF_COLUMNS = _WOF_COLUMNS.split()
_GEONAMES_COLUMNS = """
    geonameid name asciiname alternatenames latitude longitude class code country cc2
    admin1 admin2 admin3 admin4 population elevation dem timezone modified
"""
GEONAMES_COLUMNS = _GEONAMES_COLUMNS.split()

_FORMATS = "http://schemas.openxmlformats.org"
TYPES = f"{_FORMATS}/officeDocument/2006/relationships"
OFFICE = f'xmlns:r="{TYPES}"'
SHEET = f'xmlns="{_FORMATS}/spreadsheetml/2006/main"'
PACKAGE = f'xmlns="{_FORMATS}/package/2006/relationships"'


def load(*paths: Path, **options: Any) -> tuple[str, str]:
    """What the command says on stdout and stderr; a failure is told last on stderr."""
    out, err = StringIO(), StringIO()
    try:
        call_command("load_places", *map(str, paths), stdout=out, stderr=err, **options)
    except CommandError as error:
        err.write(f"CommandError: {error}")
    return out.getvalue(), err.getvalue()


def table(columns: list[str], rows: list[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def wof_row(**cells: Any) -> dict[str, Any]:
    return {
        "wof_id": 1,
        "name": "Madaya",
        "latitude": "33.69",
        "longitude": "36.1",
        "placetype": "locality",
        **cells,
    }


def wof(folder: Path, *rows: dict[str, Any], name: str = "wof.csv") -> Path:
    return write(folder, name, table(WOF_COLUMNS, [wof_row(**row) for row in rows]))


def geonames_line(**cells: Any) -> str:
    row = {
        **dict.fromkeys(GEONAMES_COLUMNS, ""),
        "geonameid": 1,
        "name": "Maḑāyā",
        "asciiname": "Madaya",
        "latitude": "33.69",
        "longitude": "36.1",
        "class": "P",
        "code": "PPL",
        "country": "SY",
        "population": 0,
        **cells,
    }
    return "\t".join(str(row[column]) for column in GEONAMES_COLUMNS) + "\n"


def geonames(folder: Path, *rows: dict[str, Any]) -> Path:
    return write(folder, "SY.txt", "".join(geonames_line(**row) for row in rows))


def square(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def geojson(folder: Path, *features: Any, name: str = "units.geojson") -> Path:
    whole = [
        {"type": "Feature", "properties": properties, "geometry": geometry}
        for properties, geometry in features
    ]
    return write(folder, name, json.dumps({"type": "FeatureCollection", "features": whole}))


def workbook(folder: Path, **sheets: list[list[Any]]) -> Path:
    """The least that is a workbook: sheets of text and numbers."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(sheets, start=1)
    )
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _related(officeDocument=["xl/workbook.xml"]),
        "xl/workbook.xml": f"<workbook {SHEET} {OFFICE}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _related(
            worksheet=[f"worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
        ),
    }
    for number, rows in enumerate(sheets.values(), start=1):
        cells = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f"<worksheet {SHEET}><sheetData>{cells}</sheetData></worksheet>"
        )
    path = folder / "units.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


def _related(**targets: list[str]) -> str:
    [(kind, paths)] = targets.items()
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{TYPES}/{kind}" Target="{path}"/>'
        for number, path in enumerate(paths, start=1)
    )
    return f"<Relationships {PACKAGE}>{listed}</Relationships>"


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c><v>{value}</v></c>"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
