from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db

STRICT = {"default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'"}


def policy(response) -> set[str]:
    return set(response["Content-Security-Policy"].split("; "))


@pytest.mark.parametrize("address", ["/", "/docs/", "/incidents/", "/nothing/", "/admin/login/"])
def test_lets_a_page_load_nothing_but_what_this_server_serves(client, address):
    told = policy(client.get(address))

    assert told >= {*STRICT, "connect-src 'self'", "frame-ancestors 'none'"}


def test_lets_the_reference_of_the_api_bring_its_one_style_and_no_script(client):
    told = policy(client.get("/api/v1/docs/"))

    assert "style-src 'self' 'unsafe-inline'" in told
    assert "script-src 'self'" in told


@pytest.mark.parametrize("language", ["en", "ar"])
def test_says_in_the_language_asked_for_that_there_is_no_page(client, language):
    response = client.get("/nothing/", {"lang": language})

    assert response.status_code == 404
    assert f'<html lang="{language}"' in response.text


def test_takes_the_language_chosen_by_hand_into_a_search(client):
    page = client.get("/nothing/", {"lang": "ar"}).text

    assert '<input type="hidden" name="lang" value="ar">' in page
