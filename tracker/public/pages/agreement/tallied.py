"""What monitors counted on an agreement's days, shortened to the newest of them."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.periods import ONE_DAY
from tracker.public.models import Edition, Kind
from tracker.public.pages.agreement.view import View
from tracker.public.pages.concordance import Concordance, beside_each_other, latest_day
from tracker.public.tallies import concordance
from tracker.scope.days import Span

# The days whose counts are looked at, and how many rows of them are shown.
DAYS, MOST_ROWS = 31, 10


@dataclass(frozen=True)
class Tallied:
    """`days` are all of the agreement's, for whoever wants to read on."""

    days: Span
    concordance: Concordance


def tallied(view: View) -> Tallied | None:
    """None where nothing was counted on its days."""
    days = view.standing.days
    if days is None:
        return None
    told = Edition.objects.of(Kind.TALLY).with_day("day", days.first, days.last)
    latest = latest_day(told)
    if latest is None:
        return None
    newest = Span(latest - (DAYS - 1) * ONE_DAY, latest).within(days)
    return Tallied(days, beside_each_other(concordance(newest.first, newest.last), most=MOST_ROWS))
