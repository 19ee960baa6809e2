"""Rows of a file kept as coverage periods."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tracker.desk.importers.faults import Fault, Why
from tracker.desk.importers.records.drafts import CoverageDraft
from tracker.desk.models import Coverage
from tracker.desk.workflow.importing import ledgered
from tracker.desk.workflow.importing.keeping import Known, Sort, Weighed
from tracker.desk.workflow.importing.once import Once

PLAIN = (
    *("date_start", "date_end", "access", "means", "as_written", "document", "url"),
    *("stated_on", "note"),
)


class CoveragePeriods(Once):
    """Keeps coverage periods. A row says again what was taken in, or it is new."""

    def key(self, draft: CoverageDraft, fingerprint: str) -> str:
        return fingerprint

    def known(self, keys: Collection[str]) -> dict[str, Known]:
        held = Coverage.objects.filter(
            fingerprint__in=keys, import_run__source=self._run.source_id
        ).values_list("fingerprint", "pk", "import_run_id", "import_line")
        return {mark: Known(number, mark, 1, run, line) for mark, number, run, line in held}

    def unknown(self, draft: CoverageDraft) -> Iterator[tuple[str, str]]:
        if draft.place_as_written and self._names.area(draft.place_as_written, draft.wider) is None:
            yield "place", draft.place_as_written
        if draft.obstructed_by and self._names.party(draft.obstructed_by) is None:
            yield "obstructed_by", draft.obstructed_by
        if draft.monitor and self._names.source(draft.monitor) is None:
            yield "monitor", draft.monitor

    def refuse(self, draft: CoverageDraft) -> Fault | None:
        # An area left out would cover the whole country.
        for what, name in self.unknown(draft):
            return Fault(Why.UNKNOWN_NAME, column=what, value=name)
        return None

    def look_up(self, rows: Sequence[Weighed]) -> None:
        for row in rows:
            self._names.area(row.draft.place_as_written, row.draft.wider)

    def keep(self, rows: Sequence[Weighed]) -> None:
        Coverage.objects.bulk_create(self._period(row) for row in rows if row.sort == Sort.NEW)

    def brought(self) -> QuerySet[Coverage]:
        return Coverage.objects.filter(import_run=self._run)

    def worked_on(self) -> list[str]:
        numbers = self.brought().values_list("pk", flat=True)
        touched = ledgered.touched(self._run, "coverage", set(numbers))
        return [_("coverage period %s") % number for number in sorted(touched)]

    def take_back(self, numbers: Sequence[int]) -> None:
        self.brought().filter(pk__in=numbers).delete()

    def _period(self, row: Weighed) -> Coverage:
        draft: CoverageDraft = row.draft
        named = self._names.source(draft.monitor) if draft.monitor else None
        return Coverage(
            # One that nothing here is called was refused.
            monitor_id=named or self._run.source_id,
            place_id=self._names.area(draft.place_as_written, draft.wider),
            obstructed_by_id=self._names.party(draft.obstructed_by),
            import_run=self._run,
            import_line=draft.line,
            fingerprint=row.fingerprint,
            **{name: getattr(draft, name) for name in PLAIN},
        )
