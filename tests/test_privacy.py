"""What only the desk may know is at no public address, whatever is asked of it."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import parse_qsl

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from pyarrow import parquet

from tests.factories import (
    make_agreement,
    make_assessment,
    make_bulletin,
    make_coverage,
    make_evidence,
    make_incident,
    make_party,
    make_place,
    make_reading,
    make_report,
    make_situation_report,
    make_source,
    make_user,
    make_zone,
)
from tests.public.issuing import issue
from tracker.desk.models import Evidence, Incident, Report, Source
from tracker.desk.workflow import incident_merging, publishing
from tracker.public.models import Edition, Kind

pytestmark = pytest.mark.django_db

CANARY = "zugvogel"
EXACT = ("33.6041237", "36.1356789")
ADMIN = "admin/"
DESK = "api/desk/"
KINDS = {
    "incidents": Kind.INCIDENT,
    "reports": Kind.REPORT,
    "agreements": Kind.AGREEMENT,
    "parties": Kind.PARTY,
    "places": Kind.PLACE,
    "sources": Kind.SOURCE,
    "tallies": Kind.TALLY,
    "coverage": Kind.COVERAGE,
    "situation-reports": Kind.SITUATION,
}
# Where things have pages of another name than the API has for them.
PAGES = {"situation": Kind.SITUATION}


def named(what: str) -> str:
    return f"{CANARY} {what}"


@pytest.fixture
def secrets(publish):
    """One published incident, and everything around it that the public must not learn."""
    hidden = make_source(
        name=named("source"), slug=f"{CANARY}-source", note=named("note"), is_confidential=True
    )
    truce = make_agreement()
    make_zone(truce, reading=make_reading(truce))
    publishing.publish_agreement(truce)
    draft_truce = make_agreement(title=named("draft agreement"), slug=f"{CANARY}-agreement")
    make_zone(draft_truce, name=named("zone"), reading=make_reading(draft_truce, name=CANARY))
    publish_me = make_incident(reports=0, place=make_place(), note=named("note"))
    publish_me.latitude, publish_me.longitude = float(EXACT[0]), float(EXACT[1])
    publish_me.save()
    make_report(incident=publish_me, note=named("note"), raw={"secret": named("raw")})
    author = make_user(username=f"{CANARY}-author")
    make_assessment(publish_me, rationale=named("rationale"), author=author)
    hers = make_report(
        incident=publish_me,
        source=hidden,
        figures=[{"low": 7}],
        text=named("text"),
        translation=named("translation"),
        external_id=named("id"),
        url=f"https://{CANARY}.example/",
        place_as_written=named("place"),
        accused_as_written=named("accused"),
    )
    make_report(incident=publish_me, relayed_from=hidden, text=named("relayed"))
    for owner in ({"incident": publish_me}, {"report": publish_me.reports.first()}):
        make_evidence(
            named("evidence").encode(),
            **owner,
            name=named("evidence"),
            note=named("note"),
            url=f"https://{CANARY}.example/",
        )
    figure = {"assessed": "figure", "harm": "killed", "group": "all", "low": 7}
    make_assessment(publish_me, **figure, basis_report=hers, basis=named("basis"))
    withdrawn = {"assessed": "attribution", "value": "none"}
    make_assessment(publish_me, **withdrawn, party=make_party(name=named("party")))
    publish(publish_me)
    guarded = make_incident(
        reports=0, place=make_place(name=named("hamlet")), sensitivity="guarded"
    )
    make_report(incident=guarded, place=guarded.place, text=named("near the hamlet"))
    publish(guarded)
    draft = make_incident(
        reports=0, summary=named("draft"), place=make_place(name=named("draft place"))
    )
    make_report(incident=draft, text=named("draft report"), accused=[make_party(name=CANARY)])
    make_assessment(draft, basis=named("draft basis"))
    make_report(text=named("unattached"), source=make_source(name=named("unpublished source")))
    count = {"count": 2, "place": make_place(), "note": named("note")}
    publishing.publish_bulletin(make_bulletin(count, note=named("note")))
    publishing.publish_bulletin(
        make_bulletin(
            {"as_written": named("count")},
            monitor=hidden,
            document=named("document"),
            url=f"https://{CANARY}.example/",
        )
    )
    make_bulletin(
        {"place": make_place(name=named("area")), "accused": make_party(name=CANARY)},
        document=named("draft bulletin"),
    )
    publishing.publish_coverage(make_coverage(place=make_place(), note=named("note")))
    publishing.publish_coverage(
        make_coverage(
            monitor=hidden,
            as_written=named("reason"),
            document=named("document"),
            url=f"https://{CANARY}.example/",
        )
    )
    make_coverage(
        place=make_place(name=named("watched area")),
        obstructed_by=make_party(name=CANARY),
        document=named("draft coverage"),
    )
    issue(make_situation_report(agreement=truce))
    issue(make_situation_report())
    make_situation_report(agreement=draft_truce)
    someone = make_user("reviewer", username=CANARY, email=f"{CANARY}@example.org")
    for double in (make_incident(summary=named("draft double")), publish(make_incident())):
        incident_merging.merge(double, into=publish_me, by=someone, reason=named("reason"))
    publish_me.refresh_from_db()
    publish_me.summary = named("unsigned change")
    publish_me.save()
    make_assessment(publish_me, value="refuted", basis=named("unsigned assessment"))


def routes(patterns=None, prefix: str = "") -> Iterator[str]:
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern.url_patterns, route)


def addresses() -> Iterator[str]:
    """Every address outside the admin, each with the ids it can be asked for."""
    for route in sorted(set(routes())):
        if route.startswith(ADMIN):
            continue
        if "<" not in route:
            yield f"/{route}"
            continue
        if route.startswith(DESK):
            # Every number of the few things there are, and of some there are not.
            yield from (f"/{re.sub('<[^>]*>', str(number), route)}" for number in range(1, 9))
            continue
        before, _, after = route.partition("<")
        of = next(part for part in route.split("/") if part == "zones" or part in KINDS | PAGES)
        for public_id in public_ids(of):
            yield f"/{before}{public_id}{after.partition('>')[2]}"


def public_ids(name: str) -> list[str]:
    """The ids of the published things of a sort, of which a zone has no edition to itself."""
    if name == "zones":
        drawn = Edition.objects.of(Kind.ZONES).values_list("document", flat=True)
        features = (each for document in drawn for each in json.loads(document)["features"])
        return [each["properties"]["id"] for each in features]
    return list(Edition.objects.of((KINDS | PAGES)[name]).values_list("public_id", flat=True))


def asked_of(address: str) -> Iterator[str]:
    yield address
    yield f"{address}?q={CANARY}&page_size=1000"
    yield f"{address}?claimant={CANARY}-source&accused={CANARY}"
    yield f"{address}?ordering=note"
    yield f"{address}?source__name={CANARY}"
    yield f"{address}?lang=ar"
    yield f"{address}?bbox=36,33,37,34"
    yield f"{address}?language=ar&near=33.6,36.1&within_km=100"
    yield f"{address}?profile=acled"
    yield f"{address}?profile=ucdp"
    if address == "/situation/":
        yield f"{address}?date_from=2017-01-01&date_to=2017-01-31"
        yield f"{address}?period=week&on=2017-01-15"
    if address == "/situation.docx":
        yield f"{address}?date_from=2017-01-01&date_to=2017-01-31"
    if address.startswith("/ogc"):
        yield f"{address}?f=html&q={CANARY}"
        yield f"{address}?f=html"


def content_of(response) -> bytes:
    """What is handed out, the files in an archive unpacked behind one another."""
    content = response.getvalue()
    if content.startswith(b"PAR1"):
        table = parquet.read_table(io.BytesIO(content))
        return f"{table.to_pylist()} {table.schema.metadata}".encode()
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"".join(map(packed.read, packed.namelist()))


def betrayals(response) -> list[str]:
    """The secrets an answer holds, as they are, in base64, or backwards."""
    said = (content_of(response).decode(errors="replace") + str(response.headers)).casefold()
    asked = response.wsgi_request.get_full_path().casefold()
    # Links lead on with what was asked, in parts that may stand in another order.
    for echoed in (asked, *asked.partition("?")[2].split("&")):
        said = said.replace(echoed, "")
    # So do the fields of a form, and what is said of them to be selected.
    for _name, value in parse_qsl(asked.partition("?")[2]):
        for echo in (f'value="{value}"', f"<q>{value}</q>", f"<bdi>{value}</bdi>"):
            said = said.replace(echo, "")
    shapes = [CANARY, CANARY[::-1], base64.b64encode(CANARY.encode()).decode().casefold(), *EXACT]
    return [shape for shape in shapes if shape in said]


def test_tells_no_secret_at_any_public_address(client: Client, secrets):
    asked = 0
    for address in addresses():
        for question in asked_of(address):
            for method in (client.get, client.head, client.options):
                response = method(question)
                asked += 1
                assert betrayals(response) == [], question
    assert asked > 700


def statistics() -> Iterator[str]:
    """Every statistic, of everything that can be told apart in it."""
    truce = Edition.objects.of(Kind.AGREEMENT).earliest("pk").public_id
    for question in (
        "summary/?",
        "timeline/?interval=day",
        *(f"timeline/?by={name}" for name in ("act", "accused", "verification")),
        "cells/?zoom=12",
        "cells/?view=36,33,37,34",
        "accusations/?",
        "accusations/?by=party",
        "quiet-days/?date_from=2017-01-01&date_to=2017-02-01",
        f"before-after/?around={truce}",
    ):
        yield f"/api/v1/stats/{question}"
        yield f"/api/v1/stats/{question}&max_date_precision=5"


def test_tells_no_secret_in_any_statistic(client: Client, secrets):
    before = [(address, client.get(address)) for address in statistics()]
    for address, response in before:
        assert response.status_code == 200, address
        assert betrayals(response) == [], address

    make_report(incident=Incident.objects.exclude(public_id=None).earliest("pk"))
    make_incident(place=make_place(), latitude=33.6, longitude=36.1, geo_precision=1)
    make_coverage(place=make_place())

    for address, response in before:
        assert client.get(address).content == response.content, address


def test_sees_a_secret_that_is_there(client: Client, publish):
    publish(make_incident(summary=named("summary")))

    assert betrayals(client.get("/api/v1/incidents/")) == [CANARY]


def test_tells_an_anonymous_caller_nothing_of_the_desk(client: Client, secrets):
    for route in sorted(set(routes())):
        if route.startswith(ADMIN) and "<" not in route and "(" not in route:
            response = client.get(f"/{route}")
            assert response.status_code in {200, 301, 302, 401, 404}
            assert betrayals(response) == [], route


def test_finds_nothing_by_a_secret_that_it_does_not_find_without(client: Client, secrets):
    for name in KINDS:
        found = client.get(f"/api/v1/{name}/", {"q": CANARY}).json()["results"]
        assert found == [], name


def test_answers_alike_before_and_after_changes_only_the_desk_may_see(client: Client, secrets):
    before = [(a, *answered(client, a)) for a in addresses()]

    make_report(text=named("another"), source=make_source(is_confidential=True))
    make_incident(summary=named("another draft"))
    make_assessment(Incident.objects.exclude(public_id=None).earliest("pk"), value="refuted")

    assert [(a, *answered(client, a)) for a in addresses()] == before


def answered(client: Client, address: str) -> tuple[bytes, str | None]:
    response = client.get(address)
    return response.getvalue(), response.get("ETag")


def test_names_no_confidential_source_in_the_history_of_the_desk(secrets):
    hidden = Source.objects.get(is_confidential=True)
    assert CANARY not in str(hidden)
    assert all(CANARY not in str(report) for report in Report.objects.filter(source=hidden))


def test_names_no_evidence_in_the_history_of_the_desk(secrets):
    assert [str(each) for each in Evidence.objects.all() if CANARY in str(each)] == []
    assert Evidence.objects.count() == 2


def test_tells_no_hash_of_evidence_at_any_public_address(client: Client, secrets):
    hashes = set(Evidence.objects.values_list("sha256", flat=True))

    for address in addresses():
        told = client.get(address)
        said = content_of(told).decode(errors="replace") + str(told.headers)
        assert not any(each in said for each in hashes), address
