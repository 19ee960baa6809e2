"""The zones of agreements: where they hold, where they do not, and what a change would change."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.desk.admin.areas import AreaForm, AreaWidget, offer_units, written
from tracker.desk.admin.judged import judge_again
from tracker.desk.admin.site import DeskAdmin, site
from tracker.desk.models import Agreement, Reading, Zone
from tracker.desk.workflow import judging, recording
from tracker.geo import areas

PREVIEW = "_preview"


class ZoneForm(AreaForm):
    """A zone; `is_trial` is one that is shown what it would change, and not saved."""

    is_trial = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["area"].widget.attrs |= _on_the_map(self.instance)
        if reading := self.fields.get("reading"):
            self._offer_readings(reading)

    def _offer_readings(self, reading: Any) -> None:
        if self.instance.pk:
            reading.queryset = self.instance.agreement.readings.all()
            return
        reading.queryset = Reading.objects.select_related("agreement")
        reading.label_from_instance = lambda each: f"{each.agreement}: {each}"

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        agreement = given.get("agreement") or (self.instance.pk and self.instance.agreement)
        reading = given.get("reading")
        if agreement and reading and reading.agreement_id != agreement.pk:
            self.add_error("reading", _("“%s” reads another agreement.") % reading)
        return given

    def is_valid(self) -> bool:
        # A trial is not to be saved: the page comes back with it, as one with errors does.
        return super().is_valid() and not self.is_trial


@admin.register(Zone, site=site)
class ZoneAdmin(DeskAdmin):
    form = ZoneForm
    list_display = ["name", "agreement", "reading", "rule", "valid_from", "valid_to"]
    list_filter = ["rule", "agreement"]
    list_select_related = ["agreement", "reading"]
    search_fields = ["name", "name_ar", "agreement__title", "agreement__title_ar"]

    def get_fieldsets(self, request: HttpRequest, obj: Zone | None = None) -> Any:
        own = ["agreement", "reading", ("name", "name_ar"), "rule", ("valid_from", "valid_to")]
        entered = ["area", "area_file", "area_units"]
        is_open = obj is None or self.has_change_permission(request, obj)
        return [
            (None, {"fields": [*own, "basis", "basis_ar"]}),
            (gettext_lazy("Area"), {"fields": entered if is_open else ["area"]}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Zone | None = None) -> Any:
        # A zone drawn for one agreement says nothing about another.
        return ["agreement"] if obj else []

    @admin.display(description=gettext_lazy("area"))
    def area(self, zone: Zone) -> str:
        """The map, for those who may look and not draw."""
        attrs = {"id": "id_area", "rows": 3, "dir": "ltr", "readonly": True, **_on_the_map(zone)}
        return AreaWidget().render("area", written(zone.geometry), attrs)

    def get_form(  # type: ignore[override]
        self, request: HttpRequest, obj: Any = None, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, **kwargs)
        offer_units(form, self.admin_site)
        form.is_trial = PREVIEW in request.POST
        return form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        if request.method == "POST":
            self._tell(request, form)
        if form.is_trial and not form.errors:
            context["preview"] = judging.preview(form.instance)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Zone, form: Any, change: bool) -> None:  # noqa: FBT001
        super().save_model(request, obj, form, change)
        self._tell(request, form)
        if form.has_changed():
            judge_again(self, request, obj.agreement)

    def _tell(self, request: HttpRequest, form: ZoneForm) -> None:
        """What was mended, and which zones it contradicts."""
        for note in form.notes:
            self.message_user(request, note, messages.INFO)
        crossed = [] if form.errors else _crossed(form.instance)
        if crossed:
            said = _("It overlaps with: %s. Where both lie, the one that excludes counts.")
            self.message_user(request, said % ", ".join(map(str, crossed)), messages.WARNING)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        zone = self.get_object(request, object_id) if request.method == "GET" else None
        if zone and self.has_delete_permission(request, zone):
            extra_context = {"preview": judging.preview(zone, delete=True), **(extra_context or {})}
        return super().delete_view(request, object_id, extra_context)

    def recorded_as(self, obj: Zone) -> recording.Subject:
        return recording.Subject("agreement", obj.agreement_id, f"zones/{obj.pk}/")

    def delete_model(self, request: HttpRequest, obj: Zone) -> None:
        super().delete_model(request, obj)
        judge_again(self, request, obj.agreement)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_urls(self) -> list[Any]:
        beside = self.admin_site.admin_view(self.beside_view, cacheable=True)
        return [path("of/<int:pk>.json", beside, name="zones_of"), *super().get_urls()]

    def beside_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The zones of an agreement, for the map to show another one beside them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        held = get_object_or_404(Agreement, pk=pk).zones.order_by("pk")
        answer = JsonResponse(
            {"type": "FeatureCollection", "features": [_feature(zone) for zone in held]}
        )
        patch_cache_control(answer, private=True, no_cache=True)
        return answer


def _on_the_map(zone: Zone) -> dict[str, Any]:
    """What tells the map which zones to draw beside it, and which of them is itself."""
    return {"data-agreement": zone.agreement_id, "data-own": zone.pk}


def _feature(zone: Zone) -> dict[str, Any]:
    names = {
        "name": f"{zone.name} ({zone.get_rule_display()})",
        "name_ar": f"{zone.name_ar or zone.name} ({zone.get_rule_display()})",
    }
    properties = {"id": zone.pk, "kind": zone.rule, **names}
    return {"type": "Feature", "properties": properties, "geometry": zone.geometry}


def _crossed(zone: Zone) -> list[Zone]:
    """The zones that say the opposite of some of its area, on some of its days, to some reading."""
    others: QuerySet[Zone] = Zone.objects.filter(agreement=zone.agreement).exclude(pk=zone.pk)
    if zone.reading:
        others = others.filter(Q(reading=zone.reading) | Q(reading=None))
    if zone.valid_from:
        others = others.filter(Q(valid_to=None) | Q(valid_to__gte=zone.valid_from))
    if zone.valid_to:
        others = others.filter(Q(valid_from=None) | Q(valid_from__lte=zone.valid_to))
    opposite = others.exclude(rule=zone.rule)
    return [other for other in opposite if areas.overlap(zone.geometry, other.geometry)]
