"""How addresses are described in OpenAPI: their parameters, their lists and their refusals."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, inline_serializer
from rest_framework import serializers

from tracker.parameters import Listed, Parameters


class PointedError(serializers.Serializer[Any]):
    pointer = serializers.CharField(
        help_text=_("What is wrong: a parameter or a JSON pointer (RFC 6901).")
    )
    detail = serializers.CharField(help_text=_("Why."))


class Problem(serializers.Serializer[Any]):
    """RFC 9457 problem details: why a request was refused."""

    type = serializers.CharField(help_text=_("Always about:blank: the status says the type."))
    title = serializers.CharField(help_text=_("The status in words."))
    status = serializers.IntegerField(help_text=_("The HTTP status."))
    detail = serializers.CharField(help_text=_("What is wrong, for a person."))
    errors = PointedError(  # type: ignore[assignment]
        many=True, required=False, help_text=_("Each wrong thing by itself.")
    )


def refusals(*statuses: int) -> dict[Any, Any]:
    return {(status, "application/problem+json"): OpenApiResponse(Problem) for status in statuses}


@cache
def listed(
    name: str, document: type[serializers.BaseSerializer[Any]], *, resumes: bool = False
) -> Any:
    """The shape of a list's answer: one and the same, wherever such a list is answered."""
    return inline_serializer(
        name,
        {
            "next": serializers.URLField(allow_null=True, help_text=_("Address of the next page.")),
            **({"resume": _resume()} if resumes else {}),
            "results": document(many=True, help_text=_("This page, in the order asked for.")),
        },
    )


def _resume() -> serializers.Field[Any, Any, Any, Any]:
    return serializers.CharField(
        allow_null=True,
        help_text=_(
            "By change, what to give as updated_since to go on behind this answer, now or later: it"
            " misses nothing and repeats nothing. Null in any other order, and before there is any."
        ),
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


def with_what_any_may_refuse(result: Any, **_told: Any) -> Any:
    """Add to each operation what is refused before its view, or beside it (`limits`, `outages`)."""
    media = "application/problem+json"
    schema = {"$ref": "#/components/schemas/Problem"}
    for methods in result["paths"].values():
        for method, operation in methods.items():
            if "responses" not in operation:
                continue
            for status in _anywhere(method, operation):
                refusal = {"content": {media: {"schema": schema}}, "description": ""}
                operation["responses"].setdefault(str(status), refusal)
    return result


def _anywhere(method: str, operation: dict[str, Any]) -> list[int]:
    statuses = [414, 503]
    if "requestBody" in operation:
        statuses.append(413)
    if method != "get":
        # Only what saves something needs room on a disk.
        statuses.append(507)
    if any("knoxApiToken" in way for way in operation.get("security", [])):
        # Wrong tokens are counted, and so are submissions.
        statuses.append(429)
    return statuses
