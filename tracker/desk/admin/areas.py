"""One field for an area: drawn on a map, given as GeoJSON, or made of administrative units."""

from __future__ import annotations

from typing import Any

import orjson
from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.codebook import UNITS
from tracker.desk.admin import placing
from tracker.desk.admin.choosing import ManyField, ManySelect, numbers
from tracker.desk.admin.site import DeskForm, translated
from tracker.desk.models import Place, Report
from tracker.geo import areas
from tracker.geo.areas import Drawn, InvalidArea, Reason

# How many units are listed where no search can be made for lack of JavaScript: the widest.
LISTED = 400
LARGEST_FILE = 5 * 1024 * 1024
# Where a place lies no farther off, an area is taken to be where it is meant to be; in degrees.
NEAR = 0.1


class AreaWidget(forms.Textarea):
    """GeoJSON, and a map that writes it. Without JavaScript the map stays hidden."""

    template_name = "admin/desk/widgets/area.html"

    class Media:
        css = {"all": ["leaflet/leaflet.css", "tracker/position.css", "tracker/zone.css"]}
        js = ["leaflet/leaflet.js", forms.Script("tracker/zone.js", type="module")]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        tiles = {"address": settings.MAP_TILES, "attribution": settings.MAP_ATTRIBUTION}
        return {**context, "tiles": tiles}


class UnitsSelect(ManySelect):
    """Searches among what has an outline; without JavaScript it is a list of the widest."""

    def get_url(self) -> str:
        return f"{super().get_url()}?{placing.OUTLINED}=1"

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        chosen = set(numbers(value))
        field = self.choices.field
        listed = list(field.queryset[:LISTED])
        listed += field.queryset.filter(pk__in=chosen - {str(each.pk) for each in listed})
        options = [
            self.create_option(
                name, place.pk, field.label_from_instance(place), str(place.pk) in chosen, index
            )
            for index, place in enumerate(listed)
        ]
        return [(None, options, 0)]


def units() -> QuerySet[Place]:
    """The places whose outline is held, the widest first."""
    width = Case(
        *(When(kind=kind, then=Value(rank)) for rank, kind in enumerate(UNITS)),
        default=Value(len(UNITS)),
        output_field=IntegerField(),
    )
    outlined = Place.objects.current().exclude(boundary=None).select_related(placing.WIDER)
    return outlined.order_by(width, "name", "pk")


class AreaForm(DeskForm):
    """A form of a thing with a `geometry`. `notes` says what was mended or taken from where."""

    area = forms.CharField(
        label=gettext_lazy("Area"),
        required=False,
        widget=AreaWidget(attrs={"rows": 6, "dir": "ltr", "spellcheck": "false"}),
        help_text=gettext_lazy("GeoJSON: a Feature, FeatureCollection, Polygon or MultiPolygon."),
    )
    area_file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        help_text=gettext_lazy("A GeoJSON file. It takes the place of what is drawn above."),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
    )
    area_units = ManyField(
        Place.objects.none(),
        label=gettext_lazy("Or administrative units"),
        required=False,
        help_text=gettext_lazy(
            "Places whose boundaries are held. They are united, and take the place of what is drawn"
            " above."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notes: list[str] = []
        self.initial.setdefault("area", written(self.instance.geometry))

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        entered = [name for name in ("area_file", "area_units") if given.get(name)]
        if len(entered) > 1:
            self.add_error("area_file", _("Give a file or units, not both."))
        elif not {"area", "area_file", "area_units"} & set(self.errors):
            self._take(given, *entered)
        return given

    def _take(self, given: dict[str, Any], name: str = "area") -> None:
        """Let the area be what was entered in this field."""
        if name == "area" and self.instance.pk and name not in self.changed_data:
            return
        try:
            drawn = self._drawn(given, name)
        except InvalidArea as refusal:
            self.add_error(name, translated(refusal))
            return
        self.instance.geometry = drawn.geojson
        self.notes += [_(repair.sentence) for repair in drawn.repairs]
        # The page may come back: then it shows what was made of it, for a file is sent but once.
        shown: Any = self.data
        self.data = shown = shown.copy()
        shown[self.add_prefix("area")] = written(drawn.geojson)
        shown.setlist(self.add_prefix("area_units"), [])

    def _drawn(self, given: dict[str, Any], name: str) -> Drawn:
        """What was entered there as an area. Raises InvalidArea."""
        if name == "area_units":
            places = list(given[name].select_related("boundary"))
            self.notes.append(_("The area is that of: %s.") % ", ".join(map(str, places)))
            return areas.united(place.boundary.geometry for place in places)
        drawn = areas.read(given[name].read() if name == "area_file" else given[name])
        _refuse_swapped(drawn)
        return drawn

    def clean_area(self) -> str:
        text: str = self.cleaned_data["area"]
        others = (self.add_prefix("area_file"), self.add_prefix("area_units"))
        if not text and not (others[0] in self.files or self.data.get(others[1])):
            raise forms.ValidationError(_("Draw the area, or give a file or units."), "required")
        return text

    def clean_area_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["area_file"]
        if file and (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(
                _("The file is too large: simplify the area to 20,000 points.")
            )
        return file


def written(geometry: Any) -> str:
    """A GeoJSON geometry as the field takes it; empty where there is none."""
    return orjson.dumps(geometry).decode() if geometry else ""


def offer_units(form: Any, site: admin.AdminSite) -> None:
    """Give a class of forms, made for one request, its field to choose units from."""
    widget = UnitsSelect(Report._meta.get_field("place"), site)  # noqa: SLF001 - public by custom
    declared = form.base_fields["area_units"]
    form.base_fields["area_units"] = ManyField(
        units(),
        widget=widget,
        label=declared.label,
        help_text=declared.help_text,
        required=False,
    )


def _refuse_swapped(drawn: Drawn) -> None:
    """Raise InvalidArea where places lie near the area only once its coordinates are exchanged."""
    turned = areas.swapped(drawn.area)
    if turned is None or _is_near(drawn.area) or not _is_near(turned):
        return
    west, south, *_rest = drawn.area.bounds
    raise InvalidArea(
        Reason.LATITUDE_FIRST, number="1", longitude=f"{west:g}", latitude=f"{south:g}"
    )


def _is_near(area: Any) -> bool:
    return Place.objects.current().inside(areas.box_around(area, margin=NEAR)).exists()
