"""The pages between a password and the desk: where the second factor is set up and shown."""

from __future__ import annotations

from typing import Any

import django_otp
import segno
from django import forms
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from tracker.desk.workflow import second_factor

LONGEST_CODE = 16


class CodeForm(forms.Form):
    """One code, as an app shows it or paper holds it."""

    code = forms.CharField(
        label=_("Code"),
        max_length=LONGEST_CODE,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "dir": "ltr"}
        ),
    )

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split()).lower()


@sensitive_post_parameters("code")
@never_cache
@csrf_protect
def ask(request: Any, *, site: AdminSite) -> HttpResponse:
    """Ask who has given a password for a code, or have them set up what shows codes."""
    if not (request.user.is_active and request.user.is_staff):
        return redirect_to_login(_next(request), reverse("admin:login"))
    form = CodeForm(request.POST or None)
    if not second_factor.is_set_up(request.user):
        return _set_up(request, form, site)
    if site.has_permission(request):
        return HttpResponseRedirect(_next(request))
    return _ask_for_code(request, form, site)


@never_cache
def codes(request: Any, *, site: AdminSite) -> HttpResponse:
    """Draw the codes on paper anew."""
    drawn = second_factor.draw_codes(request.user) if request.method == "POST" else None
    return _answer(request, site, "codes", codes=drawn)


def _ask_for_code(request: Any, form: CodeForm, site: AdminSite) -> HttpResponse:
    if form.is_valid():
        device = second_factor.shown(request.user, form.cleaned_data["code"])
        if device:
            _let_in(request, device)
            return HttpResponseRedirect(_next(request))
        form.add_error("code", _refusal())
    return _answer(request, site, "ask", form=form)


def _set_up(request: Any, form: CodeForm, site: AdminSite) -> HttpResponse:
    if form.is_valid():
        if confirmed := second_factor.confirm(request.user, form.cleaned_data["code"]):
            device, drawn = confirmed
            _let_in(request, device)
            return _answer(request, site, "codes", codes=drawn)
        form.add_error("code", _refusal())
    app = second_factor.begun(request.user)
    pattern = segno.make(app.config_url, error="m").matrix_iter(border=2)
    rows = [[*row] for row in pattern]
    squares = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    secret = app.config_url.partition("secret=")[2].partition("&")[0]
    return _answer(
        request, site, "set_up", form=form, squares=squares, side=len(rows), secret=secret
    )


def _refusal() -> Any:
    # The same for a wrong code and one too many, which is not looked at.
    return _("That is no code that holds now. After several wrong ones, wait a minute.")


def _let_in(request: HttpRequest, device: Any) -> None:
    django_otp.login(request, device)
    # What was known of the session before it was let in opens nothing.
    request.session.cycle_key()


def _answer(request: HttpRequest, site: AdminSite, name: str, **told: Any) -> HttpResponse:
    context = {**site.each_context(request), "next": _next(request), **told}
    return TemplateResponse(request, f"admin/desk/second_factor/{name}.html", context)


def _next(request: HttpRequest) -> str:
    """Where the user was going; the desk's first page where that is no address of ours."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else reverse("admin:index")
