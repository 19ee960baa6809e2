"""Making one place of several, side by side, and parting them again."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tracker.desk.admin.choosing import ManyField
from tracker.desk.admin.site import DeskAdmin
from tracker.desk.models import Incident, Place, PlaceMerge, Report
from tracker.desk.workflow import merging
from tracker.desk.workflow.recording import recorded
from tracker.errors import TrackerError
from tracker.geo.distance import geodesic_km

# How many are merged at once: more cannot be compared side by side.
MOST = 6
# Places that lie farther from one another than this are seldom one.
FAR_KM = 3


class MergedFilter(admin.SimpleListFilter):
    """Leaves out what has been merged into another place, unless that is asked for."""

    title = gettext_lazy("merged")
    parameter_name = "merged"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("Merged into another"))]

    def choices(self, changelist: Any) -> Any:
        default, *rest = super().choices(changelist)
        return [{**default, "display": _("Not merged")}, *rest]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Place]) -> QuerySet[Place]:
        return queryset.filter(merged_into__isnull=self.value() != "yes")


class MergeForm(forms.Form):
    """Which places are one, and which of them stays. Those merged before are no choice."""

    place = ManyField(Place.objects.current())
    into = forms.ModelChoiceField(Place.objects.current(), required=False)

    def clean_place(self) -> list[Place]:
        places = list(self.cleaned_data["place"].order_by("pk"))
        if not 2 <= len(places) <= MOST:
            raise forms.ValidationError("number")
        return places

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("into") not in [None, *given.get("place", [])]:
            self.add_error("into", "another")
        return given


@dataclass
class Side:
    """A place beside others that may be the same; how far each of them lies, by its number."""

    number: int
    place: Place
    lies_in: str
    incidents: int
    reports: int
    children: int
    names: list[str]
    codes: list[str]
    distances: list[tuple[int, float]] = field(default_factory=list)
    is_proposed: bool = False

    @property
    def worth(self) -> tuple[bool, int, int]:
        """What speaks for it to stay: readers know it, the desk uses it, others know it."""
        used = self.incidents + self.reports + self.children
        return self.place.public_id is not None, used, len(self.codes)


class MergingAdmin(DeskAdmin):
    """For places: what was entered or loaded twice becomes one."""

    actions = ["merge_places"]

    def get_urls(self) -> list[Any]:
        own = [
            path("merge/", self.admin_site.admin_view(self.merge_view), name="desk_place_merge"),
            path(
                "<int:pk>/unmerge/",
                self.admin_site.admin_view(require_POST(self.unmerge_view)),
                name="desk_place_unmerge",
            ),
        ]
        return own + super().get_urls()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        places = super().get_queryset(request)
        page = request.resolver_match
        # What was merged keeps its page, but nobody shall choose it any more.
        return places.current() if page and page.url_name == "autocomplete" else places  # type: ignore[attr-defined]

    def get_list_filter(self, request: HttpRequest) -> Any:
        return [*super().get_list_filter(request), MergedFilter]

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("desk.merge_place")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.merged_into_id)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.merged_into_id)

    @admin.action(description=gettext_lazy("Merge into one place"), permissions=["merge"])
    def merge_places(self, request: HttpRequest, queryset: QuerySet[Place]) -> HttpResponse | None:
        chosen = list(queryset.values_list("pk", flat=True)[: MOST + 1])
        if not MergeForm({"place": chosen}).is_valid():
            self._ask_for_places(request)
            return None
        query = urlencode({"place": chosen}, doseq=True)
        return HttpResponseRedirect(f"{reverse('admin:desk_place_merge')}?{query}")

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """The places of the query string side by side, and what merges them once one is chosen."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        form = MergeForm({"place": request.GET.getlist("place"), "into": request.POST.get("into")})
        if "place" in form.errors:
            self._ask_for_places(request)
            return HttpResponseRedirect(reverse("admin:desk_place_changelist"))
        places, into = form.cleaned_data["place"], form.cleaned_data.get("into")
        if into and self._merge(request, places, into):
            return HttpResponseRedirect(reverse("admin:desk_place_changelist"))
        if request.method == "POST" and not into:
            self.message_user(request, _("Choose which of these places stays."), messages.ERROR)
        sides = _side_by_side(places, request.user)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge into one place"),
            "opts": self.opts,
            "media": self.media,
            "sides": sides,
            "warnings": _warnings(sides),
        }
        return TemplateResponse(request, "admin/desk/place/merge.html", context)

    def _ask_for_places(self, request: HttpRequest) -> None:
        told = _("Choose from two to %d places that have not been merged before.") % MOST
        self.message_user(request, told, messages.ERROR)

    def _merge(self, request: HttpRequest, places: list[Place], into: Place) -> bool:
        try:
            with recorded(by=request.user, why=_("Merged into “%s”.") % into):
                for each in places:
                    if each != into:
                        merging.merge(each, into=into, by=request.user)  # type: ignore[arg-type]
                        self.log_change(request, each, _("Merged into “%s”.") % into)
                        self.log_change(request, into, _("“%s” was merged into it.") % each)
        except TrackerError as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
            return False
        self.message_user(request, format_html(_("Merged into {}."), _link(into)))
        return True

    def unmerge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Part a place again from the one it was merged into."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        place = get_object_or_404(Place.objects.select_related("merged_into"), pk=pk)
        into = place.merged_into or place
        try:
            with recorded(by=request.user, why=_("Parted again from “%s”.") % into):
                kept = merging.unmerge(place, by=request.user)  # type: ignore[arg-type]
        except TrackerError as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
        else:
            self.log_change(request, place, _("Parted again from “%s”.") % into)
            self.log_change(request, into, _("“%s” was parted from it again.") % place)
            self.message_user(
                request, format_html(_("{} is a place of its own again."), _link(place))
            )
            if kept:
                self.message_user(request, _stay(kept, into), messages.WARNING)
        return HttpResponseRedirect(reverse("admin:desk_place_change", args=[into.pk]))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        place: Place | None = kwargs.get("obj")
        if place:
            standing = PlaceMerge.objects.standing().filter(into=place).defer("moved")
            context["merges"] = standing.select_related("place", "merged_by")
            context["may_merge"] = self.has_merge_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)


