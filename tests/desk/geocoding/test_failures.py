from __future__ import annotations

import logging
import socket
from urllib.parse import quote, quote_plus

import pytest

from tests.desk.geocoding.documents import ANSWERS, GEONAMES, NOMINATIM, PHOTON, SUGGESTIONS
from tests.desk.geocoding.stranger import serving
from tracker.desk.geocoding import online, service
from tracker.desk.models import GeocoderAnswer
from tracker.errors import (
    GeocoderBroken,
    GeocoderFailed,
    GeocoderRefused,
    GeocoderThrottled,
    GeocoderUnreachable,
)

ASKED = "مضايا checkpoint"


def geonames_status(value: object) -> dict[str, object]:
    return {"status": {"message": f"no answer to {ASKED}", "value": value}}


def moved(document: dict, latitude: object, longitude: object) -> dict:
    """The first place of GeoNames or Nominatim, elsewhere."""
    return {**document, "lat": latitude, "lng": longitude, "lon": longitude}


def feature(*coordinates: object) -> dict[str, object]:
    return {"features": [{**PHOTON["features"][0], "geometry": {"coordinates": coordinates}}]}


@pytest.mark.parametrize("provider", ANSWERS)
@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (400, GeocoderRefused),
        (401, GeocoderRefused),
        (403, GeocoderRefused),
        (404, GeocoderRefused),
        (429, GeocoderThrottled),
        (204, GeocoderBroken),
        (304, GeocoderBroken),
        (408, GeocoderUnreachable),
        (500, GeocoderUnreachable),
        (502, GeocoderUnreachable),
        (503, GeocoderUnreachable),
        (504, GeocoderUnreachable),
    ],
)
def test_says_what_an_http_status_means(choose, stranger, provider, status, failure):
    choose(provider)
    stranger.says({"error": ASKED}, status=status)

    with pytest.raises(failure, match=rf"\({stranger.host}\)"):
        online.suggest("Madaya")


@pytest.mark.parametrize(
    ("value", "failure"),
    [
        (10, GeocoderRefused),
        (18, GeocoderThrottled),
        (19, GeocoderThrottled),
        (20, GeocoderThrottled),
        (22, GeocoderUnreachable),
        ("18", GeocoderThrottled),
        ([18], GeocoderUnreachable),
    ],
)
def test_says_what_a_status_of_geonames_means(choose, stranger, value, failure):
    choose("geonames")
    stranger.says(geonames_status(value))

    with pytest.raises(failure):
        online.suggest("Madaya")


def test_takes_a_geonames_user_without_web_services_for_refused(choose, stranger):
    choose("geonames")
    message = "user account not enabled to use the free webservice."
    stranger.says({"status": {"message": message, "value": 10}})

    with pytest.raises(GeocoderRefused, match="GEOCODER"):
        online.suggest("Madaya")


def test_takes_no_result_of_geonames_for_an_answer(choose, stranger):
    choose("geonames")
    stranger.says(geonames_status(15))

    assert online.suggest("Nowhere") == []


def test_takes_a_position_nominatim_cannot_name_for_an_answer(choose, stranger):
    choose("nominatim")
    stranger.says({"error": "Unable to geocode"})

    assert online.suggest_at(0.0, 0.0) == []


def test_takes_another_error_of_nominatim_for_refused(choose, stranger):
    choose("nominatim")
    stranger.says({"error": {"code": 400, "message": ASKED}})

    with pytest.raises(GeocoderRefused):
        online.suggest_at(0.0, 0.0)


@pytest.mark.parametrize("provider", ANSWERS)
@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<!DOCTYPE html><title>Down for maintenance</title>",
        b'[{"lat": "33.7", "lon": "36.1", "display_name": "Mad',
        '["Zabadané"]'.encode("latin-1"),
        b"\xff\xfe\x00",
        b"[" * 100_000 + b"]" * 100_000,
        b'{"geonames": ' * 100_000,
        b'[{"lat": ' + b"3" * 5000 + b"}]",
        b"[" + b" " * (1024 * 1024) + b"]",
        b"null",
        b"17",
        b"[17]",
        b"{}",
        b'{"features": {}, "geonames": {}}',
        b'{"features": [null], "geonames": [null]}',
        b'{"status": 10}',
    ],
    ids=lambda answer: answer[:24].decode("latin-1"),
)
def test_calls_an_answer_broken_that_cannot_be_read(choose, stranger, provider, answer):
    choose(provider)
    stranger.says(answer)

    with pytest.raises(GeocoderBroken, match="cannot be read"):
        online.suggest("Madaya")


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        (float("nan"), 36.1),
        ("33.7", "NaN"),
        (33.7, float("inf")),
        ("1e999", "36.1"),
        ("90.0001", "36.1"),
        ("33.7", "180.0001"),
        ("33.7", "-360"),
        ("", "36.1"),
        ("north", "36.1"),
        (None, 36.1),
        (True, 36.1),
        ([33.7], 36.1),
    ],
)
def test_calls_a_place_broken_that_is_not_on_the_earth(choose, stranger, latitude, longitude):
    for provider, answer in {
        "nominatim": [NOMINATIM[0], moved(NOMINATIM[1], latitude, longitude)],
        "photon": feature(longitude, latitude),
        "geonames": {"geonames": [moved(GEONAMES["geonames"][0], latitude, longitude)]},
    }.items():
        choose(provider)
        stranger.says(answer)

        with pytest.raises(GeocoderBroken):
            online.suggest("Madaya")


