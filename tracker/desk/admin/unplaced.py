"""The places that reports name and the gazetteer has not been found to have: all on one page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from tracker.codebook import PlaceKind
from tracker.desk.admin.choosing import OneField, PlaceSelect, label
from tracker.desk.geocoding import gazetteer, online
from tracker.desk.geocoding.suggestions import Suggestion
from tracker.desk.models import Place, Report
from tracker.desk.workflow import placement
from tracker.desk.workflow.placement import Written
from tracker.desk.workflow.recording import recorded
from tracker.errors import TrackerError

NEEDED = ("desk.change_report", "desk.view_place")
# Names a page, suggestions a name.
GROUPS, SUGGESTED = 20, 5
OTHER = "other"


def may_place(request: HttpRequest) -> bool:
    return request.user.has_perms(NEEDED)


class Numbers(forms.MultipleChoiceField):
    """Some of the reports; one that has been placed meanwhile is no mistake."""

    def valid_value(self, value: Any) -> bool:
        return str(value).isdecimal()


class PlacementForm(forms.Form):
    """One place as written: what it may mean, and which of its reports shall be given that."""

    choice = forms.ChoiceField(
        required=False, widget=forms.RadioSelect, label=gettext_lazy("Place")
    )
    other = OneField(
        Place.objects.none(), required=False, label=gettext_lazy("Another place of the gazetteer")
    )
    reports = Numbers(
        required=False, widget=forms.CheckboxSelectMultiple, label=gettext_lazy("Reports")
    )

    def __init__(self, written: Written, *, site: admin.AdminSite, data: Any = None) -> None:
        super().__init__(data, prefix=written.key)
        self.written = written
        self.held = written.reports
        near = [(each.latitude, each.longitude) for each in self.held if each.latitude is not None]
        self.resolved = gazetteer.resolve(written.text, near=near)  # type: ignore[arg-type]
        own = gazetteer.suggest(written.text, near=near, limit=SUGGESTED)  # type: ignore[arg-type]
        foreign = online.told(written.text, limit=SUGGESTED) if online.is_on() else []
        self.suggestions = {_value(each): each for each in [*own, *(foreign or [])]}
        self._offer(site)

    def _offer(self, site: admin.AdminSite) -> None:
        places = Place.objects.in_bulk(
            [each.place_id for each in self.suggestions.values() if each.place_id]
        )
        options = [
            (value, _told(each, places.get(each.place_id or 0)))
            for value, each in self.suggestions.items()
        ]
        choice, other, reports = (self.fields[name] for name in ("choice", "other", "reports"))
        choice.choices = [*options, (OTHER, other.label), ("", _("Leave it open"))]  # type: ignore[attr-defined]
        choice.initial = f"place:{self.resolved.place_id}" if self.resolved else ""
        other.queryset = Place.objects.current()  # type: ignore[attr-defined]
        other.widget = PlaceSelect(Report._meta.get_field("place"), site)  # noqa: SLF001 - public by custom
        other.widget.attrs["aria-label"] = other.label
        other.widget.choices = other.choices  # type: ignore[attr-defined]
        reports.choices = [(each.pk, str(each)) for each in self.held]  # type: ignore[attr-defined]
        reports.initial = self.written.numbers

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("choice") == OTHER and not given.get("other"):
            self.add_error("other", _("Choose the place that is meant."))
        return given

    @property
    def chosen(self) -> Suggestion | Place | None:
        value = self.cleaned_data.get("choice", "")
        return self.cleaned_data.get("other") if value == OTHER else self.suggestions.get(value)


def _value(suggestion: Suggestion) -> str:
    if suggestion.place_id is not None:
        return f"place:{suggestion.place_id}"
    position = f"{suggestion.latitude},{suggestion.longitude}"
    return f"{suggestion.provider}:{suggestion.code or position}"


def _told(suggestion: Suggestion, place: Place | None) -> str:
    told = [label(place)] if place else [suggestion.name, suggestion.context]
    if place is None and suggestion.kind:
        told.append(str(PlaceKind(suggestion.kind).label))
    if place is None:
        told.append(suggestion.attribution or suggestion.provider)
    said = ", ".join(filter(None, told))
    return _("%(place)s – score %(score)d") % {"place": said, "score": suggestion.score}


@require_http_methods(["GET", "POST"])
def unplaced(request: HttpRequest, site: admin.AdminSite) -> HttpResponse:
    """Shows the names, and places the reports whose names were given a place."""
    if not may_place(request):
        raise PermissionDenied
    written = placement.unplaced(request.user)
    page = Paginator(written, GROUPS).get_page(request.GET.get("p"))
    if request.method == "GET":
        return _shown(request, site, [PlacementForm(each, site=site) for each in page], page)
    returned = [each for each in written if each.key in request.POST.getlist("name")]
    if asked := request.POST.get("ask"):
        _ask(request, next((each for each in returned if each.key == asked), None))
    filled = [PlacementForm(each, site=site, data=request.POST) for each in returned]
    if asked or not all(form.is_valid() for form in filled):
        return _shown(request, site, filled, page)
    with recorded(by=request.user):
        _accept(request, filled)
    return HttpResponseRedirect(request.get_full_path())


def may_ask(request: HttpRequest) -> bool:
    return online.is_on() and request.user.has_perm("desk.add_place")


def _ask(request: HttpRequest, written: Written | None) -> None:
    """Let the online geocoder tell; the page shows what it has told."""
    if written is None or not may_ask(request) or written.is_confidential:
        raise PermissionDenied
    try:
        if not online.suggest(written.text):
            messages.info(request, _("%s: nothing found.") % online.provider_name())
    except TrackerError as failure:
        messages.error(request, failure.message)


def _accept(request: HttpRequest, filled: list[PlacementForm]) -> None:
    placed = 0
    for form in filled:
        if form.chosen is None:
            continue
        place, said = _meant(form.chosen)
        certain = form.resolved if form.resolved and form.resolved.place_id == place.pk else None
        chosen = set(form.cleaned_data["reports"])
        numbers = [number for number in form.written.numbers if str(number) in chosen]
        reports = placement.place(numbers, place, by=request.user, resolved=certain)
        LogEntry.objects.log_actions(
            request.user.pk,  # type: ignore[arg-type]
            reports,
            CHANGE,
            _("Placed at %(place)s (%(said)s).") % {"place": place, "said": said},
        )
        placed += len(reports)
    messages.success(
        request,
        ngettext("%(count)d report placed.", "%(count)d reports placed.", placed)
        % {"count": placed},
    )


def _meant(chosen: Suggestion | Place) -> tuple[Place, str]:
    """The place, and who suggested it with which score."""
    if isinstance(chosen, Place):
        return chosen, _("chosen by hand")
    return placement.adopt(chosen), f"{chosen.provider}, {chosen.score:g}"


def _shown(
    request: HttpRequest, site: admin.AdminSite, shown: list[PlacementForm], page: Any
) -> HttpResponse:
    media = sum((form.media for form in shown), forms.Media())
    context = {
        **site.each_context(request),
        "title": _("Places to find"),
        "forms": shown,
        "media": media + forms.Media(css={"all": ["tracker/desk.css"]}),
        "page": page,
        "provider": online.provider_name() if may_ask(request) else "",
    }
    return TemplateResponse(request, "admin/desk/unplaced.html", context)
