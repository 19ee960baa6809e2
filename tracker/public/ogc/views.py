"""OGC API – Features, Part 1: what there is, in which words, and the features themselves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from rest_framework.request import Request

from tracker.problems import problem
from tracker.public.api.views import gone
from tracker.public.models import Kind
from tracker.public.ogc import definition, links
from tracker.public.ogc.collections import COLLECTIONS, Collection
from tracker.public.ogc.links import Link, address, link
from tracker.public.ogc.pages import Page, Told
from tracker.public.ogc.parameters import Shown
from tracker.public.ogc.schemas import queryables, schema_of

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
# Each is held to by the tests.
CONFORMS_TO = [
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
]
# Where our own API tells the whole of a feature.
WHOLE = {Kind.INCIDENT: "incident", Kind.PLACE: "place", Kind.TALLY: "tally"}


class Landing(Page):
    template = "ogc/landing.html"

    def told(self, request: Request, asked: Told, **names: Any) -> Told:
        described = address(request, "ogc_api")
        return {
            "title": str(definition.TITLE),
            "description": str(definition.DESCRIPTION),
            "links": [
                *self.own_links(request),
                link(
                    "service-desc", described, links.OPENAPI, _("What can be asked (OpenAPI 3.0)")
                ),
                link(
                    "service-doc",
                    address(request, "ogc_api", f="html"),
                    links.HTML,
                    _("What can be asked, to read"),
                ),
                link(
                    "conformance",
                    address(request, "ogc_conformance"),
                    links.JSON,
                    _("The classes of the standard kept"),
                ),
                link(
                    "data",
                    address(request, "ogc_collections"),
                    links.JSON,
                    _("The collections of features"),
                ),
            ],
        }


class Conformance(Page):
    template = "ogc/conformance.html"

    def told(self, request: Request, asked: Told, **names: Any) -> Told:
        return {"conformsTo": CONFORMS_TO, "links": self.own_links(request)}


class Definition(Page):
    template = "ogc/definition.html"
    media_type = links.OPENAPI

    def told(self, request: Request, asked: Told, **names: Any) -> Told:
        return definition.openapi(request.build_absolute_uri(reverse("ogc")))


class Collections(Page):
    template = "ogc/collections.html"

    def told(self, request: Request, asked: Told, **names: Any) -> Told:
        told = [
            _collection(request, each, [link("self", _at(request, each), links.JSON)])
            for each in COLLECTIONS
        ]
        return {"links": self.own_links(request), "collections": told}


class CollectionPage(Page):
    template = "ogc/collection.html"

    def told(self, request: Request, asked: Told, **names: Any) -> Told:
        return _collection(request, names["collection"], self.own_links(request))

    def context(self, request: Request, told: Told, **names: Any) -> Told:
        name = f"ogc_{names['collection'].id}"
        return {
            each: address(request, f"{name}_{each}", f="html") for each in ("items", "queryables")
        }


class Queryables(Page):
    template = "ogc/queryables.html"
    media_type = links.SCHEMA

    def told(self, request: Request, asked: Told, **names: Any) -> Told:
        collection: Collection = names["collection"]
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": address(request, f"ogc_{collection.id}_queryables"),
            "type": "object",
            "title": str(collection.title),
            "properties": {
                name: {**schema_of(field), "title": name, "description": str(field.help_text)}
                for name, field in queryables(collection.query).items()
            },
            "additionalProperties": False,
        }

    def context(self, request: Request, told: Told, **names: Any) -> Told:
        return {"up": _at(request, names["collection"])}


class Items(Page):
    template = "ogc/items.html"
    media_type = links.GEOJSON

    def query(self, **names: Any) -> type[Shown]:
        return names["collection"].query

    def told(self, request: Request, asked: Told, **names: Any) -> Told:
        collection: Collection = names["collection"]
        page = collection.page(asked)
        told = [*self.own_links(request), _up(request, collection)]
        if page.following:
            following = page.order.following(request, page.following)
            media_type = links.HTML if self.is_html else self.media_type
            told.append(link("next", following, media_type, _("The next page")))
        return {
            "type": "FeatureCollection",
            "features": page.features,
            "numberReturned": len(page.features),
            "links": told,
        }

    def context(self, request: Request, told: Told, **names: Any) -> Told:
        collection: Collection = names["collection"]
        item = f"ogc_{collection.id}_item"
        rows = [
            {
                "id": each["id"],
                "href": address(request, item, each["id"]),
                "cells": [_worded(each, name) for name in collection.columns],
            }
            for each in told["features"]
        ]
        following = _hrefs(told, "next")
        return {
            "collection": collection,
            "up": _at(request, collection),
            "rows": rows,
            "following": following[0] if following else None,
        }


class Item(Page):
    template = "ogc/item.html"
    media_type = links.GEOJSON

    def told(self, request: Request, asked: Told, **names: Any) -> Told | HttpResponse:
        collection: Collection = names["collection"]
        public_id: UUID = names["public_id"]
        feature = collection.feature(public_id)
        if feature is None:
            return _gone(collection, public_id)
        told = [*self.own_links(request), _up(request, collection)]
        if collection.kind in WHOLE:
            whole = request.build_absolute_uri(reverse(WHOLE[collection.kind], args=[public_id]))
            told.append(link("describedby", whole, links.JSON, _("All that is told of it")))
        return {**feature, "links": told}

    def context(self, request: Request, told: Told, **names: Any) -> Told:
        collection: Collection = names["collection"]
        whole = _hrefs(told, "describedby")
        return {
            "collection": collection,
            "up": _at(request, collection),
            "heading": _worded(told, next(iter(collection.columns))) or told["id"],
            "geometry": _drawn(told["geometry"]),
            "whole": whole[0] if whole else None,
        }


@csrf_exempt
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Leads to the same address without a slash at its end, for there are none with one here."""
    path = request.path.rstrip("/")
    if path == request.path:
        return problem(404, _("There is no such address here: /ogc tells which there are."))
    query = request.META["QUERY_STRING"]
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def _at(request: Request, collection: Collection) -> str:
    return address(request, f"ogc_{collection.id}")


