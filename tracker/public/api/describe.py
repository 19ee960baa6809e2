"""How the public resources are described in OpenAPI."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
    inline_serializer,
)
from rest_framework import serializers

from tracker.public.api.documents import Document, Problem
from tracker.public.filters import Query
from tracker.public.parameters import Listed, Parameters


def refusals(*statuses: int) -> dict[Any, Any]:
    return {(status, "application/problem+json"): OpenApiResponse(Problem) for status in statuses}


def listing(tag: str, document: type[Document], query: type[Query]) -> Callable[..., Any]:
    """Describe a list."""
    answer = listed(f"{query.__name__.removesuffix('Query')}Page", document)
    return extend_schema_view(
        get=extend_schema(
            tags=[tag],
            operation_id=f"{tag}_list",
            parameters=parameters(query),
            responses={200: answer, **refusals(400)},
        )
    )


def listed(name: str, document: type[Document]) -> Any:
    """The shape of a list's answer."""
    return inline_serializer(
        name,
        {
            "next": serializers.URLField(allow_null=True, help_text="Address of the next page."),
            "results": document(many=True, help_text="This page, in the order asked for."),
        },
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


def parameters(of: type[Parameters]) -> list[OpenApiParameter]:
    """The query's fields as OpenAPI parameters; lists are written between commas."""
    described = []
    for name, parameter in of().fields.items():
        listed = isinstance(parameter, Listed)
        single = parameter.child if isinstance(parameter, Listed) else parameter
        described.append(
            OpenApiParameter(
                name,
                required=parameter.required,
                type=_schema_type(single),
                many=listed,
                description=str(parameter.help_text),
                enum=_enumerated(single),
                default=None if parameter.default is serializers.empty else parameter.default,
                explode=False if listed else None,
                style="form" if listed else None,
            )
        )
    return described


def _schema_type(parameter: Any) -> Any:
    types = {
        serializers.UUIDField: OpenApiTypes.UUID,
        serializers.DateField: OpenApiTypes.DATE,
        serializers.IntegerField: OpenApiTypes.INT,
        serializers.FloatField: OpenApiTypes.FLOAT,
        serializers.BooleanField: OpenApiTypes.BOOL,
    }
    return next(
        (kind for cls, kind in types.items() if isinstance(parameter, cls)), OpenApiTypes.STR
    )


def _enumerated(parameter: Any) -> list[str] | None:
    if isinstance(parameter, serializers.ChoiceField):
        return [str(choice) for choice in parameter.choices]
    return None
