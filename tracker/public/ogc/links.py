"""The links between the pages under /ogc, and the formats they are in."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from rest_framework.request import Request

Link = dict[str, str]
JSON = "application/json"
GEOJSON = "application/geo+json"
HTML = "text/html"
SCHEMA = "application/schema+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"


def link(rel: str, href: str, media_type: str, title: Any = "") -> Link:
    told = {"rel": rel, "href": href, "type": media_type}
    return {**told, "title": str(title)} if title else told


def address(request: Request, name: str, *arguments: Any, **parameters: str) -> str:
    """Where a page of ours is, in the language asked for."""
    query = QueryDict(mutable=True)
    if "lang" in request.query_params:
        query["lang"] = request.query_params["lang"]
    query.update(parameters)
    path = reverse(name, args=arguments)
    return request.build_absolute_uri(f"{path}?{query.urlencode()}" if query else path)


def here(request: Request, **parameters: str) -> str:
    """Where this very page is, with these parameters in place of its own."""
    query = request.query_params.copy()
    for name, value in parameters.items():
        query[name] = value
    return request.build_absolute_uri(
        f"{request.path}?{query.urlencode()}" if query else request.path
    )


def own(request: Request, media_type: str, *, is_html: bool) -> list[Link]:
    """To this page in the format it is answered in, and to the same in the other."""
    as_data = (here(request, f="json"), media_type)
    as_page = (here(request, f="html"), HTML)
    this, other = (as_page, as_data) if is_html else (as_data, as_page)
    return [link("self", *this), link("alternate", *other)]
