"""The claims ledger of an incident: who says what side by side, and when. Nothing is added up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.claims import Statement, differing, latest_first, oldest_first
from tracker.desk.models import Report, Source
from tracker.desk.workflow import independence, telling
from tracker.desk.workflow.telling import Telling


@dataclass(frozen=True)
class Position:
    """One statement, and what it tells; its number is its place in the timeline."""

    number: int
    report: Report
    told: dict[str, Telling]

    @property
    def claimant(self) -> str:
        return telling.named(self.report.claimant)

    @property
    def relayed_by(self) -> str:
        """Who passes it on; empty where the claimant says it itself."""
        return telling.named(self.report.source) if self.report.relayed_from else ""


@dataclass(frozen=True)
class Column:
    """One claimant with its statements, the latest first."""

    source: Source
    statements: list[Position]

    @property
    def claimant(self) -> str:
        return telling.named(self.source)


@dataclass(frozen=True)
class Said:
    """What some statements of a claimant say of a field in the same words."""

    words: tuple[str, ...]
    numbers: list[int]


@dataclass(frozen=True)
class Cell:
    """All that one claimant says of a field, the latest first; nothing where it does not tell."""

    said: list[Said]
    varies: bool


@dataclass(frozen=True)
class Row:
    """What each claimant says of one field, in the order of the columns."""

    field: str
    cells: list[Cell]
    differs: bool

    @property
    def label(self) -> str:
        return str(telling.LABELS[self.field])


@dataclass(frozen=True)
class Ledger:
    """Who says what of one incident. `groups` counts who says independently that it happened."""

    columns: list[Column]
    rows: list[Row]
    timeline: list[Position]
    groups: int


def assemble(reports: Iterable[Report]) -> Ledger:
    """The ledger of an incident's current reports: those the reader may see, in any order.

    Claimants stand in the order in which they first spoke. A field of which no one tells has no row.
    """
    ordered = oldest_first(telling.in_order(reports), day=lambda report: report.published_on)
    timeline = [
        Position(number, report, telling.tellings(report))
        for number, report in enumerate(ordered, 1)
    ]
    columns = _columns(timeline)
    differs = differing(map(_statement, timeline))
    rows = [
        Row(field, [_cell(column, field) for column in columns], field in differs)
        for field in telling.LABELS
        if any(field in position.told for position in timeline)
    ]
    return Ledger(columns, rows, timeline, len(independence.groups(ordered)))


def _columns(timeline: list[Position]) -> list[Column]:
    said: dict[Source, list[Position]] = {}
    for position in timeline:
        said.setdefault(position.report.claimant, []).append(position)
    return [
        Column(source, latest_first(statements, day=lambda each: each.report.published_on))
        for source, statements in said.items()
    ]


def _statement(position: Position) -> Statement:
    told = {name: each.value for name, each in position.told.items() if each.value is not None}
    return Statement(position.report.claimant, position.report.published_on, told)


def _cell(column: Column, field: str) -> Cell:
    numbers: dict[tuple[str, ...], list[int]] = {}
    values = set()
    for position in column.statements:
        if told := position.told.get(field):
            numbers.setdefault(told.words, []).append(position.number)
            values.add(told.value)
    said = [Said(words, sorted(by)) for words, by in numbers.items()]
    return Cell(said, len(values - {None}) > 1)
