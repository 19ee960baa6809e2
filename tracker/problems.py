"""RFC 9457 problem details: how both wings say no over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions
from rest_framework.views import set_rollback

from tracker.errors import Conflict, NoRoom, NotAllowed, TrackerError, Undecipherable

CONTENT_TYPE = "application/problem+json"


def problem(
    status: int,
    detail: str,
    errors: list[dict[str, str]] | None = None,
    headers: dict[str, str] | None = None,
    members: dict[str, Any] | None = None,
) -> JsonResponse:
    """A problem document; `errors` lists what is wrong, each with the pointer to it."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        body["errors"] = errors
    body |= members or {}
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE, headers=headers)


def problem_response(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """What a REST framework view answers when it raises; None hands a bug on to the 500 handler."""
    set_rollback()
    if isinstance(error, TrackerError):
        return problem(_status(error), error.message)
    if isinstance(error, Http404):
        return problem(404, _("There is nothing here under this address."))
    if isinstance(error, PermissionDenied):
        return problem(403, _("You may not do this."))
    if isinstance(error, exceptions.ValidationError):
        return problem(
            400, _("The request holds something wrong: see errors."), list(_pointed(error.detail))
        )
    if isinstance(error, exceptions.APIException):
        members = getattr(error, "members", None)
        return problem(
            error.status_code, str(error.detail), headers=_headers(error), members=members
        )
    return None


def _status(error: TrackerError) -> int:
    by_kind = ((NotAllowed, 403), (NoRoom, 507), (Conflict, 409), (Undecipherable, 503))
    return next((status for kind, status in by_kind if isinstance(error, kind)), 400)


@csrf_exempt
def not_found(request: HttpRequest) -> HttpResponse:
    """The answer of the API to an address it does not have."""
    return problem(404, _("The API has no such address: /api/v1/ lists what it has."))


def _headers(error: exceptions.APIException) -> dict[str, str]:
    told = {
        "WWW-Authenticate": getattr(error, "auth_header", None),
        "Retry-After": getattr(error, "wait", None),
    }
    return {name: str(value) for name, value in told.items() if value}


def _pointed(detail: Any, pointer: str = "") -> Iterator[dict[str, str]]:
    """Flatten nested errors into JSON pointers (RFC 6901), such as /figures/0/low."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            part = "" if name == "non_field_errors" else f"/{name}"
            yield from _pointed(inner, pointer + part)
    elif isinstance(detail, list) and any(isinstance(each, dict | list) for each in detail):
        for number, inner in enumerate(detail):
            yield from _pointed(inner, f"{pointer}/{number}")
    else:
        for reason in detail if isinstance(detail, list) else [detail]:
            yield {"pointer": pointer or "/", "detail": str(reason)}
