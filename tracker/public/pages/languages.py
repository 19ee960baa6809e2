"""In which language a page is written."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Page = Callable[..., HttpResponse]


def in_language(page: Page) -> Page:
    """The page in the language asked for by `lang`, else in the one the browser prefers."""

    @wraps(page)
    def written(request: HttpRequest, **values: str) -> HttpResponse:
        language = request.GET.get("lang", translation.get_language())
        if language not in dict(settings.LANGUAGES):
            raise SuspiciousOperation("lang is neither of the languages there are")
        with translation.override(language):
            return page(request, **values)

    return written
