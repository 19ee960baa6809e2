from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.test import Client

from tests.factories import (
    SQUARE,
    make_agreement,
    make_incident,
    make_party,
    make_place,
    make_provision,
    make_reading,
    make_report,
    make_user,
    make_zone,
)
from tests.public.worlds import make_country
from tracker.desk.models import Boundary
from tracker.desk.workflow import publishing

pytestmark = pytest.mark.django_db

PAGE = "/incidents/"


def text_of(content: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", content)).split())


def part(content: str, name: str) -> str:
    """What stands in a region of the page, up to the next one."""
    return content.partition(f'data-part="{name}"')[2].partition("data-part=")[0]


def counts(content: str) -> list[tuple[int, dict[str, str]]]:
    """Every number that links to the list it counts, and the filters of the link."""
    found = re.findall(r'<a class="count" data-count="(\d+)" href="/incidents/\??([^"]*)"', content)
    return [(int(number), dict(parse_qsl(html.unescape(query)))) for number, query in found]


def get(client: Client, **asked: str) -> str:
    response = client.get(PAGE, asked)
    assert response.status_code == 200, response.content
    return response.content.decode()


def titles(content: str) -> list[str]:
    return [text_of(each) for each in re.findall(r"<h3>(.*?)</h3>", content)]


@pytest.fixture
def zabdani(publish) -> Any:
    """An outlined province with a district, in which lie two villages with an incident each."""
    province = make_place(name="Rif Dimashq", name_ar="ريف دمشق", kind="governorate")
    square = {"type": "Polygon", "coordinates": SQUARE}
    Boundary.objects.create(
        place=province,
        geometry=square,
        attribution="OCHA",
        west=36,
        south=33.5,
        east=36.3,
        north=33.7,
    )
    district = make_place(name="Az-Zabdani", name_ar="الزبداني", kind="district", parent=province)
    for name, longitude, verification in (
        ("Deir Qanun", 36.136, "verified"),
        ("Basimah", 36.21, "reported"),
    ):
        place = make_place(name=name, parent=district, longitude=longitude)
        publish(make_incident(place=place, geo_precision=1, verification=verification))
    return district


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"act": "fire_indirect,air_attack"},
        {"bbox": "35,33,37,34"},
        {"located": "false"},
        {"date_from": "2017-01-01", "date_to": "2017-01-20"},
        {"verdict": "violation", "reading": "opposition"},
        {"q": "shells", "near": "33.6,36.1", "within_km": "50"},
    ],
)
def test_each_number_is_that_of_the_api_for_the_filters_of_its_link(client, asked):
    make_country(24)

    content = get(client, **asked)

    found = counts(content)
    assert found[0][1] == asked
    for number, filters in found:
        told = client.get("/api/v1/stats/summary/", filters).json()
        assert number == told["incidents"], filters


def test_columns_of_the_chart_are_those_of_the_api(client):
    make_country(24)

    table = part(get(client, under="government"), "timeline")

    rows = re.findall(r"<tr>(?:(?!</tr>).)*<span class=\"count\">.*?</tr>", table, re.DOTALL)
    shown = [list(map(int, re.findall(r'class="count">(\d+)<', row))) for row in rows]
    asked = {"interval": "day", "by": "verdict", "under": "government"}
    told = client.get("/api/v1/stats/timeline/", asked).json()
    under = {each["value"]: each["counts"] for each in told["series"]}
    nothing = [0] * len(told["buckets"])
    kinds = ("violation", "undetermined", "outside", None)
    assert shown == [
        [bucket["incidents"], *(under.get(kind, nothing)[at] for kind in kinds)]
        for at, bucket in enumerate(told["buckets"])
        if bucket["incidents"]
    ]


