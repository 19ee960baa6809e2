"""The tables of a situation report: what its page and its Word document show alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.codebook import Act, Sight, VerdictCode, Verification
from tracker.public.models import Kind
from tracker.public.pages.reading import Document, by_id
from tracker.public.pages.wording import day, own, speaker

Numbers = dict[str, Any]
Filters = dict[str, Any]


class Form(StrEnum):
    """How a cell is written: as a text, as a number, or as by how much one differs from another."""

    TEXT = "text"
    NUMBER = "number"
    CHANGE = "change"


@dataclass(frozen=True)
class Cell:
    """A text, or a number with the filters that find what it counts; None is a number not known."""

    text: str = ""
    number: int | None = None
    filters: Filters | None = None
    form: Form = Form.TEXT

    @property
    def written(self) -> str:
        if self.form != Form.NUMBER:
            return self.text
        return _("unknown") if self.number is None else f"{self.number:,}"


@dataclass(frozen=True)
class Row:
    label: str
    cells: list[Cell]


@dataclass(frozen=True)
class Table:
    """`name` is what a page can be led to it by; `head` begins with what heads the labels."""

    name: str
    title: str
    head: list[str]
    rows: list[Row]
    note: str = ""

    @property
    def columns(self) -> list[tuple[str, Form]]:
        """What heads each column, and how its cells are written."""
        forms = [Form.TEXT, *(cell.form for cell in self.rows[0].cells)]
        return [*zip(self.head, forms, strict=True)]


@dataclass(frozen=True)
class Told:
    """A report's numbers; `is_live` where they are those that the lists give now."""

    numbers: Numbers
    is_live: bool
    agreements: dict[str, Document] = field(default_factory=dict)

    def filters(self, when: str, **more: Any) -> Filters | None:
        """What finds the incidents of a number; of one that is frozen no list can say."""
        if not self.is_live:
            return None
        days = self.numbers["days" if when == "now" else "days_before"]
        return {"date_from": days["first"], "date_to": days["last"], **self.about, **more}

    @property
    def about(self) -> Filters:
        agreement = self.numbers["agreement"]
        return {"agreement": agreement} if agreement else {}

    def title(self, agreement: str) -> str:
        return own(self.agreements.get(agreement), "title") or agreement

    def reading(self, agreement: str, slug: str) -> str:
        readings = self.agreements.get(agreement, {}).get("readings", [])
        return next((own(each) for each in readings if each["id"] == slug), slug)


def tables(numbers: Numbers, *, is_live: bool) -> list[Table]:
    """The tables that hold anything, in the order in which they are read."""
    slugs = {each["agreement"] for each in numbers["readings"]}
    told = Told(numbers, is_live, by_id(Kind.AGREEMENT, slugs))
    made = [
        _all(told),
        *_under_readings(told),
        _by(
            told,
            "act",
            Act,
            _("Incidents by act"),
            _("An incident is counted under each of its acts."),
        ),
        _by(told, "verification", Verification, _("Incidents by verification")),
        _coverage(told),
        _days(told),
        _tallies(told),
    ]
    return [table for table in made if table.rows]


def change(now: int, before: int) -> str:
    """By how many there are more or fewer."""
    if now == before:
        return "0"
    return f"+{now - before:,}" if now > before else f"−{before - now:,}"


def _head(first: str) -> list[str]:
    return [first, _("This period"), _("The one before"), _("Difference")]


def _compared(told: Told, label: str, pair: dict[str, Any], **filters: Any) -> Row:
    cells = [
        Cell(number=pair[when], filters=told.filters(when, **filters), form=Form.NUMBER)
        for when in ("now", "before")
    ]
    return Row(label, [*cells, Cell(change(pair["now"], pair["before"]), form=Form.CHANGE)])


def _all(told: Told) -> Table:
    rows = [_compared(told, _("All incidents"), told.numbers["incidents"])]
    for each in told.numbers["contested"]:
        label = _("Contested: %(agreement)s") % {"agreement": told.title(each["agreement"])}
        filters = {"agreement": each["agreement"], "contested": "true"}
        rows.append(_compared(told, label, each, **filters))
    note = _(
        "Every published incident that answers to the filters is counted once, on its first "
        "day, whatever its verification."
    )
    return Table("all", _("Incidents"), _head(""), rows, note)


