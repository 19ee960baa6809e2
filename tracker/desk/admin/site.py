from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.codebook import Codes
from tracker.desk.admin import (
    choosing,
    downloads,
    inbox,
    maps,
    second_factor,
    sessions,
    unplaced,
)
from tracker.desk.admin.choosing import Choosing
from tracker.desk.admin.recorded import FreshForm, RecordedAdmin
from tracker.desk.models import Source
from tracker.desk.workflow.second_factor import is_due
from tracker.desk.workflow.sessions import begin
from tracker.errors import InvalidFor, InvalidInput
from tracker.geo.names import fold

# Text runs the way it is written, whatever the page's language.
WRITTEN: dict[Any, Any] = {
    models.URLField: {"assume_scheme": "https"},
    models.CharField: {"widget": forms.TextInput(attrs={"dir": "auto", "class": "vTextField"})},
    models.TextField: {
        "widget": forms.Textarea(attrs={"dir": "auto", "class": "vLargeTextField", "rows": 4})
    },
}
PERIODS = (
    ("date_start", "date_end"),
    ("effective_from", "effective_to"),
    ("valid_from", "valid_to"),
)
# Where a search looks for the place of something.
PLACE_NAMES = ("place__folded", "place__names__folded")

# Where it looks for a source.
SOURCE_NAMES = ("monitor__folded", "source__folded")


def labels(codes: type[Codes], chosen: Iterable[str]) -> str:
    return ", ".join(str(codes(code).label) for code in chosen)


def translated(refusal: InvalidInput) -> str:
    """What a refusal says in the reader's language: the rooms without Django know English alone."""
    if isinstance(refusal, InvalidFor):
        return gettext(refusal.reason.sentence) % refusal.values
    return refusal.message


class DeskSite(admin.AdminSite):
    site_header = _("Ceasefire incident tracker: desk")
    site_title = _("Desk")
    index_title = _("Desk")

    def get_urls(self) -> list[Any]:
        # Cacheable: each view says itself for how long, and for whom.
        own = [
            path(address, self.admin_view(view, cacheable=True), name=name)
            for address, view, name in (
                ("boundaries.json", maps.boundaries, "boundaries"),
                ("places.json", maps.places, "places_around"),
                ("places/<int:pk>.json", maps.place, "place_on_map"),
            )
        ]
        find = partial(unplaced.unplaced, site=self)
        own.append(path("places-to-find/", self.admin_view(find), name="unplaced"))
        ask, download = self.admin_view(downloads.ask), self.admin_view(downloads.download)
        # Before it has been shown nothing else is, so these decide themselves who may see them.
        own.append(
            path("second-factor/", partial(second_factor.ask, site=self), name="second_factor")
        )
        own.append(path("alive/", partial(sessions.alive, site=self), name="alive"))
        own_sessions = self.admin_view(partial(sessions.own, site=self))
        own.append(path("sessions/", own_sessions, name="sessions"))
        codes = self.admin_view(partial(second_factor.codes, site=self))
        own.append(path("second-factor/codes/", codes, name="second_factor_codes"))
        own.append(path("evidence/<int:pk>/", ask, name="evidence"))
        own.append(path("evidence/<int:pk>/<str:link>/", download, name="evidence_file"))
        return own + inbox.urls(self) + super().get_urls()

    def has_permission(self, request: HttpRequest) -> bool:
        if not super().has_permission(request):
            return False
        user: Any = request.user
        return user.is_verified() or not is_due(user)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "has_two_factors": settings.TWO_FACTOR}

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.method == "GET" and super().has_permission(request):
            # The password was right: what is missing is the second factor.
            following = urlencode({"next": request.GET.get("next", "")})
            return HttpResponseRedirect(f"{reverse('admin:second_factor')}?{following}")
        response = super().login(request, extra_context)
        if request.method == "POST" and request.user.is_authenticated:
            begin(request.session)
        return response

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        response = super().logout(request, extra_context)
        # What the browser keeps of the desk's pages goes with the session.
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return choosing.Autocomplete.as_view(admin_site=self)(request)  # type: ignore[return-value]


site = DeskSite(name="admin")


class DeskForm(FreshForm):
    """Says at the very field what the database would refuse about two of them together."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for first, last in PERIODS:
            if given.get(first) and given.get(last) and given[last] < given[first]:
                self.add_error(last, _("It ends before it begins."))
        for name, value in [*given.items()]:
            # In another time zone it may lie beyond the calendar's ends, where no database follows.
            if isinstance(value, dt.datetime) and not 1 < value.year < 9999:
                self.add_error(name, _("The year %d cannot be meant.") % value.year)
        return given


class DeskInline(Choosing, admin.TabularInline):
    form = DeskForm
    formfield_overrides = WRITTEN

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.is_relation and field:
            # Where the others are kept is another page; here each row is crowded enough.
            for verb in ("add", "change", "delete", "view"):
                setattr(field.widget, f"can_{verb}_related", False)
        if field and not self.fieldsets:
            # The head of a column labels no field to those who do not see it.
            field.widget.attrs.setdefault("aria-label", field.label)
        return field


class DeskAdmin(Choosing, RecordedAdmin):
    """What all our admin pages share. `kept_for_the_next` are fields that "add another" keeps."""

    form = DeskForm
    kept_for_the_next: Sequence[str] = ()
    list_per_page = 50
    formfield_overrides = WRITTEN

    class Media:
        css = {"all": ["tracker/desk.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        if not self.has_view_permission(request):
            # Who may add such things and not see them begins none from one that is there.
            return rows.none()
        visible_to = getattr(rows, "visible_to", None)
        return visible_to(request.user) if visible_to else rows

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """What holds the words as typed, or the same words folded as names are."""
        as_typed = super().get_search_results(request, queryset, search_term)
        if not (folded := fold(search_term)):
            return as_typed
        as_names = super().get_search_results(request, queryset, folded)
        either = [Q(pk__in=found.values("pk")) for found, _repeated in (as_typed, as_names)]
        hidden = self._of_hidden_sources(request, folded)
        return queryset.filter(either[0] | either[1] | hidden), False

    def _of_hidden_sources(self, request: HttpRequest, folded: str) -> Q:
        """What belongs to confidential sources of these names, which no database can search."""
        paths = [each for each in self.search_fields if each in SOURCE_NAMES]
        if self.model is Source:
            paths.append("folded")
        found = Q(pk__in=[])
        if paths:
            sources = Source.objects.visible_to(request.user).hidden_with(folded)
            for path in paths:
                found |= Q(**{f"{path.removesuffix('folded')}pk__in": sources})
        return found

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> HttpResponse:
        response = super().response_add(request, obj, *args)
        if "_addanother" not in request.POST or not self.kept_for_the_next:
            return response
        kept = QueryDict(mutable=True)
        for name in self.kept_for_the_next:
            if value := request.POST.get(name):
                kept[name] = value
        return HttpResponseRedirect(f"{request.path}?{kept.urlencode()}")


class SlugAdmin(DeskAdmin):
    """For what the public knows by its slug: made from the name, then never changed."""

    slug_from = "name"

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"slug": (self.slug_from,)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[Any, ...]:
        fixed = tuple(super().get_readonly_fields(request, obj))
        return (*fixed, "slug") if obj else fixed
