"""Atom (RFC 4287) with positions in GeoRSS Simple, in pages (RFC 5005)."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import Any

from django.utils.xmlutils import SimplerXMLGenerator

from tracker.public.feeds.entries import Entry, Feed

# What a feed of nothing was updated by.
NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def atom(feed: Feed) -> str:
    """The feed as an XML document."""
    text = StringIO()
    xml: Any = SimplerXMLGenerator(text, "utf-8", short_empty_elements=True)
    xml.startDocument()
    xml.startElement(
        "feed",
        {
            "xmlns": "http://www.w3.org/2005/Atom",
            "xmlns:georss": "http://www.georss.org/georss",
            "xml:lang": "en",
        },
    )
    xml.addQuickElement("id", feed.whole)
    xml.addQuickElement("title", feed.title)
    updated = max((entry.updated for entry in feed.entries), default=NEVER)
    xml.addQuickElement("updated", updated.isoformat())
    _author(xml, feed.title)
    _link(xml, "self", feed.address)
    _link(xml, "first", feed.whole)
    if feed.following:
        _link(xml, "next", feed.following)
    _link(xml, "alternate", feed.home)
    for entry in feed.entries:
        _entry(xml, entry, feed.home)
    xml.endElement("feed")
    xml.endDocument()
    return text.getvalue()


def _entry(xml: Any, entry: Entry, home: str) -> None:
    xml.startElement("entry", {})
    xml.addQuickElement("id", entry.id)
    xml.addQuickElement("title", entry.title)
    xml.addQuickElement("summary", entry.summary)
    xml.addQuickElement("published", entry.published.isoformat())
    xml.addQuickElement("updated", entry.updated.isoformat())
    _link(xml, "alternate", entry.url)
    for each in entry.categories:
        # Scheme and term together are the address of all that are of it.
        scheme = f"{home}?{each.name}="
        xml.addQuickElement(
            "category", None, {"scheme": scheme, "term": each.code, "label": each.label}
        )
    if entry.position:
        latitude, longitude = entry.position
        xml.addQuickElement("georss:point", f"{latitude} {longitude}")
    xml.endElement("entry")


def _author(xml: Any, name: str) -> None:
    xml.startElement("author", {})
    xml.addQuickElement("name", name)
    xml.endElement("author")


def _link(xml: Any, relation: str, address: str) -> None:
    # Without a type: many readers follow no link that says it is not a page.
    xml.addQuickElement("link", None, {"rel": relation, "href": address})
