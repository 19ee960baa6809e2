from __future__ import annotations

import math

import pytest
from django.db import transaction
from django.utils import translation

from tests.desk.geocoding.documents import ANSWERS, NOMINATIM, NOTHING, SUGGESTIONS
from tracker.desk.geocoding import online
from tracker.errors import GeocoderOff, InvalidInput

PROVIDERS = list(ANSWERS)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_finds_a_place_by_its_name(choose, stranger, provider):
    choose(provider)
    stranger.says(ANSWERS[provider])

    assert online.suggest("Madaya") == SUGGESTIONS[provider]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_finds_what_lies_at_a_position(choose, stranger, provider):
    choose(provider)
    # Nominatim has one answer to a position, and no list.
    stranger.says(NOMINATIM[0] if provider == "nominatim" else ANSWERS[provider])

    assert online.suggest_at(33.68889, 36.09886)[0] == SUGGESTIONS[provider][0]


@pytest.mark.parametrize(
    ("provider", "path", "query"),
    [
        (
            "nominatim",
            "/search",
            {"format": "json", "limit": "10", "accept-language": "en,ar", "addressdetails": "1"},
        ),
        ("photon", "/api", {"limit": "10", "lang": "en"}),
        ("geonames", "/searchJSON", {"username": "scout"}),
    ],
)
def test_asks_for_a_name_in_the_words_of_the_provider(choose, stranger, provider, path, query):
    choose(provider)
    stranger.says(NOTHING[provider])

    online.suggest("مضايا, Rif Dimashq")

    (question,) = stranger.questions
    assert question.path == path
    assert question.query == {"q": ["مضايا, Rif Dimashq"]} | {key: [query[key]] for key in query}


@pytest.mark.parametrize(
    ("provider", "path", "query"),
    [
        (
            "nominatim",
            "/reverse",
            {
                "lat": "33.68889",
                "lon": "36.09886",
                "format": "json",
                "accept-language": "en,ar",
                "addressdetails": "1",
            },
        ),
        (
            "photon",
            "/reverse",
            {"lat": "33.68889", "lon": "36.09886", "limit": "10", "lang": "en"},
        ),
        (
            "geonames",
            "/findNearbyPlaceNameJSON",
            {"lat": "33.68889", "lng": "36.09886", "lang": "en", "username": "scout"},
        ),
    ],
)
def test_asks_for_a_position_to_the_metre(choose, stranger, provider, path, query):
    choose(provider)
    stranger.says(NOTHING[provider])

    online.suggest_at(33.688890123, 36.098860456)

    (question,) = stranger.questions
    assert question.path == path
    assert question.query == {key: [query[key]] for key in query}


def test_says_who_it_is_and_nothing_of_who_asks(choose, stranger):
    choose("nominatim")

    with translation.override("ar"):
        online.suggest("Madaya")

    headers = stranger.questions[0].headers
    assert headers["User-Agent"].startswith("ceasefire-incident-tracker/")
    assert set(headers) == {"Host", "Accept-Encoding", "User-Agent", "Connection"}


def test_asks_a_server_of_our_own_below_its_path(choose, stranger):
    choose("nominatim", path="/osm/nominatim/")

    online.suggest("Madaya")

    assert stranger.questions[0].path == "/osm/nominatim/search"


def test_ignores_proxies_that_would_learn_the_question(choose, stranger, monkeypatch):
    choose("nominatim")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")

    online.suggest("Madaya")

    assert len(stranger.questions) == 1


def test_names_whom_it_would_tell(choose, stranger):
    choose("geonames")

    assert online.is_on()
    assert online.provider_name() == f"GeoNames ({stranger.host})"


@pytest.mark.django_db
def test_asks_nobody_where_none_is_chosen(settings):
    settings.GEOCODER = {}

    assert not online.is_on()
    assert online.provider_name() == ""
    for ask in (
        lambda: online.suggest("Madaya"),
        lambda: online.told("Madaya"),
        lambda: online.suggest_at(33.7, 36.1),
    ):
        with pytest.raises(GeocoderOff, match="GEOCODER"):
            ask()


def test_asks_nothing_within_a_transaction(choose, stranger):
    choose("nominatim")

    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        online.suggest("Madaya")

    assert stranger.questions == []


