"""What files bring: each run of an import, and the rows of it that a person has to look at."""

from __future__ import annotations

from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.desk.models.encrypted import EncryptedCharField, EncryptedJSONField
from tracker.desk.models.jobs import UNFINISHED, Job
from tracker.desk.models.sources import SEE_CONFIDENTIAL, Source
from tracker.desk.models.users import User


class ImportKind(models.TextChoices):
    """What the rows of a file are taken for."""

    REPORTS = "reports", _("reports")
    TALLIES = "tallies", _("tallies")
    COVERAGE = "coverage", _("coverage periods")
    PARTIES = "parties", _("parties")


class ImportState(models.TextChoices):
    """How far a run has come. What is under way is a job's work."""

    RECEIVED = "received", _("to be checked")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked")
    COMMITTING = "committing", _("being taken in")
    COMMITTED = "committed", _("taken in")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


UNDER_WAY = (ImportState.CHECKING, ImportState.COMMITTING, ImportState.UNDOING)


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of sources this user may know of."""
        if user.has_perm(SEE_CONFIDENTIAL):
            return self
        return self.filter(source__is_confidential=False)


class ImportRun(models.Model):
    """One file and what came of it: read, checked row by row, taken in, and perhaps undone."""

    source = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="import_runs",
        verbose_name=_("source"),
        help_text=_("Whose file it is: what its rows say, this source says."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=ImportKind,
        default=ImportKind.REPORTS,
        help_text=_("What its rows are taken for."),
    )
    name = EncryptedCharField(
        _("name as received"),
        max_length=200,
        help_text=_("What the file was called by its sender. Confidential."),
    )
    sha256 = models.CharField(
        "SHA-256",
        max_length=64,
        db_index=True,
        help_text=_("The SHA-256 of its bytes as they were received: also where they lie."),
    )
    size = models.PositiveBigIntegerField(_("size"), help_text=_("How many bytes it has."))
    choices: models.JSONField[Any, Any] = models.JSONField(
        _("how it is read"),
        default=dict,
        blank=True,
        help_text=_("Encoding, delimiter and sheet, as recognised or as chosen."),
    )
    mapping: models.JSONField[Any, Any] = models.JSONField(
        _("mapping"),
        default=dict,
        blank=True,
        help_text=_("Which column tells what, and what its values mean."),
    )
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=ImportState,
        default=ImportState.RECEIVED,
        help_text=_("Whether it waits for its mapping, was checked, taken in or undone."),
    )
    counts: models.JSONField[Any, Any] = models.JSONField(
        _("counts"),
        default=dict,
        blank=True,
        help_text=_("How many rows are new, changed, unchanged, refused, by the last step."),
    )
    findings: models.JSONField[Any, Any] = models.JSONField(
        _("findings"),
        default=dict,
        blank=True,
        help_text=_("Names that nobody here knows, as checked."),
    )
    repeats: models.JSONField[Any, Any] = models.JSONField(
        _("repeats"),
        default=dict,
        blank=True,
        help_text=_("New rows that tell what another row or report tells, as checked."),
    )
    job = models.ForeignKey(
        Job,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("job"),
        help_text=_("The work that is under way, or was last."),
    )
    created_by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="import_runs",
        verbose_name=_("brought by"),
        help_text=_("Who brought the file."),
    )
    created_at = models.DateTimeField(
        _("brought at"), auto_now_add=True, help_text=_("When it reached the desk.")
    )
    committed_at = models.DateTimeField(
        _("taken in at"), null=True, blank=True, help_text=_("When its last row was taken in.")
    )

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ImportState.values),
                name="import_is_in_a_known_state",
            ),
        ]

    def __str__(self) -> str:
        # Neither its source nor its name, which may be confidential: this reaches logs.
        return str(_("import %s") % self.pk)

    @property
    def is_under_way(self) -> bool:
        """Whether a job has it, so that nobody else may change it."""
        return bool(self.state in UNDER_WAY and self.job and self.job.state in UNFINISHED)

    @property
    def is_open(self) -> bool:
        """Whether it may still be read in another way: nothing of it was taken in."""
        open_states = {ImportState.RECEIVED, ImportState.CHECKING, ImportState.CHECKED}
        return self.state in open_states and not self.is_under_way


class RowOutcome(models.TextChoices):
    """Why a row is shown to a person."""

    REFUSED = "refused", _("refused")
    GONE = "gone", _("no longer in the file")


class ImportRow(models.Model):
    """A row of a file that was refused, or that an earlier file had and this one has not."""

    run = models.ForeignKey(
        ImportRun,
        models.CASCADE,
        related_name="rows",
        verbose_name=_("import"),
        help_text=_("The run it belongs to."),
    )
    line = models.PositiveIntegerField(
        _("line"),
        null=True,
        blank=True,
        help_text=_("Where it begins in the file, counted from 1; empty for one that is gone."),
    )
    outcome = models.CharField(
        _("outcome"), max_length=8, choices=RowOutcome, help_text=_("What became of it.")
    )
    faults: models.JSONField[Any, Any] = models.JSONField(
        _("reasons"), default=list, blank=True, help_text=_("What is wrong, column by column.")
    )
    cells = EncryptedJSONField(
        _("cells"), default=list, blank=True, help_text=_("The row as it was received.")
    )
    report = models.ForeignKey(
        "Report",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("report"),
        help_text=_("The report an earlier file made of it, for one that is gone."),
    )

    class Meta:
        verbose_name = _("import row")
        verbose_name_plural = _("import rows")
        ordering = ["run", "line", "id"]

    def __str__(self) -> str:
        return f"{self.run}: {self.line}"


class Imported(models.Model):
    """What a row of a file was made into."""

    import_run = models.ForeignKey(
        ImportRun,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="%(class)s_set",
        verbose_name=_("import"),
        help_text=_("The import that brought it; empty where it was typed or submitted."),
    )
    import_line = models.PositiveIntegerField(
        _("line"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Where its row begins in the file, counted from 1."),
    )
    fingerprint = models.CharField(
        _("fingerprint"),
        max_length=32,
        blank=True,
        editable=False,
        help_text=_("Tells whether a row says again what was taken in before. Confidential."),
    )

    class Meta:
        abstract = True
