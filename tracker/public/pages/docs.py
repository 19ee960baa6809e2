"""The documentation: for whoever uses the data."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tracker.public import codelists
from tracker.public.pages import asvs
from tracker.public.pages.languages import in_language
from tracker.public.pages.markdown import article

CODEBOOK, ASVS = "codebook", "asvs"
# Each page by its address, in the order in which they are listed.
PAGES = {
    "methodology": _("What the data say, and what they do not"),
    "pages": _("How to read the pages"),
    CODEBOOK: _("Codebook"),
    "curl": _("Five minutes with curl"),
    "python": _("Five minutes with Python"),
    "r": _("Five minutes with R"),
    "qgis": _("Five minutes with QGIS"),
    "excel": _("Five minutes with Excel"),
    "statistics": _("Counts and charts"),
    "copies": _("Keep a copy up to date"),
    "versions": _("Versions, and what will not change"),
    "citing": _("Cite it, and pass it on"),
    "operating": _("Run a tracker of your own"),
    "security": _("What is protected, from whom, and by which test"),
    "scaling": _("From one machine to many"),
    ASVS: _("Review against OWASP ASVS 5, level 2"),
}


@require_safe
@in_language
def page(request: HttpRequest, *, name: str) -> HttpResponse:
    """One text of the documentation."""
    language = translation.get_language()
    text = article(name, language, _kept(request))
    context = {
        "title": PAGES.get(name, _("Documentation")),
        "text": text,
        "html": text.on(request.build_absolute_uri("/").rstrip("/")),
        "is_translated": text.language == language,
    }
    return render(request, "pages/docs.html", {**context, **_around(request, name)})


@require_safe
@in_language
def codebook(request: HttpRequest) -> HttpResponse:
    """Every code, generated from the lists themselves."""
    context = {
        "title": PAGES[CODEBOOK],
        "lists": codelists.told(),
        "is_arabic": translation.get_language() == "ar",
    }
    return render(request, "pages/codebook.html", {**context, **_around(request, CODEBOOK)})


@require_safe
@in_language
def review(request: HttpRequest) -> HttpResponse:
    """What was asked of the tracker by a standard of security, and what was found."""
    context = {"title": PAGES[ASVS], "chapters": asvs.chapters(), "counted": asvs.counted()}
    return render(request, "pages/asvs.html", {**context, **_around(request, ASVS)})


def _around(request: HttpRequest, name: str) -> dict[str, Any]:
    """What stands around every page."""
    return {"name": name, "pages": PAGES, "query": _kept(request)}


def _kept(request: HttpRequest) -> str:
    """Who chose a language by hand keeps it from page to page."""
    return f"?lang={translation.get_language()}" if "lang" in request.GET else ""


def urls() -> list[URLPattern]:
    """An address for each page, and one for what there is."""
    texts = [name for name in PAGES if name not in {CODEBOOK, ASVS}]
    return [
        path("docs/", page, {"name": "index"}, name="documentation"),
        path(f"docs/{CODEBOOK}/", codebook, name=f"docs_{CODEBOOK}"),
        path(f"docs/{ASVS}/", review, name=f"docs_{ASVS}"),
        *(path(f"docs/{name}/", page, {"name": name}, name=f"docs_{name}") for name in texts),
    ]
