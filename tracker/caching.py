"""What caches are told of an answer that is the same for everyone, and what who holds it is told.

An answer's tag is the hash of its own bytes, so it is right for whatever is in them. Its day of change
is for people: a day tells no two changes apart, so If-Modified-Since is not asked about.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date

# For how many seconds a cache may hand out an answer without asking again, go on while it asks, and
# go on where nobody answers it: not so long that what was taken back is still read the next day.
MAX_AGE = 60
WHILE_ASKING = 60
WHILE_DOWN = 60 * 60

READING = ("GET", "HEAD")
# What a page of another site may send and see; it may send no credentials.
FOR_OTHER_SITES = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Retry-After",
}
FOR_OTHER_SITES_TO_ASK = {
    **FOR_OTHER_SITES,
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_ALIKE = "_is_alike_for_everyone"


def open_to_all(request: HttpRequest, response: HttpResponse) -> None:
    """Let pages of any site read an answer that needs no credentials, and caches keep it."""
    told = {"GET": FOR_OTHER_SITES, "HEAD": FOR_OTHER_SITES, "OPTIONS": FOR_OTHER_SITES_TO_ASK}
    for name, value in told.get(request.method or "", {}).items():
        response.headers[name] = value
    if request.method in READING and response.status_code == 200:
        setattr(response, _ALIKE, True)
        if not response.has_header("Cache-Control"):
            patch_cache_control(
                response,
                public=True,
                max_age=MAX_AGE,
                stale_while_revalidate=WHILE_ASKING,
                stale_if_error=WHILE_DOWN,
            )


def always_asked_for(response: HttpResponse) -> None:
    """Let caches keep an answer, and ask each time whether it is still the one.

    Who keeps up reads two lists in turn. An old page of one, read after a new page of the other,
    would bring back what is gone.
    """
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)


def changed_on(response: HttpResponse, day: dt.date | None) -> None:
    """Tell the day an answer's content changed last; None where it has none."""
    if day:
        # Where it begins here: by midnight UTC it may not have begun yet.
        response.headers["Last-Modified"] = http_date(beginning_of(day).timestamp())


def beginning_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=timezone.get_default_timezone())


class ConditionalMiddleware(ConditionalGetMiddleware):
    """Answers 304 to who holds the very bytes already, whether the answer or its head is asked for."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.method not in READING:
            return response
        if self.needs_etag(response) and not response.has_header("ETag"):
            _tag(response)
        if not response.has_header("ETag"):
            return response
        tag = response.headers["ETag"]
        answer: Any = get_conditional_response(request, etag=tag, response=cast(Any, response))
        for name in FOR_OTHER_SITES:
            if name in response.headers:
                answer.headers[name] = response.headers[name]
        return answer


def _tag(response: HttpResponseBase) -> None:
    """Tag an answer with the hash of its bytes, in half the time of Django's own MD5."""
    if isinstance(response, HttpResponse) and response.content:
        response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()}"'


class LanguageMiddleware(LocaleMiddleware):
    """Speaks the language asked for by `lang`, else the one the reader's browser prefers.

    What is alike in every language is not kept once for each of them.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        language = request.GET.get("lang")
        if language in dict(settings.LANGUAGES):
            translation.activate(language)
            request.LANGUAGE_CODE = language

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if getattr(response, _ALIKE, False):
            return response
        return super().process_response(request, response)
