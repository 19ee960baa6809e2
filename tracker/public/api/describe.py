"""How the public resources are described in OpenAPI."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
    inline_serializer,
)
from rest_framework import serializers

from tracker.public.api.documents import Document, Problem
from tracker.public.filters import Query, parameters


def refusals(*statuses: int) -> dict[Any, Any]:
    return {(status, "application/problem+json"): OpenApiResponse(Problem) for status in statuses}


def listing(tag: str, document: type[Document], query: type[Query]) -> Callable[..., Any]:
    """Describe a list."""
    answer = inline_serializer(
        f"{document.__name__.removesuffix('Document')}Page",
        {
            "next": serializers.URLField(allow_null=True, help_text="Address of the next page."),
            "results": document(many=True, help_text="This page, in the order asked for."),
        },
    )
    return extend_schema_view(
        get=extend_schema(
            tags=[tag],
            operation_id=f"{tag}_list",
            parameters=parameters(query),
            responses={200: answer, **refusals(400)},
        )
    )


def single(tag: str, document: Any, *, suffix: str = "retrieve") -> Callable[..., Any]:
    """Describe one document under its id."""
    return extend_schema_view(
        get=extend_schema(
            tags=[tag],
            operation_id=f"{tag}_{suffix}",
            parameters=[OpenApiParameter("public_id", str, "path", description="The id.")],
            responses={200: document, **refusals(400, 404, 410)},
        )
    )
