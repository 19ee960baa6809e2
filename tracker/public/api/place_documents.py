"""The members of the public documents of places, described for OpenAPI."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.codebook import NameKind
from tracker.public.api.documents import Document, PlaceReference, Published, text


class PlaceNameDocument(Document):
    name = text(_("As written."))
    language = text(_("BCP 47 code."))
    kind = serializers.ChoiceField(NameKind.choices, help_text=_("What sort of name it is."))


class PlaceDocument(PlaceReference, Published):
    """An entry of the gazetteer that something published refers to."""

    lies_in = PlaceReference(many=True, help_text=_("Wider places, the narrowest first."))
    latitude = serializers.FloatField(allow_null=True, help_text=_("WGS 84 degrees."))
    longitude = serializers.FloatField(allow_null=True, help_text=_("WGS 84 degrees."))
    pcode = text(_("OCHA place code."), null=True)
    codes = serializers.ListField(
        child=serializers.CharField(),
        help_text=_("What other gazetteers call it: authority:number, such as geonames:170773."),
    )
    names = PlaceNameDocument(many=True, help_text=_("Other names and spellings."))


class Outline(Document):
    type = serializers.ChoiceField(
        ["Polygon", "MultiPolygon"], help_text=_("What the coordinates make up.")
    )
    coordinates = serializers.ListField(
        child=serializers.ListField(), help_text=_("As in GeoJSON, longitude before latitude.")
    )


class BoundaryDocument(Document):
    """How far a place reaches, as an authority draws it."""

    attribution = text(_("Whose outline it is, and its licence."))
    geometry = Outline(help_text=_("GeoJSON geometry (RFC 7946)."))


class WholePlaceDocument(PlaceDocument):
    """An entry of the gazetteer with its outline."""

    boundary = BoundaryDocument(allow_null=True, help_text=_("Null where none is held."))


class RankedPlaceDocument(PlaceDocument):
    """An entry of the gazetteer in a list."""

    score = serializers.FloatField(
        required=False,
        help_text=_("With q: how well a name fits, to 100; from 95 on it is a spelling of it."),
    )


class NearPlaceDocument(PlaceDocument):
    """An entry of the gazetteer, and how far away it lies."""

    distance_km = serializers.FloatField(help_text=_("Kilometres on the ellipsoid WGS 84."))
