"""What an incident, or a report, tells of what happened, as scoring compares it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from django.utils.translation import get_language

from tracker.codebook import DatePrecision, Means, PartyKind, SourceKind, Stance
from tracker.desk.geocoding.candidates import LEVELS
from tracker.desk.models import Incident, Party, Place, Report
from tracker.desk.models.reports import ReportQuerySet
from tracker.desk.workflow.judging.facts import circle_of
from tracker.geo.names import fold
from tracker.geo.precision import proposed
from tracker.scope.days import Span
from tracker.scope.facts import Circle

# Comparing words takes time by the square of their number, and an account says early what it is of.
LONGEST = 1_000

# In which wider places each place lies, by their numbers.
Wider = Mapping[int, frozenset[int]]
NOWHERE: Wider = MappingProxyType({})


@dataclass(frozen=True)
class Spot:
    """A place of the gazetteer as an account names it."""

    key: int
    name: str
    radius_km: float | None
    """How large it is, by its kind; None where it is a country."""
    within: frozenset[int] = frozenset()
    """The numbers of the wider places it lies in."""


@dataclass(frozen=True)
class Account:
    """Who says what of what happened. What is not said is empty."""

    days: Span
    """Every day that may be meant."""
    is_to_the_day: bool = True
    place: Spot | None = None
    circle: Circle | None = None
    is_measured: bool = False
    """Whether it gives a position of its own, and not that of its place."""
    place_as_written: str = ""
    acts: frozenset[str] = frozenset()
    means: frozenset[str] = frozenset()
    accused: Mapping[int, str] = field(default_factory=dict)
    """The parties that are identified, by their numbers, with their names."""
    kin: frozenset[int] = frozenset()
    """They, those they answer to and those they became."""
    stance: str = Stance.ALLEGES
    texts: tuple[str, ...] = ()
    """Folded."""
    figures: frozenset[tuple[str, str, int]] = frozenset()
    """Harm, group and number."""
    page: str = ""
    """The address where it stands."""
    collection: tuple[str, str] | None = None
    """A dataset's name and the number it gives this, where it is a row of one."""


def with_all(reports: ReportQuerySet) -> ReportQuerySet:
    """Reports with all that their accounts are made of, however many, in three queries."""
    related = reports.select_related("source", "relayed_from", "place__merged_into")
    return related.prefetch_related("accused", "figures")


def outline(told: Incident | Report, wider: Wider = NOWHERE) -> Account:
    """When, where and what alone: all that the rows themselves say."""
    days = Span(told.date_start, told.date_end or told.date_start)
    place = told.place.standing if told.place else None
    return Account(
        days.widened(told.date_precision),
        is_to_the_day=told.date_precision == DatePrecision.DAY,
        place=_spot(place, wider) if place else None,
        circle=circle_of(told),
        is_measured=told.latitude is not None,
        acts=frozenset(told.acts),
        means=frozenset(told.means) - {Means.UNKNOWN},
    )


def of_incident(incident: Incident, wider: Wider = NOWHERE) -> Account:
    """What the desk itself holds. `wider` tells in which places its place lies."""
    texts = _folded(incident.summary, incident.summary_ar)
    return replace(outline(incident, wider), texts=texts)


def of_report(report: Report, wider: Wider = NOWHERE) -> Account:
    """What a report says; one that is not yet saved says nothing of accused and figures."""
    accused: list[Party] = []
    numbers: list[tuple[str, str, int | None]] = []
    if report.pk:
        unidentified = PartyKind.UNIDENTIFIED
        accused = [party for party in report.accused.all() if party.kind != unidentified]
        numbers = [(each.harm, each.group, each.best) for each in report.figures.all()]
    kin = {key for each in accused for key in (each.pk, each.parent_id, each.successor_id) if key}
    return replace(
        outline(report, wider),
        place_as_written=report.place_as_written,
        accused={party.pk: _name(party) for party in accused},
        kin=frozenset(kin),
        stance=report.stance,
        texts=_folded(report.text, report.translation),
        figures=frozenset((harm, group, number) for harm, group, number in numbers if number),
        page=report.url,
        collection=_row(report),
    )


def wider_places(told: Iterable[Incident | Report]) -> dict[int, frozenset[int]]:
    """In which wider places each of the places they name lies, by numbers; one query."""
    places = {each.place.standing.pk for each in told if each.place}
    parents = [f"{'parent__' * level}pk" for level in range(1, LEVELS + 1)]
    lines = Place.objects.order_by().filter(pk__in=places).values_list("pk", *parents)
    return {key: frozenset(line) - {None} for key, *line in lines}


def _spot(place: Place, wider: Wider) -> Spot:
    radius_m = proposed(place.kind)[1]
    radius_km = None if radius_m is None else radius_m / 1000
    return Spot(place.pk, _name(place), radius_km, wider.get(place.pk, frozenset()))


def _name(named: Party | Place) -> str:
    return (get_language() == "ar" and named.name_ar) or named.name


def _folded(*texts: str) -> tuple[str, ...]:
    return tuple(fold(text[:LONGEST]) for text in texts if text)


def _row(report: Report) -> tuple[str, str] | None:
    if not (report.source_id and report.external_id and report.source.kind == SourceKind.DATASET):
        return None
    return str(report.source), report.external_id
