"""Rows of a file kept as parties."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tracker.desk.importers.faults import Fault, Why
from tracker.desk.importers.records.drafts import PartyDraft
from tracker.desk.models import Party, PartyName, Report
from tracker.desk.workflow.importing import ledgered
from tracker.desk.workflow.importing.keeping import Known, Sort, Weighed
from tracker.desk.workflow.importing.names import Names
from tracker.desk.workflow.importing.once import Once
from tracker.geo.names import fold

NAMED = ("name", "language", "kind", "valid_from", "valid_to")


class Parties(Once):
    """Keeps parties that the desk does not know. Of one it knows a person corrects what differs."""

    def key(self, draft: PartyDraft, fingerprint: str) -> str:
        return fold(draft.name)

    def known(self, keys: Collection[str]) -> dict[str, Known]:
        found = {}
        for party in Party.objects.all():
            known = Known(party.pk, party.fingerprint, 1, party.import_run_id, party.import_line)
            for name in filter(None, (party.name, party.name_ar)):
                if (key := fold(name)) in keys:
                    # Whoever brought it: it is never superseded.
                    found[key] = known._replace(run=None)
        return found

    def unknown(self, draft: PartyDraft) -> Iterator[tuple[str, str]]:
        names = Names(self._run.created_by)
        for what, name in (("parent", draft.parent), ("successor", draft.successor)):
            if name and names.party(name) is None:
                yield what, name

    def refuse(self, draft: PartyDraft) -> Fault | None:
        for what, name in self.unknown(draft):
            return Fault(Why.UNKNOWN_NAME, column=what, value=name)
        slug = draft.slug or slugify(draft.name)
        if not slug or Party.objects.filter(slug=slug).exists():
            return Fault(Why.SLUG_TAKEN, column="slug", value=slug)
        return None

    def look_up(self, rows: Sequence[Weighed]) -> None:
        """Nothing: a file names few parties."""

    def keep(self, rows: Sequence[Weighed]) -> None:
        for row in rows:
            if row.sort == Sort.NEW:
                self._keep(row)

    def brought(self) -> QuerySet[Party]:
        return Party.objects.filter(import_run=self._run)

    def worked_on(self) -> list[str]:
        brought = self.brought()
        touched = ledgered.touched(self._run, "party", set(brought.values_list("pk", flat=True)))
        accused = Report.objects.filter(accused__in=brought).values_list("accused", flat=True)
        touched |= set(accused) & set(brought.values_list("pk", flat=True))
        named = brought.filter(pk__in=touched).order_by("pk")
        return [_("party %s") % party for party in named]

    def take_back(self, numbers: Sequence[int]) -> None:
        self.brought().filter(pk__in=numbers).delete()

    def _keep(self, row: Weighed) -> None:
        draft, names = row.draft, Names(self._run.created_by)
        party = Party.objects.create(
            slug=draft.slug or slugify(draft.name)[:64],
            name=draft.name,
            name_ar=draft.name_ar,
            kind=draft.kind,
            parent_id=names.party(draft.parent),
            successor_id=names.party(draft.successor),
            succeeded_on=draft.succeeded_on,
            import_run=self._run,
            import_line=draft.line,
            fingerprint=row.fingerprint,
        )
        PartyName.objects.bulk_create(
            PartyName(party=party, **{part: getattr(name, part) for part in NAMED})
            for name in draft.names
        )
