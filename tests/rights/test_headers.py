"""Whatever is answered at any address, to whomever, a browser is told what it may do with it."""

from __future__ import annotations

import pytest
from django.test import override_settings

from tests.rights.endpoints import Asking, address, cells
from tracker.headers import PERMISSIONS_POLICY

pytestmark = pytest.mark.django_db

EVERYWHERE = {
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
TALKATIVE = ("Server", "X-Powered-By")
EMBEDDED = "embed/"
REFUSED = ["/nothing/", "/api/v1/nothing/", "/?" + "&" * 101, "/static/nothing.js"]
FILE = "/static/tracker/alive.js"


def read(response):
    """The same answer, read to its end where it is a stream: that closes its file."""
    if response.streaming:
        response.getvalue()
    return response


def amiss(response) -> list[str]:
    """What an answer should tell and does not, or tells and should not."""
    wrong = [name for name, value in EVERYWHERE.items() if response.get(name) != value]
    wrong += [name for name in TALKATIVE if response.has_header(name)]
    policy = response.get("Content-Security-Policy", "")
    wrong += [] if "default-src 'none'" in policy else ["Content-Security-Policy"]
    for cookie in response.cookies.values():
        if not cookie["samesite"] or (cookie.key.endswith("sessionid") and not cookie["httponly"]):
            wrong.append(f"cookie {cookie.key}")
    return wrong


def is_frameable(response) -> bool:
    denied = "frame-ancestors 'none'" in response.get("Content-Security-Policy", "")
    return not (denied and response.get("X-Frame-Options") == "DENY")


@pytest.mark.parametrize("role", ["anonymous", "superuser"])
def test_tells_browsers_the_same_at_every_address(asking: Asking, role):
    asked = [cell for cell in cells() if cell.method == "GET" and cell.what in {"", "usual"}]
    answers = {
        str(cell): read(asking.get(role, address(cell, asking.world, role))) for cell in asked
    }

    assert len(answers) > 150
    assert {cell: amiss(each) for cell, each in answers.items() if amiss(each)} == {}
    frameable = {cell for cell, each in answers.items() if is_frameable(each)}
    assert frameable == {f"GET {EMBEDDED}"}


@pytest.mark.parametrize("where", [*REFUSED, FILE])
def test_tells_it_with_files_and_refusals(client, where):
    response = read(client.get(where))

    assert amiss(response) == []
    assert not is_frameable(response)


@pytest.mark.parametrize("where", ["/incidents/", "/docs/security/", FILE])
def test_changes_nothing_of_what_a_browser_holds_already(client, where):
    first = read(client.get(where))
    held = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
    name = next(name for name in held if first.has_header(name))

    again = client.get(where, headers={held[name]: first[name]})

    # Browsers put the headers of a 304 in the place of those they hold.
    assert again.status_code == 304
    for each in ("Content-Security-Policy", "X-Frame-Options"):
        assert again.get(each, first[each]) == first[each]


def test_has_browsers_come_back_over_https_alone(client):
    with override_settings(SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True):
        client.handler.load_middleware()
        answers = [
            read(client.get(where, secure=True)) for where in (*REFUSED, FILE, "/", "/api/v1/")
        ]

    assert {each["Strict-Transport-Security"] for each in answers} == {
        "max-age=31536000; includeSubDomains"
    }
