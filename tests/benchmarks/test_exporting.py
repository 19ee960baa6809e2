"""How fast a whole set is handed out, beside a cursor, a JSON decoder and a writer on their own."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import os
import socket
import subprocess
import sys
import time
import tracemalloc
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any
from urllib.request import Request, urlopen

import orjson
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tests.factories import make_assessment, make_incident, make_party, make_place, make_report
from tracker.desk.workflow import publishing
from tracker.desk.workflow.recording import recorded
from tracker.public.models import Edition, Entry, Kind

# Committed, so that a server reads it.
pytestmark = [pytest.mark.benchmark, pytest.mark.django_db(transaction=True)]

ROWS = int(os.environ.get("ROWS", "100000"))
BATCH = 5_000


@pytest.fixture
def incidents(reviewer) -> str:
    """The document of an incident with three reports, published like any other."""
    country = make_place(name="Syria", kind="country", latitude=None, longitude=None)
    incident = make_incident(reports=0, place=make_place(parent=country), means=["mortar"])
    army = make_party(kind="state_forces")
    for _number in range(3):
        report = make_report(
            incident=incident, accused=[army], figures=[{"low": 7}], place=incident.place
        )
    figure = {"assessed": "figure", "harm": "killed", "group": "all", "low": 7}
    make_assessment(incident, **figure, basis_report=report)
    with recorded(by=reviewer):
        publishing.publish(incident, by=reviewer)
    return Edition.objects.get(kind=Kind.INCIDENT).document


def fill(document: str, first_number: int, last_number: int) -> None:
    """Editions of the same document, each with its own id and day."""
    told = orjson.loads(document)
    first = dt.date(2016, 1, 1)
    numbers = iter(range(first_number, last_number))
    while batch := [*islice(numbers, BATCH)]:
        keys = [(uuid.UUID(int=at + 1), first + dt.timedelta(days=at % 1500)) for at in batch]
        stored = Edition.objects.bulk_create(
            _edition(document.replace(told["id"], str(key)).replace("2017-01-15", str(day)), key)
            for key, day in keys
        )
        Entry.objects.bulk_create(
            Entry(
                edition=edition,
                kind=Kind.INCIDENT,
                public_id=key,
                date_start=day,
                date_end=day,
                date_precision=1,
                geo_precision=1,
                latitude=33.605,
                longitude=36.135,
                verification="reported",
                updated_on=first,
            )
            for edition, (key, day) in zip(stored, keys, strict=True)
        )


def _edition(document: str, key: uuid.UUID) -> Edition:
    return Edition(
        kind=Kind.INCIDENT,
        public_id=str(key),
        label="An incident",
        search="",
        revision=1,
        document=document,
        digest=hashlib.sha256(document.encode()).hexdigest(),
        published_on=dt.date(2017, 1, 16),
        updated_on=dt.date(2017, 1, 16),
    )


def seconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def bare_documents() -> Iterator[str]:
    """The documents newest first by one cursor, as the driver hands them out."""
    sql = (
        "SELECT e.document FROM public_entry n JOIN public_edition e ON e.id = n.edition_id "
        "WHERE n.kind = 'incident' ORDER BY n.date_start DESC, n.public_id DESC"
    )
    connection.ensure_connection()
    cursor: Any = connection.connection
    if connection.vendor == "postgresql":
        with cursor.transaction(), cursor.cursor(name="bare") as named:
            named.itersize = 2_000
            named.execute(sql)
            yield from (document for (document,) in named)
    else:
        yield from (document for (document,) in cursor.execute(sql))


def bare_csv() -> int:
    """The columns that the export has, gathered by hand and written by the csv module."""
    text = io.StringIO()
    table = csv.writer(text)
    for document in bare_documents():
        table.writerow(_bare_row(orjson.loads(document)))
        if text.tell() > 1 << 16:
            text.seek(0)
            text.truncate()
    return text.tell()


def _bare_row(told: dict[str, Any]) -> list[Any]:
    place, position = told["place"] or {}, told["position"] or {}
    reports, held = told["reports"], told["assessments"]
    accused = sorted({party["id"]: party["name"] for one in reports for party in one["accused"]})
    claimants = sorted({one["claimant"]["id"] or "" for one in reports})
    readings = [reading for each in told["verdicts"] for reading in each["readings"]]
    figures = [each["figure"] for each in held if each["figure"]]
    acts, means, targets = told["acts"], told["means"], told["targets"]
    return [
        *(told[name] for name in ("id", "title", "title_ar", "date_start", "date_end")),
        *(told["date_precision"], "1: the day", "UTC+02:00", place.get("id"), place.get("name")),
        *(place.get("kind"), place.get("kind"), "Syria", "", "", ""),
        *(position.get(name) for name in ("latitude", "longitude", "cell_degrees")),
        *(told["geo_precision"], "1: exact place", ";".join(acts), ";".join(acts)),
        *(";".join(means), ";".join(means), ";".join(targets), ";".join(targets)),
        ";".join(party["id"] for party in told["target_parties"]),
        ";".join(party["name"] for party in told["target_parties"]),
        *(told["summary"], told["summary_ar"], told["verification"], told["verification"]),
        *(told["corroboration"]["groups"], ";".join(told["agreements"])),
        ";".join(f"{each['agreement']}={each['overall']}" for each in told["verdicts"]),
        ";".join(f"{each['reading']}={each['verdict']}" for each in readings),
        ";".join(f"{each['reading']}={each['test']}" for each in readings),
        ";".join(f"{each['party']['id']}={each['value']}" for each in held if each["party"]),
        ";".join(f"{each['assessed']}={each['value']}" for each in held if each["value"]),
        ";".join(f"{each['assessed']}={each['proof']}" for each in held),
        *([*(figures[0][end] for end in ("low", "best", "high")), ""] if figures else [""] * 4),
        ";".join(f"{each['harm']}.{each['group']}={each['low']}" for each in figures),
        "",
        *(";".join(accused), ";".join(accused), ";".join(claimants), ";".join(claimants)),
        *(";".join(one["id"] for one in reports), len(reports)),
        ";".join(f"{one['claimant']['id']}={one['stance']}" for one in reports),
        *(told["revision"], told["published_on"], told["updated_on"], ""),
    ]


def bare_lines() -> int:
    """A feature a line, with the members and the labels that the export has."""
    length = 0
    for document in bare_documents():
        told = orjson.loads(document)
        position = told["position"]
        point = [position["longitude"], position["latitude"]] if position else None
        labels = {f"{name}_label": told[name] for name in ("acts", "means", "targets")}
        labels |= {f"{name}_label": "" for name in ("date_precision", "geo_precision")}
        properties = {**told, **labels, "verification_label": "Reported"}
        geometry = point and {"type": "Point", "coordinates": point}
        feature = {"type": "Feature", "id": told["id"], "geometry": geometry}
        length += len(orjson.dumps({**feature, "properties": properties})) + 1
    return length


@pytest.fixture
def site(tmp_path) -> Iterator[str]:
    """The server that `manage.py start` runs, reading this database."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    root = str(settings.BASE_DIR)
    name = connection.settings_dict["NAME"]
    url = os.environ.get("DATABASE_URL", "").rpartition("/")[0]
    database = f"sqlite:///{name}" if connection.vendor == "sqlite" else f"{url}/{name}"
    with (tmp_path / "stderr").open("wb") as stderr:
        server = subprocess.Popen(  # noqa: S603 - our own command
            [
                *(sys.executable, "-m", "granian", "tracker.wsgi:application"),
                *("--interface", "wsgi", "--host", "127.0.0.1", "--port", port),
                *("--workers", "1", "--blocking-threads", "5", "--no-access-log"),
                *("--blocking-threads-idle-timeout", "600"),
            ],
            cwd=root,
            env={
                **os.environ,
                "DATABASE_URL": database,
                "DJANGO_SETTINGS_MODULE": "tracker.settings",
                "SECRET_KEY": settings.SECRET_KEY,
            },
            stderr=stderr,
            stdout=subprocess.DEVNULL,
        )
    try:
        _wait_for(int(port))
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(port: int) -> None:
    for _attempt in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("The server did not start.")


