"""What every page makes of its address."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


def test_leaves_what_a_form_sends_empty_out_of_the_address(client):
    response = client.get("/incidents/?q=&act=&date_from=2017-01-15")

    assert response.status_code == 302
    assert response["Location"] == "/incidents/?date_from=2017-01-15"


def test_joins_what_is_checked_box_by_box(client):
    response = client.get("/incidents/?act=siege&act=air_attack&act=siege&lang=ar")

    assert response["Location"] == "/incidents/?act=siege,air_attack&lang=ar"


def test_does_not_redirect_what_is_tidy(client):
    assert client.get("/incidents/?act=siege,air_attack&lang=ar").status_code == 200


@pytest.mark.parametrize("address", ["/incidents/?", "/tallies/?", "/agreements/?"])
def test_refuses_what_it_does_not_know_by_name_and_offers_the_rest(client, address):
    response = client.get(f"{address}nothing=1&lang=ar")

    assert response.status_code == 400
    assert "<code>nothing</code>" in response.text
    assert f'href="{address}lang=ar"' in response.text


def test_names_each_parameter_that_cannot_be_read(client):
    page = client.get("/incidents/?date_from=yesterday&act=nonsense,siege").text

    assert "<code>date_from</code>" in page
    assert "<code>act</code>" in page


def test_shows_nothing_it_was_asked_as_markup(client):
    response = client.get("/incidents/?q=<script>a</script>&<b>=1")

    assert "<script>a" not in response.text
    assert "<b>=" not in response.text


def test_refuses_to_be_posted_to(client):
    assert client.post("/incidents/").status_code == 405
