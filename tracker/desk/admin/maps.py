"""What the desk's maps draw, as JSON for those who may see places."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F, Max, Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control

from tracker.codebook import PlaceKind
from tracker.desk.models import Boundary, Place
from tracker.errors import InvalidInput
from tracker.geo import outlines
from tracker.geo.bbox import BBox
from tracker.geo.precision import proposed

# What a map of a country still shows of an outline, in degrees: a hundred metres.
FINEST = 0.001
# Outlines change when a gazetteer is loaded, and seldom otherwise.
KEPT_FOR = 60 * 60
# How many places of one view are named: the largest.
MOST_NAMED = 40
NAMED = (PlaceKind.SETTLEMENT, PlaceKind.NEIGHBOURHOOD, PlaceKind.SITE, PlaceKind.AREA)


def boundaries(request: HttpRequest) -> HttpResponse:
    """The outlines of governorates and districts, simplified, and the box all places lie in."""
    _demand_right(request)
    held = Boundary.objects.filter(
        place__kind__in=(PlaceKind.GOVERNORATE, PlaceKind.DISTRICT), place__merged_into=None
    )
    features = [
        {
            "type": "Feature",
            "properties": {
                "name": boundary.place.name,
                "name_ar": boundary.place.name_ar,
                "kind": boundary.place.kind,
                "attribution": boundary.attribution,
            },
            "geometry": outlines.simplified(boundary.geometry, FINEST),
        }
        # Districts first, so that the lines of governorates are drawn over theirs.
        for boundary in held.select_related("place").order_by("place__kind", "pk")
    ]
    answer = JsonResponse({"type": "FeatureCollection", **_box(), "features": features})
    patch_cache_control(answer, private=True, max_age=KEPT_FOR)
    return answer


def places(request: HttpRequest) -> HttpResponse:
    """The largest places in the box `bbox`, to know one's way where no tiles are shown."""
    _demand_right(request)
    try:
        box = BBox.parse(request.GET.get("bbox", ""))
    except InvalidInput as refusal:
        return JsonResponse({"detail": refusal.message}, status=400)
    inside = Place.objects.current().filter(kind__in=NAMED).inside(box)
    largest = inside.order_by(F("population").desc(nulls_last=True), "pk")[:MOST_NAMED]
    columns = ("name", "name_ar", "latitude", "longitude")
    return _private({"places": list(largest.values(*columns))})


def place(request: HttpRequest, pk: int) -> HttpResponse:
    """One place: where it lies, how far it reaches, and how well it is known by its kind."""
    _demand_right(request)
    chosen = get_object_or_404(Place.objects.select_related("boundary"), pk=pk)
    precision, radius_m = proposed(chosen.kind)
    boundary = getattr(chosen, "boundary", None)
    return _private(
        {
            "name": chosen.name,
            "name_ar": chosen.name_ar,
            "kind": chosen.kind,
            "latitude": chosen.latitude,
            "longitude": chosen.longitude,
            "geo_precision": precision,
            "radius_m": radius_m,
            "boundary": boundary.geometry if boundary else None,
            "attribution": boundary.attribution if boundary else "",
        }
    )


def _demand_right(request: HttpRequest) -> None:
    if not request.user.has_perm("desk.view_place"):
        raise PermissionDenied


def _private(content: dict[str, Any]) -> HttpResponse:
    answer = JsonResponse(content)
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _box() -> dict[str, list[float]]:
    sides = Place.objects.current().aggregate(
        west=Min("longitude"),
        south=Min("latitude"),
        east=Max("longitude"),
        north=Max("latitude"),
    )
    return {} if sides["west"] is None else {"bbox": list(sides.values())}
