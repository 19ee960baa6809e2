"""A page under /ogc: the same as data and for people."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from rest_framework.request import Request

from tracker.public.api.views import PublicView
from tracker.public.ogc import links
from tracker.public.ogc.links import Link
from tracker.public.ogc.parameters import Shown

Told = dict[str, Any]


class Page(PublicView):
    """Answered in the format that `f` names, or else in the one that the Accept header prefers."""

    # These addresses are described in an OpenAPI of their own.
    schema = None
    template: str
    media_type = links.JSON
    is_html = False

    def get(self, request: Request, **names: Any) -> HttpResponse:
        asked = self.query(**names).read(request.query_params)
        self.is_html = asked.get("f", self._preferred(request)) == "html"
        language = asked.get("lang", translation.get_language())
        with translation.override(language):
            told = self.told(request, asked, **names)
            response = told if isinstance(told, HttpResponse) else self._shown(request, told, names)
        response["Content-Language"] = language
        return response

    def query(self, **names: Any) -> type[Shown]:
        """What the page can be asked."""
        return Shown

    def told(self, request: Request, asked: Told, **names: Any) -> Told | HttpResponse:
        """What the page says, as data; or an answer that says why there is nothing to say."""
        raise NotImplementedError

    def context(self, request: Request, told: Told, **names: Any) -> Told:
        """What the template is given beside what the page says."""
        return {}

    def own_links(self, request: Request) -> list[Link]:
        return links.own(request, self.media_type, is_html=self.is_html)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(response, ("Accept", "Accept-Language"))
        return response

    def _shown(self, request: Request, told: Told, names: Told) -> HttpResponse:
        if not self.is_html:
            return HttpResponse(orjson.dumps(told), content_type=self.media_type)
        context = {
            "told": told,
            "as_data": links.here(request, f="json"),
            "languages": {code: links.here(request, lang=code) for code in ("en", "ar")},
            "home": links.address(request, "ogc"),
            "all_collections": links.address(request, "ogc_collections"),
            **self.context(request, told, **names),
        }
        return render(request, self.template, context)

    def _preferred(self, request: Request) -> str:
        offered = (self.media_type, links.JSON, links.HTML)
        return "html" if request.get_preferred_type(offered) == links.HTML else "json"
