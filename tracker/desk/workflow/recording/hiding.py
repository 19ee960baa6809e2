"""What of a thing's revisions a user may not know: rows of it that rest on a confidential source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser

from tracker.desk.models import Assessment, Report, User
from tracker.desk.models.sources import SEE_CONFIDENTIAL


def shown_to(user: User | AnonymousUser, kind: str, paths: Iterable[str]) -> set[str]:
    """Those of these paths of a thing that the user may know of."""
    told = set(paths)
    if kind != "incident" or user.has_perms([SEE_CONFIDENTIAL, "desk.view_report"]):
        return told
    reports = Report.objects.visible_to(user)
    visible = {
        "reports": reports if user.has_perm("desk.view_report") else reports.none(),
        "assessments": Assessment.objects.visible_to(user),
    }
    for name, rows in visible.items():
        told -= _hidden(name, rows, told)
    return told


def _hidden(name: str, rows: Any, paths: set[str]) -> set[str]:
    numbers = {path: path.split("/")[1] for path in paths if path.startswith(f"{name}/")}
    found = rows.filter(pk__in=set(numbers.values())).values_list("pk", flat=True)
    seen = {str(number) for number in found}
    return {path for path, number in numbers.items() if number not in seen}
