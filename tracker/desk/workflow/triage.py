"""The inbox: reports that wait for an incident, each looked at by one person at a time."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from tracker.codebook import Harm, SetAside
from tracker.desk.models import Figure, Report, User
from tracker.desk.models.reports import ReportQuerySet
from tracker.desk.workflow import recording
from tracker.errors import Conflict, InvalidInput

# Whoever has not touched a report for so long has gone home.
STALE = dt.timedelta(minutes=30)
# From how many killed on a report is looked at before all others.
MANY = 10


def inbox(user: User) -> ReportQuerySet:
    """The reports that wait for an incident, of those this user may read, the gravest first."""
    return _gravest_first(Report.objects.visible_to(user).unattached())


def free(reports: ReportQuerySet, user: User) -> ReportQuerySet:
    """Those of these reports that nobody else is looking at."""
    stale = Q(claimed_at__lt=timezone.now() - STALE)
    return reports.filter(Q(claimed_by=None) | Q(claimed_by=user) | stale)


def _gravest_first(reports: ReportQuerySet) -> ReportQuerySet:
    """By whether they tell of many killed, of any, or of injured; the oldest of equals first."""
    told = Figure.objects.filter(report=OuterRef("pk"))
    killed = told.filter(harm=Harm.KILLED)
    gravity = Case(
        When(Exists(killed.filter(Q(best__gte=MANY) | Q(low__gte=MANY))), then=3),
        When(Exists(killed.filter(Q(best__gt=0) | Q(low__gt=0) | ~Q(as_written=""))), then=2),
        When(Exists(told.filter(harm=Harm.INJURED).exclude(best=0)), then=1),
        default=0,
    )
    return reports.annotate(gravity=gravity).order_by("-gravity", "entered_at", "pk")


def is_stale(report: Report) -> bool:
    """Whether the one who claimed it seems to have left it."""
    return report.claimed_at is not None and report.claimed_at < timezone.now() - STALE


@transaction.atomic
def claim(report: Report, *, by: User) -> None:
    """Take a report before oneself, for as long as one works on it.

    Raises Conflict, naming who has it, where someone else is looking at it.
    """
    held = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    if held.claimed_by not in {None, by} and not is_stale(held):
        since = time_format(timezone.localtime(held.claimed_at))
        raise Conflict(
            _("%(who)s has been looking at report %(report)s since %(since)s.")
            % {"who": held.claimed_by, "report": report.pk, "since": since}
        )
    report.claimed_by, report.claimed_at = by, timezone.now()
    report.save(update_fields=["claimed_by", "claimed_at"])


def release(report: Report, *, by: User) -> None:
    """Put a report back for others, where this user has it."""
    Report.objects.filter(pk=report.pk, claimed_by=by).update(claimed_by=None, claimed_at=None)


@transaction.atomic
def reject(report: Report, *, because: str, by: User) -> None:
    """Set a report aside that tells of no alleged violation. Raises InvalidInput without a reason."""
    if not because.strip():
        raise InvalidInput(_("Say why the report is rejected."))
    _set_aside(report, SetAside.REJECTED, because=because.strip(), of=None, by=by)


@transaction.atomic
def mark_duplicate(report: Report, *, of: Report, by: User) -> None:
    """Set a report aside whose statement another one holds.

    Raises InvalidInput where that one is itself, or is a duplicate too.
    """
    if of.pk == report.pk or of.duplicate_of_id is not None:
        raise InvalidInput(
            _("Report %(report)s cannot be a duplicate of report %(other)s.")
            % {"other": of.pk, "report": report.pk}
        )
    if report.duplicates.exists():
        raise InvalidInput(
            _("Others are marked as duplicates of report %s: mark them anew first.") % report.pk
        )
    _set_aside(report, SetAside.DUPLICATE, because="", of=of, by=by)


@transaction.atomic
def take_up_again(report: Report, *, by: User) -> None:
    """Let a report that was set aside wait for an incident again."""
    _set_aside(report, None, because="", of=None, by=by)


def _set_aside(
    report: Report, how: SetAside | None, *, because: str, of: Report | None, by: User
) -> None:
    claim(report, by=by)
    report.refresh_from_db(fields=["incident"])
    if report.incident_id is not None:
        raise Conflict(
            _("Report %s is attached to an incident: detach it there first.") % report.pk
        )
    report.set_aside, report.set_aside_because, report.duplicate_of = how or "", because, of
    report.claimed_by = report.claimed_at = None
    report.save(
        update_fields=["set_aside", "set_aside_because", "duplicate_of", "claimed_by", "claimed_at"]
    )
    recording.because(because)
