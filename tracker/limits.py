"""What no request may exceed, whatever it asks for."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from tracker.problems import problem

# Bytes of a query string: the longest cursor and every filter with room to spare.
LONGEST_QUERY = 16_000
MOST_PARAMETERS = 100
# Bodies that may be on their way at once. The server reads a body in the thread that answers, however
# slowly it comes, and has three threads or more: one is always left for who only reads.
MOST_BODIES = 2
# Seconds one more waits: as long as others take whose bodies come at once, and no longer, for it waits
# in the thread that is left for who only reads.
PATIENCE = 0.05
# Where it is noted, until there is a request to answer, that a body is too long or one too many.
TOO_LONG = "tracker.body_is_too_long"
TOO_MANY = "tracker.too_many_bodies"

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
        if TOO_MANY in request.META:
            said = _("Too many others are sending something at this moment: try again.")
            return problem(503, said, headers={"Retry-After": "5"})
        return self.get_response(request)


def measured(application: Application) -> Application:
    """Take in what is sent before it is answered, so many bodies at a time.

    A short one is read at once. A long one, of files, keeps its place until it is answered. One in
    chunks has to be short: Django takes a body that does not tell its length for an empty one.
    """
    places = threading.BoundedSemaphore(MOST_BODIES)

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH", "")
        length = length if length.isdecimal() else "0"
        if length == "0" and not _is_chunked(environ):
            return application(environ, start_response)
        if not places.acquire(timeout=PATIENCE):
            environ |= {"wsgi.input": io.BytesIO(), "CONTENT_LENGTH": "0", TOO_MANY: True}
            return application(environ, start_response)
        with ExitStack() as held:
            held.callback(places.release)
            if int(length) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
                _read(environ, int(length) or settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
                held.close()
            return application(environ, start_response)

    return answer


def _is_chunked(environ: dict[str, Any]) -> bool:
    return environ.get("HTTP_TRANSFER_ENCODING", "").strip().lower() == "chunked"


def _read(environ: dict[str, Any], most: int) -> None:
    body = environ["wsgi.input"].read(most)
    if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        body, environ[TOO_LONG] = b"", True
    environ |= {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
