"""A public record of any size: editions of incidents and of a report on each, with their index, as
publishing writes them, and the agreement and the parties they name.

Written by bare statements, for a million take minutes as it is. Around each of sixty towns, most
around a few of them; fifteen years of days, of which one in ten sees half of all.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import random
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson
from django.db import connection, transaction

from tests.factories import make_agreement, make_party, make_reading, make_source
from tracker.desk.workflow import publishing
from tracker.desk.workflow.publishing import drafts
from tracker.desk.workflow.publishing.numbering import numbered
from tracker.desk.workflow.publishing.parties import publish_parties
from tracker.desk.workflow.publishing.storing import store
from tracker.desk.workflow.recording import recorded
from tracker.geo.tiles import tile_of
from tracker.public.models import Edition, Entry, Facet

FIRST, DAYS, DENSE = dt.date(2011, 3, 15), 15 * 365, 10
# From when on the agreement is in force.
TRUCE = dt.date(2016, 12, 30)
ACTS = {"fire_indirect": 40, "air_attack": 25, "fire_direct": 15, "ground_attack": 12, "siege": 8}
VERIFICATIONS = {"reported": 70, "corroborated": 20, "verified": 8, "refuted": 2}
VERDICTS = ("violation", "outside", "undetermined")
READINGS = ("truce-text", "truce-government", "truce-opposition")
PARTIES = ("syrian-army", "hezbollah", "russian-air-force", "ahrar-al-sham", "free-syrian-army")
SOURCES = ("sana", "sohr", "snhr", "reuters", "local-council", "media-office")
WORDS = (
    "Shells",
    "fell",
    "on",
    "the",
    "eastern",
    "quarter",
    "of",
    "the",
    "town",
    "in",
    "the",
    "night",
)
BATCH = 5_000
# An edition, its index row, and its facets, as they are written.
Written = tuple[dict[str, Any], dict[str, Any], list[tuple[int, str, str]]]


def fill(count: int, *, seed: int = 7) -> None:
    """Write so many incidents into an empty record; each has one report."""
    drawn = random.Random(seed)
    towns = list(_towns(drawn))
    _publish_what_is_named()
    edition_columns = [each.attname for each in Edition._meta.concrete_fields]
    entry_columns = [each.attname for each in Entry._meta.concrete_fields]
    first = 1 + (Edition.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)
    numbers = iter(range(first, first + count))
    while batch := list(itertools.islice(numbers, BATCH)):
        incidents = [_incident(drawn, towns, number) for number in batch]
        # Theirs are the numbers after those of all incidents.
        rows = [*incidents, *(_report(incident, count) for incident in incidents)]
        for model, columns, told in (
            (
                Edition,
                edition_columns,
                ([row[0][name] for name in edition_columns] for row in rows),
            ),
            (Entry, entry_columns, ([row[1][name] for name in entry_columns] for row in rows)),
            (Facet, ["edition_id", "name", "value"], (facet for row in rows for facet in row[2])),
        ):
            insert(model._meta.db_table, columns, told)
    _set_sequences()
    settle()


def _towns(drawn: random.Random) -> Iterator[tuple[str, float, float, list[str]]]:
    country = str(uuid.UUID(int=1))
    for number in range(60):
        governorate = str(uuid.UUID(int=100 + number % 10))
        latitude, longitude = drawn.uniform(32.6, 36.9), drawn.uniform(36, 41)
        yield (
            f"Town {number}",
            latitude,
            longitude,
            [str(uuid.UUID(int=1_000 + number)), governorate, country],
        )


def _incident(drawn: random.Random, towns: Sequence[Any], number: int) -> Written:
    name, north, east, within = towns[min(int(drawn.paretovariate(0.7)) - 1, len(towns) - 1)]
    away = drawn.randrange(0, DAYS, DENSE) if drawn.random() < 0.5 else drawn.randrange(DAYS)
    day = FIRST + dt.timedelta(days=away)
    latitude = round(north + drawn.gauss(0, 0.1), 2) + 0.005
    longitude = round(east + drawn.gauss(0, 0.1), 2) + 0.005
    act = drawn.choices([*ACTS], [*ACTS.values()])[0]
    verification = drawn.choices([*VERIFICATIONS], [*VERIFICATIONS.values()])[0]
    accused, source = drawn.choice(PARTIES), drawn.choice(SOURCES)
    verdicts = [drawn.choice(VERDICTS) for _reading in READINGS]
    public_id = uuid.UUID(int=drawn.getrandbits(128), version=4)
    document = _document(
        drawn,
        id=str(public_id),
        title=f"{act}, {name}, {day}",
        day=day.isoformat(),
        place={"id": within[0], "name": name, "name_ar": None, "kind": "settlement"},
        position={"latitude": latitude, "longitude": longitude, "cell_degrees": 0.01},
        act=act,
        verification=verification,
        accused=accused,
        source=source,
        verdicts=verdicts,
    )
    edition = {
        "id": number,
        "kind": "incident",
        "public_id": str(public_id),
        "label": document["title"],
        "search": f"{name.lower()} | {document['summary'].lower()}",
        "revision": 1,
        "document": orjson.dumps(document).decode(),
        "digest": hashlib.sha256(public_id.bytes).hexdigest(),
        "published_on": day + dt.timedelta(days=30),
        "updated_on": day + dt.timedelta(days=30),
        "change": number,
    }
    entry = {
        "edition_id": number,
        "kind": "incident",
        "public_id": public_id,
        "date_start": day,
        "date_end": day,
        "date_precision": 1 if number % 20 else 4,
        "geo_precision": 1,
        "latitude": latitude,
        "longitude": longitude,
        "tile": tile_of(latitude, longitude),
        "verification": verification,
        "updated_on": day + dt.timedelta(days=30),
    }
    facets = {
        ("act", act),
        *([("agreement", "truce")] if day >= TRUCE else []),
        ("accused", accused),
        ("claimant", source),
        ("source", source),
        *(("place", each) for each in within),
        *(("verdict", verdict) for verdict in verdicts),
        *(
            ("verdict", f"{each}@{reading}")
            for each, reading in zip(verdicts, READINGS, strict=True)
        ),
        *([("contested", "truce")] if len(set(verdicts)) > 1 else []),
    }
    return edition, entry, [(number, name, value) for name, value in sorted(facets)]


def _report(incident: Written, offset: int) -> Written:
    """The report on an incident, numbered so many after it."""
    edition, entry, facets = incident
    claim = orjson.loads(edition["document"])["reports"][0]
    number = edition["id"] + offset
    own = [("stance", claim["stance"]), ("incident", edition["public_id"])]
    document = orjson.dumps(claim).decode()
    return (
        {**edition, "id": number, "kind": "report", "public_id": claim["id"], "document": document},
        {**entry, "edition_id": number, "kind": "report", "public_id": uuid.UUID(claim["id"])},
        [(number, name, value) for _number, name, value in facets]
        + [(number, *each) for each in own],
    )


@recorded(by=None)
@numbered
def _publish_what_is_named() -> None:
    """The agreement with its readings, the parties, and the sources, each of which speaks for one."""
    parties = [make_party(slug=slug, name=slug) for slug in PARTIES]
    truce = make_agreement(slug="truce")
    for reading in READINGS:
        make_reading(truce, slug=reading)
    sources = [
        make_source(slug=slug, name=slug, alignment=party)
        for slug, party in zip(SOURCES, itertools.cycle(parties), strict=False)
    ]
    publishing.publish_agreement(truce)
    publish_parties(set(parties))
    for source in sources:
        store(drafts.of_source(source))


def _document(drawn: random.Random, **told: Any) -> dict[str, Any]:
    words = " ".join(drawn.choices(WORDS, k=18))
    source = {"id": told["source"], "name": told["source"], "name_ar": None, "kind": "media"}
    accused = [{"id": told["accused"], "name": told["accused"], "name_ar": None}]
    span = {"date_start": told["day"], "date_end": told["day"], "date_precision": 1}
    report = {
        "id": str(uuid.UUID(int=drawn.getrandbits(128), version=4)),
        "incident": told["id"],
        "source": source,
        "claimant": source,
        "stance": "alleges",
        "justification": None,
        "accused": accused,
        "accused_as_written": None,
        "figures": [],
        **span,
        "place": told["place"],
        "place_as_written": told["place"]["name"],
        "acts": [told["act"]],
        "means": [],
        "text": words,
        "translation": None,
        "language": "en",
        "stated_on": told["day"],
        "external_id": None,
        "url": "https://example.org/reports/1",
        "archive_url": None,
    }
    readings = [
        {"reading": reading, "verdict": verdict, "test": None}
        for reading, verdict in zip(READINGS, told["verdicts"], strict=True)
    ]
    overall = told["verdicts"][0] if len({*told["verdicts"]}) == 1 else "contested"
    return {
        "id": told["id"],
        "title": told["title"],
        "title_ar": told["title"],
        **span,
        "place": told["place"],
        "position": told["position"],
        "geo_precision": 1,
        "acts": [told["act"]],
        "means": [],
        "targets": [],
        "target_parties": [],
        "summary": words,
        "summary_ar": None,
        "verification": told["verification"],
        "agreements": ["truce"] if told["day"] >= TRUCE.isoformat() else [],
        "verdicts": [{"agreement": "truce", "overall": overall, "readings": readings}],
        "corroboration": {"groups": 1},
        "reports": [report],
        "assessments": [],
        "revision": 1,
        "published_on": told["day"],
        "updated_on": told["day"],
        "changelog": [{"revision": 1, "date": told["day"], "changed": []}],
    }


def insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows by COPY, or by one statement for all."""
    named = ", ".join(columns)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            told = ([_plain(value) for value in row] for row in rows)
            statement = f"INSERT INTO {table} ({named}) VALUES ({marks})"  # noqa: S608
            cursor.executemany(statement, list(told))


def _plain(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return value.hex
    return value.isoformat() if isinstance(value, dt.date) else value


def settle() -> None:
    """Do at once what PostgreSQL does by itself soon after: note which pages every reader may see."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _set_sequences() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('public_edition', 'id'), max(id))"
                " FROM public_edition"
            )
