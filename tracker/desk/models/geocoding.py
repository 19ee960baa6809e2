from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class GeocoderAnswer(models.Model):
    """What an online geocoder answered to a question: it is asked each question once."""

    provider = models.CharField(_("provider"), max_length=100, help_text=_("Whom was asked."))
    question = models.CharField(
        _("question"), max_length=300, help_text=_("The name or the position asked about.")
    )
    answer: models.JSONField[Any, Any] = models.JSONField(
        _("answer"), help_text=_("The places it named, best first; empty where it knows none.")
    )
    asked_at = models.DateTimeField(_("asked at"), help_text=_("When."))

    class Meta:
        verbose_name = _("geocoder's answer")
        verbose_name_plural = _("geocoders' answers")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "question"], name="geocoder_is_asked_a_question_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {self.question}"


class GeocoderTurn(models.Model):
    """When a provider may be asked next: one row that all processes take turns by."""

    provider = models.CharField(
        _("provider"), max_length=100, primary_key=True, help_text=_("Whom the turn is for.")
    )
    next_at = models.DateTimeField(_("next at"), help_text=_("Not to be asked before."))

    class Meta:
        verbose_name = _("geocoder's turn")
        verbose_name_plural = _("geocoders' turns")

    def __str__(self) -> str:
        return f"{self.provider}, {self.next_at}"
