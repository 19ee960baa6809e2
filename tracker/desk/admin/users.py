from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse

from tracker.desk.admin.recorded import FreshForm, RecordedAdmin, as_one_change
from tracker.desk.admin.site import site
from tracker.desk.models import User


class UserForm(FreshForm, UserChangeForm):
    """A user, and what the user may do."""


@admin.register(User, site=site)
class DeskUserAdmin(RecordedAdmin, UserAdmin):
    form = UserForm
    list_display = ["username", "first_name", "last_name", "is_active", "is_staff", "last_login"]
    list_filter = ["groups", "is_active", "is_staff"]
    # With a password alone nobody can do anything: what a user is for is asked at once.
    add_fieldsets = [*UserAdmin.add_fieldsets, (None, {"fields": ["groups", "is_staff"]})]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"is_staff": True, **super().get_changeform_initial_data(request)}

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def user_change_password(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return as_one_change(request, super().user_change_password, *args, **kwargs)


@admin.register(Group, site=site)
class DeskGroupAdmin(RecordedAdmin, GroupAdmin):
    form = FreshForm
