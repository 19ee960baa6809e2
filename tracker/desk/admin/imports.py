"""Files of other people on their way into the desk: brought, mapped, checked, taken in, undone."""

from __future__ import annotations

import copy
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tracker.desk.admin import import_preview, import_refused
from tracker.desk.admin.import_forms import BringForm, ReadingForm, said
from tracker.desk.admin.import_mapping import MappingForm
from tracker.desk.admin.site import DeskAdmin, DeskForm, site
from tracker.desk.models import ImportRun
from tracker.desk.workflow import importing
from tracker.errors import TrackerError

UNDO = "desk.change_importrun"
OTHERWISE = ["kind", "encoding", "delimiter", "sheet"]


@admin.register(ImportRun, site=site)
class ImportRunAdmin(DeskAdmin):
    change_form_template = "admin/desk/importrun/change_form.html"
    change_list_template = "admin/desk/importrun/change_list.html"
    add_form_template = "admin/change_form.html"
    autocomplete_fields = ["source"]
    list_display = ["name", "source", "kind", "state", "counted", "created_by", "created_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["source", "created_by", "job"]
    search_fields = ["name", "source__name", "source__name_ar", "source__folded"]

    # A file is brought by a form; of what became of it nothing is typed.

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj:
            shown = ["source", "name", "size_told", "sha256", "created_by", "created_at"]
            return [(_("The file"), {"fields": [*shown, "committed_at"]})]
        otherwise = {"fields": OTHERWISE, "classes": ["collapse"]}
        return [
            (None, {"fields": ["source", "file"]}),
            (_("Read it otherwise than it is found to be"), otherwise),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["size_told"] if obj else []

    def get_form(  # type: ignore[override]
        self, request: HttpRequest, obj: Any = None, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(
            request, obj, **kwargs | {"form": DeskForm if obj else BringForm}
        )
        form.by = request.user
        return form

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "source":
            kwargs["queryset"] = db_field.related_model.objects.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Those of a source, or of a file, of this name."""
        by_source, _repeated = super().get_search_results(request, queryset, search_term)
        # What files are called is encrypted: they are few, so all names are read.
        names, typed = queryset.values_list("pk", "name"), search_term.casefold()
        named = [pk for pk, name in names if typed in name.casefold()]
        return queryset.filter(Q(pk__in=by_source.values("pk")) | Q(pk__in=named)), False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """The form has kept it with its file."""

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> HttpResponse:
        self.message_user(request, _("The file is kept. See below how it will be read."))
        return HttpResponseRedirect(_address(obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("size"))
    def size_told(self, run: ImportRun) -> str:
        return filesizeformat(run.size)

    @admin.display(description=gettext_lazy("rows"))
    def counted(self, run: ImportRun) -> str:
        told = (each for each in import_preview.counts(run) if each.number)
        return ", ".join(f"{each.number} {each.name}" for each in told)

    # The page of one file

    def get_urls(self) -> list[Any]:
        own = [
            path(f"<int:pk>/{address}", self.admin_site.admin_view(view), name=f"desk_{name}")
            for address, view, name in (
                ("read/", require_POST(self.read_view), "importrun_read"),
                ("map/", require_POST(self.map_view), "importrun_map"),
                ("check/", require_POST(self.check_view), "importrun_check"),
                ("commit/", require_POST(self.commit_view), "importrun_commit"),
                ("undo/", require_http_methods(["GET", "POST"])(self.undo_view), "importrun_undo"),
                ("progress.json", require_GET(self.progress_view), "importrun_progress"),
                ("refused.<str:form>", require_GET(self.refused_view), "importrun_refused"),
            )
        ]
        return own + super().get_urls()

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        run: ImportRun | None = kwargs.get("obj")
        # One button does: what comes next is the page of the file.
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        context |= {"title": run.name if run else _("Bring a file"), "subtitle": None}
        if run:
            context |= import_preview.of(run)
            context["may_bring"] = self.has_add_permission(request)
            context["may_undo"] = request.user.has_perm(UNDO)
            if run.is_open and context["may_bring"]:
                self._add_forms(context, run, request.user)
        return super().render_change_form(request, context, *args, **kwargs)

    def _add_forms(self, context: dict[str, Any], run: ImportRun, user: Any) -> None:
        try:
            look = importing.look(run)
        except TrackerError as refusal:
            context["unreadable"] = said(refusal)
            return
        names = import_preview.unknown_names(run)
        context.setdefault("reading_form", ReadingForm(look))
        context.setdefault("mapping_form", MappingForm(look, names))
        context |= import_preview.of_file(look) | import_preview.names(user)

    def read_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Read the file in another way."""
        run = self._found(request, pk, may="add")
        try:
            form = ReadingForm(importing.look(run), request.POST)
            if not form.is_valid():
                return self._shown_again(request, run, reading_form=form)
            form.read(run)
        except TrackerError as refusal:
            self.message_user(request, said(refusal), messages.ERROR)
        else:
            self.log_change(request, run, _("Read in another way."))
        return HttpResponseRedirect(_address(run))

    def map_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep a mapping, and check every row by it where that is asked for."""
        run = self._found(request, pk, may="add")
        try:
            look = importing.look(run)
        except TrackerError as refusal:
            return self._refused(request, run, refusal)
        form = MappingForm(look, import_preview.unknown_names(run), request.POST)
        if form.is_valid():
            try:
                importing.remap(run, form.mapping)
                if "_check" in request.POST:
                    importing.ask_to_check(run, by=request.user)  # type: ignore[arg-type]
            except TrackerError as refusal:
                form.add_error(None, said(refusal))
            else:
                self.log_change(request, run, _("Mapped."))
                return HttpResponseRedirect(_address(run))
        return self._shown_again(request, run, mapping_form=form)

    def check_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Have every row checked, again where that failed."""
        run = self._found(request, pk, may="add")
        try:
            importing.ask_to_check(run, by=request.user)  # type: ignore[arg-type]
        except TrackerError as refusal:
            return self._refused(request, run, refusal)
        return HttpResponseRedirect(_address(run))

    def commit_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Have the rows taken in: all that are good, or none unless all are."""
        run = self._found(request, pk, may="add")
        try:
            importing.ask_to_commit(
                run,
                by=request.user,  # type: ignore[arg-type]
                all_or_none="all_or_none" in request.POST,
            )
        except TrackerError as refusal:
            return self._refused(request, run, refusal)
        self.log_change(request, run, _("To be taken in."))
        return HttpResponseRedirect(_address(run))

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask whether all shall be taken away again, and have it done."""
        run = self._found(request, pk, may="view")
        if not request.user.has_perm(UNDO):
            raise PermissionDenied
        if request.method == "GET":
            return self._undo_page(request, run)
        try:
            importing.ask_to_undo(run, by=request.user)  # type: ignore[arg-type]
        except TrackerError as refusal:
            return self._refused(request, run, refusal)
        self.log_change(request, run, _("To be undone."))
        return HttpResponseRedirect(_address(run))

    def progress_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How far the work is, for the page that waits for its end."""
        run = self._found(request, pk, may="view")
        told = import_preview.progress(run)
        plain = {"under_way": run.is_under_way, "said": told.said, "percent": told.percent}
        return JsonResponse(plain, headers={"Cache-Control": "no-store"})

    def refused_view(self, request: HttpRequest, pk: int, form: str) -> Any:
        """The refused rows, to be mended and brought again."""
        run = self._found(request, pk, may="view")
        try:
            return import_refused.download(run, form)
        except TrackerError as refusal:
            return self._refused(request, run, refusal)

    def _found(self, request: HttpRequest, pk: int, *, may: str) -> ImportRun:
        allowed = {"add": self.has_add_permission, "view": self.has_view_permission}[may]
        if not (allowed(request) and self.has_view_permission(request)):
            raise PermissionDenied
        runs: QuerySet[ImportRun] = self.get_queryset(request)
        return get_object_or_404(runs.select_related("source", "job"), pk=pk)

    def _refused(self, request: HttpRequest, run: ImportRun, refusal: TrackerError) -> HttpResponse:
        self.message_user(request, said(refusal), messages.ERROR)
        return HttpResponseRedirect(_address(run))

    def _shown_again(self, request: HttpRequest, run: ImportRun, **forms: Any) -> HttpResponse:
        """The run's page as it is opened, but with a form as it was filled in."""
        opened = copy.copy(request)
        opened.method = "GET"
        return self.changeform_view(opened, str(run.pk), extra_context=forms)

    def _undo_page(self, request: HttpRequest, run: ImportRun) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Undo the whole import"),
            "opts": self.opts,
            "media": self.media,
            "original": run,
            "touched": importing.worked_on(run),
            "brought": import_preview.brought(run),
        }
        return TemplateResponse(request, "admin/desk/importrun/undo.html", context)


def _address(run: ImportRun) -> str:
    return reverse("admin:desk_importrun_change", args=[run.pk])
