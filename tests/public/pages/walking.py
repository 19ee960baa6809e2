"""Every number of incidents on a page, held against what the API tells of the list it links to."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

from django.test import Client

# What an address says of how the page looks, and not of which incidents it lists.
OF_THE_PAGE = {"lang"}


@dataclass(frozen=True)
class Linked:
    """A number as it is told to machines and to people, and the filters of the list behind it."""

    number: int
    shown: str
    filters: dict[str, str]


class _Links(HTMLParser):
    def __init__(self, attribute: str) -> None:
        super().__init__()
        self.attribute = attribute
        self.found: list[tuple[dict[str, str | None], list[str]]] = []
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "a" and self.attribute in told:
            self.found.append((told, []))
            self._is_inside = True

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self.found[-1][1].append(data)

    def handle_endtag(self, tag: str) -> None:
        self._is_inside = self._is_inside and tag != "a"


def linked(page: str, attribute: str = "data-count") -> list[Linked]:
    """The numbers of a page that carry this attribute, in its order."""
    links = _Links(attribute)
    links.feed(page)
    return [
        Linked(
            int(told[attribute] or ""),
            "".join(text).strip(),
            {
                name: value
                for name, value in parse_qsl(urlsplit(told["href"] or "").query)
                if name not in OF_THE_PAGE
            },
        )
        for told, text in links.found
    ]


def walk(client: Client, address: str) -> list[Linked]:
    """Every count of a page; fails unless each is the API's for the filters of its link."""
    response = client.get(address)
    assert response.status_code == 200, response.content
    counts = linked(response.content.decode())
    for each in counts:
        summary = client.get("/api/v1/stats/summary/", each.filters)
        assert summary.status_code == 200, summary.content
        assert each.number == summary.json()["incidents"], each
        assert each.shown == f"{each.number:,}", each
    return counts
