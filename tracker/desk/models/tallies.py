"""Counts that monitors publish in bulletins. They are never added to incidents, nor to one another."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.desk.models.encrypted import EncryptedCharField, EncryptedTextField
from tracker.desk.models.imports import Imported
from tracker.desk.models.parties import Party
from tracker.desk.models.places import Place
from tracker.desk.models.sources import SEE_CONFIDENTIAL, Source
from tracker.desk.models.users import User


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of sources this user may know of."""
        if user.has_perm(SEE_CONFIDENTIAL):
            return self
        return self.exclude(Q(monitor__is_confidential=True) | Q(counterpart__is_confidential=True))


class Bulletin(Imported):
    """What one monitor counted in one period, with the answers of its counterpart."""

    public_id = models.UUIDField(
        _("public id"), unique=True, default=uuid.uuid4, editable=False, help_text=_("Random.")
    )
    monitor = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="bulletins",
        verbose_name=_("monitor"),
        help_text=_("Who counted: not who passes it on."),
    )
    date_start = models.DateField(_("first day"), help_text=_("First day counted."))
    date_end = models.DateField(
        _("last day"), help_text=_("Last day counted: the day the bulletin belongs to.")
    )
    measure = models.CharField(
        _("measure"),
        max_length=60,
        blank=True,
        help_text=_("What it counts, in its own word, such as violations or breaches."),
    )
    counterpart = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bulletins_answered",
        verbose_name=_("counterpart"),
        help_text=_("Whose answers to the counts it gives, if any."),
    )
    document = models.CharField(
        _("document"),
        max_length=300,
        help_text=_("Where the counts were read: its title, or who relays them."),
    )
    url = models.URLField(_("address"), max_length=500, blank=True, help_text=_("Where it stands."))
    stated_on = models.DateField(
        _("stated on"), null=True, blank=True, help_text=_("Day it was given out.")
    )
    note = EncryptedTextField(
        _("staff note"), blank=True, help_text=_("For the desk; never published.")
    )
    published_on = models.DateField(
        _("published on"),
        null=True,
        editable=False,
        help_text=_("Day of first publication; empty while only the desk sees it."),
    )

    objects = BulletinQuerySet.as_manager()

    class Meta:
        verbose_name = _("bulletin")
        verbose_name_plural = _("bulletins")
        ordering = ["-date_end", "monitor__name", "id"]
        permissions = [("publish_bulletin", _("Can publish bulletins"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(date_end__gte=F("date_start")),
                name="bulletin_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(counterpart=None) | ~Q(counterpart=F("monitor")),
                name="bulletin_is_not_answered_by_its_monitor",
                violation_error_message=_("A monitor does not answer itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.monitor}, {self.date_start} – {self.date_end}"


def _count(name: Any, help_text: Any) -> Any:
    return models.PositiveIntegerField(name, null=True, blank=True, help_text=help_text)


class Tally(Imported):
    """One count of a bulletin: in an area, of what one party is accused of, with the answer to it."""

    public_id = models.UUIDField(
        _("public id"), unique=True, default=uuid.uuid4, editable=False, help_text=_("Random.")
    )
    bulletin = models.ForeignKey(
        Bulletin,
        models.CASCADE,
        related_name="tallies",
        verbose_name=_("bulletin"),
        help_text=_("What it stands in."),
    )
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tallies",
        verbose_name=_("area"),
        help_text=_("Where; empty for the whole country."),
    )
    accused = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tallies",
        verbose_name=_("accused"),
        help_text=_("Who is said to have done it; empty where not told."),
    )
    count = _count(_("count"), _("How many it reports; empty where not told, never 0 for unknown."))
    confirmed = _count(_("confirmed"), _("How many of them the counterpart confirms."))
    cannot_confirm = _count(
        _("cannot confirm"), _("Of how many the counterpart says that it cannot confirm them.")
    )
    target_excluded = _count(
        _("target excluded"),
        _("Of how many the counterpart says that they hit whom the agreement leaves out."),
    )
    pending = _count(_("pending"), _("How many the counterpart still looks into."))
    as_written = models.CharField(
        _("as written"), max_length=300, blank=True, help_text=_("In the bulletin's own words.")
    )
    note = EncryptedCharField(
        _("staff note"), max_length=300, blank=True, help_text=_("For the desk; never published.")
    )

    ANSWERS = ("confirmed", "cannot_confirm", "target_excluded", "pending")

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        ordering = ["bulletin", "id"]

    def __str__(self) -> str:
        area = self.place.name if self.place else str(_("whole country"))
        return f"{area}: {'?' if self.count is None else self.count}"

    @property
    def answers(self) -> dict[str, int | None]:
        """What the counterpart answers, by kind of answer; None where not told."""
        return {name: getattr(self, name) for name in self.ANSWERS}
