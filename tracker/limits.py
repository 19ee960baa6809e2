"""What no request may exceed, whatever it asks for."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from tracker.problems import problem

# Bytes of a query string: the longest cursor and every filter with room to spare.
LONGEST_QUERY = 16_000
MOST_PARAMETERS = 100
# Where too long a body is noted until there is a request to answer.
TOO_LONG = "tracker.body_is_too_long"

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class LimitMiddleware:
    """Refuses what is too long before any of it is read, and without repeating it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY:
            return problem(414, _("The address is too long."))
        if query.count("&") >= MOST_PARAMETERS:
            return problem(400, _("The address has too many parameters."))
        if TOO_LONG in request.META:
            return problem(413, _("What was sent is too long: send its length beside it."))
        return self.get_response(request)


def measured(application: Application) -> Application:
    """Let a body come in chunks: Django takes one that does not tell its length for an empty one.

    It is kept in memory, so it may be no longer than a body that is read into memory anyway.
    """

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        coding = environ.get("HTTP_TRANSFER_ENCODING", "").strip().lower()
        if coding == "chunked" and not environ.get("CONTENT_LENGTH"):
            body = environ["wsgi.input"].read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
            if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
                body, environ[TOO_LONG] = b"", True
            environ |= {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        return application(environ, start_response)

    return answer
