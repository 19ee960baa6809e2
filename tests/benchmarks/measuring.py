"""How long public answers take beside the bare limits of the same reads, on a database that is filled.

Run by test_serving.py in a process of its own. Each line printed is one comparison, measured in turns.
"""

from __future__ import annotations

import base64
import http.client
import io
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import django
import orjson

django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - needs the settings
from django.db import connection  # noqa: E402
from django.http import QueryDict  # noqa: E402

from tests.benchmarks import bare, postgis  # noqa: E402
from tracker.geo.bbox import BBox  # noqa: E402
from tracker.geo.tiles import tiles_of  # noqa: E402
from tracker.public.filters import IncidentQuery  # noqa: E402
from tracker.public.models import Edition, Entry, Kind  # noqa: E402

TURNS = 30
FEATURES = 10_000
LIST = "/api/v1/incidents/"
BOX = BBox(36.0, 33.0, 38.0, 35.0)
DAYS = ("2016-07-01", "2017-06-30")
ACT = "air_attack"
ASKED = {
    "bbox": f"{BOX.west},{BOX.south},{BOX.east},{BOX.north}",
    "date_from": DAYS[0],
    "date_to": DAYS[1],
    "act": ACT,
    "page_size": 100,
}

application: Any = get_wsgi_application()


def answered(path: str, **asked: Any) -> bytes:
    """The body of an answer, by the tracker's own WSGI application in this process."""
    environment = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": urlencode(asked),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "HTTP_HOST": "localhost",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
    }
    started: list[str] = []
    response = application(environment, lambda status, _headers: started.append(status))
    body = b"".join(response)
    response.close()
    assert started == ["200 OK"], body
    return body


def in_turns(*calls: Callable[[], Any], turns: int = TURNS) -> list[float]:
    """The median milliseconds that each of these takes, one after another, again and again."""
    taken: list[list[float]] = [[] for _call in calls]
    for _turn in range(turns + 1):
        for call, times in zip(calls, taken, strict=True):
            began = time.perf_counter()
            call()
            times.append(1000 * (time.perf_counter() - began))
    # The first turn fills caches.
    return [statistics.median(times[1:]) for times in taken]


def say(what: str, taken: list[float], wanted: str) -> None:
    ours, bare = taken
    print(
        f"{connection.vendor:10} {what:58} {ours:9.2f} {bare:9.2f} {ours / bare:6.2f}  {wanted}",
        flush=True,
    )


def where(entry: str = "entry.") -> tuple[str, list[Any]]:
    """The question in SQL, of plain tables or of the index, with its values."""
    tiles = ", ".join(map(str, tiles_of(BOX) or []))
    told = (
        f"{entry}tile IN ({tiles}) AND {entry}latitude BETWEEN %s AND %s"
        f" AND {entry}longitude BETWEEN %s AND %s AND {entry}date_start BETWEEN %s AND %s"
    )
    return told, [BOX.south, BOX.north, BOX.west, BOX.east, *DAYS]


