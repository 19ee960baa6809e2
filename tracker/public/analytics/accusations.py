"""Who accuses whom, and of how many incidents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import Case, CharField, Count, F, FilteredRelation, Q, QuerySet, Value, When

from tracker.public.accusing import ACCUSING, AND
from tracker.public.models import AccusationRollup, Edition, EditionQuerySet, Kind

MEMBERS = ("by", "against", "incidents", "reports")


@dataclass(frozen=True)
class Accusation:
    """One accuser, by slug, against one party; None is all that are confidential, or of no party."""

    accuser: str | None
    accused: str
    incidents: int
    reports: int


# The published sources that speak for each party, by slug.
Speakers = Mapping[str, list[str]]


def among(
    reports: EditionQuerySet, speakers: Speakers | None, *, accused: list[str] | None
) -> list[Accusation]:
    """The accusations in these reports, of the most incidents first.

    By claimant, or by the party that they speak for; of the parties named alone, if any are.
    """
    related = {
        name: FilteredRelation("facets", condition=Q(facets__name=facet))
        for name, facet in (("who", "claimant"), ("whom", "accused"), ("about", "incident"))
    }
    accusing = reports.with_facet("stance", [str(stance) for stance in ACCUSING])
    told: QuerySet[Any] = accusing.annotate(**related)
    # In one filter, for a second one would join the accused a second time.
    named = {"whom__value__in": accused} if accused else {"whom__isnull": False}
    told = told.filter(**named)
    accuser: Any = F("who__value") if speakers is None else _party(speakers)
    pairs = told.values(by=accuser, against=F("whom__value")).annotate(
        incidents=Count("about__value", distinct=True), reports=Count("pk", distinct=True)
    )
    found = [Accusation(*row) for row in pairs.order_by().values_list(*MEMBERS)]
    return sorted(found, key=_most_first)


def ahead(
    agreement: str,
    speakers: Speakers | None,
    *,
    accused: Collection[str] | None = None,
    claimants: Collection[str] | None = None,
) -> list[Accusation]:
    """The same of the reports under an agreement, or of all where it is empty, as counted ahead.

    Of the parties and the claimants named alone, if any are.
    """
    held = AccusationRollup.objects.filter(agreement=agreement)
    if accused:
        held = held.filter(accused__in=accused)
    party = None
    if speakers is not None:
        party = {slug: party for party, slugs in speakers.items() for slug in slugs}
    incidents: Counter[tuple[str | None, str]] = Counter()
    reports: Counter[tuple[str | None, str]] = Counter()
    for against, stating, number in held.values_list("accused", "claimants", "incidents"):
        told = [who for who in stating.split(AND) if claimants is None or who in claimants]
        accusers = Counter(party.get(who) if party is not None else who or None for who in told)
        for who, times in accusers.items():
            incidents[who, against] += number
            reports[who, against] += number * times
    found = [Accusation(*pair, number, reports[pair]) for pair, number in incidents.items()]
    return sorted(found, key=_most_first)


def speakers() -> Speakers:
    held = Edition.objects.of(Kind.SOURCE).order_by("public_id")
    speaking = defaultdict(list)
    for slug, document in held.values_list("public_id", "document"):
        if party := orjson.loads(document)["alignment"]:
            speaking[party].append(slug)
    return speaking


def named(kind: Kind, slugs: set[str]) -> dict[str, dict[str, Any]]:
    """The documents of these parties or sources, by slug."""
    held = Edition.objects.of(kind).filter(public_id__in=slugs)
    return {slug: orjson.loads(told) for slug, told in held.values_list("public_id", "document")}


def _party(speakers: Speakers) -> Any:
    whens = [When(who__value__in=slugs, then=Value(party)) for party, slugs in speakers.items()]
    return Case(*whens, default=None, output_field=CharField())


def _most_first(accusation: Accusation) -> tuple[int, int, str, str]:
    # By slug where they are equal, so that no other order can be read as a ranking.
    return (
        -accusation.incidents,
        -accusation.reports,
        accusation.accuser or "",
        accusation.accused,
    )