def _up(request: Request, collection: Collection) -> Link:
    return link("collection", _at(request, collection), links.JSON, collection.title)


def _collection(request: Request, collection: Collection, own: list[Link]) -> Told:
    items, queried = f"ogc_{collection.id}_items", f"ogc_{collection.id}_queryables"
    title = collection.title
    return {
        "id": collection.id,
        "title": str(title),
        "description": str(collection.description),
        "itemType": "feature",
        "crs": [CRS84],
        "links": [
            *own,
            link("items", address(request, items), links.GEOJSON, title),
            link("items", address(request, items, f="html"), links.HTML, title),
            link(
                links.QUERYABLES,
                address(request, queried),
                links.SCHEMA,
                _("What its items can be asked for"),
            ),
        ],
    }


def _gone(collection: Collection, public_id: UUID) -> HttpResponse:
    """410 with the reason for what was taken back; zones are not told of by themselves."""
    if collection.kind is None:
        raise Http404
    return gone(collection.kind, public_id)


def _hrefs(told: Told, rel: str) -> list[str]:
    return [each["href"] for each in told["links"] if each["rel"] == rel]


def _drawn(geometry: Told | None) -> str | None:
    """Where a feature lies, in a line: an outline is too long to read."""
    if geometry is None:
        return None
    if geometry["type"] != "Point":
        return geometry["type"]
    longitude, latitude = geometry["coordinates"]
    return f"Point ({longitude} {latitude})"


def _worded(feature: Told, name: str) -> Any:
    """A property, in the reader's language where it has the words."""
    told = feature["properties"]
    in_arabic = told.get(f"{name}_ar") if translation.get_language() == "ar" else None
    return in_arabic or told[name]
