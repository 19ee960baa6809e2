from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.utils import ConnectionHandler

from tracker import settings as environment  # noqa: TID251 - how it reads the environment
from tracker.public.checks import refuses_a_sqlite_that_can_corrupt

sqlite_alone = pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite alone")


@sqlite_alone
def test_runs_on_a_sqlite_without_the_bug_that_corrupts():
    assert refuses_a_sqlite_that_can_corrupt(None) == []


@sqlite_alone
def test_refuses_a_sqlite_with_the_bug(monkeypatch):
    monkeypatch.setattr("django.db.backends.sqlite3.base.Database.sqlite_version_info", (3, 51, 2))

    (error,) = refuses_a_sqlite_that_can_corrupt(None)

    assert "3.51.2" in error.msg


@sqlite_alone
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("trusted_schema", 0),
    ],
)
def test_opens_sqlite_so_that_no_acknowledged_write_is_lost(pragma, value, tmp_path):
    real = environment.DATABASES["default"] | {"NAME": str(tmp_path / "tracker.sqlite3")}
    opened = ConnectionHandler({"default": real})["default"]

    try:
        assert opened.cursor().execute(f"PRAGMA {pragma}").fetchone() == (value,)
    finally:
        opened.close()


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        (
            "nominatim://nominatim.openstreetmap.org",
            ("nominatim", "https", "", "nominatim.openstreetmap.org", ""),
        ),
        (" Photon+HTTP://[::1]:2322/ ", ("photon", "http", "", "[::1]:2322", "")),
        (
            "geonames://the.scout@Secure.GeoNames.org/Mirror/",
            ("geonames", "https", "the.scout", "secure.geonames.org", "/Mirror"),
        ),
    ],
)
def test_reads_where_the_online_geocoder_is(monkeypatch, value, parts):
    monkeypatch.setenv("GEOCODER", value)

    names = ("provider", "scheme", "user", "host", "path")
    assert environment._geocoder() == dict(zip(names, parts, strict=True))


@pytest.mark.parametrize("value", [None, "", " "])
def test_has_no_online_geocoder_before_one_is_named(monkeypatch, value):
    monkeypatch.delenv("GEOCODER", raising=False)
    if value is not None:
        monkeypatch.setenv("GEOCODER", value)

    assert environment._geocoder() == {}


@pytest.mark.parametrize(
    "value",
    [
        "nominatim",
        "nominatim.openstreetmap.org",
        "https://nominatim.openstreetmap.org",
        "google://maps.google.com",
        "nominatim://",
        "nominatim:///search",
        "nominatim://host:0",
        "nominatim://host:65536",
        "nominatim://host:port",
        "nominatim://::1",
        "nominatim://host?q=Madaya",
        "nominatim://host#top",
        "nominatim://host/a b",
        "nominatim://host name",
        "nominatim://h\N{CYRILLIC SMALL LETTER O}st",
        "nominatim://user@host",
        "geonames://secure.geonames.org",
        "geonames://scout:secret@secure.geonames.org",
        "photon://" + "h" * 92,
    ],
)
def test_refuses_what_is_no_online_geocoder(monkeypatch, value):
    monkeypatch.setenv("GEOCODER", value)

    with pytest.raises(ImproperlyConfigured, match=r"^GEOCODER is .*: write nominatim:") as no:
        environment._geocoder()

    assert "secret" not in str(no.value)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, ""),
        (" ", ""),
        ("https://tracker.example.org/", "https://tracker.example.org"),
        ("http://[::1]:8000/incidents", "http://[::1]:8000/incidents"),
    ],
)
def test_reads_where_the_public_reads(monkeypatch, value, read):
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    if value is not None:
        monkeypatch.setenv("PUBLIC_URL", value)

    assert environment._public_url() == read


@pytest.mark.parametrize(
    "value", ["tracker.example.org", "ftp://host", "https://", "https://u@host", "https://host?a=b"]
)
def test_refuses_what_is_no_address_of_the_public(monkeypatch, value):
    monkeypatch.setenv("PUBLIC_URL", value)

    with pytest.raises(ImproperlyConfigured, match=r"^PUBLIC_URL is .*: write https://HOST"):
        environment._public_url()
