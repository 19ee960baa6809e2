"""What can be asked, as JSON Schema: for the queryables of a collection and for OpenAPI."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from tracker.parameters import Listed
from tracker.public.ogc.parameters import Items

Schema = dict[str, Any]
TYPES: tuple[tuple[type[serializers.Field], Schema], ...] = (
    (serializers.ChoiceField, {"type": "string"}),
    (serializers.UUIDField, {"type": "string", "format": "uuid"}),
    (serializers.DateField, {"type": "string", "format": "date"}),
    (serializers.BooleanField, {"type": "boolean"}),
    (serializers.IntegerField, {"type": "integer"}),
    (serializers.FloatField, {"type": "number"}),
    (serializers.Field, {"type": "string"}),
)
# How an answer is cut, sorted and written is no property of a feature.
UNASKED = {*Items().fields, "ordering"}


def queryables(query: type[Items]) -> dict[str, serializers.Field]:
    """The parameters that ask for properties of features, by their names."""
    return {name: field for name, field in query().fields.items() if name not in UNASKED}


def schema_of(field: serializers.Field) -> Schema:
    """One value of a parameter; where it takes several between commas, one of them."""
    single = field.child if isinstance(field, Listed) else field
    schema = next(dict(schema) for kind, schema in TYPES if isinstance(single, kind))
    if isinstance(single, serializers.ChoiceField):
        schema["enum"] = [str(choice) for choice in single.choices]
    for keyword, bound in (("minimum", "min_value"), ("maximum", "max_value")):
        if getattr(single, bound, None) is not None:
            schema[keyword] = getattr(single, bound)
    if field.default is not serializers.empty:
        schema["default"] = field.default
    return schema
