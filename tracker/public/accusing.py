"""How many published incidents each party is accused of, counted by who accuses it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.utils.translation import gettext_lazy as _

from tracker.codebook import Stance

# The stances that say who did it.
ACCUSING = (
    Stance.ALLEGES,
    Stance.CONFIRMS,
    Stance.COUNTER_ACCUSES,
    Stance.ADMITS,
    Stance.ADMITS_JUSTIFIED,
)
# By what a report is found that accuses.
RELATED = {"about": "incident", "whom": "accused", "who": "claimant", "says": "stance"}
# Between claimants; no slug holds it.
AND = ","


class AccusationRollup(models.Model):
    """How many published incidents one party is accused of by the same reports: as many by each
    claimant. So it can be told for any claimants, or for the parties they speak for, how many
    incidents there are: each once.
    """

    agreement = models.CharField(
        max_length=64,
        blank=True,
        help_text=_("Slug of the agreement that the reports stand under; empty for any and none."),
    )
    accused = models.CharField(max_length=64, help_text=_("Slug of the party."))
    claimants = models.TextField(
        blank=True,
        help_text=_("Slug of each report's claimant, in their order; empty where it is not told."),
    )
    incidents = models.PositiveIntegerField(help_text=_("How many."))

    class Meta:
        verbose_name = _("rollup of accusations")
        verbose_name_plural = _("rollups of accusations")
        # Not unique with the claimants: of an incident of many reports no index could hold them.
        indexes = [models.Index(fields=["agreement", "accused"], name="accusation_rollup_of")]

    def __str__(self) -> str:
        return f"{self.claimants} > {self.accused}: {self.incidents}"


def by_accusation(incidents: models.QuerySet[Any]) -> Counter[tuple[Any, ...]]:
    """How many of these editions of incidents, by what a rollup tells apart."""
    counts: Counter[tuple[Any, ...]] = Counter()
    for rows in (_stated(incidents), _stated(incidents, under="agreement")):
        for (agreement, _incident, accused), reports in groupby(rows, key=lambda row: row[:3]):
            claimants = sorted(claimant or "" for *_key, claimant in reports)
            counts[agreement, accused, AND.join(claimants)] += 1
    return counts


def _stated(incidents: models.QuerySet[Any], *, under: str = "") -> Iterator[tuple[Any, ...]]:
    """The agreement of each report that accuses, its incident, whom it accuses, and its claimant:
    in the order of all but the last. Without agreements each report is told once.
    """
    related = {**RELATED, **({"under": under} if under else {})}
    # Not by the query set of editions: a migration has none.
    reports = incidents.model._default_manager.filter(kind="report")  # noqa: SLF001 - public by custom
    stated = reports.annotate(
        **{
            name: FilteredRelation("facets", condition=Q(facets__name=facet))
            for name, facet in related.items()
        }
    ).filter(
        about__value__in=incidents.order_by().values("public_id"),
        says__value__in=[str(stance) for stance in ACCUSING],
        whom__isnull=False,
        **({"under__isnull": False} if under else {}),
    )
    agreement: Any = F("under__value") if under else models.Value("")
    columns = (agreement, F("about__value"), F("whom__value"), F("who__value"))
    return stated.order_by(*columns[0 if under else 1 : 3]).values_list(*columns).iterator()
