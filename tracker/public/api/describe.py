"""How the public resources are described in OpenAPI."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view

from tracker.openapi import listed, parameters, refusals
from tracker.public.api.documents import Document
from tracker.public.filters import Query


def listing(tag: str, document: type[Document], query: type[Query]) -> Callable[..., Any]:
    """Describe a list."""
    answer = listed(f"{query.__name__.removesuffix('Query')}Page", document, resumes=True)
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
            parameters=[OpenApiParameter("public_id", str, "path", description=_("The id."))],
            responses={200: document, **refusals(400, 404, 410)},
        )
    )
