"""In which languages a page can be asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse

Page = Callable[..., HttpResponse]


def in_language(page: Page) -> Page:
    """The page, which is refused in a language that there is not."""

    @wraps(page)
    def written(request: HttpRequest, **values: str) -> HttpResponse:
        if request.GET.get("lang", settings.LANGUAGE_CODE) not in dict(settings.LANGUAGES):
            raise SuspiciousOperation("lang is neither of the languages there are")
        return page(request, **values)

    return written
