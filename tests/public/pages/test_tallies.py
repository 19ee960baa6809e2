"""The page of what monitors counted."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests.factories import make_bulletin, make_place, make_source
from tracker.desk.workflow import publishing
from tracker.public.models import Edition, Kind

pytestmark = pytest.mark.django_db

PAGE = "/tallies/"


def opened(client, **asked: str) -> str:
    response = client.get(PAGE, {"lang": "en", **asked})
    assert response.status_code == 200, response.content
    return " ".join(response.content.decode().split())


def rows(page: str, table: str) -> list[str]:
    """The rows of a table's body, as they are read."""
    found = re.search(rf'<table class="{table}".*?<tbody>(.*?)</tbody>', page)
    if not found:
        return []
    told = re.findall(r"<tr>(.*?)</tr>", found[1])
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in told]


def bulletin(monitor, *tallies, day=dt.date(2017, 1, 22), **fields):
    told = {"date_start": day, "date_end": day, "measure": "violations", **fields}
    return publishing.publish_bulletin(make_bulletin(*tallies, monitor=monitor, **told))


def test_gives_each_monitor_a_column_and_never_a_sum(client):
    russian = make_source(slug="a-russian", name="Russian")
    bulletin(russian, {"count": 2})
    answers = {"count": 12, "confirmed": 3, "cannot_confirm": 0}
    bulletin(make_source(slug="b-turkish", name="Turkish"), answers, counterpart=russian)

    page = opened(client)

    assert rows(page, "concordance") == [
        "22 January 2017 The whole country 2 violations 12 violations"
        " Russian : confirms 3 cannot confirm 0"
    ]
    assert ">14<" not in page


def test_says_unknown_where_a_count_is_not_told_and_that_none_was_made_where_none_was(client):
    bulletin(make_source(slug="a", name="A"), {"count": None})
    bulletin(make_source(slug="b", name="B"), {"count": 0}, day=dt.date(2017, 1, 23))

    assert rows(opened(client), "concordance") == [
        "23 January 2017 The whole country no count 0 violations",
        "22 January 2017 The whole country unknown violations no count",
    ]


def test_keeps_counts_of_longer_periods_to_the_list(client):
    bulletin(make_source(name="Network"), {"count": 366}, date_start=dt.date(2016, 12, 30))

    page = opened(client)

    assert rows(page, "concordance") == []
    assert "No count of a single day answers to this." in page
    assert "366 violations" in rows(page, "tallies")[0]


def test_filters_by_monitor_place_and_days(client):
    hama = make_place(name="Hama", kind="governorate")
    for slug in ("one", "other"):
        bulletin(make_source(slug=slug, name=slug), {"count": 5, "place": hama}, {"count": 7})
    bulletin(make_source(slug="late", name="late"), {"count": 1}, day=dt.date(2017, 2, 1))
    place = Edition.objects.of(Kind.PLACE).get(label="Hama").public_id

    page = opened(client, monitor="one,late", place=place, date_to="2017-01-31")

    assert [row[:40] for row in rows(page, "tallies")] == [
        "22 January 2017 one Hama not told 5 viol"
    ]
    assert len(rows(page, "concordance")) == 1
    assert 'value="one" checked' in page
    assert f'value="{place}" selected' in page


def test_links_to_the_same_counts_as_data(client):
    bulletin(make_source(slug="one"), {"count": 5})

    page = opened(client, monitor="one", date_from="2017-01-01")

    for address in ("/api/v1/tallies/", "/api/v1/tallies.csv"):
        assert f'href="{address}?monitor=one&amp;date_from=2017-01-01"' in page
        assert client.get(f"{address}?monitor=one&date_from=2017-01-01").status_code == 200


def test_goes_on_page_by_page_to_the_last_count(client):
    bulletin(make_source(), *({"count": number} for number in range(5)))

    page, seen = opened(client, page_size="2"), []
    while following := re.search(r'rel="next" href="([^"]+)"', page):
        seen += rows(page, "tallies")
        response = client.get(following[1].replace("&amp;", "&"))
        page = " ".join(response.content.decode().split())

    assert len({*seen, *rows(page, "tallies")}) == 5


@pytest.mark.parametrize("asked", [{"cursor": "x"}, {"place": "Hama"}, {"updated_since": "2017"}])
def test_refuses_what_it_cannot_read(client, asked):
    assert client.get(PAGE, asked).status_code == 400


def test_says_that_there_is_none(client):
    assert "No monitor’s count has been published yet." in opened(client)
    assert "No count answers to this." in opened(client, date_from="2017-01-01")


def test_takes_as_many_queries_however_many_counts(client, django_assert_num_queries):
    bulletin(make_source(), {"count": 1})
    with django_assert_num_queries(7):
        opened(client)
    bulletin(make_source(), *({"count": number} for number in range(9)))
    with django_assert_num_queries(7):
        opened(client)
