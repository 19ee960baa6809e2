from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from tracker.desk.models.users import User


class JobState(models.TextChoices):
    """How far a job has come."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


UNFINISHED = (JobState.WAITING, JobState.RUNNING)


class JobQuerySet(models.QuerySet["Job"]):
    def unbegun(self) -> Self:
        return self.filter(state=JobState.WAITING, started_at__isnull=True)

    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED)

    def failed(self) -> Self:
        return self.filter(state=JobState.FAILED)

    def held_by(self, worker: str) -> Self:
        return self.filter(state=JobState.RUNNING, worker=worker)

    def free(self, at: dt.datetime) -> Self:
        """What a worker may take: it waits behind none of its key, or its worker's lease ran out."""
        running = Job.objects.filter(state=JobState.RUNNING, key=OuterRef("key"))
        waiting = Q(state=JobState.WAITING) & ~Exists(running)
        return self.filter(waiting | Q(state=JobState.RUNNING, lease_until__lte=at))


class Job(models.Model):
    """Work that outlives the request that asked for it, and the worker that began it."""

    kind = models.CharField(_("kind"), max_length=50, help_text=_("Which work it is."))
    arguments: models.JSONField[Any, Any] = models.JSONField(
        _("arguments"), default=dict, help_text=_("The ids of what it is about.")
    )
    key = models.CharField(
        _("key"),
        max_length=200,
        help_text=_(
            "What it is about: of equal jobs one at a time waits to be begun, and one runs."
        ),
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=JobState,
        default=JobState.WAITING,
        help_text=_("Whether it waits for a worker, runs, is done or has failed."),
    )
    attempts = models.PositiveSmallIntegerField(
        _("attempts"),
        default=0,
        help_text=_("How often it was begun since it last went forward."),
    )
    worker = models.CharField(
        _("worker"),
        max_length=100,
        blank=True,
        help_text=_("The process that has it, or had it last."),
    )
    lease_until = models.DateTimeField(
        _("lease until"),
        null=True,
        blank=True,
        help_text=_("Until when no other worker takes it; empty unless it runs."),
    )
    heartbeat_at = models.DateTimeField(
        _("last sign of life"),
        help_text=_("When it was last put into the queue, begun, taken forward or ended."),
    )
    done = models.PositiveIntegerField(
        _("done"), default=0, help_text=_("How many things it has dealt with.")
    )
    total = models.PositiveIntegerField(
        _("total"),
        null=True,
        blank=True,
        help_text=_("How many it has to deal with; empty while that is not known."),
    )
    cursor: models.JSONField[Any, Any] = models.JSONField(
        _("cursor"),
        null=True,
        blank=True,
        help_text=_("Where it goes on; empty where it begins at the beginning."),
    )
    error = models.TextField(
        _("error"), blank=True, help_text=_("Why it failed, or what went wrong the last time.")
    )
    created_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked for by"),
        help_text=_("Whose change made it necessary; empty where a command did."),
    )
    created_at = models.DateTimeField(
        _("asked for at"), auto_now_add=True, help_text=_("When it was asked for.")
    )
    started_at = models.DateTimeField(
        _("started at"), null=True, blank=True, help_text=_("When it was begun for the first time.")
    )
    finished_at = models.DateTimeField(
        _("finished at"), null=True, blank=True, help_text=_("When it was done, or failed.")
    )

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(state__in=UNFINISHED), name="job_is_looked_for_in_turn"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(state=JobState.WAITING, started_at__isnull=True),
                name="job_waits_once_a_key",
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(state=JobState.RUNNING),
                name="job_runs_once_a_key",
            ),
            models.CheckConstraint(
                condition=Q(state__in=JobState.values), name="job_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=JobState.RUNNING, lease_until__isnull=False) & ~Q(worker="")
                    | ~Q(state=JobState.RUNNING) & Q(lease_until__isnull=True)
                ),
                name="job_is_leased_while_it_runs",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=UNFINISHED, finished_at__isnull=True)
                    | ~Q(state__in=UNFINISHED) & Q(finished_at__isnull=False)
                ),
                name="job_is_finished_when_it_has_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def percent(self) -> int | None:
        """How much of it is done, 0 to 100; None while that is not known."""
        if self.state == JobState.DONE:
            return 100
        if not self.total:
            return None
        return min(100, 100 * self.done // self.total)
