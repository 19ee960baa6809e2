"""The agreements, and one of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from rest_framework import serializers

from tracker.codebook import ESTABLISHED, AgreementClass, Inclusion, Sight
from tracker.parameters import Parameters
from tracker.public.models import Kind
from tracker.public.pages.agreement import (
    accusing,
    along_time,
    counting,
    listing,
    quiet_days,
    tallied,
    terms,
)
from tracker.public.pages.agreement.standing import today
from tracker.public.pages.agreement.view import VERDICTS, AgreementPageQuery, view_of
from tracker.public.pages.asking import page, refused
from tracker.public.pages.reading import Document, document

# The rules by which the page counts, in its own order.
RULES = (
    Inclusion.EACH_ONCE,
    Inclusion.ONE_READING,
    Inclusion.UNDER_EACH,
    Inclusion.QUIET_DAYS,
    Inclusion.EQUAL_WINDOWS,
    Inclusion.ACCUSING,
    Inclusion.NO_FIGURES,
    Inclusion.TOLD_COVERAGE,
)
# As of one day accusations are matched one by one: of those of more incidents no page could wait for it.
MOST_MATCHED = 20_000


@page(Parameters)
def agreements(request: HttpRequest, *, asked: dict[str, Any]) -> HttpResponse:
    """Every agreement there is."""
    return render(request, "pages/agreements.html", {"families": listing.families()})


@page(AgreementPageQuery)
def agreement(request: HttpRequest, *, slug: str, asked: dict[str, Any]) -> HttpResponse:
    """One agreement, as it is read by one reading."""
    return shown(request, document(Kind.AGREEMENT, slug), asked)


def shown(request: HttpRequest, told: Document, asked: dict[str, Any]) -> HttpResponse:
    """The page of an agreement, wherever it stands."""
    try:
        view = view_of(told, asked)
    except serializers.ValidationError as error:
        return refused(request, error)
    above, local = terms.kin(view)
    numbers = counting.numbers(view)
    is_few = numbers is not None and numbers.incidents.number <= MOST_MATCHED
    is_told = numbers is not None and (view.on is None or is_few)
    context = {
        "agreement": told,
        "classification": AgreementClass(told["class"]),
        "view": view,
        "today": today(told),
        "above": above,
        "local": local,
        "numbers": numbers,
        "quiet": quiet_days.since_the_last(view),
        "chart": along_time.chart(view),
        "compared": along_time.windows(view),
        "matrix": accusing.matrix(view) if is_told else None,
        "tallied": tallied.tallied(view),
        "bound": terms.bound(view),
        "zones": terms.zones(view),
        "demands": terms.demands(told),
        "verdicts": VERDICTS,
        "verified": ESTABLISHED,
        "sights": [*Sight],
        "rules": RULES,
    }
    return render(request, "pages/agreement.html", context)
