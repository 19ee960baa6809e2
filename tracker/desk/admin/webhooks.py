"""Which partners' systems are told of what is published, and what was sent to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from tracker.desk.admin.recorded import as_one_change
from tracker.desk.admin.site import DeskAdmin, DeskForm, labels, site
from tracker.desk.models import Delivery, Webhook
from tracker.desk.models.webhooks import WebhookEvent
from tracker.desk.workflow import webhooks
from tracker.errors import Conflict, InvalidInput


class WebhookForm(DeskForm):
    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            webhooks.check(url)
        except InvalidInput as refusal:
            self.add_error("url", refusal.message)
        return url

    def clean_events(self) -> list[str]:
        events: list[str] = self.cleaned_data["events"]
        if not events:
            self.add_error("events", _("Choose one at least."))
        return events


@admin.register(Webhook, site=site)
class WebhookAdmin(DeskAdmin):
    form = WebhookForm
    fields = ["name", "url", "events", "is_active"]
    readonly_fields = ["switched_off", "failing_since", "secret_made_at", "earlier_until"]
    list_display = ["name", "events_told", "is_active", "failing_since", "switched_off"]
    list_filter = ["is_active"]
    actions = ["send_test"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [*self.fields, *self.readonly_fields] if obj else [*self.fields]

    def get_urls(self) -> list[Any]:
        renew = require_http_methods(["GET", "POST"])(self.secret_view)
        own = path(
            "<int:pk>/secret/", self.admin_site.admin_view(renew), name="desk_webhook_secret"
        )
        return [own, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if kwargs.get("obj") is None:
            # What comes next is the page that shows the secret.
            context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Webhook, form: Any, change: Any) -> None:
        if not change:
            webhooks.begin(obj)
        elif {"url", "is_active"} & {*form.changed_data}:
            webhooks.start_afresh(obj)
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: Webhook, *args: Any) -> HttpResponse:
        return self._secret_shown(request, obj)

    def secret_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give a webhook another secret, once that is confirmed, and show it."""
        return as_one_change(request, self._renewed, pk)

    def _renewed(self, request: HttpRequest, pk: int) -> HttpResponse:
        webhook: Webhook | None = self.get_object(request, str(pk))
        if not self.has_change_permission(request, webhook):
            raise PermissionDenied
        if webhook is None:
            raise Http404
        if request.method != "POST":
            return self._page(request, webhook, "renew", _("Make a new secret?"))
        webhooks.renew_secret(webhook)
        self.log_change(request, webhook, _("Made a new secret."))
        return self._secret_shown(request, webhook)

    def _secret_shown(self, request: HttpRequest, webhook: Webhook) -> HttpResponse:
        secret = webhooks.secret_of(webhook)
        return self._page(request, webhook, "secret", _("The secret"), secret=secret)

    def _page(
        self, request: HttpRequest, webhook: Webhook, name: str, title: str, **told: Any
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "media": self.media,
            "original": webhook,
            **told,
        }
        return TemplateResponse(request, f"admin/desk/webhook/{name}.html", context)

    @admin.display(description=gettext_lazy("events"))
    def events_told(self, webhook: Webhook) -> str:
        return labels(WebhookEvent, webhook.events)

    @admin.action(description=gettext_lazy("Send a test"), permissions=["change"])
    def send_test(self, request: HttpRequest, chosen: QuerySet[Webhook]) -> None:
        sent = _tried(self, request, chosen, webhooks.send_test)
        if sent:
            said = ngettext(
                "%(count)d test will be sent: its delivery says whether it arrived.",
                "%(count)d tests will be sent: their deliveries say whether they arrived.",
                sent,
            )
            self.message_user(request, said % {"count": sent}, messages.SUCCESS)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # What was sent to it stays to be seen; it can be switched off.
        return False


@admin.register(Delivery, site=site)
class DeliveryAdmin(DeskAdmin):
    fields = [
        "webhook",
        "event",
        "state",
        "status",
        "error",
        "answer",
        "attempts",
        "created_at",
        "attempted_at",
        "next_attempt_at",
        "message_id",
        "body",
    ]
    list_display = [
        *("event", "webhook", "state", "status", "error", "attempts", "attempted_at"),
        "next_attempt_at",
    ]
    list_filter = ["state", "event", "webhook"]
    list_select_related = ["webhook"]
    search_fields = ["message_id", "body"]
    search_help_text = gettext_lazy("The id of a message, or of an incident")
    actions = ["send_again"]

    @admin.action(description=gettext_lazy("Send again"), permissions=["resend"])
    def send_again(self, request: HttpRequest, chosen: QuerySet[Delivery]) -> None:
        sent = _tried(self, request, chosen.select_related("webhook"), webhooks.send_again)
        if sent:
            said = ngettext(
                "%(count)d message will be sent again.",
                "%(count)d messages will be sent again.",
                sent,
            )
            self.message_user(request, said % {"count": sent}, messages.SUCCESS)

    def has_resend_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("desk.change_delivery")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _tried(
    page: admin.ModelAdmin, request: HttpRequest, chosen: QuerySet[Any], send: Callable[[Any], None]
) -> int:
    """How many of these were taken to be sent. Of the others it says why not."""
    sent = 0
    for each in chosen:
        try:
            send(each)
        except Conflict as refusal:
            page.message_user(request, refusal.message, messages.WARNING)
        else:
            sent += 1
    return sent
