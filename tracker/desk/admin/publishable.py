"""For what is published by a button of its page, and by an action of its list."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy


class PublishableAdmin(admin.ModelAdmin):
    """A subclass says what publishing is, and names the right to it: `publish_agreement`."""

    change_form_template = "admin/desk/publishable_form.html"
    publish_right: str
    actions = ["publish"]

    def publish_one(self, request: HttpRequest, obj: Any) -> None:
        raise NotImplementedError

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"desk.{self.publish_right}")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # What the public has read does not vanish with a click.
        return super().has_delete_permission(request, obj) and not (obj and obj.published_on)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["may_publish"] = self.has_publish_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.action(description=gettext_lazy("Publish"), permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: Any) -> None:
        for each in queryset:
            self._publish(request, each)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if "_publish" in request.POST and self.has_publish_permission(request):
            self._publish(request, obj)
        return super().response_change(request, obj)

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> HttpResponse:
        if "_publish" in request.POST and self.has_publish_permission(request):
            self._publish(request, obj)
        return super().response_add(request, obj, *args)

    @transaction.atomic
    def _publish(self, request: HttpRequest, obj: Any) -> None:
        self.publish_one(request, obj)
