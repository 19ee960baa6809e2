"""Rows of a file kept as reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.desk.importers.records.drafts import ReportDraft
from tracker.desk.models import Figure, ImportRun, Incident, Report, Revision, Source
from tracker.desk.workflow import inserting, matching
from tracker.desk.workflow.importing import ledgered
from tracker.desk.workflow.importing.keeping import Known, Weighed
from tracker.desk.workflow.importing.names import Names
from tracker.geo.names import fold

# What a report takes from its row as it stands.
PLAIN = (
    *("external_id", "published_on", "language", "text", "translation", "url", "archive_url"),
    *("date_start", "date_end", "date_precision", "place_as_written", "latitude", "longitude"),
    *("stance", "justification", "note", "raw"),
)
COLUMNS = (
    *("id", "entered_at", "fingerprint", "import_line", "import_run", "source", "entered_by"),
    *PLAIN,
    *("acts", "means", "geo_precision", "radius_m", "place", "accused_as_written"),
    *("relayed_from", "edition", "supersedes", "set_aside", "set_aside_because"),
)
COUNTED = ("harm", "group", "low", "best", "high", "as_written")


class Reports:
    """Keeps reports: what is new, and what is changed as a report that supersedes the one known."""

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._of_run = (run.pk, run.source_id, run.created_by_id)

    @cached_property
    def _names(self) -> Names:
        return Names(self._run.created_by)

    def key(self, draft: ReportDraft, fingerprint: str) -> str:
        return f"id {draft.external_id}" if draft.external_id else f"as {fingerprint}"

    def known(self, keys: Collection[str]) -> dict[str, Known]:
        told = [key.partition(" ") for key in keys]
        numbers = [value for sort, _space, value in told if sort == "id"]
        marks = [value for sort, _space, value in told if sort == "as"]
        of_source = Report.objects.filter(source=self._run.source_id)
        found = {}
        for prefix, column, rows in (
            ("id", "external_id", of_source.filter(external_id__in=numbers)),
            ("as", "fingerprint", of_source.filter(external_id="", fingerprint__in=marks)),
        ):
            for value, *known in rows.order_by("edition", "pk").values_list(
                *(column, "pk", "fingerprint", "edition", "import_run_id", "import_line"),
                *("correction__pk", "incident_id"),
            ):
                found[f"{prefix} {value}"] = Known(*known)
        return found

    def refuse(self, draft: ReportDraft) -> None:
        # A name that nothing here bears stays as written, for a person to find.
        return None

    def look_up(self, rows: Sequence[Weighed]) -> None:
        for row in rows:
            self._names.place(row.draft)

    def keep(self, rows: Sequence[Weighed]) -> None:
        given = inserting.numbers(Report, len(rows))
        kept, now = list(zip(given, rows, strict=True)), timezone.now()
        inserting.insert(Report, COLUMNS, (self._columns(number, row, now) for number, row in kept))
        inserting.insert(Figure, ("report", *COUNTED), _figures(kept))
        accused = ((number, party) for number, row in kept for party in self._accused(row.draft))
        inserting.insert(Report.accused.through, ("report", "party"), accused)
        for number, row in kept:
            if row.known and row.known.incident:
                # What it corrects was weighed there, and so is it.
                incident = Incident.objects.get(pk=row.known.incident)
                matching.attach(Report.objects.get(pk=number), incident)

    def unknown(self, draft: ReportDraft) -> Iterator[tuple[str, str]]:
        if (draft.place_as_written or draft.wider) and self._names.place(draft) is None:
            yield "place", draft.place_as_written or draft.wider[0]
        for name in draft.accused:
            if self._names.party(name) is None:
                yield "accused", name
        if draft.relayed_from and self._names.source(draft.relayed_from) is None:
            yield "relayed_from", draft.relayed_from

    def told(self, draft: ReportDraft) -> str:
        return f"{draft.date_start} {fold(draft.place_as_written)} {fold(draft.text)}"

    def told_already(self, drafts: Sequence[ReportDraft]) -> dict[str, int]:
        source = self._run.source
        group = source.independence_group
        origin = Source.objects.filter(independence_group=group) if group else [source]
        may_know = Report.objects.visible_to(self._run.created_by)
        alike = may_know.current().filter(
            source__in=origin,
            date_start__in={draft.date_start for draft in drafts},
            text__in={draft.text for draft in drafts},
        )
        rows = alike.values_list("date_start", "place_as_written", "text", "pk")
        return {f"{day} {fold(place)} {fold(text)}": number for day, place, text, number in rows}

    def earlier_keys(self) -> Iterator[tuple[str, int]]:
        told = Report.objects.current().filter(source=self._run.source_id)
        rows = told.exclude(import_run=None).exclude(import_run=self._run).order_by("pk")
        named = rows.values_list("external_id", "fingerprint", "pk")
        return (
            (f"id {external_id}" if external_id else f"as {mark}", number)
            for external_id, mark, number in named.iterator()
        )

    def brought(self) -> QuerySet[Report]:
        return Report.objects.filter(import_run=self._run)

    def worked_on(self) -> list[str]:
        brought = self.brought()
        # All of them are its own: a reason that is not the run's is somebody else's.
        changed = Revision.objects.filter(kind="report", thing__in=brought.values("pk"))
        numbers = {
            *changed.exclude(why__endswith=ledgered.why(self._run)).values_list("thing", flat=True),
            *brought.exclude(correction=None).values_list("pk", flat=True),
            *brought.exclude(evidence=None).values_list("pk", flat=True),
            *brought.exclude(duplicates=None).values_list("pk", flat=True),
        }
        return [_("report %s") % number for number in sorted(numbers)]

    def take_back(self, numbers: Sequence[int]) -> None:
        reports = self.brought().filter(pk__in=numbers)
        for report in reports.exclude(incident=None).select_related("incident"):
            matching.detach(report)
        reports.delete()

    def _columns(self, number: int, row: Weighed, now: dt.datetime) -> tuple[Any, ...]:
        draft: ReportDraft = row.draft
        found = self._names.place(draft)
        precision, radius_m = draft.geo_precision, draft.radius_m
        if found and precision is None and radius_m is None:
            precision, radius_m = found.geo_precision, found.radius_m
        return (
            *(number, now, row.fingerprint, draft.line, *self._of_run),
            *[getattr(draft, name) for name in PLAIN],
            *(draft.acts, draft.means, precision, radius_m, found and found.place_id),
            draft.accused_as_written or "; ".join(draft.accused)[:200],
            self._names.source(draft.relayed_from) if draft.relayed_from else None,
            *((row.known.edition + 1, row.known.number) if row.known else (1, None)),
            *("", ""),
        )

    def _accused(self, draft: ReportDraft) -> list[int]:
        named = (self._names.party(name) for name in draft.accused)
        return list(dict.fromkeys(party for party in named if party is not None))


def _figures(kept: Iterable[tuple[int, Weighed]]) -> Iterator[tuple[Any, ...]]:
    for number, row in kept:
        for figure in row.draft.figures:
            yield (number, *[getattr(figure, name) for name in COUNTED])