def stored() -> bytes:
    """One cursor reading the stored documents of the same page, by the plan that is quickest."""
    _told, values = where()
    sql = (
        "SELECT edition.document FROM public_edition edition WHERE edition.id IN ("
        "   SELECT entry.edition_id FROM public_entry entry WHERE entry.kind = 'incident'"
        "   AND entry.latitude BETWEEN %s AND %s AND entry.longitude BETWEEN %s AND %s"
        "   AND entry.date_start BETWEEN %s AND %s"
        "   AND (SELECT 1 FROM public_facet facet WHERE facet.name = 'act' AND facet.value = %s"
        "        AND facet.edition_id = entry.edition_id) IS NOT NULL"
        "   ORDER BY entry.date_start DESC, entry.public_id DESC LIMIT 100)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, ACT])
        documents = [document for (document,) in cursor.fetchall()]
    return f'{{"next":null,"results":[{",".join(documents)}]}}'.encode()


def built() -> bytes:
    told, values = where("")
    return bare.built(f"{told} AND act = %s", [*values, ACT])


def measure_page() -> None:
    page = partial(answered, LIST, **ASKED)
    results = [_sorted(each()) for each in (page, built, stored)]
    assert results[0] == results[1] == results[2]
    ours, by_hand, read = in_turns(page, built, stored)
    say("page of 100 by box, days, act; beside fields built bare", [ours, by_hand], "< 1")
    say("the same, beside stored documents read bare", [ours, read], "<= 1.5")


def _sorted(answer: bytes) -> list[dict[str, Any]]:
    """The incidents of an answer, and the readings of each, in one order."""
    results: list[dict[str, Any]] = orjson.loads(answer)["results"]
    results.sort(key=lambda incident: incident["id"])
    for verdict in (verdict for each in results for verdict in each["verdicts"]):
        verdict["readings"].sort(key=lambda told: told["reading"])
    return results


def measure_depth() -> None:
    cursor = _cursor_at(depth=10_000)
    taken = in_turns(
        partial(answered, LIST, page_size=100, cursor=cursor),
        partial(answered, LIST, page_size=100),
    )
    say("page 10,000 beside page 1", taken, "about 1")


def _cursor_at(*, depth: int) -> str:
    """The cursor that begins a page, so many pages of a hundred on, or as many as there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM public_entry WHERE kind = 'incident'")
        [(count,)] = cursor.fetchall()
        cursor.execute(
            "SELECT date_start, public_id FROM public_entry WHERE kind = 'incident'"
            " ORDER BY date_start DESC, public_id DESC LIMIT 1 OFFSET %s",
            [min(100 * (depth - 1), count - 101)],
        )
        [(day, public_id)] = cursor.fetchall()
    told = orjson.dumps(["-date", str(day), str(UUID(str(public_id)))])
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def measure_geojson() -> None:
    """Ten thousand features, beside one cursor and either a JSON decoder and encoder or neither."""
    asked = {"date_from": _day_of(FEATURES)}
    ours = partial(answered, "/api/v1/incidents.geojson", **asked)
    told = orjson.loads(ours())["features"]
    assert [each["id"] for each in told] == [each["id"] for each in encoded(**asked)]
    anew, joined = (partial(write, **asked) for write in (encoded, enclosed))
    taken = in_turns(ours, anew, joined, turns=9)
    say(f"GeoJSON of {len(told):,}, beside decoding and encoding", taken[:2], "<= 1.25")
    say("the same, beside stored documents joined without labels", [taken[0], taken[2]], "")


def _day_of(number: int) -> str:
    """The day since which there have been about so many incidents."""
    days = Entry.objects.of(Kind.INCIDENT).order_by("-date_start").values_list("date_start")
    return str(days[number][0])


def documents_since(day: str) -> list[str]:
    """The stored documents, newest first, by one cursor."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT edition.document FROM public_entry entry"
            " JOIN public_edition edition ON edition.id = entry.edition_id"
            " WHERE entry.kind = 'incident' AND entry.date_start >= %s"
            " ORDER BY entry.date_start DESC, entry.public_id DESC",
            [day],
        )
        return [document for (document,) in cursor.fetchall()]


def encoded(*, date_from: str) -> list[dict[str, Any]]:
    """Features as a program would make them: each document decoded, and encoded with a point."""
    features = []
    for document in documents_since(date_from):
        told = orjson.loads(document)
        point = [told["position"]["longitude"], told["position"]["latitude"]]
        geometry = {"type": "Point", "coordinates": point}
        feature = {"type": "Feature", "geometry": geometry, "properties": told}
        features.append({"id": told["id"], "text": orjson.dumps(feature)})
    b",\n".join([feature["text"] for feature in features])
    return features


def enclosed(*, date_from: str) -> bytes:
    """The least that could be done: nothing is looked into, so there is no point and no label."""
    properties = [
        f'{{"type":"Feature","properties":{each}}}' for each in documents_since(date_from)
    ]
    return ",\n".join(properties).encode()