def read(client: Client, address: str) -> int:
    return sum(map(len, client.get(address)))


def fetch(address: str, encoding: str = "identity") -> int:
    length = 0
    with urlopen(Request(address, headers={"Accept-Encoding": encoding})) as answer:  # noqa: S310
        while piece := answer.read(1 << 16):
            length += len(piece)
    return length


def test_hands_out_a_whole_set_beside_a_cursor_and_a_writer(client, incidents, site):
    fill(incidents, 1, ROWS)
    for ending, bare in (("csv", bare_csv), ("geojsonl", bare_lines)):
        address = f"/api/v1/incidents.{ending}"
        # Alternately, and the best of each: others use this machine as well.
        alone, inside, over_http = [], [], []
        for _round in range(3):
            alone.append(seconds(bare))
            inside.append(seconds(partial(read, client, address)))
            over_http.append(seconds(partial(fetch, site + address)))
        packed = seconds(partial(fetch, site + address, "gzip"))
        print(
            f"{connection.vendor}, {ROWS:,} incidents as {ending}: bare {ROWS / min(alone):,.0f} "
            f"rows/s; in process {ROWS / min(inside):,.0f} ({min(alone) / min(inside):.2f}), over "
            f"HTTP {ROWS / min(over_http):,.0f} ({min(alone) / min(over_http):.2f}), gzipped "
            f"{ROWS / packed:,.0f} ({min(alone) / packed:.2f}); documents of {len(incidents):,} "
            "characters"
        )


@pytest.mark.parametrize("ending", ["csv", "geojson", "xlsx", "parquet"])
def test_holds_no_more_of_a_large_set_than_of_a_small_one(client, incidents, ending):
    peaks = []
    for before, rows in ((1, 2_000), (2_000, 20_000)):
        fill(incidents, before, rows)
        read(client, f"/api/v1/incidents.{ending}?act=siege")
        tracemalloc.start()
        length = read(client, f"/api/v1/incidents.{ending}")
        peaks.append(tracemalloc.get_traced_memory()[1] / 1e6)
        tracemalloc.stop()
    print(
        f"{ending}: {peaks[0]:.1f} MB for 2,000 rows, {peaks[1]:.1f} MB for 20,000 ({length:,} bytes)"
    )
    assert peaks[1] < 1.5 * peaks[0] + 5
