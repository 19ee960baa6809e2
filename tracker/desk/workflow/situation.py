"""Situation reports: which days one is about."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from tracker.desk.models import Agreement, SituationReport
from tracker.errors import InvalidInput
from tracker.periods import ONE_DAY, Period
from tracker.scope.days import Span


def since_the_last(agreement: Agreement | None, until: dt.date) -> Span:
    """The days since the last report about this was issued, until one of them.

    Raises InvalidInput where there is none yet, or where it is about that day already.
    """
    issued = SituationReport.objects.filter(agreement=agreement, published_on__isnull=False)
    last = issued.order_by("-date_end").values_list("date_end", flat=True).first()
    if last is None:
        raise InvalidInput(_("None has been issued yet: give the first day."))
    if last >= until:
        raise InvalidInput(_("The last one is about the days until %(day)s.") % {"day": last})
    return Span(last + ONE_DAY, until)


def holding(period: Period, until: dt.date) -> Span:
    """The day, or the week from Monday on, as far as it has gone until a day."""
    return Span(period.begun(until), until)
