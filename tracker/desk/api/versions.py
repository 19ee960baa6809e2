"""Versions: each thing is told with its own as the ETag, and changed only by who has seen that one.

The version of a thing is the number of its last revision in the ledger.
"""

from __future__ import annotations

import re
from typing import Any

from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException

from tracker.desk.api.rights import DeskRequest
from tracker.desk.models import User
from tracker.desk.workflow import recording
from tracker.desk.workflow.recording import Subject, Told

# A proxy that compresses an answer makes its tag a weak one: it names the same version.
_TAG = re.compile(r'(?:W/)?"(\d{1,18})"', re.ASCII)


class Unconditional(APIException):
    status_code = 428
    default_detail = _('Say with If-Match which version you have seen: its ETag, such as “"17"”.')


class Stale(APIException):
    """Refuses to write over what the sender has not seen. `members` tell what that is."""

    status_code = 412
    default_detail = _(
        "Someone else has changed this since you read it. Compare, and send again with the current "
        "version in If-Match."
    )

    def __init__(self, members: dict[str, Any]) -> None:
        super().__init__()
        self.members = members


def tag(subject: Subject) -> str:
    return f'"{recording.version(subject)}"'


def seen(request: DeskRequest) -> list[int]:
    """The versions the sender has seen. Raises Unconditional where none is said."""
    tags = parse_etags(request.headers.get("If-Match", ""))
    # Any version at all is none that was seen.
    if not tags or "*" in tags:
        raise Unconditional
    return [int(found[1]) for each in tags if (found := _TAG.fullmatch(each))]


def changes(subject: Subject, user: User, *, after: int) -> list[dict[str, Any]]:
    """What became of a thing after a version, oldest first, as far as this user may know."""
    return [_change(each) for each in recording.since(subject, user=user, after=after)]


def _change(told: Told) -> dict[str, Any]:
    revision = told.revision
    return {
        "version": revision.number,
        "at": revision.at,
        "by": revision.by.get_username() if revision.by else None,
        "why": revision.why or None,
        "differences": [
            {"path": each.path, "name": each.name, "before": each.before, "after": each.after}
            for each in told.differences
        ],
    }
