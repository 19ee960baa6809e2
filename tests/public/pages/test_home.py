"""The front page, and the list of agreements."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.factories import make_agreement, make_incident, make_reading
from tests.public.pages.walking import walk
from tests.public.worlds import make_country
from tracker.desk.workflow import publishing

pytestmark = pytest.mark.django_db


def opened(client, address: str = "/") -> str:
    response = client.get(address, {"lang": "en"})
    assert response.status_code == 200
    return response.content.decode()


def test_is_the_page_of_the_one_agreement_that_stands_under_no_other(client):
    ceasefire = make_agreement(slug="ceasefire")
    publishing.publish_agreement(ceasefire)
    publishing.publish_agreement(make_agreement(slug="truce", parent=ceasefire))

    page = opened(client)

    assert "<h1><bdi>Ceasefire of 30 December 2016</bdi></h1>" in page
    assert '<link rel="canonical" href="/agreements/ceasefire/">' in page


def test_lists_agreements_and_the_newest_incidents_where_there_are_several(client, publish):
    for slug in ("one", "other"):
        publishing.publish_agreement(make_agreement(slug=slug))
    for day in (15, 16):
        publish(make_incident(date_start=dt.date(2017, 1, day)))

    page = opened(client)

    assert 'href="/agreements/one/?lang=en"' in page
    assert page.index("2017-01-16") < page.index("2017-01-15")


def test_says_that_nothing_has_been_published(client):
    page = opened(client)

    assert "None has been published yet." in page
    assert "Nothing has been published yet." in page


@pytest.mark.parametrize("address", ["/", "/agreements/"])
def test_tells_no_number_that_the_api_does_not_tell_of_its_link(client, address):
    make_country(12)
    other = make_agreement(slug="other")
    make_reading(other, slug="other-text")
    publishing.publish_agreement(other)

    assert len(walk(client, address)) == 6


def test_lists_local_agreements_under_their_own(client):
    ceasefire = make_agreement(slug="a", title="Ceasefire")
    local = make_agreement(slug="b", title="Local truce", parent=ceasefire)
    for agreement in (ceasefire, make_agreement(slug="c", title="Later"), local):
        publishing.publish_agreement(agreement)

    page = opened(client, "/agreements/")

    assert page.index("Later") < page.index("Ceasefire</bdi>") < page.index("Local truce")
    assert page.count('<tr class="local">') == 1


def test_refuses_parameters_that_it_does_not_have(client):
    assert client.get("/", {"under": "text"}).status_code == 400