@pytest.mark.parametrize("geometry", [None, {}, {"coordinates": 36.1}, {"coordinates": [36.1]}])
def test_calls_a_feature_broken_that_has_no_point(choose, stranger, geometry):
    choose("photon")
    stranger.says({"features": [{**PHOTON["features"][0], "geometry": geometry}]})

    with pytest.raises(GeocoderBroken):
        online.suggest("Madaya")


def test_takes_places_where_the_meridians_meet(choose, stranger):
    choose("photon")
    stranger.says(feature(-180, 0.0, 12.5))

    (suggestion,) = online.suggest("Date line")

    assert (suggestion.latitude, suggestion.longitude) == (0.0, -180.0)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_follows_nobody_to_another_host(choose, stranger, status):
    choose("nominatim")
    with serving() as another:
        there = f"http://{another.host}/search?q=Madaya"
        stranger.says({}, status=status, headers={"Location": there})

        with pytest.raises(GeocoderBroken):
            online.suggest("Madaya")

        assert another.questions == []


def test_cannot_reach_a_closed_port(choose):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    choose("nominatim", host=f"127.0.0.1:{port}")

    with pytest.raises(GeocoderUnreachable, match="gazetteer"):
        online.suggest("Madaya")


def test_tells_nothing_to_who_speaks_no_tls(choose, stranger, settings):
    choose("nominatim")
    settings.GEOCODER = {**settings.GEOCODER, "scheme": "https"}

    with pytest.raises(GeocoderBroken, match="the address in GEOCODER"):
        online.suggest("Madaya")

    assert stranger.questions == []


@pytest.mark.parametrize(
    "beginning",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX-Patience: ",
        b"HTTP/1.1 200 OK\r\n\r\n[",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n[",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\n[",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 1000,
    ],
    ids=["nothing", "headers", "body", "measured", "chunked", "continue"],
)
def test_waits_no_longer_for_who_trickles(choose, stranger, monkeypatch, beginning):
    choose("nominatim")
    monkeypatch.setattr(service, "TIMEOUT", 0.1)
    stranger.trickles(beginning)

    with pytest.raises(GeocoderUnreachable):
        online.suggest("Madaya")


@pytest.mark.parametrize(
    "reply", [b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 200 OK\r\n" + b"X" * 70_000 + b"\r\n\r\n"]
)
def test_calls_an_answer_broken_that_is_not_http(choose, stranger, reply):
    choose("nominatim")
    stranger.reply = lambda handler: handler.wfile.write(reply)

    with pytest.raises(GeocoderBroken):
        online.suggest("Madaya")


def test_calls_an_answer_broken_that_ends_too_early(choose, stranger):
    choose("nominatim")
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    stranger.reply = lambda handler: handler.wfile.write(head + b"1000\r\n[]")

    with pytest.raises(GeocoderBroken):
        online.suggest("Madaya")


def test_asks_again_after_a_failure(choose, stranger):
    choose("nominatim")
    stranger.says(b"<html>")
    with pytest.raises(GeocoderBroken):
        online.suggest("Madaya")
    stranger.says(NOMINATIM)

    assert online.suggest("Madaya") == SUGGESTIONS["nominatim"]
    assert GeocoderAnswer.objects.count() == 1


@pytest.mark.parametrize("provider", ANSWERS)
@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (200, geonames_status(10)),
        (200, geonames_status(12)),
        (200, {"error": f"nothing is called {ASKED}"}),
        (200, {"features": [ASKED]}),
        (200, ASKED.encode()),
        (403, {"error": f"{ASKED} is forbidden"}),
        (429, {"error": f"{ASKED} is asked too often"}),
        (500, {"error": f"{ASKED} was too much"}),
    ],
)
def test_keeps_what_was_asked_out_of_messages_and_logs(
    choose, stranger, caplog, provider, status, answer
):
    caplog.set_level(logging.DEBUG)
    choose(provider)
    stranger.says(answer, status=status, headers={"X-Asked": quote(ASKED)})

    with pytest.raises(GeocoderFailed) as failed:
        online.suggest(ASKED)
    logging.getLogger("tracker").error("It failed.", exc_info=failed.value)

    said = f"{failed.value.message} {caplog.text}"
    assert stranger.host in said
    for spelling in (ASKED, "checkpoint", quote(ASKED), quote_plus(ASKED), "scout"):
        assert spelling not in said
