"""The long work that waits, runs or has ended: to be looked at, and tried again where it failed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker.desk import tasks
from tracker.desk.admin.site import DeskAdmin, site
from tracker.desk.models import Job
from tracker.desk.workflow import jobs
from tracker.errors import Conflict

NUMBERS = gettext_lazy("%(done)d of %(total)d")


@admin.register(Job, site=site)
class JobAdmin(DeskAdmin):
    fields = [
        "work",
        "arguments",
        "state",
        "progress",
        "attempts",
        "error",
        "created_by",
        "created_at",
        "started_at",
        "heartbeat_at",
        "finished_at",
        "worker",
    ]
    list_display = ["work", "state", "progress", "attempts", "error", "created_by", "started_at"]
    list_filter = ["state"]
    list_select_related = ["created_by"]
    actions = ["try_again"]

    @admin.display(description=gettext_lazy("work"), ordering="kind")
    def work(self, job: Job) -> str:
        return tasks.label(job.kind)

    @admin.display(description=gettext_lazy("progress"))
    def progress(self, job: Job) -> str:
        if job.percent is None:
            return str(job.done) if job.done else "–"
        said = f"{job.percent} %"
        if job.total:
            said = f"{said} ({NUMBERS % {'done': job.done, 'total': job.total}})"
        return format_html(
            '<progress max="100" value="{}" aria-label="{}"></progress> {}',
            job.percent,
            _("Progress"),
            said,
        )

    @admin.action(description=gettext_lazy("Try again"), permissions=["retry"])
    def try_again(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        tried = 0
        for job in chosen:
            try:
                jobs.retry(job)
            except Conflict as refusal:
                self.message_user(request, refusal.message, messages.WARNING)
            else:
                self.log_change(request, job, _("Tried again."))
                tried += 1
        if tried:
            said = ngettext(
                "%(count)d job will be tried again.", "%(count)d jobs will be tried again.", tried
            )
            self.message_user(request, said % {"count": tried}, messages.SUCCESS)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("desk.change_job")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
