from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from tracker.public import checks


class PublicConfig(AppConfig):
    name = "tracker.public"
    label = "public"
    verbose_name = _("What is published")

    def ready(self) -> None:
        register(checks.refuses_a_sqlite_that_can_corrupt)
