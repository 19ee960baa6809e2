"""Situation reports issued: their numbers written once, and their corrections beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.desk.models import SituationReport
from tracker.desk.workflow.publishing.drafts import Draft
from tracker.desk.workflow.publishing.numbering import numbered
from tracker.desk.workflow.publishing.storing import said, store
from tracker.errors import Conflict, NotReady
from tracker.public.models import Edition, Kind

# What the reports about all incidents are called by.
ALL = "all"


@numbered
def issue_situation(report: SituationReport, *, numbers: Mapping[str, Any], sha256: str) -> Edition:
    """Write a report for good: its numbers, and the hash by which anyone can tell that they stay.

    Raises Conflict for one that was issued, NotReady where its agreement is not published.
    """
    current = _held(report)
    if current.published_on:
        raise Conflict(_("“%s” was issued: its numbers stay as they are.") % current)
    if current.agreement and current.agreement.published_on is None:
        raise NotReady(_("Publish the agreement first."), [])
    earlier = SituationReport.objects.filter(agreement=current.agreement)
    current.number = (earlier.aggregate(last=Max("number"))["last"] or 0) + 1
    about = current.agreement.slug if current.agreement else ALL
    current.slug = f"{about[:50]}-{current.number}"
    current.sha256, current.published_on = sha256, timezone.localdate()
    current.save(update_fields=["number", "slug", "sha256", "published_on"])
    return store(_draft(current, numbers))


@numbered
def correct_situation(report: SituationReport) -> Edition:
    """Write the corrections of a report that was issued; its numbers are those the public has.

    Raises Conflict where they are not there.
    """
    current = _held(report)
    edition = Edition.objects.of(Kind.SITUATION).filter(public_id=current.slug or "").first()
    if edition is None:
        raise Conflict(_("“%s” has not been issued.") % current)
    return store(_draft(current, said(edition)["numbers"]))


def _held(report: SituationReport) -> SituationReport:
    return SituationReport.objects.select_for_update(no_key=True).get(pk=report.pk)


def _draft(report: SituationReport, numbers: Mapping[str, Any]) -> Draft:
    slug = str(report.slug)
    last = report.date_end.isoformat()
    document = {
        "id": slug,
        "number": report.number,
        "sha256": report.sha256,
        "errata": [
            {
                "number": each.number,
                "date": each.added_on.isoformat(),
                "text": each.text,
                "text_ar": each.text_ar or None,
            }
            for each in report.errata.all()
        ],
        "numbers": dict(numbers),
    }
    agreement = report.agreement
    return Draft(
        Kind.SITUATION.value,
        slug,
        # By its last day, to sort by.
        f"{last} {slug}",
        [agreement.title, agreement.title_ar] if agreement else [],
        document,
        {"agreement": [agreement.slug] if agreement else [], "day": [last]},
    )
