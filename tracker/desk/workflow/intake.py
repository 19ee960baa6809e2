"""Taking in what others report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.desk.models import Figure, Party, Report, Submission, User
from tracker.errors import Conflict


@transaction.atomic
def take_in(
    stated: dict[str, Any],
    *,
    accused: Iterable[Party] = (),
    figures: Iterable[dict[str, Any]] = (),
    raw: Any = None,
    by: User,
) -> Report:
    """Keep a report as it was made. `stated` holds the model's own fields."""
    report = Report.objects.create(**stated, raw=raw, entered_by=by)
    report.accused.set(accused)
    Figure.objects.bulk_create(Figure(report=report, **figure) for figure in figures)
    return report


@transaction.atomic
def submit(
    stated: dict[str, Any],
    *,
    accused: Iterable[Party],
    figures: Iterable[dict[str, Any]],
    raw: Any,
    key: str,
    by: User,
) -> tuple[Submission, bool]:
    """Take in what a sender's system submits, once; the second value says whether it is new.

    The same submission again, known by its key or by source and external id, is answered with its
    first receipt. Raises Conflict where it says something else than the first time.
    """
    # One sender's submissions wait for one another, so that the same one sent twice at once is one.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    # Not by orjson, which knows no integer beyond 64 bits.
    body_hash = hashlib.sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()
    if earlier := _earlier(stated, key=key, by=by):
        if earlier.body_hash != body_hash:
            raise Conflict(
                _("This was submitted before with other content: a report is never overwritten.")
            )
        return earlier, False
    report = take_in(stated, accused=accused, figures=figures, raw=raw, by=by)
    return Submission.objects.create(sender=by, report=report, key=key, body_hash=body_hash), True


def _earlier(stated: dict[str, Any], *, key: str, by: User) -> Submission | None:
    if key and (submission := Submission.objects.filter(sender=by, key=key).first()):
        return submission
    source, external_id = stated["source"], stated.get("external_id", "")
    if not external_id:
        return None
    known = Report.objects.filter(source=source, external_id=external_id).first()
    if known is None:
        return None
    submission = Submission.objects.filter(report=known, sender=by).first()
    if submission is None:
        raise Conflict(
            _("%(source)s already has a report with the external id “%(id)s”.")
            % {"source": source, "id": external_id}
        )
    return submission
