"""What a page is asked: the filters of the API's lists, and how its reader wants to see them.

A page says in its address all that it shows. What a form sends in its own way – empty fields, one
value a checkbox – is put into the API's words first, so that an address can be passed on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe
from rest_framework import serializers

from tracker.parameters import Parameters
from tracker.public.pages.addresses import LANGUAGE, query_string
from tracker.public.pages.languages import in_language

View = Callable[..., HttpResponse]


def page(query: type[Parameters]) -> Callable[[View], View]:
    """A page in the reader's language, given what it was asked as `asked`.

    What cannot be read is refused with a page that names each parameter and what is wrong with it.
    """

    def asked_by(view: View) -> View:
        @require_safe
        @in_language
        @wraps(view)
        def answered(request: HttpRequest, **values: Any) -> HttpResponse:
            tidy = tidied(request.GET)
            if tidy != request.GET:
                told = f"?{query_string(tidy.dict())}" if tidy else ""
                return HttpResponseRedirect(request.path + told)
            try:
                asked = query.read(without_language(request.GET))
            except serializers.ValidationError as error:
                return refused(request, error)
            return view(request, asked=asked, **values)

        return answered

    return asked_by


def tidied(parameters: QueryDict) -> QueryDict:
    """The same without what is empty, and with several values of a name between commas."""
    tidy = QueryDict(mutable=True)
    for name, values in parameters.lists():
        told = [value.strip() for value in values if value.strip()]
        if told:
            tidy[name] = ",".join(dict.fromkeys(told)) if name != LANGUAGE else told[-1]
    return tidy


def without_language(parameters: QueryDict) -> QueryDict:
    kept = parameters.copy()
    kept.pop(LANGUAGE, None)
    return kept


def refused(request: HttpRequest, error: serializers.ValidationError) -> HttpResponse:
    """Each parameter that is wrong, why, and the same page without them."""
    wrong: dict[str, Any] = error.detail  # type: ignore[assignment]
    kept = request.GET.copy()
    for name in wrong:
        kept.pop(name, None)
    context = {
        "wrong": {name: list(_reasons(reasons)) for name, reasons in wrong.items()},
        "rest": f"{request.path}?{query_string(kept.dict())}" if kept else request.path,
    }
    return render(request, "pages/refused.html", context, status=400)


def _reasons(told: Any) -> Any:
    """What is wrong, of one value or of each of several."""
    if isinstance(told, dict):
        for each in told.values():
            yield from _reasons(each)
    elif isinstance(told, list):
        for each in told:
            yield from _reasons(each)
    else:
        yield told
