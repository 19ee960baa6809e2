"""A copy of the public record, kept as any reader with nothing but the API can keep one."""

from __future__ import annotations

from typing import Any

from django.test import Client

RESOURCES = {
    "incident": "incidents",
    "report": "reports",
    "place": "places",
    "party": "parties",
    "agreement": "agreements",
    "tally": "tallies",
    "coverage": "coverage",
    "situation": "situation-reports",
}
START = {"ordering": "updated"}


class Copy:
    """Reads what was updated and what was deleted in turn, each from where it had come to."""

    def __init__(self, *, page_size: int = 100) -> None:
        self.client = Client()
        self.page_size = page_size
        self.held: dict[str, dict[str, Any]] = {kind: {} for kind in RESOURCES}
        self.resume: dict[str, str] = {}
        self.received = 0
        self.repeated: list[Any] = []

    def follow(self) -> None:
        for kind, name in RESOURCES.items():
            for document in self.read(name):
                held = self.held[kind]
                if held.get(document["id"]) == document:
                    self.repeated.append(document)
                held[document["id"]] = document
        for tombstone in self.read("deleted"):
            self.held[tombstone["kind"]].pop(tombstone["id"], None)

    def read(self, name: str) -> list[dict[str, Any]]:
        """All that is new in a list, page by page."""
        asked: dict[str, Any] = {"page_size": self.page_size}
        if name in self.resume:
            asked["updated_since"] = self.resume[name]
        elif name != "deleted":
            asked |= START
        found = []
        answer = self.client.get(f"/api/v1/{name}/", asked).json()
        while True:
            found += answer["results"]
            if answer["resume"]:
                self.resume[name] = answer["resume"]
            if answer["next"] is None:
                self.received += len(found)
                return found
            answer = self.client.get(answer["next"]).json()


def served() -> dict[str, dict[str, Any]]:
    """All that the server answers with, list by list, in its usual order."""
    client, found = Client(), {}
    for kind, name in RESOURCES.items():
        address, documents = f"/api/v1/{name}/?page_size=1000", []
        while address:
            answer = client.get(address).json()
            documents += answer["results"]
            address = answer["next"]
        found[kind] = {document["id"]: document for document in documents}
    return found
