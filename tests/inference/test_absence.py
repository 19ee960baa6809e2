"""What is hidden is answered as what never was: by the same bytes, after the same statements."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.desk.api.talking import Talker
from tests.factories import (
    make_agreement,
    make_bulletin,
    make_coverage,
    make_evidence,
    make_incident,
    make_party,
    make_report,
    make_source,
    make_user,
    make_zone,
)
from tests.test_privacy import DESK, routes

pytestmark = pytest.mark.django_db

KEY = re.compile("<[^>]*>")
# Where an id is a slug, one of the same length that nothing has.
NOWHERE = "nothinghere0"
HIDDEN = "hiddenfromus"
# No thing has this number; the hidden ones have that, so that neither occurs by chance.
FAR, NUMBER = 987_654, 876_543


@dataclass(frozen=True)
class Heard:
    """An answer without the id that was asked for, and what the database was asked to make it."""

    status: int
    content: bytes
    headers: dict[str, str]
    statements: list[str]


_CURSOR = re.compile(r"_django_curs_\w+")


def heard(ask: Callable[[str], Any], where: str, key: str) -> Heard:
    with CaptureQueriesContext(connection) as asked:
        response = ask(where.replace("KEY", key))
    statements = [
        _CURSOR.sub("", each["sql"].replace(key, "KEY").replace(key.replace("-", ""), "KEY"))
        for each in asked
        # Each has a name of its own, as cursors have.
        if "SAVEPOINT" not in each["sql"]
    ]
    told = {
        name: value.replace(key, "KEY")
        for name, value in response.headers.items()
        if name not in {"ETag", "Set-Cookie"}
    }
    content = response.getvalue().replace(key.encode(), b"KEY")
    return Heard(response.status_code, content, told, statements)


@pytest.fixture
def hidden(db: None) -> dict[str, str]:
    """The ids of things that have one before they are published, by what addresses name."""
    truce = make_agreement(slug=HIDDEN)
    bulletin = make_bulletin({"count": 2})
    return {
        "agreements": HIDDEN,
        "parties": make_party(slug=HIDDEN).slug,
        "sources": make_source(slug=HIDDEN, is_confidential=True).slug,
        "tallies": str(bulletin.tallies.get().public_id),
        "coverage": str(make_coverage().public_id),
        "zones": str(make_zone(truce).public_id),
    }


def doors(hidden: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every public address of one thing, and the id of one that is hidden."""
    for route in sorted(set(routes())):
        if "<" not in route or route.startswith(("admin/", DESK)):
            continue
        named = [part for part in route.split("/") if part in hidden]
        if named:
            yield "/" + KEY.sub("KEY", route), hidden[named[-1]]


def test_tells_the_public_of_nothing_that_is_hidden(client: Client, hidden: dict[str, str]):
    asked = [*doors(hidden)]
    for where, key in asked:
        missing = NOWHERE if key == HIDDEN else str(uuid.uuid4())

        told = heard(client.get, where, key)

        assert told.status == 404, where
        assert told == heard(client.get, where, missing), where
    print(f"{len(asked)} doors")
    assert len(asked) >= 8


@pytest.mark.parametrize(
    "question",
    [
        *("incidents/?claimant=KEY", "incidents/?accused=KEY", "incidents/?agreement=KEY"),
        *("reports.csv?claimant=KEY", "tallies/?monitor=KEY", "coverage/?monitor=KEY"),
        *("stats/summary/?claimant=KEY", "stats/before-after/?around=KEY"),
        *("incidents/?verdict=violation&agreement=KEY", "sources/?q=KEY", "parties/?q=KEY"),
    ],
)
def test_finds_nothing_by_what_is_hidden(client: Client, hidden: dict[str, str], question: str):
    where = f"/api/v1/{question}"

    assert heard(client.get, where, HIDDEN) == heard(client.get, where, NOWHERE)


@pytest.fixture
def guarded(db: None) -> dict[str, int]:
    """What data entry may not know of, by the names of resources."""
    source = make_source(is_confidential=True)
    report = make_report(source=source, pk=NUMBER)
    return {
        "reports": report.pk,
        "tallies": make_bulletin(monitor=source, pk=NUMBER).pk,
        "coverage": make_coverage(monitor=source, pk=NUMBER).pk,
        "evidence": make_evidence(report=report, is_confidential=True).pk,
    }


def test_tells_partners_of_nothing_that_is_hidden(guarded: dict[str, int]):
    talker, asked = Talker(make_user("data entry")), 0
    del guarded["evidence"]  # Its number is not ours to choose.
    for name, number in guarded.items():
        for after in ("", "file/", "decision/", "publication/", "history/"):
            for method in ("GET", "PATCH", "PUT", "POST", "DELETE"):
                where = f"/api/desk/v1/{name}/KEY/{after}"

                def ask(address: str, method: str = method) -> Any:
                    return talker.ask(method, address, {}, **{"If-Match": '"1"'})

                told = heard(ask, where, str(number))
                assert told == heard(ask, where, str(FAR)), (method, where)
                asked += told.status == 404
    assert asked >= 8


def test_tells_data_entry_of_nothing_that_is_hidden(client: Client, guarded: dict[str, int]):
    client.force_login(make_user("data entry", is_staff=True))
    names = {"reports": "report", "tallies": "bulletin", "coverage": "coverage"}
    addresses = [
        (f"/admin/desk/{name}/KEY/{page}/", guarded[of])
        for of, name in names.items()
        for page in ("change", "history", "delete")
    ]
    addresses.append(("/admin/evidence/KEY/", guarded["evidence"]))
    addresses.append(("/admin/inbox/KEY/", guarded["reports"]))
    for where, number in addresses:
        hidden, missing = (
            (told.status, told.headers.get("Location"), len(told.statements))
            for told in (heard(client.get, where, str(key)) for key in (number, FAR))
        )
        assert hidden == missing, where
        assert hidden[0] in {302, 403, 404}, where


def test_attaches_no_hidden_report_and_says_no_more_than_of_none(guarded: dict[str, int]):
    incident = make_incident()
    talker = Talker(make_user("data entry"))
    where = f"/api/desk/v1/incidents/{incident.pk}/reports/"
    tag = talker.get(f"incidents/{incident.pk}/")["ETag"]

    answers = {
        (answer.status_code, answer.text.replace(str(number), "KEY"))
        for number in (guarded["reports"], FAR)
        for answer in [talker.ask("POST", where, {"report": number}, **{"If-Match": tag})]
    }

    assert len(answers) == 1
