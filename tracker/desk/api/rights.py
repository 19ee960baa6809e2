"""Who may ask: by a token, and by a right of the desk that each permission names."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from tracker.desk.models import Report, User
from tracker.desk.models.evidence import SEE_EVIDENCE
from tracker.desk.models.reports import ReportQuerySet
from tracker.desk.workflow import tokens, tries
from tracker.desk.workflow.tries import Limit

WRONG_TOKENS = Limit(20, dt.timedelta(minutes=15))
SUBMISSIONS = Limit(1000, dt.timedelta(hours=1))


class Token(TokenAuthentication):
    """A token of ours. Who keeps trying wrong ones is told to wait.

    One that holds is let in whatever others tried from its address, which may be that of a proxy:
    so nobody can shut a partner out, and 256 bits are not found by guessing.
    """

    def authenticate(self, request: Request) -> Any:
        try:
            found = super().authenticate(request)
        except (AuthenticationFailed, UnicodeDecodeError) as refusal:
            _slow_down("token", request.META.get("REMOTE_ADDR", ""), WRONG_TOKENS)
            # Knox itself fails on one that is no text.
            if isinstance(refusal, UnicodeDecodeError):
                raise AuthenticationFailed(_("Invalid token.")) from None
            raise
        if found:
            tokens.note_use(found[1])
        return found


class FewSubmissions(BaseThrottle):
    """So many reports an hour from one account, on all its tokens together."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        if request.method == "POST" and request.user:
            _slow_down("submission", str(request.user.pk), SUBMISSIONS)
        return True


def _slow_down(door: str, sender: str, limit: Limit) -> None:
    if wait := tries.count(door, sender, limit):
        raise Throttled(wait=wait)


class TokenScheme(KnoxTokenScheme):  # type: ignore[no-untyped-call]
    """How the token is described in OpenAPI: as knox's own is."""

    target_class = "tracker.desk.api.rights.Token"


class DeskRequest(Request):
    """A request of someone who has been let in."""

    user: User


class Has(BasePermission):
    """Who has the right that a subclass names."""

    right: str

    @property
    def message(self) -> Any:
        return _("Your account may not do this: it needs the right %s.") % self.right

    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(request.user and request.user.has_perm(self.right))


class MaySubmit(Has):
    """The group contributor, or any above it."""

    right = "desk.add_report"
    message: Any = _("Your account may not submit reports: it needs the group contributor.")


class MayReadReports(Has):
    right = "desk.view_report"


class MayTriage(Has):
    right = "desk.change_report"


class MayReadIncidents(Has):
    right = "desk.view_incident"


class MayAddIncidents(Has):
    right = "desk.add_incident"


class MayChangeIncidents(Has):
    right = "desk.change_incident"


class MayReadBulletins(Has):
    right = "desk.view_bulletin"


class MayAddBulletins(Has):
    right = "desk.add_bulletin"


class MayChangeBulletins(Has):
    right = "desk.change_bulletin"


class MayPublishBulletins(Has):
    right = "desk.publish_bulletin"


class MayReadCoverage(Has):
    right = "desk.view_coverage"


class MayAddCoverage(Has):
    right = "desk.add_coverage"


class MayChangeCoverage(Has):
    right = "desk.change_coverage"


class MayPublishCoverage(Has):
    right = "desk.publish_coverage"


class MayReadAssessments(Has):
    right = "desk.view_assessment"


class MayAssess(Has):
    right = "desk.add_assessment"


class MayReadEvidence(Has):
    right = SEE_EVIDENCE


class MayBringEvidence(Has):
    right = "desk.add_evidence"


def readable_reports(user: User) -> ReportQuerySet:
    """The reports this user may read, wherever they are shown."""
    visible = Report.objects.visible_to(user)
    return visible if user.has_perm(MayReadReports.right) else visible.none()
