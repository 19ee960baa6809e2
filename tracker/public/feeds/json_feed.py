"""JSON Feed 1.1; an item's position is a GeoJSON point under `_geo`."""

from __future__ import annotations

from typing import Any

import orjson

from tracker.public.feeds.entries import Entry, Feed


def json_feed(feed: Feed) -> str:
    """The feed as a JSON document."""
    told: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "language": "en",
        "home_page_url": feed.home,
        "feed_url": feed.whole,
        "authors": [{"name": feed.title}],
        "items": [_item(entry) for entry in feed.entries],
    }
    if feed.following:
        told["next_url"] = feed.following
    return orjson.dumps(told).decode()


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_text": entry.summary,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "tags": [each.code for each in entry.categories],
    }
    if entry.position:
        latitude, longitude = entry.position
        item["_geo"] = {"type": "Point", "coordinates": [longitude, latitude]}
    return item
