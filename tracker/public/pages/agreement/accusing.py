"""Which party accuses which, of how many incidents: claims, and no findings."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.public import statistics
from tracker.public.analytics import accusations
from tracker.public.models import Kind
from tracker.public.pages.agreement.view import Filters, View, asked_for
from tracker.public.pages.reading import Document


@dataclass(frozen=True)
class Cell:
    """The incidents of which a party is accused, and the list that holds these among others.

    There is no such list where it is not told who accuses.
    """

    incidents: int
    reports: int
    query: Filters | None
    is_of_itself: bool


@dataclass(frozen=True)
class Row:
    """One accusing party; None is every source that speaks for none."""

    accuser: Document | None
    cells: list[Cell | None]


@dataclass(frozen=True)
class Matrix:
    accused: list[Document]
    rows: list[Row]


def matrix(view: View) -> Matrix:
    """What is stated of incidents on the agreement's days, those that began before among them.

    Parties are in the order of their names: any other could be read as a ranking.
    """
    speakers = accusations.speakers()
    found = statistics.accusations_among(asked_for(view.touching_its_days()), speakers)
    cells = {(each.accuser, each.accused): _cell(view, each, speakers) for each in found}
    named = accusations.named(Kind.PARTY, {slug for pair in cells for slug in pair if slug})
    parties = sorted(named.values(), key=lambda party: (party["name"], party["id"]))
    accused = [party for party in parties if any(party["id"] == whom for _who, whom in cells)]
    accusers = [party for party in parties if any(party["id"] == who for who, _whom in cells)]
    others = [None] if any(who is None for who, _whom in cells) else []
    rows = [
        Row(who, [cells.get((who["id"] if who else None, whom["id"])) for whom in accused])
        for who in [*accusers, *others]
    ]
    return Matrix(accused, rows)


def _cell(view: View, accusation: accusations.Accusation, speakers: accusations.Speakers) -> Cell:
    accuser, accused = accusation.accuser, accusation.accused
    query = None
    if accuser:
        query = view.touching_its_days(claimant=",".join(speakers[accuser]), accused=accused)
    return Cell(accusation.incidents, accusation.reports, query, accuser == accused)
