"""The ledger: every change of what the desk answers for, each row bound to the one before it."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.desk.models.encrypted import EncryptedTextField
from tracker.desk.models.users import User

# What the revision holds by which an incident is signed. Within a text, JSON writes quotes otherwise.
SIGNING = '"published_at":"'


class RevisionQuerySet(models.QuerySet["Revision"]):
    def of(self, kind: str, number: int) -> Self:
        """Those of one thing: a report, an incident, an agreement with its terms, …"""
        return self.filter(kind=kind, thing=number)

    def oldest_first(self) -> Self:
        return self.order_by("number")


class Revision(models.Model):
    """One change of one thing: what it was before, and what it is since."""

    number = models.BigIntegerField(
        _("number"), primary_key=True, help_text=_("Its place in the ledger, counted from 1.")
    )
    kind = models.CharField(
        _("kind"), max_length=20, help_text=_("What sort of thing was changed.")
    )
    thing = models.BigIntegerField(_("thing"), help_text=_("The desk's own number of that thing."))
    by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
        help_text=_("Who changed it; empty for a command or a job."),
    )
    at = models.DateTimeField(_("at"), help_text=_("When, by the clock of the server."))
    why = models.TextField(_("why"), blank=True, help_text=_("The reason given, if any."))
    is_step = models.BooleanField(
        _("only a step"),
        default=False,
        help_text=_("It changes nothing but who may see the thing."),
    )
    before = models.TextField(
        _("before"),
        help_text=_("JSON: what was changed or taken away, by its path, as it was before."),
    )
    after = models.TextField(
        _("after"), help_text=_("JSON: what was changed or added, by its path, as it is since.")
    )
    previous = models.CharField(
        _("previous hash"), max_length=64, help_text=_("The hash of the revision before this one.")
    )
    hash = models.CharField(
        _("hash"),
        max_length=64,
        unique=True,
        help_text=_("SHA-256 of all of the above: no row changes without its changing."),
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        indexes = [models.Index(fields=["kind", "thing", "number"], name="revision_by_thing")]

    def __str__(self) -> str:
        return f"{self.number}: {self.kind} {self.thing}"


class Sealed(models.Model):
    """A confidential value that revisions name by its digest: it can be destroyed, they stand."""

    digest = models.CharField(
        _("digest"),
        max_length=64,
        primary_key=True,
        help_text=_("SHA-256 of the salt and the value: what the ledger holds in its stead."),
    )
    salt = models.CharField(
        _("salt"), max_length=32, help_text=_("Random, so that no one can guess the value.")
    )
    value = EncryptedTextField(_("value"), is_unlike=True, help_text=_("JSON."))

    class Meta:
        verbose_name = _("sealed value")
        verbose_name_plural = _("sealed values")

    def __str__(self) -> str:
        return self.digest


class Unrecorded(models.Model):
    """A change that is not in the ledger yet: the database lets no transaction end with one.

    Triggers write it, whatever makes the change. It names a revision that does not exist, so the
    foreign key, which is asked at the end of the transaction, refuses it.
    """

    kind = models.CharField(_("kind"), max_length=20, help_text=_("What sort of thing changed."))
    thing = models.BigIntegerField(_("thing"), help_text=_("The desk's own number of that thing."))
    revision: models.ForeignKey[Any, Any] = models.ForeignKey(
        Revision, models.DO_NOTHING, related_name="+", help_text=_("None: there is no number 0.")
    )

    class Meta:
        verbose_name = _("unrecorded change")
        verbose_name_plural = _("unrecorded changes")

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}"