def test_lists_each_incident_with_what_each_reading_makes_of_it(client, publish):
    truce = make_agreement(title="The truce")
    make_provision(truce, "fire_indirect")
    for slug, rule in (("narrow", "exclude"), ("wide", None)):
        reading = make_reading(truce, slug=slug, name=f"The {slug} one")
        if rule:
            make_zone(truce, reading=reading, rule=rule)
    publishing.publish_agreement(truce)
    publish(make_incident(place=make_place(), date_precision=3, summary="Four shells."))

    told = text_of(part(get(client), "list"))

    assert "Shelling , Deir Qanun" in told.replace("Shelling,", "Shelling ,")
    assert "15 January 2017" in told
    assert "Known to the week." in told
    assert "Contested The truce : " in told
    assert "Outside ( The narrow one )" in told
    assert "Undetermined ( The wide one )" in told
    assert "Four shells." in told


def test_goes_on_behind_the_last_of_a_page_until_all_are_listed(client):
    make_country(9)
    address, listed = f"{PAGE}?page_size=4", []

    for _page in range(3):
        content = client.get(address).content.decode()
        listed += re.findall(r'<h3><a href="/incidents/([^/]*)/', content)
        address = html.unescape((re.findall(r'rel="next"[^>]*href="([^"]*)"', content) or [""])[0])

    assert address == ""
    assert len(listed) == len(set(listed)) == 9


def test_takes_what_is_selected_away_one_by_one(client, zabdani):
    content = get(client, act="fire_indirect,siege", verdict="violation", reading="plain")

    chips = re.findall(r'data-stay href="([^"]*)"><span class="unseen">Without</span>', content)

    assert [html.unescape(each) for each in chips] == [
        "/incidents/?act=siege&verdict=violation&reading=plain",
        "/incidents/?act=fire_indirect&verdict=violation&reading=plain",
        "/incidents/?act=fire_indirect,siege",
        "/incidents/?act=fire_indirect,siege&verdict=violation",
    ]


@pytest.mark.parametrize("name", ["deir qanoun", "دير قانون", "Basimah", "الزبداني"])
def test_goes_to_the_place_that_a_name_means_in_any_spelling(client, zabdani, name):
    response = client.get(PAGE, {"where": name, "act": "fire_indirect"})

    if response.status_code == 200:
        offered = part(response.content.decode(), "chips")
        assert "place=" in offered
    else:
        assert response.headers["Location"].startswith("/incidents/?act=fire_indirect&place=")


def test_asks_which_of_several_places_is_meant_and_narrows_nothing_meanwhile(client, publish):
    for parent in ("Rif Dimashq", "Homs"):
        place = make_place(name="Qusayr", parent=make_place(name=parent, kind="governorate"))
        publish(make_incident(place=place))

    content = get(client, where="Qusayr")

    offered = text_of(part(content, "chips"))
    assert "Which place is “Qusayr”? Nothing is narrowed by it yet." in offered
    assert "( Rif Dimashq )" in offered
    assert "( Homs )" in offered
    assert len(titles(content)) == 2


def test_draws_what_is_known_as_an_area_and_what_is_only_reported_hollow(client, zabdani, publish):
    publish(make_incident(place=make_place(name="Wadi", kind="area"), geo_precision=3))

    drawn = part(get(client), "map")

    looks = re.findall(r'<a class="(\w+ \w+)"', drawn)
    assert sorted(looks) == ["mark filled", "mark hollow", "mark hollow"]
    widths = re.findall(r'<rect x="[^"]*" y="[^"]*" width="([\d.]+)"', drawn)
    assert max(map(float, widths)) > 100
    assert 'class="outline"' in drawn
    assert "OCHA" in drawn


def test_counts_cells_where_marks_would_be_too_many(client, monkeypatch):
    make_country(24)
    monkeypatch.setattr("tracker.public.pages.maps.MOST_MARKS", 1)

    drawn = part(get(client, bbox="35,32,42,37"), "map")

    cells = counts(drawn)
    assert {*re.findall(r'<a class="(\w+) ', drawn)} == {"cell"}
    assert sum(number for number, _filters in cells) > 10
    for number, filters in cells:
        told = client.get("/api/v1/stats/summary/", filters).json()
        assert number == told["incidents"], filters


