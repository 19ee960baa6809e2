"""What the page of an import shows: how far it is, what was counted and found, how rows are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.codebook import Access, Act, Codes, Group, Harm
from tracker.desk.admin.site import translated
from tracker.desk.importers.faults import BadRow
from tracker.desk.importers.records.drafts import FigureDraft
from tracker.desk.importers.records.formats import FormatName
from tracker.desk.models import ImportRun, Party, Source
from tracker.desk.models.imports import ImportState, RowOutcome
from tracker.desk.models.jobs import JobState
from tracker.desk.workflow import importing
from tracker.desk.workflow.importing import Look
from tracker.errors import InvalidInput

# Of each the page shows the first so many; the rest is in the file that may be downloaded.
ROWS, REFUSED, GONE, NAMES = 10, 20, 20, 30
# Names proposed as one types.
MOST = 500
COUNTS = {
    "new": gettext_lazy("new"),
    "changed": gettext_lazy("changed"),
    "unchanged": gettext_lazy("unchanged"),
    "refused": gettext_lazy("refused"),
    "gone": gettext_lazy("no longer in the file"),
}
UNKNOWN = {
    "place": gettext_lazy("Places"),
    "accused": gettext_lazy("Accused parties"),
    "relayed_from": gettext_lazy("Sources that are relayed"),
    "monitor": gettext_lazy("Monitors"),
    "counterpart": gettext_lazy("Counterparts"),
    "obstructed_by": gettext_lazy("Parties that obstruct"),
    "parent": gettext_lazy("Parties that others belong to"),
    "successor": gettext_lazy("Parties that succeed others"),
}
# Where reports and the rest are listed that a run brought.
LISTS = {"reports": "report", "tallies": "bulletin", "coverage": "coverage", "parties": "party"}


@dataclass(frozen=True)
class Count:
    sort: str
    name: str
    number: int


@dataclass(frozen=True)
class Progress:
    said: str
    percent: int | None
    """None while it is not known how much there is to do."""


@dataclass(frozen=True)
class Unknown:
    """Names of one sort that nothing at the desk bears."""

    sort: str
    name: str
    rows: int
    names: int
    most: list[tuple[str, int]]
    """Those most often written, with the number of rows."""


@dataclass(frozen=True)
class Refused:
    """One reason why a row was refused."""

    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class Sample:
    """One of the first rows as it will be read; or why it cannot be."""

    line: int
    cells: list[str]
    faults: list[str]


def of(run: ImportRun) -> dict[str, Any]:
    """All that does not need the file."""
    job = run.job
    is_tried = run.state in {ImportState.CHECKING, ImportState.COMMITTING, ImportState.UNDOING}
    refused = run.rows.filter(outcome=RowOutcome.REFUSED)
    gone = run.rows.filter(outcome=RowOutcome.GONE).select_related("report__source")
    return {
        "counts": counts(run),
        "progress": progress(run) if run.is_under_way else None,
        "failed": job.error if is_tried and job and job.state == JobState.FAILED else "",
        "unknown": unknown(run),
        "refused": [each for row in refused.order_by("line")[:REFUSED] for each in _refused(row)],
        "repeats": run.repeats,
        "gone": gone.order_by("report_id")[:GONE],
        "brought": brought(run) if run.state == ImportState.COMMITTED else 0,
        "list_of_brought": f"admin:desk_{LISTS[run.kind]}_changelist",
    }


def of_file(look: Look) -> dict[str, Any]:
    """How the file is read, and the first rows of it."""
    columns, label = _SHOWN[look.mapping.kind], look.table.label
    samples, incomplete = [], ""
    try:
        samples = [_sample(draft, columns) for draft in look.drafts(ROWS)]
    except InvalidInput as refusal:
        incomplete = translated(refusal)
    return {
        "incomplete": incomplete,
        "look": look,
        "samples": samples,
        "sample_columns": [name for name, _told in columns],
        "table_label": _(label.form.sentence) % label.values,
        "format_label": _(FormatName.coded(look.mapping.format).sentence),
    }


def counts(run: ImportRun) -> list[Count]:
    told = run.counts
    return [Count(sort, str(name), told[sort]) for sort, name in COUNTS.items() if sort in told]


def progress(run: ImportRun) -> Progress:
    job = run.job
    if job is None:
        return Progress("", None)
    if job.state == JobState.WAITING:
        return Progress(_("It waits for a worker."), None)
    if not job.total:
        return Progress(_("%d rows so far.") % job.done, None)
    said = _("%(done)d of %(total)d rows.") % {"done": job.done, "total": job.total}
    return Progress(said, job.percent)


def unknown(run: ImportRun) -> list[Unknown]:
    return [
        Unknown(
            sort,
            str(UNKNOWN.get(sort, sort)),
            found["rows"],
            found["names"],
            [(name, rows) for name, rows in found["most"][:NAMES]],
        )
        for sort, found in run.findings.items()
    ]


def unknown_names(run: ImportRun) -> dict[str, list[str]]:
    """By field the names most often written that nothing here bears, to be mapped one by one."""
    return {
        each.sort: [name for name, _rows in each.most]
        for each in unknown(run)
        if each.sort != "place"
    }


def brought(run: ImportRun) -> int:
    """How many things the run has brought that are still there."""
    return importing.brought(run).count()


def names(user: Any) -> dict[str, list[str]]:
    """What the names of a file may mean, to be proposed as one types."""
    sources = Source.objects.visible_to(user)
    return {
        "party_names": list(Party.objects.order_by("name").values_list("name", flat=True)[:MOST]),
        "source_names": list(sources.order_by("name").values_list("name", flat=True)[:MOST]),
    }


def _refused(row: Any) -> Iterable[Refused]:
    for fault, reason in zip(row.faults, importing.reasons(row), strict=True):
        yield Refused(row.line, fault["column"], fault["value"], reason)


def _sample(draft: Any, columns: _Columns) -> Sample:
    if isinstance(draft, BadRow):
        return Sample(draft.line, [], [importing.said(fault) for fault in draft.faults])
    return Sample(draft.line, [told(draft) for _name, told in columns], [])


# What of a draft a person can tell by whether the mapping is right.

_Columns = tuple[tuple[Any, Callable[[Any], str]], ...]


def _days(draft: Any) -> str:
    last: dt.date | None = draft.date_end
    first = draft.date_start.isoformat()
    return f"{first} – {last.isoformat()}" if last and last != draft.date_start else first


def _place(draft: Any) -> str:
    told = [draft.place_as_written, *draft.wider]
    if getattr(draft, "latitude", None) is not None:
        told.append(f"{draft.latitude:g}, {draft.longitude:g}")
    return " · ".join(filter(None, told))


def _labels(codes: type[Codes], chosen: Iterable[str]) -> str:
    return ", ".join(str(codes(code).label) for code in chosen)


def _figure(figure: FigureDraft) -> str:
    bounds = [figure.low, figure.best, figure.high]
    number = "–".join(str(each) for each in dict.fromkeys(bounds) if each is not None)
    written = number or figure.as_written or "?"
    group = "" if figure.group == "all" else f" ({Group(figure.group).label})"
    return f"{Harm(figure.harm).label}{group}: {written}"


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


_DAYS: tuple[Any, Callable[[Any], str]] = (gettext_lazy("Date"), _days)
_PLACES: tuple[Any, Callable[[Any], str]] = (gettext_lazy("Place"), _place)
_SHOWN: dict[str, _Columns] = {
    "reports": (
        _DAYS,
        _PLACES,
        (gettext_lazy("Acts"), lambda draft: _labels(Act, draft.acts)),
        (
            gettext_lazy("Accused"),
            lambda draft: "; ".join(draft.accused) or draft.accused_as_written,
        ),
        (gettext_lazy("Figures"), lambda draft: "; ".join(map(_figure, draft.figures))),
        (gettext_lazy("Text"), lambda draft: draft.text),
    ),
    "tallies": (
        _DAYS,
        _PLACES,
        (gettext_lazy("Monitor"), lambda draft: draft.monitor),
        (gettext_lazy("Accused"), lambda draft: draft.accused),
        (gettext_lazy("Count"), lambda draft: _number(draft.count)),
    ),
    "coverage": (
        _DAYS,
        _PLACES,
        (gettext_lazy("Monitor"), lambda draft: draft.monitor),
        (gettext_lazy("Access"), lambda draft: str(Access(draft.access).label)),
    ),
    "parties": (
        (gettext_lazy("Name in English"), lambda draft: draft.name),
        (gettext_lazy("Name in Arabic"), lambda draft: draft.name_ar),
        (gettext_lazy("Belongs to"), lambda draft: draft.parent),
    ),
}
