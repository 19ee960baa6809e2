"""Each number on a situation report's page is the one that the API gives for its link."""

from __future__ import annotations

import html
import re

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "question",
    [
        "date_from=2016-12-20&date_to=2017-01-31",
        "date_from=2016-12-30&date_to=2017-01-15&agreement=ceasefire",
        "period=week&on=2017-01-10&agreement=truce",
        "period=day&on=2016-12-25",
    ],
)
def test_every_number_of_incidents_is_the_one_the_api_gives(client, country, question):
    page = client.get(f"/situation/?{question}").content.decode()
    counts = re.findall(r'data-count="(\d+)" href="/incidents/\?([^"]+)"', page)

    assert len(counts) > 10
    for number, query in counts:
        told = client.get(f"/api/v1/stats/summary/?{html.unescape(query)}").json()
        assert told["incidents"] == int(number), query