def measure_server() -> None:
    """Whole answers over HTTP by the default server, of the tracker and of a bare function."""
    with (
        _served("tracker.wsgi:application") as ours,
        _served("tests.benchmarks.bare_wsgi:application") as theirs,
    ):
        page = partial(_fetched, ours, f"{LIST}?{urlencode(ASKED)}")
        read = partial(_fetched, theirs, "/")
        assert _sorted(page()) == _sorted(read())
        say("the same page over HTTP, beside a bare function", in_turns(page, read), "<= 2")


@contextmanager
def _served(application: str) -> Iterator[http.client.HTTPConnection]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = [sys.executable, "-m", "granian", application, "--interface", "wsgi"]
    told = ["--port", str(port), "--blocking-threads", "2", "--log-level", "warning"]
    process = subprocess.Popen([*server, *told])  # noqa: S603
    try:
        yield _connected(port)
    finally:
        process.terminate()
        process.wait()


def _connected(port: int) -> http.client.HTTPConnection:
    for _try in range(200):
        connected = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        try:
            connected.connect()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return connected
    raise RuntimeError("The server does not answer.")


def _fetched(connected: http.client.HTTPConnection, address: str) -> bytes:
    connected.request("GET", address)
    response = connected.getresponse()
    body = response.read()
    assert response.status == 200, body
    return body


def measure_space() -> None:
    """The newest hundred of one act in a year: by our index, and by PostGIS where it is there."""
    if not postgis.make():
        return
    regions: dict[str, tuple[dict[str, Any], float]] = {
        "country": ({"bbox": "35.5,32.3,42.4,37.4"}, 1 / 3),
        "province": ({"bbox": "36.0,33.0,38.0,35.0"}, 1 / 3),
        "town": ({"bbox": "36.2,33.4,36.4,33.6"}, 1.0),
        "100 km": ({"near": "34.0,37.0", "within_km": 100}, 1.0),
    }
    for name, (region, wanted) in regions.items():
        asked: dict[str, Any] = {"date_from": DAYS[0], "date_to": DAYS[1], "act": ACT, **region}
        ours, theirs = partial(found, asked), partial(postgis.found, asked)
        assert ours() == theirs()
        taken = in_turns(ours, partial(again, asked_of_the_database(ours)), theirs)
        say(f"newest 100, {name}, beside PostGIS", [taken[0], taken[2]], f"<= {wanted:.2f}")
        say("the same, our statements alone", taken[1:], f"<= {wanted:.2f}")


def found(asked: dict[str, Any]) -> list[str]:
    """The ids of one page, as the list finds them."""
    query = IncidentQuery.read(QueryDict(urlencode({**asked, "page_size": 99})))
    if IncidentQuery.is_by_day(query):
        return [str(row[0]) for row in IncidentQuery.first(Kind.INCIDENT, query, ["public_id"])]
    editions = IncidentQuery.apply(Edition.objects.of(Kind.INCIDENT), query)
    ordered = IncidentQuery.order(query).arrange(editions)
    return [*ordered.values_list("public_id", flat=True)[:100]]


Statement = tuple[str, Any]


def asked_of_the_database(call: Callable[[], Any]) -> list[Statement]:
    """The statements that a call executes, with their values."""
    statements: list[Statement] = []

    def note(execute: Any, sql: str, values: Any, *told: Any) -> Any:
        statements.append((sql, values))
        return execute(sql, values, *told)

    with connection.execute_wrapper(note):
        call()
    return statements


def again(statements: list[Statement]) -> None:
    """Execute these by one cursor."""
    with connection.cursor() as cursor:
        for sql, values in statements:
            cursor.execute(sql, values)
            cursor.fetchall()


if __name__ == "__main__":
    if not bare.is_made():
        bare.make()
    for measure in (measure_page, measure_depth, measure_geojson, measure_server, measure_space):
        measure()
