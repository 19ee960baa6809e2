"""One's own sessions, seen and ended; and what keeps one alive while somebody types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import auth, messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tracker.desk.workflow import sessions

Answer = Callable[[HttpRequest], HttpResponse]


class SessionMiddleware:
    """Ends a session that nobody has used for too long, before anything is answered by it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Elsewhere nobody is asked who they are: public answers are everybody's.
        is_desk = request.path.startswith(reverse("admin:index"))
        if is_desk and auth.SESSION_KEY in request.session:
            if sessions.is_over(request.session):
                auth.logout(request)
            else:
                sessions.note(request.session)
        return self.get_response(request)


@never_cache
@require_safe
def alive(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    """Whether whoever types is still logged in, and the token with which their form can be sent.

    Asked now and then by a page that somebody types in: so no session ends under their hands, and
    after logging in again in another window the page they typed in can still be saved.
    """
    if not site.has_permission(request):
        return JsonResponse({}, status=401)
    return JsonResponse({"token": get_token(request)})


@never_cache
@require_http_methods(["GET", "POST"])
def own(request: Any, *, site: AdminSite) -> HttpResponse:
    """The sessions of whoever asks; by the button all but this one end."""
    here = request.session.session_key
    if request.method == "POST":
        number = sessions.end(request.user, but=here)
        said = ngettext("%d session has been ended.", "%d sessions have been ended.", number)
        messages.success(request, said % number)
        return HttpResponseRedirect(request.path)
    context = {
        **site.each_context(request),
        "title": _("Your sessions"),
        "sessions": [(each, each.key == here) for each in sessions.of(request.user)],
    }
    return TemplateResponse(request, "admin/desk/user/sessions.html", context)
