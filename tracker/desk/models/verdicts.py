from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.codebook import ScopeTest, VerdictCode
from tracker.desk.models.incidents import Incident
from tracker.desk.models.terms import Reading


class Verdict(models.Model):
    """What an incident is to an agreement under one reading. The judge alone writes it."""

    incident = models.ForeignKey(
        Incident,
        models.CASCADE,
        related_name="verdicts",
        verbose_name=_("incident"),
        help_text=_("What was judged."),
    )
    reading = models.ForeignKey(
        Reading,
        models.CASCADE,
        related_name="verdicts",
        verbose_name=_("reading"),
        help_text=_("The reading it was judged under."),
    )
    code = models.CharField(
        _("verdict"), max_length=12, choices=VerdictCode, help_text=_("What it came to.")
    )
    test = models.CharField(
        _("test"),
        max_length=20,
        choices=ScopeTest,
        blank=True,
        help_text=_("The first test that fails or cannot be answered; empty for a violation."),
    )
    findings: models.JSONField[Any, Any] = models.JSONField(
        _("findings"), help_text=_("How each of the five tests was answered, and why.")
    )
    rules = models.CharField(
        _("rules"), max_length=20, help_text=_("Version of the judge's rules.")
    )

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        ordering = ["incident", "reading"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "reading"], name="one_verdict_an_incident_and_reading"
            ),
            models.CheckConstraint(
                condition=Q(code=VerdictCode.VIOLATION, test="") | ~Q(code=VerdictCode.VIOLATION),
                name="a_violation_passes_every_test",
            ),
        ]
        indexes = [models.Index(fields=["reading", "code"], name="verdict_by_reading")]

    def __str__(self) -> str:
        return f"{self.reading}: {self.get_code_display()}"
