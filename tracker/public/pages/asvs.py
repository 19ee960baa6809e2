"""The review against OWASP's Application Security Verification Standard 5.0.0, item by item."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from tracker.public.pages.markdown import FOLDER


class State(StrEnum):
    """Whether an item holds. An operator's depends on how the tracker is set up."""

    HOLDS = "holds"
    PARTLY = "partly"
    NO = "no"
    OPERATOR = "operator"
    NOT_APPLICABLE = "n/a"


LABELS = {
    State.HOLDS: _("Holds"),
    State.PARTLY: _("Holds in part"),
    State.NO: _("Does not hold"),
    State.OPERATOR: _("Up to the operator"),
    State.NOT_APPLICABLE: _("Does not apply"),
}
# By their numbers in the standard.
CHAPTERS = {
    "V1": _("Encoding and sanitization"),
    "V2": _("Validation and business logic"),
    "V3": _("Web frontend"),
    "V4": _("API and web service"),
    "V5": _("Files"),
    "V6": _("Authentication"),
    "V7": _("Sessions"),
    "V8": _("Authorization"),
    "V9": _("Self-contained tokens"),
    "V10": _("OAuth and OIDC"),
    "V11": _("Cryptography"),
    "V12": _("Secure communication"),
    "V13": _("Configuration"),
    "V14": _("Data protection"),
    "V15": _("Secure coding and architecture"),
    "V16": _("Logging and errors"),
    "V17": _("WebRTC"),
}


@dataclass(frozen=True)
class Item:
    """One item of the standard, of level 1 or 2; `because` names the test, or the reason."""

    item: str
    level: int
    state: State
    because: str

    @property
    def chapter(self) -> str:
        return self.item.partition(".")[0]

    @property
    def label(self) -> str:
        return str(LABELS[self.state])


@cache
def items() -> list[Item]:
    """All items in the order of the standard."""
    with (FOLDER / "asvs.csv").open(encoding="utf-8", newline="") as file:
        return [
            Item(row["item"], int(row["level"]), State(row["state"]), row["because"])
            for row in csv.DictReader(file)
        ]


def chapters() -> list[tuple[str, str, list[Item]]]:
    """Each chapter: its number, its name and its items."""
    return [
        (chapter, str(CHAPTERS[chapter]), list(held))
        for chapter, held in groupby(items(), key=lambda each: each.chapter)
    ]


def counted() -> list[tuple[str, int]]:
    """How many items are in each state."""
    counts = Counter(each.state for each in items())
    return [(str(label), counts[state]) for state, label in LABELS.items()]
