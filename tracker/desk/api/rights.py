"""Who may ask: by a token, and by a right of the desk that each permission names."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from tracker.desk.models import Report, User
from tracker.desk.models.evidence import SEE_EVIDENCE
from tracker.desk.models.reports import ReportQuerySet


class Token(TokenAuthentication):
    """A token of ours; knox itself fails on one that is no text."""

    def authenticate_credentials(self, token: bytes) -> Any:
        try:
            return super().authenticate_credentials(token)
        except UnicodeDecodeError:
            raise AuthenticationFailed(_("Invalid token.")) from None


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
