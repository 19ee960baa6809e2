"""The settings, and what is installed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import metadata

import django
from django.conf import settings

from tracker.desk.management.doctor.findings import Finding, look, ok, wrong

HERE = {"localhost", "127.0.0.1", "[::1]"}
# Fewer different characters than any key has that was drawn by lot.
FEW = 10


def findings() -> Iterator[Finding]:
    yield _debug()
    yield _secret_key()
    yield from _hosts()
    if settings.WEBHOOKS_ALLOW_PRIVATE:
        yield look("WEBHOOKS_ALLOW_PRIVATE is on: administrators reach what this machine reaches.")
    yield _installed()


def _debug() -> Finding:
    if settings.DEBUG:
        return wrong("DEBUG is on: whoever causes an error reads the program's memory.")
    return ok("DEBUG is off.")


def _secret_key() -> Finding:
    key = settings.SECRET_KEY
    if len(key) < 32 or len(set(key)) < FEW:
        return wrong("SECRET_KEY can be guessed: take 32 random characters or more.")
    return ok(f"SECRET_KEY has {len(key)} characters.")


def _hosts() -> Iterator[Finding]:
    hosts = {*settings.ALLOWED_HOSTS}
    if "*" in hosts:
        hosts -= {"*"}
        yield wrong("ALLOWED_HOSTS holds *: whoever asks says what this site is called.")
    if hosts <= HERE:
        yield ok("Only this machine is served (ALLOWED_HOSTS).")
        return
    shown = ", ".join(sorted(hosts - HERE))
    if settings.HTTPS:
        yield ok(f"{shown} is served, over HTTPS.")
    else:
        yield wrong(f"{shown} is served and HTTPS is off: passwords travel in the open.")
    if settings.TWO_FACTOR:
        yield ok("Who can publish shows a second factor (TWO_FACTOR).")
    else:
        yield look("TWO_FACTOR is off: a password alone lets publish.")


def _installed() -> Finding:
    """Versions, against those that were tested. Whether newer ones are out, nobody is asked."""
    pinned = (settings.BASE_DIR / "requirements.txt").read_text(encoding="utf-8")
    others = [
        f"{name} {found} ({wanted})"
        for name, wanted in re.findall(r"^([\w-]+)==(\S+)$", pinned, re.MULTILINE)
        if (found := _version(name)) != wanted
    ]
    if others:
        return look("Installed otherwise than in requirements.txt: " + ", ".join(others) + ".")
    return ok(f"Django {django.get_version()} and all else as in requirements.txt.")


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"
