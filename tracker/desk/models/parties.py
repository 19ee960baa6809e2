from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.codebook import NameKind, PartyKind
from tracker.desk.models.fields import FoldedField, NameField
from tracker.desk.models.imports import Imported


class Party(Imported):
    """An actor: a state's forces, an armed group, a guarantor, a delegation."""

    slug = models.SlugField(
        _("slug"),
        unique=True,
        max_length=64,
        help_text=_("Public id of the party. It is never changed once made."),
    )
    name = NameField(_("name"), max_length=200, help_text=_("Current name in English."))
    name_ar = NameField(
        _("name in Arabic"), max_length=200, blank=True, help_text=_("Current name in Arabic.")
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=PartyKind, help_text=_("What sort of actor it is.")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="branches",
        verbose_name=_("parent"),
        help_text=_("The party it belongs to or answers to."),
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
        help_text=_("The party it became part of or turned into."),
    )
    succeeded_on = models.DateField(
        _("succeeded on"),
        null=True,
        blank=True,
        help_text=_("The day it did; empty where not known."),
    )
    folded = FoldedField(of=("name", "name_ar"), help_text=_("Its names, folded for search."))

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=F("id")), name="party_is_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PartyName(models.Model):
    """A name a party bears or bore, in one language, from one day to another."""

    party = models.ForeignKey(
        Party,
        models.CASCADE,
        related_name="names",
        verbose_name=_("party"),
        help_text=_("Who bears the name."),
    )
    name = NameField(_("name"), max_length=200, help_text=_("As written."))
    language = models.CharField(
        _("language"),
        max_length=12,
        default="en",
        help_text=_("BCP 47 code, such as ar or ar-Latn."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=16,
        choices=NameKind,
        default=NameKind.OFFICIAL,
        help_text=_("What sort of name it is."),
    )
    valid_from = models.DateField(
        _("valid from"), null=True, blank=True, help_text=_("First day; empty where not known.")
    )
    valid_to = models.DateField(
        _("valid to"), null=True, blank=True, help_text=_("Last day; empty where still borne.")
    )
    folded = FoldedField(of=("name",), help_text=_("The name, folded for search."))

    class Meta:
        verbose_name = _("party name")
        verbose_name_plural = _("party names")
        ordering = ["valid_from", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="party_name_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name
