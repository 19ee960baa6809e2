"""Telling whoever changes the terms of an agreement that incidents are judged again by them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from tracker.desk.models import Agreement
from tracker.desk.workflow import judging


def judge_again(page: admin.ModelAdmin, request: HttpRequest, agreement: Agreement) -> None:
    """Have incidents judged again, in the transaction that changes the terms, and say so."""
    user: Any = request.user
    job = judging.terms_changed(agreement, by=user)
    said: str = _("Incidents are judged again by what it says now.")
    if user.has_perm("desk.view_job"):
        address = reverse("admin:desk_job_change", args=[job.pk])
        link = format_html('<a href="{}">{}</a>', address, _("How far that has come"))
        said = format_html("{} {}", said, link)
    page.message_user(request, said)
