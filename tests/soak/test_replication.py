"""A public node that follows the desk's database answers as the desk's own site does, with it or without."""

from __future__ import annotations

import http.client
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.soak.clusters import Cluster
from tests.soak.site import DEPARTED, Site
from tracker.public import replication

pytestmark = pytest.mark.soak

CANARY = "kestrel-7319-confidential"
COMPARED = ("content-type", "etag", "cache-control")
# Without the description of the API: the desk describes its own addresses there as well.
STEADY = (
    *("/", "/agreements/", "/incidents/", "/situation/", "/tallies/", "/docs/", "/docs/security/"),
    *("/incidents/?lang=ar", "/embed/", "/feeds/incidents.atom", "/feeds/incidents.json"),
    *("/api/v1/", "/api/v1/codebook/", "/api/v1/docs/", "/api/v1/deleted/"),
    *("/api/v1/incidents.csv", "/api/v1/incidents.geojson", "/api/v1/incidents.geojsonl"),
    *("/api/v1/reports.csv", "/api/v1/reports.geojsonl", "/api/v1/tallies.csv"),
    *("/api/v1/stats/summary/", "/api/v1/stats/timeline/", "/api/v1/stats/accusations/"),
    *("/ogc", "/ogc/collections", "/ogc/conformance", "/ogc/collections/incidents/items"),
)
PUBLISH = """
from tests.factories import make_incident, make_user
from tracker.desk.workflow import publishing
from tracker.desk.workflow.recording import recorded
with recorded(by=None):
    publishing.publish(make_incident(), by=make_user("reviewer", username="later"))
"""
Told = tuple[int, bytes, tuple[str | None, ...]]


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Site]:
    """A migrated public node on a cluster of its own, not started."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        cluster = Cluster.made(Path(folder) / "node")
        (tmp_path / "node").mkdir()
        made = Site(tmp_path / "node", cluster.url, tmp_path / "none", {"TRACKER_ROLE": "public"})
        made.manage("migrate", "-v0")
        with socket.create_server(("127.0.0.1", 0)) as free:
            made.port = free.getsockname()[1]
        yield made
        made.kill()
        cluster.stop()


def serve(node: Site) -> None:
    with node.log.open("ab") as log:
        node.process = node._spawned(
            log, sys.executable, "-m", "granian", "tracker.wsgi:application",
            "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(node.port),
        )  # fmt: skip
    until(node._answers)


def until(holds: Callable[[], bool], seconds: float = 60) -> float:
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds
        time.sleep(0.05)
    return time.monotonic() - began


def entered(url: str, statements: Iterator[str]) -> None:
    with psycopg.connect(url, autocommit=True) as connected:
        for statement in statements:
            connected.execute(statement)


def told(site: Site, address: str) -> Told:
    """Asked under one name, whatever the port."""
    with closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)) as asked:
        asked.request("GET", address, headers={"Host": "localhost"})
        answer = asked.getresponse()
        return answer.status, answer.read(), tuple(map(answer.getheader, COMPARED))


def unlike(one: Told, other: Told) -> Iterator[str]:
    """What differs: status and headers, and the first lines of the bodies that do."""
    if (one[0], one[2]) != (other[0], other[2]):
        yield f"{one[0]} {one[2]} {other[0]} {other[2]}"
    pairs = zip(one[1].splitlines(), other[1].splitlines(), strict=False)
    yield from [f"{here!r}\n{there!r}" for here, there in pairs if here != there][:3]


def addresses(site: Site) -> list[str]:
    """Lists and every item of theirs, pages of incidents, exports, feeds, OGC and documents."""
    kinds = {
        "incidents": "incident", "reports": "report", "agreements": "agreement",
        "parties": "party", "places": "place", "sources": "source", "tallies": "tally",
        "coverage": "coverage",
    }  # fmt: skip
    found = [*STEADY, *(f"/api/v1/{name}/" for name in kinds)]
    ids = site.rows("SELECT kind, public_id FROM public_edition ORDER BY kind, public_id")
    for name, kind in kinds.items():
        found += [f"/api/v1/{name}/{each}/" for of, each in ids if of == kind]
    return found + [f"/incidents/{each}/" for of, each in ids if of == "incident"]


def caught_up(desk: Site, node: Site) -> bool:
    ready = "SELECT count(*) FROM pg_subscription_rel WHERE srsubstate <> 'r'"
    digests = "SELECT public_id, digest FROM public_edition ORDER BY 1, 2"
    change = "SELECT number FROM public_lastchange"
    return node.rows(ready) == [(0,)] and all(
        desk.rows(each) == node.rows(each) for each in (digests, change)
    )


def holding(folder: Path) -> int:
    """How many files below the folder hold the canary."""
    return sum(CANARY.encode() in each.read_bytes() for each in folder.rglob("*") if each.is_file())


@pytest.mark.parametrize("site", ["postgresql"], indirect=True)
def test_answers_as_the_desk_does_with_it_and_without(site: Site, cluster: Cluster, node: Site):
    entered(cluster.url, iter(["ALTER SYSTEM SET wal_level = logical"]))
    cluster.crash()
    site.start()
    assert site.submit(CANARY, text=CANARY).status == 201
    entered(cluster.url, replication.publishing())
    entered(node.url, replication.subscribing(f"host=127.0.0.1 port={cluster.port} user=postgres dbname=postgres"))  # fmt: skip
    copied = until(lambda: caught_up(site, node))
    serve(node)

    asked = addresses(site)
    with_desk = {each: told(site, each) for each in asked}
    differing = [each for each in asked if told(node, each) != with_desk[each]]
    for each in differing[:3]:
        print(each, *unlike(with_desk[each], told(node, each)), sep="\n")
    statuses = {status for status, _body, _headers in with_desk.values()}
    cluster.stop()
    alone = [each for each in asked if told(node, each) != with_desk[each]]
    cluster.start()
    until(lambda: reachable(site))
    site.manage("shell", "-v0", "-c", PUBLISH)
    lag = until(lambda: caught_up(site, node))
    newest = [each for each in addresses(site) if told(node, each) != told(site, each)]
    with psycopg.connect(node.url) as connected:
        [folder] = connected.execute("SHOW data_directory").fetchone() or []
    print(
        f"{len(asked)} addresses: {len(differing)} differ with the desk, {len(alone)} without it, "
        f"{len(newest)} after it came back; copied in {copied:.1f} s, caught up in {lag:.2f} s; "
        f"the canary is in {holding(cluster.folder)} files of the desk and {holding(Path(folder))} of the node"
    )
    assert statuses == {200}, {each: told for each, told in with_desk.items() if told[0] != 200}
    assert differing == alone == newest == []
    assert holding(cluster.folder)
    assert not holding(Path(folder))


def reachable(site: Site) -> bool:
    try:
        return site.get("/api/v1/incidents/").status == 200
    except DEPARTED:
        return False
