"""Published documents made to name another place than the one they named.

Works on what the public has read, never on what the desk holds: what changed there since is unsigned.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from tracker.desk.models import Place
from tracker.desk.workflow.publishing import documents
from tracker.desk.workflow.publishing.drafts import Draft


@dataclass(frozen=True)
class Swap:
    """A place in the place of another, in the documents with these ids and in no other.

    `gone` is a public id; `spellings` are the names the place that is shown is searched by.
    """

    gone: str
    shown: Place
    spellings: list[str]
    ids: Collection[str]


def incident(document: dict[str, Any], searched: list[str], swap: Swap) -> Draft:
    """An incident's document; `searched` is what it has been found by so far."""
    whole = _placed(document, swap)
    whole["reports"] = [_placed(claim, swap) for claim in document["reports"]]
    if whole["place"] != document["place"]:
        for name, language in (("title", "en"), ("title_ar", "ar")):
            whole[name] = documents.title(
                document["acts"], swap.shown, document["date_start"], language
            )
        texts = [whole[name] for name in ("summary", "summary_ar", "title", "title_ar")]
        searched = [*texts, *swap.spellings]
    return Draft("incident", document["id"], whole["title"], [*searched], whole)


def report(document: dict[str, Any], whole: dict[str, Any], swap: Swap) -> Draft:
    """A report's document; `whole` is its incident's, which gives both their title."""
    names = [document["text"], document["translation"], whole["title"], whole["title_ar"]]
    return Draft("report", document["id"], whole["title"], names, _placed(document, swap))


def place(document: dict[str, Any], swap: Swap) -> Draft:
    """The document of a place inside: it lies in what is shown now, and in what that lies in."""
    around = document["lies_in"]
    at = [wider["id"] for wider in around].index(swap.gone)
    instead = [documents.place_reference(wider) for wider in swap.shown.lineage()]
    names = [document["name"], document["name_ar"], *(each["name"] for each in document["names"])]
    return Draft(
        "place",
        document["id"],
        document["name"],
        names,
        {**document, "lies_in": [*around[:at], *instead]},
    )


def tally(document: dict[str, Any], searched: list[str], swap: Swap) -> Draft:
    """A count's document; `searched` is what it has been found by so far."""
    return _dated("tally", document["date_end"], document, searched, swap)


def coverage(document: dict[str, Any], searched: list[str], swap: Swap) -> Draft:
    """A coverage period's document; `searched` is what it has been found by so far."""
    return _dated("coverage", document["date_start"], document, searched, swap)


def _dated(kind: str, day: str, document: dict[str, Any], searched: list[str], swap: Swap) -> Draft:
    """What is sorted by this day, and then by its place."""
    told = _placed(document, swap)
    label = f"{day} {told['place']['name']}"
    return Draft(kind, document["id"], label, [*searched, *swap.spellings], told)


def _placed(document: dict[str, Any], swap: Swap) -> dict[str, Any]:
    named = document["place"] and document["place"]["id"]
    if named != swap.gone or document["id"] not in swap.ids:
        return dict(document)
    return {**document, "place": documents.place_reference(swap.shown)}
