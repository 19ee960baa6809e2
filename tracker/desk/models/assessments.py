"""What the desk holds of an incident, and why. An assessment stands until a newer one follows it."""

from __future__ import annotations

from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from tracker.codebook import (
    Assessed,
    Attribution,
    Codes,
    DatePrecision,
    Geolocation,
    GeoPrecision,
    Group,
    Harm,
    Intent,
    Proof,
    Verification,
)
from tracker.desk.models.encrypted import EncryptedTextField
from tracker.desk.models.incidents import Incident
from tracker.desk.models.parties import Party
from tracker.desk.models.reports import Report
from tracker.desk.models.sources import SEE_CONFIDENTIAL
from tracker.desk.models.users import User

# The code lists of `value`, and which columns each kind of assessment fills.
VALUES: dict[str, type[Codes]] = {
    Assessed.VERIFICATION: Verification,
    Assessed.ATTRIBUTION: Attribution,
    Assessed.INTENT: Intent,
    Assessed.PLACE: Geolocation,
}
HELD: dict[str, tuple[str, ...]] = {
    Assessed.VERIFICATION: ("value",),
    Assessed.ATTRIBUTION: ("value", "party"),
    Assessed.INTENT: ("value",),
    Assessed.PLACE: ("value", "geo_precision", "radius_m"),
    Assessed.DATE: ("date_precision",),
    Assessed.FIGURE: ("harm", "group", "low", "best", "high"),
}
# Those columns where they say nothing.
EMPTY: dict[str, str | None] = {
    **dict.fromkeys(("value", "harm", "group"), ""),
    **dict.fromkeys(("party", "geo_precision", "radius_m", "date_precision"), None),
    **dict.fromkeys(("low", "best", "high"), None),
}


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those that rest on a confidential source's report only with the right to."""
        if user.has_perm(SEE_CONFIDENTIAL):
            return self
        return self.exclude(
            Q(basis_report__source__is_confidential=True)
            | Q(basis_report__relayed_from__is_confidential=True)
        )

    def standing(self) -> Self:
        """The latest of each thing assessed: of each party, and of each figure, by itself."""
        same = {name: OuterRef(name) for name in ("incident", "assessed", "harm", "group")}
        newer = Assessment.objects.filter(**same, pk__gt=OuterRef("pk"))
        # Of one thing assessed either all have a party or none has.
        newer = newer.filter(Q(party=OuterRef("party")) | Q(party=None))
        return self.filter(~Exists(newer))


def _shape(assessed: str, **told: Any) -> Q:
    empty = {name: none for name, none in EMPTY.items() if name not in HELD[assessed]}
    return Q(assessed=assessed, **empty, **told)


def _count(name: Any, help_text: Any) -> Any:
    return models.PositiveIntegerField(name, null=True, blank=True, help_text=help_text)