def _under_readings(told: Told) -> Iterator[Table]:
    for each in told.numbers["readings"]:
        agreement, reading = each["agreement"], each["reading"]
        rows = [
            _compared(
                told,
                str(VerdictCode(pair["value"]).label),
                pair,
                verdict=pair["value"],
                reading=reading,
            )
            for pair in each["verdicts"]
        ]
        named = {"reading": told.reading(agreement, reading), "agreement": told.title(agreement)}
        title = _("As read by: %(reading)s (%(agreement)s)") % named
        yield Table(f"reading-{reading}", title, _head(_("Verdict")), rows)


def _by(told: Told, name: str, codes: Any, title: str, note: str = "") -> Table:
    rows = [
        _compared(told, str(codes(pair["value"]).label), pair, **{name: pair["value"]})
        for pair in told.numbers[f"by_{name}"]
        if pair["value"]
    ]
    return Table(f"by-{name}", title, _head(""), rows, note)


def _coverage(told: Told) -> Table:
    counted = told.numbers["coverage"]
    rows = [
        Row(
            str(sight.label),
            [Cell(number=counted[when][sight], form=Form.NUMBER) for when in ("now", "before")],
        )
        for sight in Sight
    ]
    head = ["", _("Days of this period"), _("Days of the one before")]
    note = _(
        "No report is not no violation. Coverage is what monitors tell of the places asked "
        "for, or else of the whole country. A day of which none of them tells is not covered: "
        "it is unknown."
    )
    return Table("coverage", _("What monitors could see"), head, rows, note)


def _days(told: Told) -> Table:
    drawn = told.numbers["timeline"]
    verdicts = [each["value"] for each in drawn["days"][0]["verdicts"]] if drawn["days"] else []
    rows = [_day(told, each, drawn["reading"]) for each in drawn["days"]]
    head = [_("Day"), _("Incidents"), *(str(VerdictCode(each).label) for each in verdicts)]
    note = ngettext(
        "%(number)d incident more is not dated well enough to belong to a day.",
        "%(number)d incidents more are not dated well enough to belong to a day.",
        drawn["imprecise"],
    ) % {"number": drawn["imprecise"]}
    title = _("Incidents by day")
    return Table("days", title, [*head, _("Coverage")], rows, note if drawn["imprecise"] else "")


def _day(told: Told, each: dict[str, Any], reading: str | None) -> Row:
    alone = {"date_from": each["day"], "date_to": each["day"], "max_date_precision": 1}
    cells = [Cell(number=each["incidents"], filters=told.filters("now", **alone), form=Form.NUMBER)]
    for pair in each["verdicts"]:
        filters = told.filters("now", **alone, verdict=pair["value"], reading=reading)
        cells.append(Cell(number=pair["now"], filters=filters, form=Form.NUMBER))
    return Row(day(each["day"]), [*cells, Cell(str(Sight(each["coverage"]).label))])


def _tallies(told: Told) -> Table:
    """What monitors counted, each for itself; one that was taken back since is named no more."""
    found = by_id(Kind.TALLY, [each["id"] for each in told.numbers["tallies"]])
    rows = [_tally(each, found.get(each["id"])) for each in told.numbers["tallies"]]
    head = [
        *(_("Day"), _("Area"), _("Monitor"), _("Accused"), _("Count")),
        *(_("Confirmed"), _("Cannot confirm"), _("Target excluded")),
    ]
    note = _("Monitors count by rules of their own: their counts are never added up.")
    return Table("tallies", _("What monitors counted"), head, rows, note)


def _tally(each: dict[str, Any], named: Document | None) -> Row:
    texts = [_("Taken back since"), "", ""]
    if named:
        area = own(named["place"]) or _("whole country")
        texts = [area, speaker(named["monitor"]), own(named["accused"]) or _("not told")]
    counts = ("count", "confirmed", "cannot_confirm", "target_excluded")
    numbers = [Cell(number=each[name], form=Form.NUMBER) for name in counts]
    return Row(day(each["day"]), [*map(Cell, texts), *numbers])
