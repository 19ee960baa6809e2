"""What stands in single cells: nothing added up, nothing unknown made 0, nothing lost in silence."""

from __future__ import annotations

import io
from dataclasses import replace

import orjson
import pandas as pd
import pytest

from tests.factories import make_assessment, make_incident, make_party, make_place, make_report
from tests.public.api.exports.reading import download, table
from tracker.public.api.exports.forms import XLSX
from tracker.public.api.exports.views import IncidentsXlsx
from tracker.public.formats import parquet

pytestmark = pytest.mark.django_db


def test_says_by_how_much_the_clocks_were_ahead(client, publish):
    publish(make_incident(date_start="2017-01-15"))
    publish(make_incident(date_start="2017-07-15"))

    rows = table(client, "incidents.csv", ordering="date")

    assert [row["utc_offset"] for row in rows] == ["UTC+02:00", "UTC+03:00"]


@pytest.fixture
def differing(publish):
    """Two claimants, each with a figure of its own; and what the desk leads with."""
    incident = make_incident(reports=0)
    one = make_report(incident=incident, figures=[{"low": 4, "best": 5}])
    make_report(incident=incident, figures=[{"best": 70}])

    def publish_led(*, led: bool):
        if led:
            figure = {"assessed": "figure", "harm": "killed", "group": "all"}
            make_assessment(incident, **figure, low=4, best=5, basis_report=one)
        return publish(incident), one

    return publish_led


def test_gives_no_figure_where_the_desk_leads_with_none(client, differing):
    differing(led=False)

    [row] = table(client, "incidents.csv")

    assert {row[f"killed_{bound}"] for bound in ("low", "best", "high", "basis")} == {""}
    assert "75" not in row.values()
    best = [report["killed.all.best"] for report in table(client, "reports.csv")]
    assert sorted(best) == ["5", "70"]


def test_gives_the_figure_the_desk_leads_with_and_whose_it_is(client, differing):
    _incident, report = differing(led=True)

    [row] = table(client, "incidents.csv")

    assert [row[f"killed_{bound}"] for bound in ("low", "best", "high")] == ["4", "5", ""]
    assert row["killed_basis"] == report.source.name
    assert row["assessed_figures"] == "killed.all.low=4;killed.all.best=5"


def test_tells_what_is_unknown_from_what_is_none(client, publish):
    incident = make_incident(reports=0)
    make_report(incident=incident, figures=[{"best": 0}])
    publish(incident)

    [row] = table(client, "reports.csv")

    assert (row["killed.all.low"], row["killed.all.best"]) == ("", "0")


def test_names_those_accused_and_none_that_is_hidden(client, publish):
    incident = make_incident(reports=0, place=make_place())
    parties = [make_party(slug="b"), make_party(slug="a")]
    make_report(incident=incident, accused=parties)
    publish(incident)

    [row] = table(client, "incidents.csv")

    assert row["accused_ids"] == "a;b"
    assert row["attributions"] == ""


def test_is_an_empty_collection_where_nothing_is_found(client, db):
    told = orjson.loads(download(client, "incidents.geojson"))

    assert (told["features"], told["numberReturned"]) == ([], 0)
    assert download(client, "incidents.geojsonl") == b""


def test_cuts_in_a_workbook_what_no_cell_of_one_holds(client, publish):
    publish(make_incident(summary="=" + "x" * 40_000))

    frame = pd.read_excel(io.BytesIO(download(client, "incidents.xlsx")), engine="calamine")

    assert frame["summary"][0].startswith("'=xxx")
    assert frame["summary"][0].endswith("x…")
    assert len(frame["summary"][0]) == 32_767


def test_refuses_a_workbook_of_more_rows_than_are_of_use(client, publish, monkeypatch):
    publish(make_incident())
    publish(make_incident())
    monkeypatch.setattr(IncidentsXlsx, "form", replace(XLSX, most=1))

    response = client.get("/api/v1/incidents.xlsx")

    assert response.status_code == 400
    assert "more than the 1 rows of a workbook" in response.json()["detail"]


def test_says_that_it_cannot_make_geoparquet_where_pyarrow_is_missing(client, monkeypatch):
    monkeypatch.setattr(parquet, "IS_INSTALLED", False)

    response = client.get("/api/v1/incidents.parquet")

    assert response.status_code == 501
    assert "pyarrow" in response.json()["detail"]
