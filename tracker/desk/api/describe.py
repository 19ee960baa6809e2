"""How the desk's resources are described in OpenAPI: all under the tag "desk"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers

from tracker.openapi import listed, parameters, refusals
from tracker.parameters import Paged

KEY = OpenApiParameter("key", str, "path", description=_("The desk's own number, or the id."))
IF_MATCH = OpenApiParameter(
    "If-Match", str, "header", required=True, description=_("The version you have seen: its ETag.")
)
ETAG = OpenApiParameter("ETag", str, "header", response=[200, 201], description=_("The version."))


def reading(name: str, answer: Any, **more: Any) -> Callable[..., Any]:
    """Describe how one thing is read."""
    return extend_schema(
        tags=["desk"],
        operation_id=f"desk_{name}",
        parameters=[KEY, ETAG],
        responses={200: answer, **refusals(400, 401, 403, 404)},
        **more,
    )


def listing(
    name: str, document: Any, query: type[Paged], *, of: Sequence[OpenApiParameter] = ()
) -> Callable[..., Any]:
    """Describe a list; `of` names the thing whose list it is."""
    return extend_schema(
        tags=["desk"],
        operation_id=f"desk_{name}_list",
        parameters=[*of, *parameters(query)],
        responses={
            200: listed(f"{query.__name__.removesuffix('Query')}Page", document),
            **refusals(400, 401, 403, *([404] if of else [])),
        },
    )


def making(name: str, given: type[serializers.Serializer[Any]], answer: Any) -> Callable[..., Any]:
    """Describe how a thing is made."""
    return extend_schema(
        tags=["desk"],
        operation_id=f"desk_{name}",
        parameters=[ETAG],
        request=given,
        responses={201: answer, **refusals(400, 401, 403, 415)},
    )


def changing(name: str, given: Any, answer: Any) -> Callable[..., Any]:
    """Describe how a thing is changed by who has seen it."""
    return extend_schema(
        tags=["desk"],
        operation_id=f"desk_{name}",
        parameters=[KEY, IF_MATCH, ETAG],
        request=given,
        responses={200: answer, **refusals(400, 401, 403, 404, 409, 412, 415, 428)},
    )
