from __future__ import annotations

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.codebook import Reliability, SourceKind
from tracker.desk.models.fields import FoldedField, NameField
from tracker.desk.models.users import User

SEE_CONFIDENTIAL = "desk.view_confidential_source"


class SourceQuerySet(models.QuerySet["Source"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What this user may know of: a confidential source only with the right to."""
        return self if user.has_perm(SEE_CONFIDENTIAL) else self.filter(is_confidential=False)


class Source(models.Model):
    """Who speaks: a monitor, a newspaper, a ministry, a witness."""

    slug = models.SlugField(
        _("slug"),
        unique=True,
        max_length=64,
        help_text=_("Public id of the source. It is never changed once made."),
    )
    name = NameField(_("name"), max_length=200, help_text=_("Name in English."))
    name_ar = NameField(
        _("name in Arabic"), max_length=200, blank=True, help_text=_("Name in Arabic.")
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
    independence_group = models.CharField(
        _("independence group"),
        max_length=64,
        blank=True,
        help_text=_("Sources that draw on one another share a group and count once."),
    )
    url = models.URLField(_("address"), max_length=500, blank=True, help_text=_("Its web site."))
    is_confidential = models.BooleanField(
        _("confidential"),
        default=False,
        help_text=_("Its name is for the desk alone: the public sees only what kind it is."),
    )
    note = models.TextField(
        _("staff note"), blank=True, help_text=_("For the desk; never published.")
    )
    folded = FoldedField(of=("name", "name_ar"), help_text=_("Its names, folded for search."))

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]
        permissions = [("view_confidential_source", _("Can see confidential sources"))]

    def __str__(self) -> str:
        # This string reaches logs and histories that outlive any right to see the name.
        return str(_("confidential source %s") % self.pk) if self.is_confidential else self.name
