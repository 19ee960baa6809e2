"""Who keeps the rows of which kind."""

from __future__ import annotations

from collections.abc import Callable

from tracker.desk.models import ImportRun
from tracker.desk.models.imports import ImportKind
from tracker.desk.workflow.importing.coverage import CoveragePeriods
from tracker.desk.workflow.importing.keeping import Keeper
from tracker.desk.workflow.importing.parties import Parties
from tracker.desk.workflow.importing.reports import Reports
from tracker.desk.workflow.importing.tallies import Tallies

KEEPERS: dict[str, Callable[[ImportRun], Keeper]] = {
    ImportKind.REPORTS: Reports,
    ImportKind.TALLIES: Tallies,
    ImportKind.COVERAGE: CoveragePeriods,
    ImportKind.PARTIES: Parties,
}


def keeper_of(run: ImportRun) -> Keeper:
    """Keeps the rows of a run's kind."""
    return KEEPERS[run.kind](run)