def test_says_how_many_have_no_position_and_lists_them(client, zabdani, publish):
    publish(make_incident(place=None))

    everywhere, here = get(client), get(client, bbox="36,33,37,34")

    assert "3 incidents · 1 of them without a position" in text_of(part(everywhere, "count"))
    assert len(titles(everywhere)) == 3
    assert "2 incidents · 1 more without a position" in text_of(part(here, "count"))
    assert "No position is published." in text_of(part(get(client, located="false"), "list"))


def test_draws_the_zones_of_the_reading_that_the_page_is_read_by(client, zabdani):
    truce = make_agreement()
    text, narrow = make_reading(truce, name="The text"), make_reading(truce, name="The narrow one")
    make_zone(truce, reading=narrow, name="The valley")
    publishing.publish_agreement(truce)

    first, other = get(client), get(client, under=narrow.slug)

    assert "The valley" not in part(first, "map")
    assert "as read by: The text" in text_of(part(first, "timeline"))
    assert "The valley" in part(other, "map")
    assert text.slug in part(other, "reading")


def test_saves_the_very_same_selection(client):
    make_country(12)
    asked = {"act": "fire_indirect", "date_from": "2016-12-25"}

    content = get(client, **asked, under="opposition")

    saving = re.findall(r'href="((?:/api|/feeds)[^"]*)"', part(content, "saving"))
    assert len(saving) == 6
    listed = titles(get(client, **asked, page_size="100"))
    for address in map(html.unescape, saving):
        response = client.get(address)
        assert response.status_code == 200, address
        assert address.endswith("?act=fire_indirect&date_from=2016-12-25")
    rows = client.get("/api/v1/incidents/", asked).json()["results"]
    assert len(rows) == len(listed)


def test_says_so_where_nothing_answers_and_where_nothing_is_published(client, publish):
    assert "Nothing has been published yet." in get(client)
    publish(make_incident(place=make_place()))

    content = get(client, act="siege")

    assert "That is not to say that nothing happened." in content
    assert "0 incidents" in text_of(part(content, "count"))


@pytest.mark.parametrize(
    "asked",
    [
        {"bbox": "1,2,3,4", "view": "1,2,3,4"},
        {"under": "nobodys"},
        {"cursor": "x"},
        {"colour": "red"},
        {"page_size": "1000"},
    ],
)
def test_refuses_in_words_what_it_cannot_read(client, asked):
    response = client.get(PAGE, asked)

    assert response.status_code == 400
    assert "cannot be read" in response.content.decode()


def test_asks_the_database_as_often_however_many_there_are(client, django_assert_max_num_queries):
    make_country(6)
    client.get(PAGE)
    with django_assert_max_num_queries(40) as few:
        client.get(PAGE)
    make_country_more()
    with django_assert_max_num_queries(len(few)):
        client.get(PAGE)


def make_country_more() -> None:
    reviewer = make_user("reviewer")
    for _number in range(20):
        incident = make_incident(place=make_place(), reports=0)
        make_report(incident=incident, accused=[make_party()], place=incident.place)
        publishing.publish(incident, by=reviewer)


def test_speaks_arabic(client, zabdani):
    content = get(client, lang="ar", act="fire_indirect")

    assert 'dir="rtl"' in content
    assert "قصف مدفعي" in content
    assert "lang=ar" in html.unescape(part(content, "list"))


def test_lets_any_site_frame_the_map_and_no_other_page(client, zabdani):
    page, embed = client.get(PAGE), client.get("/embed/", {"act": "fire_indirect"})

    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in embed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in embed.headers
    content = embed.content.decode()
    assert "2 incidents" in text_of(part(content, "count"))
    assert 'href="/incidents/?act=fire_indirect"' in content
    assert "<svg" in content


def test_hands_out_the_outlines_that_maps_draw_in_few_bytes(client, zabdani):
    response = client.get("/api/v1/boundaries/")

    told = response.json()
    assert [each["properties"]["name"] for each in told["features"]] == ["Rif Dimashq"]
    assert [36, 33.5] in told["features"][0]["geometry"]["coordinates"][0]
    tag = {"HTTP_IF_NONE_MATCH": response.headers["ETag"]}
    assert client.get("/api/v1/boundaries/", **tag).status_code == 304
