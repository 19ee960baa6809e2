"""Where pages are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

LANGUAGE = "lang"


def address_of(
    request: HttpRequest, name: str, *values: Any, query: Mapping[str, Any] | None = None
) -> str:
    """The address of a page, in the language that its reader has chosen by hand.

    Parameters without a value are left out, so that the same view has the same address.
    """
    told = {key: value for key, value in (query or {}).items() if value not in (None, "")}
    if LANGUAGE in request.GET:
        told[LANGUAGE] = translation.get_language()
    where = reverse(name, args=values)
    return f"{where}?{query_string(told)}" if told else where


def query_string(parameters: Mapping[str, Any]) -> str:
    """As people can read it: commas part values, and need no escape in a query (RFC 3986)."""
    return urlencode(parameters, safe=",:")
