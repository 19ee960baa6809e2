"""How files are handed out: named, bounded, begun only where they can be made."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import uuid
from collections import Counter
from threading import Barrier, Event, Thread

import orjson
import pandas as pd
import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import make_incident, make_party, make_place, make_report
from tracker.public.api.exports import about, streaming
from tracker.public.models import Edition, Entry, Kind

pytestmark = pytest.mark.django_db
FILES = [
    *("incidents.csv", "incidents.geojson", "incidents.geojsonl", "incidents.xlsx"),
    *("incidents.parquet", "reports.csv", "reports.geojsonl", "tallies.csv"),
]


def today() -> str:
    return timezone.localdate().isoformat()


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "incidents-{}.csv"),
        ("act=air_attack", "incidents-{}-act-air_attack.csv"),
        (
            "act=air_attack,siege&date_from=2017-01-01",
            "incidents-{}-act-air_attack+siege-date_from-2017-01-01.csv",
        ),
        ("profile=acled", "incidents-{}-profile-acled.csv"),
        # What someone wrote is no part of a name.
        ("q=قصف&accused=army", "incidents-{}-q-accused.csv"),
        ("max_geo_precision=٣", "incidents-{}-max_geo_precision-.csv"),
    ],
)
def test_names_the_file_for_what_is_in_it(client, query, name):
    response = client.get(f"/api/v1/incidents.csv?{query}")

    assert response["Content-Disposition"] == f'attachment; filename="{name.format(today())}"'


def test_bounds_the_name_of_a_file(client):
    acts = "fire_indirect,fire_direct,air_attack,ground_attack,territory,explosive"
    query = f"act={acts}&means=tank,mortar,artillery,missile,drone&verification=verified"

    name = client.get(f"/api/v1/incidents.csv?{query}")["Content-Disposition"]

    assert name.endswith('-etc.csv"')
    assert name.isascii()
    assert len(name) < about.LONGEST_NAME + 40


@pytest.mark.parametrize("name", FILES)
def test_says_by_which_licence_and_method_it_is_made(client, name):
    response = client.get(f"/api/v1/{name}?language=ar")

    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in response["Link"]
    assert f'<http://testserver/api/v1/{name}?language=ar>; rel="self"' in response["Link"]
    assert response["Methodology-Version"] == about.METHODOLOGY
    assert response["Content-Language"] == "ar"
    assert response["Cache-Control"].startswith("public, max-age=60, ")
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", FILES)
def test_hands_out_nothing_but_headers_where_nothing_else_is_asked_for(client, name):
    with CaptureQueriesContext(connection) as captured:
        response = client.head(f"/api/v1/{name}")

    assert response.getvalue() == b""
    assert response["Content-Disposition"].startswith("attachment")
    # The number of the last change alone, for the tag.
    assert len(captured) == 1


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "query", ["page_size=5", "cursor=x", "foo=1", "language=fr", "q=%00", "date_from=yesterday"]
)
def test_refuses_what_is_wrong_before_it_begins(client, name, query):
    response = client.get(f"/api/v1/{name}?{query}")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert "Content-Disposition" not in response


@pytest.mark.parametrize("name", ["reports.csv", "incidents.geojson", "tallies.csv"])
def test_has_the_columns_of_other_datasets_for_incidents_alone(client, name):
    assert client.get(f"/api/v1/{name}?profile=ucdp").status_code == 400


def test_answers_with_no_half_file_where_the_database_fails_at_the_first_row(
    client, publish, settings
):
    publish(make_incident())
    settings.DEBUG_PROPAGATE_EXCEPTIONS = False
    client.raise_request_exception = False
    with connection.execute_wrapper(_fail):
        response = client.get("/api/v1/incidents.csv")

    assert response.status_code == 503
    assert response["Content-Type"] == "application/problem+json"
    # Its place was given back.
    assert client.get("/api/v1/incidents.csv").status_code == 200


def _fail(execute, sql, params, many, context):
    raise OperationalError("disk I/O error")


@pytest.fixture
def others(monkeypatch):
    """As many threads as may be, each busy with an export until it is told to go on."""
    # Answers that other tests never read to their end are not yet forgotten.
    monkeypatch.setattr(streaming, "_threads", Counter())
    begun, leave = Barrier(streaming.MOST_AT_ONCE + 1), Event()

    def hand_out() -> None:
        pieces = streaming.Pieces([b"a", b"b"])
        begun.wait(timeout=10)
        leave.wait(timeout=10)
        pieces.close()

    threads = [Thread(target=hand_out) for _ in range(streaming.MOST_AT_ONCE)]
    for thread in threads:
        thread.start()
    begun.wait(timeout=10)

    def let_go() -> None:
        leave.set()
        for thread in threads:
            thread.join()

    yield let_go
    let_go()


def test_hands_out_so_many_at_a_time_and_asks_others_to_wait(client, publish, others):
    publish(make_incident())

    refused = client.get("/api/v1/reports.csv")

    assert refused.status_code == 503
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["Retry-After"] == streaming.RETRY_AFTER
    # Lists are answered all the while, and exports once somebody has left.
    assert client.get("/api/v1/incidents/").status_code == 200
    others()
    assert client.get("/api/v1/reports.csv").getvalue()


def break_off(client, name: str, publish) -> bytes:
    """What is handed out where, after many editions, one is not as it should be."""
    publish(make_incident(place=make_place()))
    edition = Edition.objects.get(kind=Kind.INCIDENT)
    told = {name: getattr(edition, name) for name in ("kind", "label", "search", "revision")}
    told |= {name: getattr(edition, name) for name in ("digest", "published_on", "updated_on")}
    documents = ["{}", *[edition.document] * 400]
    copies = Edition.objects.bulk_create(
        Edition(**told, public_id=str(uuid.UUID(int=number)), document=document)
        for number, document in enumerate(documents)
    )
    Entry.objects.bulk_create(
        Entry(
            edition=copy,
            kind=Kind.INCIDENT,
            public_id=copy.public_id,
            date_start=dt.date(2016, 1, 1) + dt.timedelta(days=number),
            date_end=dt.date(2018, 1, 1),
            date_precision=1,
            verification="reported",
            updated_on=edition.updated_on,
        )
        for number, copy in enumerate(copies)
    )
    pieces: list[bytes] = []
    with pytest.raises(KeyError):
        # What came before the failure stays.
        pieces.extend(client.get(f"/api/v1/{name}"))
    return b"".join(pieces)


def test_breaks_a_csv_off_so_that_no_reader_takes_it_for_whole(client, publish):
    content = break_off(client, "incidents.csv", publish)

    assert len(content) > 1 << 16
    with pytest.raises(pd.errors.ParserError, match="EOF inside string"):
        pd.read_csv(io.BytesIO(content))


def test_breaks_lines_off_so_that_no_reader_takes_them_for_whole(client, publish):
    *lines, last = break_off(client, "incidents.geojsonl", publish).splitlines()

    assert orjson.loads(lines[0])["type"] == "Feature"
    with pytest.raises(orjson.JSONDecodeError):
        orjson.loads(last)


def test_leaves_out_the_end_of_a_collection_that_breaks_off(client, publish):
    content = break_off(client, "incidents.geojson", publish)

    assert len(content) > 1 << 16
    with pytest.raises(orjson.JSONDecodeError):
        orjson.loads(content)


def test_packs_what_it_hands_out_for_who_can_unpack_it(client, publish):
    publish(make_incident())
    plain = client.get("/api/v1/incidents.csv").getvalue()

    packed = client.get("/api/v1/incidents.csv", headers={"Accept-Encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.getvalue()) == plain


@pytest.mark.parametrize("name", ["incidents.xlsx", "incidents.parquet"])
def test_packs_nothing_twice(client, name):
    response = client.get(f"/api/v1/{name}", headers={"Accept-Encoding": "gzip"})

    assert response["Content-Encoding"] == "identity"


def queries(client, name: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/api/v1/{name}").getvalue()
    return sum("SAVEPOINT" not in query["sql"] for query in captured)


def test_takes_as_many_queries_for_many_rows_as_for_few(client, publish):
    taken = []
    for number in (2, 6):
        for _each in range(number):
            incident = make_incident(reports=0, place=make_place())
            make_report(incident=incident, accused=[make_party()])
            publish(incident)
        taken.append({name: queries(client, name) for name in FILES})

    assert taken[0] == taken[1]
    assert max(taken[0].values()) <= 5
