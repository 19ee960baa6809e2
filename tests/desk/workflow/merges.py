"""Merging and parting places, and what comes of it."""

from __future__ import annotations

from tests.factories import make_user
from tracker.desk.models import (
    Boundary,
    Incident,
    Place,
    PlaceCode,
    PlaceName,
    Report,
)
from tracker.desk.workflow import merging

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[36, 33], [37, 33], [37, 34], [36, 34], [36, 33]]],
}


def merge(place, into):
    return merging.merge(place, into=into, by=make_user())


def unmerge(place):
    return merging.unmerge(place, by=make_user())


def again(row):
    """The row as it is now."""
    return type(row).objects.get(pk=row.pk)


def names(place):
    return set(place.names.values_list("name", "language", "kind"))


def make_boundary(place):
    return Boundary.objects.create(
        place=place, geometry=SQUARE, west=36, south=33, east=37, north=34
    )


def everything():
    """The desk's places and what refers to them, but for who changed what."""
    rows = [
        list(model.objects.order_by("pk").values())
        for model in (Incident, Report, PlaceCode, Boundary)
    ]
    places = [{**row, "is_edited": None} for row in Place.objects.order_by("pk").values()]
    return places, rows, list(PlaceName.objects.order_by("pk").values("place", "name"))
