"""The buttons that take an incident to the public and back, and what stands against it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.codebook import Publication, Step
from tracker.desk.admin.recorded import WHY, typed
from tracker.desk.models import Incident
from tracker.desk.workflow import publishing, stepping
from tracker.errors import TrackerError

STEP, PUBLIC_REASON = "_step", "_public_reason"


class ChangedFilter(admin.SimpleListFilter):
    title = gettext_lazy("changed since it was signed")
    parameter_name = "changed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Yes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        published = queryset.filter(publication=Publication.PUBLISHED)
        return published.filter(is_changed=True) if self.value() == "yes" else queryset


@dataclass(frozen=True)
class Differing:
    """A member of the public document: as it is read, and as it would be now."""

    name: str
    public: str
    now: str


class SteppingAdmin(admin.ModelAdmin):
    actions = ["submit", "publish"]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if incident := kwargs.get("obj"):
            context["steps"] = stepping.open_to(incident, request.user)  # type: ignore[arg-type]
            context["missing"] = publishing.missing(incident)
            if incident.publication == Publication.PUBLISHED:
                context["differing"] = _differing(incident)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Incident) -> HttpResponse:
        if request.POST.get(STEP) not in Step.values:
            return super().response_change(request, obj)
        step = Step(request.POST[STEP])
        name = PUBLIC_REASON if step == Step.WITHDRAW else WHY
        self._take(request, obj, step, reason=typed(request, name))
        return HttpResponseRedirect(request.path)

    @admin.action(description=gettext_lazy("Submit for review"), permissions=["change"])
    def submit(self, request: HttpRequest, queryset: QuerySet[Incident]) -> None:
        for incident in queryset:
            self._take(request, incident, Step.SUBMIT)

    @admin.action(description=gettext_lazy("Publish"), permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Incident]) -> None:
        for incident in queryset:
            self._take(request, incident, Step.PUBLISH)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(stepping.PUBLISH)

    def _take(
        self, request: HttpRequest, incident: Incident, step: Step, *, reason: str = ""
    ) -> None:
        try:
            with transaction.atomic():
                stepping.take(incident, step, by=request.user, reason=reason)  # type: ignore[arg-type]
        except TrackerError as refusal:
            self.message_user(request, f"{incident}: {refusal.message}", messages.ERROR)
        else:
            incident.refresh_from_db()
            self.message_user(request, f"{incident.get_publication_display()}: {incident}")


def _differing(incident: Incident) -> list[Differing]:
    return [
        Differing(name, _written(public), _written(now))
        for name, (public, now) in publishing.difference(incident).items()
    ]


def _written(value: Any) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)
