"""Links to maps, read for the position they show. None is ever opened."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import parse_qs, unquote_plus, urlsplit

from tracker.geo.coordinates import degrees
from tracker.geo.coordinates.notations import pair
from tracker.geo.coordinates.positions import InvalidPosition, Position, Reason

_IS_LINK = re.compile(r"[a-z][a-z0-9+.-]*://|www\.|(?:[a-z0-9-]+\.)+[a-z]{2,}/", re.IGNORECASE)
_SHORT = """
    app.goo.gl binged.it bit.ly buff.ly cutt.ly g.co goo.gl is.gd maps.app.goo.gl maps.apple ow.ly
    rb.gy shorturl.at t.co t.ly tiny.cc tinyurl.com
"""
_SHORT_HOSTS = frozenset(_SHORT.split())
# Short links of hosts whose long ones are read: osm.org/go/, yandex.com/maps/-/.
_SHORT_PATH = re.compile(r"/go/|/maps/-/")
_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
# In Google's addresses the pin is latitude !3d and longitude !4d; @ is what the screen shows.
_PIN = re.compile(rf"!3d({_NUMBER})!4d({_NUMBER})")
_VIEW = re.compile(rf"/@({_NUMBER}),({_NUMBER})(?=,|$)")
_NAMED = re.compile(r"/maps/(?:place|search)/([^/]+)")
_GEOHACK = re.compile(r"((?:[0-9.]+_){1,3}[NS]_(?:[0-9.]+_){1,3}[EW])(?:_|$)")


class _Link(NamedTuple):
    host: str
    path: str
    query: dict[str, str]
    fragment: dict[str, str]
    """What follows #, read like a query."""


def read(text: str) -> Position | None:
    """The position a link shows, its pin before its view, or None where the text is no link.

    Raises InvalidPosition for short links, unknown hosts, links that hold no position or several, and
    links among words, which may speak of another position.
    """
    addresses = [word for word in text.split() if "://" in word or _IS_LINK.match(word)]
    if not addresses:
        return None
    address = addresses[0].strip("<>").rstrip(".,;،؛")
    link = _link(address, text)
    if link.host in _SHORT_HOSTS or _SHORT_PATH.match(link.path):
        raise InvalidPosition(Reason.LINK_SHORT, text, host=link.host)
    words = [word for word in text.split() if word != addresses[0]]
    if words or len(addresses) > 1:
        raise InvalidPosition(Reason.LEFT_OVER, text, part=[*words, address][0])
    for hosts, reader in _READERS.items():
        if re.fullmatch(hosts, link.host + link.path):
            return _first(reader(link), link)
    raise InvalidPosition(Reason.LINK_UNKNOWN, text, host=link.host)


def _link(address: str, text: str) -> _Link:
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host = parts.hostname or address
    except ValueError:
        raise InvalidPosition(Reason.LINK_UNKNOWN, text, host=address) from None
    query, fragment = parse_qs(parts.query), parse_qs(parts.fragment)
    if any(len(values) > 1 for values in [*query.values(), *fragment.values()]):
        raise InvalidPosition(Reason.LINK_MANY, text, host=host)
    return _Link(
        host,
        unquote_plus(parts.path),
        {name: value for name, (value,) in query.items()},
        {name: value for name, (value,) in fragment.items()},
    )


def _first(positions: Iterator[Position | None], link: _Link) -> Position:
    position = next(filter(None, positions), None)
    if position is None:
        raise InvalidPosition(Reason.LINK_EMPTY, host=link.host)
    return position


def _google(link: _Link) -> Iterator[Position | None]:
    pins = set(_PIN.findall(link.path))
    if len(pins) > 1 or "/dir/" in link.path:
        raise InvalidPosition(Reason.LINK_MANY, host=link.host)
    for pin in pins:
        yield pair(",".join(pin))
    yield _sought(link.query.get("query", ""))
    yield _sought(link.query.get("q", ""))
    if named := _NAMED.match(link.path):
        yield _sought(named[1])
    yield pair(link.query.get("ll", ""))
    yield pair(link.query.get("center", ""))
    if view := _VIEW.search(link.path):
        yield pair(",".join(view.groups()))


def _sought(text: str) -> Position | None:
    """The position of a search, which may as well be for a name."""
    sought = text.removeprefix("loc:").partition("(")[0]
    position = pair(sought)
    if position is not None:
        return position
    try:
        return degrees.read(sought)
    except InvalidPosition:
        return None


def _openstreetmap(link: _Link) -> Iterator[Position | None]:
    yield _of_two(link.query, "mlat", "mlon")
    yield pair(link.fragment.get("map", "").partition("/")[2], separator="/")
    yield _of_two(link.query, "lat", "lon")


def _apple(link: _Link) -> Iterator[Position | None]:
    # Beside ll, q is but the pin's label.
    yield pair(link.query.get("ll", ""))
    yield pair(link.query.get("coordinate", ""))
    yield _sought(link.query.get("q", ""))


def _bing(link: _Link) -> Iterator[Position | None]:
    pins = link.query.get("sp", "")
    if "~" in pins:
        raise InvalidPosition(Reason.LINK_MANY, host=link.host)
    yield pair("_".join(pins.removeprefix("point.").split("_")[:2]), separator="_")
    yield pair(link.query.get("cp", ""), separator="~")


def _yandex(link: _Link) -> Iterator[Position | None]:
    pins = link.query.get("pt", "")
    if "~" in pins:
        raise InvalidPosition(Reason.LINK_MANY, host=link.host)
    for numbers in (pins, link.query.get("whatshere[point]", ""), link.query.get("ll", "")):
        yield pair(",".join(numbers.split(",")[:2]), is_longitude_first=True)


def _wikimapia(link: _Link) -> Iterator[Position | None]:
    yield _of_two(link.fragment, "lat", "lon")


def _geohack(link: _Link) -> Iterator[Position | None]:
    if found := _GEOHACK.match(link.query.get("params", "")):
        yield degrees.read(found[1].replace("_", " "))


def _of_two(given: dict[str, str], latitude: str, longitude: str) -> Position | None:
    return pair(f"{given.get(latitude, '')},{given.get(longitude, '')}")


_COUNTRY = r"(?:com|[a-z]{2}|com?\.[a-z]{2})"
_READERS: dict[str, Callable[[_Link], Iterator[Position | None]]] = {
    rf"(?:www\.)?google\.{_COUNTRY}/maps.*": _google,
    rf"maps\.google\.{_COUNTRY}(?:/.*)?": _google,
    r"earth\.google\.com/web/.*": _google,
    r"(?:www\.)?(?:openstreetmap|osm)\.org(?:/.*)?": _openstreetmap,
    r"maps\.apple\.com(?:/.*)?": _apple,
    r"(?:www\.)?bing\.com/maps.*": _bing,
    rf"(?:www\.)?yandex\.{_COUNTRY}/(?:maps|harita).*": _yandex,
    r"(?:www\.)?wikimapia\.org(?:/.*)?": _wikimapia,
    r"geohack\.toolforge\.org/.*|tools\.wmflabs\.org/geohack/.*": _geohack,
}
