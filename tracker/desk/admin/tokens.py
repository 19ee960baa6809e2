"""The page of a user's API tokens: seen, made and revoked by who may change the user."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.desk.models import User
from tracker.desk.workflow import tokens
from tracker.errors import NotAllowed


class TokenForm(forms.Form):
    days = forms.IntegerField(
        label=gettext_lazy("Days until it expires"),
        min_value=1,
        max_value=tokens.LONGEST,
        initial=tokens.USUAL,
    )


def answer(page: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    user: User | None = page.get_object(request, str(pk))
    if not page.has_change_permission(request, user):
        raise PermissionDenied
    if user is None:
        raise Http404
    if "revoke" in request.POST:
        return _revoked(page, request, user)
    form, secret = TokenForm(request.POST or None), ""
    if form.is_valid():
        secret = _issued(page, request, user, form)
    context = {
        **page.admin_site.each_context(request),
        "title": _("API tokens"),
        "opts": page.opts,
        "media": page.media,
        "original": user,
        "tokens": tokens.of(user),
        "form": TokenForm() if secret else form,
        "secret": secret,
    }
    answered = TemplateResponse(request, "admin/desk/user/tokens.html", context)
    answered.headers["Cache-Control"] = "no-store"
    return answered


def _issued(page: admin.ModelAdmin, request: HttpRequest, user: User, form: TokenForm) -> str:
    try:
        secret = tokens.issue(user, days=form.cleaned_data["days"])
    except NotAllowed as refusal:
        form.add_error(None, refusal.message)
        return ""
    page.log_change(request, user, _("Made an API token."))
    return secret


def _revoked(page: admin.ModelAdmin, request: HttpRequest, user: User) -> HttpResponse:
    if tokens.revoke(user, request.POST["revoke"].replace("\0", "")):
        page.log_change(request, user, _("Revoked an API token."))
        page.message_user(request, _("The token opens nothing any more."), messages.SUCCESS)
    return HttpResponseRedirect(request.path)
