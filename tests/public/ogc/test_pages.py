"""The pages around the features: found by links, as data and for people."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.factories import make_bulletin
from tests.public.ogc.world import NAMES, linked
from tracker.desk.workflow import publishing
from tracker.public.ogc.views import CONFORMS_TO

pytestmark = pytest.mark.django_db
FIXED = ["", "/conformance", "/api", "/collections"]
PAGES = FIXED + [
    f"/collections/{name}{page}" for name in NAMES for page in ("", "/queryables", "/items")
]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def walk(client, accept: str) -> Iterator[tuple[str, str]]:
    """Every address that a link leads to from the landing page on, with the type it promises."""
    waiting, seen = [("/ogc", "")], {"/ogc"}
    while waiting:
        address, promised = waiting.pop()
        yield address, promised
        answer = client.get(address, headers={"Accept": accept})
        assert answer.status_code == 200, address
        told = answer.json() if "json" in answer["Content-Type"] and "/ogc" in address else {}
        nested = [link for each in told.get("collections", []) for link in each["links"]]
        for link in [*told.get("links", []), *nested]:
            if link["href"] not in seen:
                seen.add(link["href"])
                waiting.append((link["href"], link["type"]))


def test_leads_by_links_to_every_page_and_every_link_holds(client, world):
    addresses = dict(walk(client, "application/json"))

    reached = {each.partition("?")[0].removeprefix("http://testserver/ogc") for each in addresses}
    assert set(PAGES) - {""} <= reached


def test_leads_people_by_links_to_every_page_and_feature(client, world):
    waiting, seen = ["/ogc?lang=ar"], {"/ogc?lang=ar"}
    while waiting:
        address = waiting.pop()
        answer = client.get(address, headers={"Accept": BROWSER})
        assert answer.status_code == 200, address
        if "/ogc" in answer.request["PATH_INFO"] and "html" in answer["Content-Type"]:
            found = {
                href.replace("&amp;", "&") for href in re.findall(r'href="([^"#]+)"', answer.text)
            }
            followed = ("http://testserver/", "/")
            found = {each for each in found if each.startswith(followed)}
            waiting += [each for each in found - seen if not each.startswith("/static/")]
            seen |= found

    assert len([each for each in seen if re.search("/items/[0-9a-f-]{36}", each)]) > 12


def test_answers_in_the_type_that_a_link_promises(client, world):
    for address, promised in walk(client, "*/*"):
        if promised:
            asked = {"Accept": promised}
            assert client.get(address, headers=asked)["Content-Type"].startswith(promised), address


@pytest.mark.parametrize("page", PAGES)
def test_is_there_as_data_and_for_people(client, world, page):
    for asked, accept, kind in (
        ("", "*/*", "json"),
        ("", "", "json"),
        ("", "application/json", "json"),
        ("", "application/geo+json, application/json", "json"),
        ("", "image/png", "json"),
        ("", "text/html", "html"),
        ("", BROWSER, "html"),
        ("?f=html", "application/json", "html"),
        ("?f=json", BROWSER, "json"),
    ):
        answer = client.get(f"/ogc{page}{asked}", headers={"Accept": accept})

        assert answer.status_code == 200
        assert kind in answer["Content-Type"].partition(";")[0]
        assert {"Accept", "Accept-Language"} <= set(answer["Vary"].split(", "))


@pytest.mark.parametrize("page", PAGES)
def test_speaks_the_language_asked_for(client, world, page):
    answer = client.get(f"/ogc{page}?f=html&lang=ar")

    assert answer["Content-Language"] == "ar"
    assert '<html lang="ar" dir="rtl">' in answer.text
    english = client.get(f"/ogc{page}?f=html", headers={"Accept-Language": "en"})
    assert '<html lang="en" dir="ltr">' in english.text


def test_keeps_the_language_from_page_to_page(client):
    links = client.get("/ogc?lang=ar").json()["links"]

    assert all("lang=ar" in each["href"] for each in links)


@pytest.mark.parametrize("page", [page for page in PAGES if not page.endswith("/items")])
def test_takes_no_parameter_but_format_and_language(client, page):
    answer = client.get(f"/ogc{page}?limit=5")

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("page", PAGES)
def test_leads_to_the_address_without_a_slash_at_its_end(client, page):
    answer = client.get(f"/ogc{page}/?f=json")

    assert answer.status_code == 301
    assert answer["Location"] == f"/ogc{page}?f=json"


@pytest.mark.parametrize(
    "page", ["/nothing", "/nothing/items", "/collections/reports", "//x", "/é"]
)
def test_does_not_find_an_address_there_is_not(client, page):
    answer = client.get(f"/ogc{page}")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_never_leads_to_another_host(client):
    assert client.get("/ogc//evil.example/")["Location"] == "/ogc//evil.example"


@pytest.mark.parametrize("page", PAGES)
def test_is_only_read(client, world, page):
    whole = client.get(f"/ogc{page}")

    assert client.post(f"/ogc{page}", {}).status_code == 405
    assert client.head(f"/ogc{page}").headers.items() >= {
        (name, whole[name]) for name in ("Content-Type", "Cache-Control", "Vary")
    }
    assert "GET" in client.options(f"/ogc{page}")["Allow"]


def test_claims_four_classes_of_the_standard(client):
    told = client.get("/ogc/conformance").json()["conformsTo"]

    assert [each.rpartition("/")[2] for each in told] == ["core", "oas30", "html", "geojson"]
    assert told == CONFORMS_TO


def test_links_the_landing_page_to_all_that_the_standard_demands(client):
    told = client.get("/ogc").json()

    assert {"self", "alternate", "service-desc", "service-doc", "conformance", "data"} == {
        each["rel"] for each in told["links"]
    }


@pytest.mark.parametrize("name", NAMES)
def test_describes_a_collection_alike_alone_and_among_all(client, name):
    alone = client.get(f"/ogc/collections/{name}").json()
    listed = client.get("/ogc/collections").json()["collections"]
    (among,) = [each for each in listed if each["id"] == name]

    assert {**alone, "links": None} == {**among, "links": None}
    assert alone["itemType"] == "feature"
    assert alone["crs"] == ["http://www.opengis.net/def/crs/OGC/1.3/CRS84"]
    assert linked(alone, "items") == linked(among, "items")


@pytest.mark.parametrize("name", NAMES)
def test_links_features_to_themselves_and_their_collection(client, world, name):
    features = client.get(f"/ogc/collections/{name}/items?limit=1").json()
    one = client.get(f"/ogc/collections/{name}/items/{features['features'][0]['id']}").json()

    assert [each["rel"] for each in features["links"]] == [
        "self",
        "alternate",
        "collection",
        "next",
    ]
    assert {"self", "alternate", "collection"} <= {each["rel"] for each in one["links"]}


def test_leads_people_through_a_table_page_by_page(client, world):
    page = client.get("/ogc/collections/incidents/items?f=html&limit=2")
    following = page.context["following"]

    assert len(page.context["rows"]) == 2
    assert f'href="{following.replace("&", "&amp;")}"' in page.text
    assert len(client.get(following).context["rows"]) == 1


@pytest.mark.parametrize(("language", "name"), [("en", "Hama"), ("ar", "حماة")])
def test_names_things_in_the_language_of_the_reader(client, world, language, name):
    page = client.get(f"/ogc/collections/places/items?f=html&kind=governorate&lang={language}")

    assert f"<bdi>{name}</bdi>" in page.text


@pytest.mark.parametrize("name", NAMES)
def test_shows_all_of_a_feature_to_people(client, world, name):
    feature = client.get(f"/ogc/collections/{name}/items?limit=1").json()["features"][0]

    page = client.get(f"/ogc/collections/{name}/items/{feature['id']}?f=html")

    assert page.status_code == 200
    assert all(f"<bdi>{each}</bdi>" in page.text for each in feature["properties"])


def test_escapes_what_sources_wrote(client, world):
    publishing.publish_bulletin(make_bulletin({"count": 79, "as_written": "<script>x</script>"}))
    for feature in client.get("/ogc/collections/tallies/items").json()["features"]:
        page = client.get(f"/ogc/collections/tallies/items/{feature['id']}?f=html")
        assert "<script>x" not in page.text


def test_answers_another_host_with_a_problem(client):
    answer = client.get("/ogc/collections", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
