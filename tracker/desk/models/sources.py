from __future__ import annotations

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.codebook import Reliability, SourceKind
from tracker.desk.models.encrypted import (
    EncryptedCharField,
    EncryptedFoldedField,
    EncryptedNameField,
    EncryptedSlugField,
    EncryptedTextField,
    EncryptedURLField,
    encrypted_where,
)
from tracker.desk.models.users import User

# What tells who a source is: encrypted where it is confidential.
IDENTITY = ("slug", "name", "name_ar", "independence_group", "url", "folded")
SEE_CONFIDENTIAL = "desk.view_confidential_source"


class SourceQuerySet(models.QuerySet["Source"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What this user may know of: a confidential source only with the right to."""
        return self if user.has_perm(SEE_CONFIDENTIAL) else self.filter(is_confidential=False)

    def hidden_with(self, folded: str) -> list[int]:
        """The confidential ones whose names hold all of these folded words: few, so all are read."""
        hidden = self.filter(is_confidential=True).values_list("pk", "folded")
        return [pk for pk, names in hidden if all(word in names for word in folded.split())]


class Source(models.Model):
    """Who speaks: a monitor, a newspaper, a ministry, a witness."""

    slug = EncryptedSlugField(
        _("slug"),
        where="is_confidential",
        unique=True,
        max_length=64,
        help_text=_("Public id of the source. It is never changed once made."),
    )
    name = EncryptedNameField(
        _("name"), where="is_confidential", max_length=200, help_text=_("Name in English.")
    )
    name_ar = EncryptedNameField(
        _("name in Arabic"),
        where="is_confidential",
        max_length=200,
        blank=True,
        help_text=_("Name in Arabic."),
    )
    kind = models.CharField(
        _("kind"), max_length=16, choices=SourceKind, help_text=_("What sort of body it is.")
    )
    alignment = models.ForeignKey(
        "Party",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="aligned_sources",
        verbose_name=_("aligned with"),
        help_text=_("The party it belongs to or speaks for, if any."),
    )
    reliability = models.CharField(
        _("reliability"),
        max_length=1,
        choices=Reliability,
        default=Reliability.F,
        help_text=_("The desk's own grading of the source as such; never published."),
    )
    language = models.CharField(
        _("language"),
        max_length=12,
        default="ar",
        help_text=_("BCP 47 code of the language it usually writes in."),
    )
    independence_group = EncryptedCharField(
        _("independence group"),
        where="is_confidential",
        max_length=64,
        blank=True,
        help_text=_("Sources that draw on one another share a group and count once."),
    )
    url = EncryptedURLField(
        _("address"),
        where="is_confidential",
        max_length=500,
        blank=True,
        help_text=_("Its web site."),
    )
    is_confidential = models.BooleanField(
        _("confidential"),
        default=False,
        help_text=_("Its name is for the desk alone: the public sees only what kind it is."),
    )
    note = EncryptedTextField(
        _("staff note"), blank=True, help_text=_("For the desk; never published.")
    )
    folded = EncryptedFoldedField(
        of=("name", "name_ar"),
        where="is_confidential",
        help_text=_("Its names, folded for search."),
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]
        permissions = [("view_confidential_source", _("Can see confidential sources"))]
        constraints = [
            encrypted_where("is_confidential", IDENTITY, name="source_is_confidential_in_cipher")
        ]

    def __str__(self) -> str:
        # This string reaches logs and histories that outlive any right to see the name.
        return str(_("confidential source %s") % self.pk) if self.is_confidential else self.name
