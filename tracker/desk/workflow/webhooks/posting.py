"""One message sent over the network, and what was answered."""

from __future__ import annotations

import socket
import ssl
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection

from django.utils.translation import gettext as _

from tracker.deadlines import cut_at
from tracker.desk.workflow.webhooks import addresses
from tracker.desk.workflow.webhooks.addresses import Door, Target
from tracker.errors import InvalidInput

# Seconds for the whole of it, but for the looking up of the name.
PATIENCE = 10.0
# Seconds of them for one of several addresses of a host.
CONNECTING = 5.0
# Bytes read of an answer that refuses; of any other, none.
LONGEST_ANSWER = 1024
QUOTED = 200
HEADERS = {
    "Content-Type": "application/json",
    "User-Agent": "ceasefire-incident-tracker",
    "Connection": "close",
}


@dataclass(frozen=True)
class Answer:
    """What came of it: the status, or in words why there is none; how a refusal begins."""

    status: int | None
    error: str = ""
    text: str = ""

    @property
    def has_arrived(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def post(url: str, body: str, headers: dict[str, str]) -> Answer:
    """Send a message; whatever happens is an Answer."""
    try:
        return _post(addresses.read(url), body, headers)
    except InvalidInput as refusal:
        return Answer(None, refusal.message)
    except (socket.gaierror, UnicodeError):
        return Answer(None, _("Nobody knows the name of its host."))
    except TimeoutError:
        return Answer(None, _("There was no answer in time."))
    # Above OSError, which SSLError is.
    except ssl.SSLError:
        return Answer(None, _("Its certificate does not hold, or it does not speak TLS."))
    except HTTPException:
        return Answer(None, _("What it answered is not HTTP."))
    except OSError:
        return Answer(None, _("There was no connection."))


def _post(target: Target, body: str, headers: dict[str, str]) -> Answer:
    doors = addresses.doors(target)
    deadline = time.monotonic() + PATIENCE
    with closing(_wire(target, doors, deadline)) as wire, cut_at(deadline, wire):
        if isinstance(wire, ssl.SSLSocket):
            wire.do_handshake()
        connection = _connection(target, wire)
        connection.request("POST", target.path, body.encode(), {**HEADERS, **headers})
        with connection.getresponse() as answer:
            if 200 <= answer.status < 300:
                return Answer(answer.status)
            return Answer(answer.status, _refused(answer.status), _begins(answer))


def _wire(target: Target, doors: list[Door], deadline: float) -> socket.socket:
    """A socket to the first of these addresses that takes one; for TLS, before its handshake."""
    for door in doors[:-1]:
        # The next one may be better.
        with suppress(OSError):
            return _opened(target, door, deadline)
    return _opened(target, doors[-1], deadline)


def _opened(target: Target, door: Door, deadline: float) -> socket.socket:
    wire = socket.socket(door.family, socket.SOCK_STREAM)
    try:
        wire.settimeout(max(0.001, min(CONNECTING, deadline - time.monotonic())))
        # By number: nobody is asked for the name a second time.
        wire.connect(door.address)
        wire.settimeout(PATIENCE)
        if target.scheme == "http":
            return wire
        return _tls().wrap_socket(wire, server_hostname=target.host, do_handshake_on_connect=False)
    except OSError:
        wire.close()
        raise


def _connection(target: Target, wire: socket.socket) -> HTTPConnection:
    """HTTP on a socket that is there, and on no other."""
    connection: HTTPConnection
    if target.scheme == "http":
        connection = HTTPConnection(target.host, target.port)
    else:
        connection = HTTPSConnection(target.host, target.port, context=_tls())
    connection.sock = wire
    connection.auto_open = 0
    return connection


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _refused(status: int) -> str:
    if 300 <= status < 400:
        return _("It leads elsewhere, and nobody follows: give its new address here.")
    if status == HTTPStatus.GONE:
        return _("It said that it is gone.")
    return _("It was refused.")


def _begins(answer: HTTPResponse) -> str:
    """The first words of an answer, in signs that every page and database takes."""
    text = ""
    # Its status stands, whatever follows it.
    with suppress(HTTPException):
        text = answer.read(LONGEST_ANSWER).decode(errors="replace")
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()[:QUOTED]
