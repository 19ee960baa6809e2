"""The addresses under /ogc described in OpenAPI 3.0, which the standard's clients read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from tracker.parameters import Listed
from tracker.problems import CONTENT_TYPE as PROBLEM
from tracker.public.ogc import links
from tracker.public.ogc.collections import COLLECTIONS, Collection
from tracker.public.ogc.parameters import MOST, Shown
from tracker.public.ogc.schemas import Schema, schema_of

TITLE = gettext_lazy("Ceasefire incident tracker")
DESCRIPTION = gettext_lazy(
    "Features for maps (OGC API – Features): who alleges what, where and when. Positions are WGS 84,"
    " longitude before latitude."
)
TEXT: Schema = {"type": "string"}
LINKS: Schema = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["href", "rel"],
        "properties": dict.fromkeys(("href", "rel", "type", "title"), TEXT),
    },
}
FEATURE: Schema = {
    "type": "object",
    "required": ["type", "id", "geometry", "properties"],
    "properties": {
        "type": {"type": "string", "enum": ["Feature"]},
        "id": TEXT,
        "geometry": {"type": "object", "nullable": True},
        "properties": {"type": "object"},
        "links": LINKS,
    },
}
SCHEMAS: dict[str, Schema] = {
    "landing_page": {
        "type": "object",
        "required": ["links"],
        "properties": {"title": TEXT, "description": TEXT, "links": LINKS},
    },
    "conformance": {
        "type": "object",
        "required": ["conformsTo"],
        "properties": {"conformsTo": {"type": "array", "items": TEXT}, "links": LINKS},
    },
    "collections": {
        "type": "object",
        "required": ["links", "collections"],
        "properties": {
            "links": LINKS,
            "collections": {"type": "array", "items": {"$ref": "#/components/schemas/collection"}},
        },
    },
    "collection": {
        "type": "object",
        "required": ["id", "links"],
        "properties": {
            **dict.fromkeys(("id", "title", "description", "itemType"), TEXT),
            "crs": {"type": "array", "items": TEXT},
            "links": LINKS,
        },
    },
    "features": {
        "type": "object",
        "required": ["type", "features"],
        "properties": {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "features": {"type": "array", "items": {"$ref": "#/components/schemas/feature"}},
            "numberReturned": {"type": "integer", "minimum": 0},
            "links": LINKS,
        },
    },
    "feature": FEATURE,
    "schema": {"type": "object"},
    "problem": {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            **dict.fromkeys(("type", "title", "detail"), TEXT),
            "status": {"type": "integer"},
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": dict.fromkeys(("pointer", "detail"), TEXT),
                },
            },
        },
    },
}
ID: Schema = {
    "name": "featureId",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "format": "uuid"},
}


def openapi(server: str) -> dict[str, Any]:
    """The whole description; `server` is the address of the landing page."""
    paths = {
        "/": _read("landing_page", _("What there is"), "landing_page"),
        "/conformance": _read("conformance", _("The classes of the standard kept"), "conformance"),
        "/api": _read("api", _("This description"), "schema", media_type=links.OPENAPI),
        "/collections": _read("collections", _("The collections of features"), "collections"),
    }
    for collection in COLLECTIONS:
        paths |= _paths_of(collection)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": str(TITLE),
            "description": str(DESCRIPTION),
            "version": "1",
        },
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"schemas": SCHEMAS},
    }


def _paths_of(collection: Collection) -> dict[str, Any]:
    name, title = collection.id, str(collection.title)
    path = f"/collections/{name}"
    return {
        path: _read(name, title, "collection", fails=(404,)),
        f"{path}/queryables": _read(
            f"{name}_queryables",
            _("What its items can be asked for"),
            "schema",
            media_type=links.SCHEMA,
        ),
        f"{path}/items": _read(
            f"{name}_items",
            _("Its features"),
            "features",
            media_type=links.GEOJSON,
            parameters=_parameters(collection.query),
        ),
        f"{path}/items/{{featureId}}": _read(
            f"{name}_item",
            _("One of its features"),
            "feature",
            media_type=links.GEOJSON,
            parameters=[ID, *_parameters(Shown)],
            fails=(404, 410),
        ),
    }


def _read(
    operation: str,
    summary: str,
    schema: str,
    *,
    media_type: str = links.JSON,
    parameters: list[Schema] | None = None,
    fails: Iterable[int] = (),
) -> dict[str, Any]:
    data = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    problem = {"schema": {"$ref": "#/components/schemas/problem"}}
    answers: dict[str, Any] = {
        "200": {
            "description": summary,
            "content": {media_type: data, links.HTML: {"schema": TEXT}},
        }
    }
    for status in (400, *fails):
        answers[str(status)] = {
            "description": _("Why it was refused"),
            "content": {PROBLEM: problem},
        }
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "parameters": _parameters(Shown) if parameters is None else parameters,
            "responses": answers,
        }
    }


def _parameters(query: type[Shown]) -> list[Schema]:
    return [_parameter(name, field) for name, field in query().fields.items()]


def _parameter(name: str, field: serializers.Field) -> Schema:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": str(field.help_text),
        "schema": _schema(name, field),
        # A list is written between commas.
        "style": "form",
        "explode": False,
    }


def _schema(name: str, field: serializers.Field) -> Schema:
    if name == "limit":
        return {**schema_of(field), "maximum": MOST}
    if name == "bbox":
        lengths = [{"minItems": length, "maxItems": length} for length in (4, 6)]
        return {"type": "array", "oneOf": lengths, "items": {"type": "number"}}
    schema = schema_of(field)
    return {"type": "array", "items": schema} if isinstance(field, Listed) else schema
