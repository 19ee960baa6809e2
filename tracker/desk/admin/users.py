from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group

from tracker.desk.admin.site import site
from tracker.desk.models import User


@admin.register(User, site=site)
class DeskUserAdmin(UserAdmin):
    list_display = ["username", "first_name", "last_name", "is_active", "is_staff", "last_login"]
    list_filter = ["groups", "is_active", "is_staff"]


site.register(Group, GroupAdmin)
