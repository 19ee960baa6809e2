"""Evidence handed out: to who may open it, by a link that is theirs and soon runs out."""

from __future__ import annotations

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from tracker.attachments import attachment
from tracker.desk.models import Evidence
from tracker.desk.workflow import evidence
from tracker.errors import Conflict

# For how many seconds a link may be followed.
FOLLOWED_FOR = 10 * 60
SALT = "tracker.evidence"


def ask(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send whoever may open a file on to a link of their own."""
    kept = _visible(request, pk)
    link = signing.dumps([request.user.pk, kept.pk], salt=SALT)
    return redirect("admin:evidence_file", pk=kept.pk, link=link)


def download(request: HttpRequest, pk: int, link: str) -> HttpResponseBase:
    """The bytes as they were received, to be stored and not shown by the browser."""
    kept = _visible(request, pk)
    _refuse_foreign(request, kept, link)
    try:
        file = evidence.opened(kept.sha256)
    except Conflict as refusal:
        messages.error(request, f"{kept}: {refusal.message}")
        return redirect(_page_of(kept))
    return attachment(file, name=evidence.handed_out_as(kept))


def _visible(request: HttpRequest, pk: int) -> Evidence:
    return get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk)


def _refuse_foreign(request: HttpRequest, kept: Evidence, link: str) -> None:
    """Raise PermissionDenied where a link is not this user's to this file, or has run out."""
    try:
        told = signing.loads(link, salt=SALT, max_age=FOLLOWED_FOR)
    except signing.BadSignature as refusal:
        raise PermissionDenied from refusal
    if told != [request.user.pk, kept.pk]:
        raise PermissionDenied


def _page_of(kept: Evidence) -> str:
    kind, key = ("report", kept.report_id) if kept.report_id else ("incident", kept.incident_id)
    return reverse(f"admin:desk_{kind}_change", args=[key])