class Assessment(models.Model):
    """What one member of the desk came to hold of an incident, by which standard, and why."""

    incident = models.ForeignKey(
        Incident,
        models.PROTECT,
        related_name="assessments",
        verbose_name=_("incident"),
        help_text=_("What is assessed."),
    )
    assessed = models.CharField(
        _("assessed"), max_length=16, choices=Assessed, help_text=_("What of it is assessed.")
    )
    value = models.CharField(
        _("value"),
        max_length=24,
        blank=True,
        choices=[choice for codes in VALUES.values() for choice in codes.choices],
        help_text=_("What it is held to be; empty where dates or figures are assessed."),
    )
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attributions",
        verbose_name=_("party"),
        help_text=_("Whom an attribution is about: each party by itself."),
    )
    geo_precision = models.PositiveSmallIntegerField(
        _("place precision"),
        choices=GeoPrecision,
        null=True,
        blank=True,
        help_text=_("How well the place is known (UCDP)."),
    )
    radius_m = models.PositiveIntegerField(
        _("radius in metres"),
        null=True,
        blank=True,
        help_text=_("How far from the position it may have been."),
    )
    date_precision = models.PositiveSmallIntegerField(
        _("date precision"),
        choices=DatePrecision,
        null=True,
        blank=True,
        help_text=_("How well the date is known (UCDP)."),
    )
    harm = models.CharField(
        _("harm"), max_length=12, choices=Harm, blank=True, help_text=_("What a figure counts.")
    )
    group = models.CharField(
        _("group"), max_length=12, choices=Group, blank=True, help_text=_("Whom a figure counts.")
    )
    low = _count(_("low"), _("At least; empty is unknown, 0 is none."))
    best = _count(_("best"), _("The number led with; empty is unknown."))
    high = _count(_("high"), _("At most; empty is unknown."))
    basis_report = models.ForeignKey(
        Report,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assessments",
        verbose_name=_("report it follows"),
        help_text=_("The report it rests on; a figure follows the one this report gives."),
    )
    basis = models.CharField(
        _("basis"),
        max_length=500,
        blank=True,
        help_text=_("In public words, what it rests on. Name no confidential source."),
    )
    proof = models.CharField(
        _("standard of proof"),
        max_length=24,
        choices=Proof,
        help_text=_("How sure one had to be for it to hold."),
    )
    rationale = EncryptedTextField(
        _("rationale"), help_text=_("Why it is held. For the desk; never published.")
    )
    author = models.ForeignKey(
        User,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("author"),
        help_text=_("Who assessed it."),
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True, help_text=_("When."))

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                # That a column is not null is said as well: of null, a range is not false.
                condition=_shape(Assessed.VERIFICATION, value__in=Verification.values)
                | _shape(Assessed.ATTRIBUTION, value__in=Attribution.values, party__isnull=False)
                | _shape(Assessed.INTENT, value__in=Intent.values)
                | _shape(
                    Assessed.PLACE,
                    value=Geolocation.LOCATED,
                    geo_precision__isnull=False,
                    geo_precision__range=(1, 7),
                )
                | _shape(
                    Assessed.PLACE,
                    value=Geolocation.UNGEOLOCATABLE,
                    geo_precision=None,
                    radius_m=None,
                )
                | _shape(Assessed.DATE, date_precision__isnull=False, date_precision__range=(1, 5))
                | _shape(Assessed.FIGURE, harm__in=Harm.values, group__in=Group.values),
                name="assessment_says_what_it_is_about_and_no_more",
            ),
            models.CheckConstraint(
                condition=(Q(low=None) | Q(best=None) | Q(best__gte=F("low")))
                & (Q(best=None) | Q(high=None) | Q(high__gte=F("best")))
                & (Q(low=None) | Q(high=None) | Q(high__gte=F("low"))),
                name="assessed_figure_rises_from_low_to_high",
            ),
            models.CheckConstraint(
                condition=~Q(assessed=Assessed.FIGURE)
                | Q(basis_report__isnull=False)
                | ~Q(basis=""),
                name="assessed_figure_names_its_basis",
            ),
            models.CheckConstraint(
                condition=Q(proof__in=Proof.values) & ~Q(rationale=""),
                name="assessment_has_a_standard_and_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["incident", "assessed", "harm", "group", "party", "id"],
                name="assessment_latest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_assessed_display()}: {self.told}"

    @property
    def told(self) -> str:
        """What it comes to, in the reader's language."""
        if self.assessed == Assessed.FIGURE:
            numbers = ("?" if each is None else str(each) for each in self.numbers.values())
            return f"{self.counted}: {' / '.join(numbers)}"
        if self.assessed == Assessed.DATE:
            return str(self.get_date_precision_display())
        if self.party:
            return f"{self.party}: {self.get_value_display()}"
        radius = f"{self.radius_m} m" if self.radius_m is not None else ""
        where = (self.get_geo_precision_display() or "", radius)
        return ", ".join(filter(None, (str(self.get_value_display()), *map(str, where))))

    @property
    def counted(self) -> str:
        """What a figure counts, in the reader's language."""
        return f"{self.get_harm_display()} ({self.get_group_display()})"

    @property
    def numbers(self) -> dict[str, int | None]:
        """An assessed figure's numbers; None where not known."""
        return {"low": self.low, "best": self.best, "high": self.high}
