"""Who may enter the desk, and what they may do there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tracker.desk.admin import tokens
from tracker.desk.admin.recorded import FreshForm, RecordedAdmin, as_one_change
from tracker.desk.admin.site import site
from tracker.desk.models import User
from tracker.desk.workflow import administrators, second_factor, sessions
from tracker.errors import Conflict

# What makes an administrator of someone.
MARKS = ("is_active", "is_staff", "is_superuser")


class UserForm(FreshForm, UserChangeForm):
    """A user, and what the user may do."""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        marks = {name: given.get(name, getattr(self.instance, name)) for name in MARKS}
        # What this page does not offer stays as it is.
        groups = given["groups"] if "groups" in given else self.instance.groups.all()
        if not administrators.administers(**marks, groups=groups):
            try:
                administrators.keep_one_without(self.instance)
            except Conflict as refusal:
                self.add_error(None, refusal.message)
        return given


class GroupForm(FreshForm):
    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.instance.pk and {"name", "permissions"} <= given.keys():
            group = Group.objects.get(pk=self.instance.pk)
            try:
                administrators.keep_group(group, name=given["name"], rights=given["permissions"])
            except Conflict as refusal:
                self.add_error(None, refusal.message)
        return given


class RightsAdmin(RecordedAdmin):
    """For who has rights: nobody gives one they do not have, or touches who has more than they."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or administrators.may_change(obj, request.user))  # type: ignore[arg-type]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or administrators.may_change(obj, request.user))  # type: ignore[arg-type]

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        of = administrators.groups_within if db_field.name == "groups" else administrators.grantable
        kwargs["queryset"] = of(request.user)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        # Each is asked about by itself.
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions


@admin.register(User, site=site)
class DeskUserAdmin(RightsAdmin, UserAdmin):
    form = UserForm
    list_display = ["username", "first_name", "last_name", "is_active", "is_staff", "last_login"]
    list_filter = ["groups", "is_active", "is_staff"]
    search_fields = ["username", "first_name", "last_name"]
    readonly_fields = ["last_login", "date_joined"]
    actions = ["take_second_factor_away", "end_sessions"]
    # With a password alone nobody can do anything: what a user is for is asked at once.
    add_fieldsets = [*UserAdmin.add_fieldsets, (None, {"fields": ["groups", "is_staff"]})]

    change_form_template = "admin/desk/user/change_form.html"

    def get_urls(self) -> list[Any]:
        page = require_http_methods(["GET", "POST"])(self.tokens_view)
        own = path("<int:pk>/tokens/", self.admin_site.admin_view(page), name="desk_user_tokens")
        return [own, *super().get_urls()]

    def tokens_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return as_one_change(request, self._tokens, pk)

    def _tokens(self, request: HttpRequest, pk: int) -> HttpResponse:
        return tokens.answer(self, request, pk)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"is_staff": True, **super().get_changeform_initial_data(request)}

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def user_change_password(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return as_one_change(request, super().user_change_password, *args, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        fixed = [*super().get_readonly_fields(request, obj)]
        beyond = [] if request.user.is_superuser else ["is_superuser", "user_permissions"]
        return [*fixed, *beyond]

    def delete_view(self, request: HttpRequest, object_id: str, *args: Any) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, *args)
        except Conflict as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
            return HttpResponseRedirect(reverse("admin:desk_user_change", args=[object_id]))

    @admin.action(
        permissions=["change"], description=_("Take the second factor away, to be set up anew")
    )
    def take_second_factor_away(self, request: HttpRequest, users: QuerySet[User]) -> None:
        for user in users:
            if not self.has_change_permission(request, user):
                said = _("“%s” may do more than you: another administrator has to.")
                self.message_user(request, said % user, messages.ERROR)
            elif second_factor.take_away(user):
                sessions.end(user)
                self.message_user(request, _("“%s” sets up a second factor anew.") % user)

    @admin.action(permissions=["change"], description=_("End all sessions"))
    def end_sessions(self, request: HttpRequest, users: QuerySet[User]) -> None:
        for user in users:
            number = sessions.end(user)
            said = ngettext(
                "%(number)d session of “%(user)s” has been ended.",
                "%(number)d sessions of “%(user)s” have been ended.",
                number,
            )
            self.message_user(request, said % {"number": number, "user": user})

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        administrators.keep_one_without(obj)
        super().delete_model(request, obj)


@admin.register(Group, site=site)
class DeskGroupAdmin(RightsAdmin, GroupAdmin):
    form = GroupForm

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_kept = obj is not None and obj.name == administrators.GROUP
        return super().has_delete_permission(request, obj) and not is_kept
