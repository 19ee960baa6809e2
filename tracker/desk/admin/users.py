from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group

from tracker.desk.admin.recorded import FreshForm, RecordedAdmin
from tracker.desk.admin.site import site
from tracker.desk.models import User


class UserForm(FreshForm, UserChangeForm):
    """A user, and what the user may do."""


@admin.register(User, site=site)
class DeskUserAdmin(RecordedAdmin, UserAdmin):
    form = UserForm
    list_display = ["username", "first_name", "last_name", "is_active", "is_staff", "last_login"]
    list_filter = ["groups", "is_active", "is_staff"]


@admin.register(Group, site=site)
class DeskGroupAdmin(RecordedAdmin, GroupAdmin):
    form = FreshForm
