"""Counts of monitors' bulletins as a table: a row for each, beside the incidents and not of them."""

from __future__ import annotations

from tracker.errors import gettext_noop as _
from tracker.public.formats.common import FIRST_DAY, LAST_DAY, PLACE, PUBLISHED, UTC_OFFSET
from tracker.public.formats.tables import Cells, Column, Document, Part, Table, Wording


def _monitored(told: Document, wording: Wording) -> Cells:
    monitor, counterpart, accused = told["monitor"], told["counterpart"], told["accused"]
    return (
        told["id"],
        told["bulletin"],
        monitor["id"],
        wording.name(monitor),
        told["date_start"],
        told["date_end"],
        wording.offset(told["date_start"]),
        accused and accused["id"],
        wording.name(accused),
        counterpart and counterpart["id"],
        wording.name(counterpart),
    )


MONITORED = Part(
    (
        Column("id", _("Id of the count: it never changes.")),
        Column("bulletin_id", _("What the counts of one bulletin share.")),
        Column("monitor_id", _("Slug of who counted; empty where confidential.")),
        Column("monitor", _("Who counted.")),
        FIRST_DAY,
        LAST_DAY,
        UTC_OFFSET,
        Column("accused_id", _("Slug of who is accused; empty is not told.")),
        Column("accused", _("Who is accused; null is not told.")),
        Column("counterpart_id", _("Slug of who answered.")),
        Column("counterpart", _("Who answered; null where no answer is known.")),
    ),
    _monitored,
)

_PLAIN = (
    Column("measure", _("What is counted, in the bulletin's own word.")),
    Column("count", _("How many; null is not told, and never 0."), "integer"),
    Column("confirmed", _("How many the counterpart confirms; null is not told."), "integer"),
    Column(
        "cannot_confirm",
        _("How many it says it cannot confirm; null is not told."),
        "integer",
    ),
    Column(
        "target_excluded",
        _("How many it says hit whom the agreement leaves out; null is not told."),
        "integer",
    ),
    Column("pending", _("How many it still looks into; null is not told."), "integer"),
    Column("as_written", _("In the bulletin's own words.")),
    Column("document", _("Where the counts were read.")),
    Column("url", _("Where it stands.")),
    Column("stated_on", _("Day it was given out."), "date"),
)


def _counted(told: Document, _wording: Wording) -> Cells:
    return [told[column.name] for column in _PLAIN]


TALLIES = Table(MONITORED, PLACE, Part(_PLAIN, _counted), PUBLISHED)
