"""Rows of a file kept as the tallies of bulletins."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tracker.desk.importers.faults import Fault, Why
from tracker.desk.importers.records.drafts import TallyDraft
from tracker.desk.models import Bulletin, Tally
from tracker.desk.workflow.importing import ledgered
from tracker.desk.workflow.importing.keeping import Known, Sort, Weighed
from tracker.desk.workflow.importing.once import Once

COUNTED = (
    *("count", "confirmed", "cannot_confirm", "target_excluded", "pending"),
    *("as_written", "note"),
)


class Tallies(Once):
    """Keeps tallies in the bulletin they stand in, made where there is none yet.

    A row says again what was taken in, or it is new: a count that differs is another count.
    """

    def key(self, draft: TallyDraft, fingerprint: str) -> str:
        return fingerprint

    def known(self, keys: Collection[str]) -> dict[str, Known]:
        held = Tally.objects.filter(
            fingerprint__in=keys, import_run__source=self._run.source_id
        ).values_list("fingerprint", "pk", "import_run_id", "import_line")
        return {mark: Known(number, mark, 1, run, line) for mark, number, run, line in held}

    def unknown(self, draft: TallyDraft) -> Iterator[tuple[str, str]]:
        if draft.place_as_written and self._names.area(draft.place_as_written, draft.wider) is None:
            yield "place", draft.place_as_written
        if draft.accused and self._names.party(draft.accused) is None:
            yield "accused", draft.accused
        for what, name in (("monitor", draft.monitor), ("counterpart", draft.counterpart)):
            if name and self._names.source(name) is None:
                yield what, name

    def refuse(self, draft: TallyDraft) -> Fault | None:
        # An area or a party left out would count for the whole country, and for all parties.
        for what, name in self.unknown(draft):
            return Fault(Why.UNKNOWN_NAME, column=what, value=name)
        held = Bulletin.objects.filter(**self._bulletin(draft)).exclude(published_on=None).first()
        return Fault(Why.PUBLISHED, values={"number": str(held.pk)}) if held else None

    def look_up(self, rows: Sequence[Weighed]) -> None:
        for row in rows:
            self._names.area(row.draft.place_as_written, row.draft.wider)

    def keep(self, rows: Sequence[Weighed]) -> None:
        for row in rows:
            if row.sort == Sort.NEW:
                self._keep(row)

    def brought(self) -> QuerySet[Tally]:
        return Tally.objects.filter(import_run=self._run)

    def worked_on(self) -> list[str]:
        bulletins = self.brought().values_list("bulletin", flat=True)
        touched = ledgered.touched(self._run, "bulletin", set(bulletins))
        return [_("bulletin %s") % number for number in sorted(touched)]

    def take_back(self, numbers: Sequence[int]) -> None:
        self.brought().filter(pk__in=numbers).delete()
        Bulletin.objects.filter(import_run=self._run, tallies=None).delete()

    def _keep(self, row: Weighed) -> None:
        draft: TallyDraft = row.draft
        bulletin, _is_new = Bulletin.objects.get_or_create(
            **self._bulletin(draft),
            defaults={
                "counterpart_id": self._names.source(draft.counterpart),
                "url": draft.url,
                "stated_on": draft.stated_on,
                "import_run": self._run,
                "import_line": draft.line,
            },
        )
        Tally.objects.create(
            bulletin=bulletin,
            place_id=self._names.area(draft.place_as_written, draft.wider),
            accused_id=self._names.party(draft.accused),
            import_run=self._run,
            import_line=draft.line,
            fingerprint=row.fingerprint,
            **{name: getattr(draft, name) for name in COUNTED},
        )

    def _bulletin(self, draft: TallyDraft) -> dict[str, object]:
        """What tells one bulletin from another."""
        return {
            "monitor_id": self._names.source(draft.monitor)
            if draft.monitor
            else self._run.source_id,
            "date_start": draft.date_start,
            "date_end": draft.date_end,
            "measure": draft.measure,
            "document": draft.document,
        }
