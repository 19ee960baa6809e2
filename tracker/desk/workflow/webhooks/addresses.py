"""Where webhooks may be sent: to no machine that only insiders should reach."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from tracker.errors import InvalidInput, quoted

PORTS = {"https": 443, "http": 80}
# All else of IPv6 is private, link-local, multicast, reserved, or another spelling of IPv4.
GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
# Python's own list of what is not global has changed from version to version.
CLOSED = tuple(
    ipaddress.ip_network(each)
    for each in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3"),
        # Tunnels to any IPv4 address, benchmarks, examples.
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
)


class ClosedAddress(InvalidInput):
    """Nothing is sent there."""


@dataclass(frozen=True)
class Target:
    """The parts of an address."""

    scheme: str
    host: str
    port: int
    path: str
    """With the query."""


@dataclass(frozen=True)
class Door:
    """An address of the network, to connect to as it is: to look its name up again could give another."""

    family: int
    address: tuple[Any, ...]


def check(url: str) -> None:
    """Raise InvalidInput where nothing can be sent to this address. Asks no one for its name."""
    target = read(url)
    try:
        number = ipaddress.ip_address(target.host)
    except ValueError:
        return
    _refuse_closed(str(number))


def read(url: str) -> Target:
    """An address in parts. Raises InvalidInput."""
    wrong = InvalidInput(
        _("“%s” is no address to send to: write https://HOST/PATH, without a user or #.")
        % quoted(url)
    )
    if re.search(r"[\s\\#]", url) or not url.isprintable():
        raise wrong
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise wrong from error
    if parts.scheme not in PORTS or not re.fullmatch(r"[\w.:-]+", host) or "@" in parts.netloc:
        raise wrong
    if parts.scheme == "http" and not settings.WEBHOOKS_ALLOW_PRIVATE:
        raise ClosedAddress(_("“%s” would be sent in the open: write https://.") % quoted(url))
    query = f"?{parts.query}" if parts.query else ""
    path = iri_to_uri(f"{parts.path or '/'}{query}")
    return Target(parts.scheme, host, port or PORTS[parts.scheme], path)


def doors(target: Target) -> list[Door]:
    """What the host's name stands for now: every address of it is checked, or none is given.

    Raises ClosedAddress, OSError where nobody knows the name.
    """
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    for _family, _type, _protocol, _name, address in found:
        _refuse_closed(str(address[0]))
    return [Door(family, address) for family, _type, _protocol, _name, address in found]


def is_open(number: str) -> bool:
    """Whether an IP address is one that anybody's machine can have on the internet."""
    address = ipaddress.ip_address(number)
    if address.version == 6 and address not in GLOBAL_6:
        return False
    return not any(address in network for network in CLOSED)


def _refuse_closed(number: str) -> None:
    if not settings.WEBHOOKS_ALLOW_PRIVATE and not is_open(number):
        raise ClosedAddress(_("The address is private or reserved: nothing is sent there."))
