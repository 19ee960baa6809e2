"""One field for where something lies, in whatever way a source or an officer writes it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.codebook import GeoPrecision
from tracker.desk.admin.site import DeskAdmin, DeskForm, translated
from tracker.desk.geocoding import gazetteer
from tracker.desk.geocoding.suggestions import Suggestion
from tracker.desk.models import Incident, Place, Report
from tracker.errors import InvalidInput
from tracker.geo import coordinates, offsets
from tracker.geo.coordinates.positions import Position
from tracker.geo.precision import proposed

# How many places are named where it is open which one is meant.
MOST_NAMED = 3
NOTES = {
    Incident: gettext_lazy("Where better known than the place. Never published as it is."),
    Report: gettext_lazy("Where the source gives a position. Never published."),
}
DESCRIBED_BY = "id_position_hint id_position_helptext id_position_error"


class PositionWidget(forms.TextInput):
    """The text, and a map that writes it. Without JavaScript the map stays hidden."""

    template_name = "admin/desk/widgets/position.html"

    class Media:
        css = {"all": ["leaflet/leaflet.css", "tracker/position.css"]}
        js = ["leaflet/leaflet.js", forms.Script("tracker/position.js", type="module")]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        tiles = {"address": settings.MAP_TILES, "attribution": settings.MAP_ATTRIBUTION}
        return {**context, "tiles": tiles}


class PositionForm(DeskForm):
    """A form with one field for latitude and longitude; of an untouched one not a digit is lost."""

    position = forms.CharField(
        label=gettext_lazy("Position"),
        required=False,
        widget=PositionWidget(
            attrs={"dir": "auto", "class": "vTextField", "aria-describedby": DESCRIBED_BY}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("position", written(self.instance))
        if field := self.fields.get("position"):
            field.help_text = NOTES.get(type(self.instance), "")
            if isinstance(self.instance, Place):
                field.widget.attrs["data-own-place"] = self.instance.pk or ""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if "position" in self.changed_data and "position" in given:
            try:
                self._move(given)
            except InvalidInput as refusal:
                self.add_error("position", translated(refusal))
        if given.get("place") and "geo_precision" in given:
            self._propose(given)
        return given

    def _move(self, given: dict[str, Any]) -> None:
        """Put the thing where the text says. Raises InvalidInput."""
        text = given["position"]
        if not text:
            self.instance.latitude = self.instance.longitude = None
            return
        if offset := offsets.parse(text):
            place = _meant(offset.place, given.get("place"))
            position, radius_m = offsets.place_at(*_start(place), offset)
            # Nobody says from which end of the place it was measured.
            self._widen(given, radius_m + (proposed(place.kind)[1] or 0))
        else:
            position = coordinates.parse(text)
        self.instance.latitude, self.instance.longitude = position.latitude, position.longitude

    def _widen(self, given: dict[str, Any], radius_m: int) -> None:
        """Take over how far off it may be, but where someone has just set that otherwise."""
        place = given.get("place")
        by_kind = proposed(place.kind) if place else (None, None)
        told = {"geo_precision": GeoPrecision.NEAR, "radius_m": radius_m}
        for (name, value), usual in zip(told.items(), by_kind, strict=True):
            # What the page itself has proposed for the place is nobody's choice.
            is_chosen = name in self.changed_data and given.get(name) not in {None, usual}
            if name in given and not is_chosen:
                given[name] = value

    def _propose(self, given: dict[str, Any]) -> None:
        """Fill in what is empty by the kind of the place."""
        precision, radius_m = proposed(given["place"].kind)
        if given["geo_precision"] is None:
            given["geo_precision"] = precision
        if given["geo_precision"] == precision and given.get("radius_m", 0) is None:
            given["radius_m"] = radius_m


class PositionedAdmin(DeskAdmin):
    """For what lies somewhere."""

    @admin.display(description=gettext_lazy("position"))
    def position(self, thing: Place | Incident | Report) -> str:
        return written(thing) or "-"


def written(thing: Place | Incident | Report) -> str:
    """Where it lies, as the field takes it; empty where that is not known."""
    return str(Position(*point)) if (point := _point(thing)) else ""


def _point(thing: Place | Incident | Report) -> tuple[float, float] | None:
    if thing.latitude is None or thing.longitude is None:
        return None
    return thing.latitude, thing.longitude


def _start(place: Place) -> tuple[float, float]:
    """From where a distance was measured. Raises InvalidInput where nobody knows."""
    if (point := _point(place)) is None:
        raise InvalidInput(_("Nobody has entered yet where “%s” lies: write the position.") % place)
    return point


def _meant(name: str, chosen: Place | None) -> Place:
    """The place a distance was measured from. Raises InvalidInput where that is open to doubt."""
    point = _point(chosen) if chosen else None
    near = [point] if point else []
    found = gazetteer.suggest(name, near=near)
    best = [each.place_id for each in found if each.score == max(other.score for other in found)]
    # Of namesakes the one that has been chosen as the place is meant.
    if chosen and chosen.standing.pk in best:
        return chosen.standing
    resolution = gazetteer.resolve(name, near=near)
    if resolution is None:
        raise InvalidInput(_doubt(name, found))
    return Place.objects.get(pk=resolution.place_id)


def _doubt(name: str, found: list[Suggestion]) -> str:
    if not found:
        return _("No place “%s” is known: write another name of it, or the position.") % name
    told = (", ".join(filter(None, (each.name, each.context))) for each in found[:MOST_NAMED])
    return _("“%(name)s” may mean: %(places)s. Write the name with its district, as here.") % {
        "name": name,
        "places": "; ".join(told),
    }
