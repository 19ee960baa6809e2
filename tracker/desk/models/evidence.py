from __future__ import annotations

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.desk.models.encrypted import EncryptedCharField, EncryptedTextField
from tracker.desk.models.incidents import Incident
from tracker.desk.models.reports import Report
from tracker.desk.models.users import User

SEE_EVIDENCE = "desk.view_evidence"
SEE_CONFIDENTIAL_EVIDENCE = "desk.view_confidential_evidence"
NAME_LENGTH = 200


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What this user may open: never more than the report or incident it is kept for."""
        if not user.has_perm(SEE_EVIDENCE):
            return self.none()
        visible = self.filter(
            Q(report__in=Report.objects.visible_to(user))
            | Q(incident__in=Incident.objects.visible_to(user))
        )
        # Not the right to see confidential sources: a file may betray others than its source.
        if user.has_perm(SEE_CONFIDENTIAL_EVIDENCE):
            return visible
        return visible.filter(is_confidential=False)


class Evidence(models.Model):
    """A file that bears out a report or an incident, kept byte for byte as it was received."""

    report = models.ForeignKey(
        Report,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="evidence",
        verbose_name=_("report"),
        help_text=_("The report it is kept for, where it is not kept for an incident."),
    )
    incident = models.ForeignKey(
        Incident,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="evidence",
        verbose_name=_("incident"),
        help_text=_("The incident it is kept for, where it is not kept for a report."),
    )
    sha256 = models.CharField(
        "SHA-256",
        max_length=64,
        db_index=True,
        editable=False,
        help_text=_("The SHA-256 of its bytes as they were received: also where they lie."),
    )
    size = models.PositiveBigIntegerField(
        _("size"), editable=False, help_text=_("How many bytes it has.")
    )
    content_type = models.CharField(
        _("content type"),
        max_length=100,
        editable=False,
        help_text=_("The media type its bytes show, whatever its name says."),
    )
    name = EncryptedCharField(
        _("name as received"),
        max_length=NAME_LENGTH,
        blank=True,
        editable=False,
        help_text=_("What the file was called by its sender. Confidential."),
    )
    url = models.URLField(
        _("address"), max_length=1000, blank=True, help_text=_("Where it was captured from.")
    )
    captured_at = models.DateTimeField(
        _("captured at"), null=True, blank=True, help_text=_("When it was captured from there.")
    )
    note = EncryptedTextField(
        _("staff note"), blank=True, help_text=_("For the desk; never published.")
    )
    is_graphic = models.BooleanField(
        _("graphic"),
        default=False,
        help_text=_("It shows the dead, the wounded or cruelty: look at it prepared."),
    )
    is_confidential = models.BooleanField(
        _("confidential"),
        default=False,
        help_text=_("It may betray somebody: for those alone who may see confidential evidence."),
    )
    received_by = models.ForeignKey(
        User,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("received by"),
        help_text=_("Who brought it to the desk."),
    )
    received_at = models.DateTimeField(
        _("received at"), auto_now_add=True, help_text=_("When it reached the desk.")
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["received_at", "id"]
        permissions = [("view_confidential_evidence", _("Can see confidential evidence"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(report__isnull=False, incident__isnull=True)
                | Q(report__isnull=True, incident__isnull=False),
                name="evidence_is_of_a_report_or_an_incident",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="evidence_is_not_empty"),
        ]

    def __str__(self) -> str:
        # This string reaches logs and histories: its name may tell who took it, and of whom.
        return str(_("evidence %s") % self.pk)