def _side_by_side(places: list[Place], user: Any) -> list[Side]:
    incidents = _counted(Incident.objects.visible_to(user).filter(place__in=places), "place")
    reports = _counted(Report.objects.visible_to(user).filter(place__in=places), "place")
    children = _counted(Place.objects.current().filter(parent__in=places), "parent")
    sides = [
        Side(
            number,
            place,
            _lies_in(place),
            incidents.get(place.pk, 0),
            reports.get(place.pk, 0),
            children.get(place.pk, 0),
            [name.name for name in place.names.all()],
            [code.code for code in place.codes.all()],
        )
        for number, place in enumerate(places, start=1)
    ]
    for one, other in itertools.permutations(sides, 2):
        if (km := _kilometres(one.place, other.place)) is not None:
            one.distances.append((other.number, km))
    # The oldest of equals.
    max(sides, key=lambda side: side.worth).is_proposed = True
    return sides


def _counted(rows: QuerySet[Any], name: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(name).annotate(Count("pk")))


def _lies_in(place: Place) -> str:
    is_arabic = get_language() == "ar"
    return _listed((is_arabic and each.name_ar) or each.name for each in place.lineage()[1:])


def _listed(words: Iterable[str]) -> str:
    return ("، " if get_language() == "ar" else ", ").join(words)


def _kilometres(one: Place, other: Place) -> float | None:
    ends = [(place.latitude, place.longitude) for place in (one, other)]
    return None if (None, None) in ends else geodesic_km(*ends)  # type: ignore[arg-type]


def _warnings(sides: list[Side]) -> list[str]:
    apart = [
        _("Places %(one)d and %(other)d lie %(km)s km apart.")
        % {"one": side.number, "other": number, "km": number_format(round(km, 1), 1)}
        for side in sides
        for number, km in side.distances
        if side.number < number and km > FAR_KM
    ]
    kinds = dict.fromkeys(side.place.get_kind_display() for side in sides)
    if len(kinds) > 1:
        apart.append(_("They differ in kind: %s.") % _listed(kinds))
    return apart


def _stay(reports: int, into: Place) -> str:
    return ngettext(
        "%(number)d report stays with “%(place)s”: it was attached since, and what it states stands.",
        "%(number)d reports stay with “%(place)s”: they were attached since, and what they state "
        "stands.",
        reports,
    ) % {"number": reports, "place": into}


def _link(place: Place) -> str:
    address = reverse("admin:desk_place_change", args=[place.pk])
    return format_html('<a href="{}"><bdi>{}</bdi></a>', address, place)