@pytest.mark.parametrize("provider", PROVIDERS)
def test_asks_a_question_once(choose, stranger, provider):
    choose(provider)
    stranger.says(ANSWERS[provider])

    first = online.suggest("Ma\u200fdaya,  Rif Dimashq ")
    again = online.suggest("MADAYA Rif-Dimashq")

    assert again == first
    assert [question.query["q"] for question in stranger.questions] == [["Madaya, Rif Dimashq"]]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_asks_once_about_what_the_provider_does_not_know(choose, stranger, provider):
    choose(provider)
    stranger.says(NOTHING[provider])

    assert online.suggest("Nowhere") == online.suggest("Nowhere") == []
    assert online.suggest_at(0.0, -0.0) == online.suggest_at(-0.000001, 0.0) == []
    assert len(stranger.questions) == 2


def test_asks_again_after_half_a_year(choose, stranger, clock):
    choose("nominatim")
    online.suggest("Madaya")
    clock.pass_by(days=179)
    assert online.suggest("Madaya") == []
    stranger.says(NOMINATIM)

    clock.pass_by(days=2)

    assert online.suggest("Madaya") == online.suggest("Madaya") == SUGGESTIONS["nominatim"]
    assert len(stranger.questions) == 2


def test_asks_each_provider_for_itself(choose, stranger):
    choose("nominatim")
    online.suggest("Madaya")
    choose("photon")
    stranger.says(ANSWERS["photon"])

    assert online.suggest("Madaya") == SUGGESTIONS["photon"]


def test_tells_what_it_was_told_without_asking(choose, stranger):
    choose("nominatim")
    stranger.says(NOMINATIM)
    assert online.told("Madaya") is None
    online.suggest("Madaya")

    assert online.told("madaya", limit=1) == SUGGESTIONS["nominatim"][:1]
    assert online.told("...") == []
    assert online.told("m" * 301) is None
    assert len(stranger.questions) == 1


def test_shows_as_many_as_are_wanted_and_keeps_ten(choose, stranger):
    choose("nominatim")
    stranger.says(NOMINATIM[:1] * 12)

    assert len(online.suggest("Madaya")) == 5
    assert len(online.suggest("Madaya", limit=12)) == 10
    assert len(stranger.questions) == 1


def test_asks_nobody_about_a_name_without_letters(choose, stranger):
    choose("nominatim")

    assert online.suggest(" ?!\u200f ") == []
    assert stranger.questions == []


def test_refuses_a_name_as_long_as_a_story(choose, stranger):
    choose("nominatim")

    # The ligature is of one letter that folds to eighteen.
    for name in ("m" * 301, "\ufdfa" * 17):
        with pytest.raises(InvalidInput, match="300"):
            online.suggest(name)

    assert stranger.questions == []


@pytest.mark.parametrize("position", [(90.1, 0.0), (0.0, -180.1), (math.nan, 0.0), (0.0, math.inf)])
def test_refuses_a_position_off_the_earth(choose, stranger, position):
    choose("nominatim")

    with pytest.raises(InvalidInput, match="nowhere"):
        online.suggest_at(*position)

    assert stranger.questions == []


def test_cleans_what_a_stranger_writes(choose, stranger):
    choose("nominatim")
    place = {
        "lat": 33.7,
        "lon": 36.1,
        "display_name": "\u202eMadaya\x00\n Street, 7, Syria" + "!" * 500,
        "importance": "NaN",
        "osm_type": "javascript:",
        "osm_id": "1/2",
        "class": ["place"],
        "type": None,
        "address": {"state": "Rif\ud800 Dimashq", "country": True},
    }
    stranger.says([place])

    (suggestion,) = online.suggest("Madaya")

    assert suggestion.name == "Madaya Street, 7"
    assert suggestion.context == "Rif Dimashq"
    assert (suggestion.code, suggestion.kind, suggestion.score) == ("", "", 100.0)


def test_leaves_out_places_without_a_name(choose, stranger):
    choose("photon")
    nameless = {"properties": {"osm_id": 1}, "geometry": {"coordinates": [36.1, 33.7]}}
    stranger.says({"features": [nameless, *ANSWERS["photon"]["features"]]})

    assert online.suggest("Madaya")[0].name == "Madaya"
