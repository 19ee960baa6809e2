"""How many published incidents begin in each period: counted by code, and by cell of the map; and
how many each party is accused of.

What is held here is what counting the index anew gives, at any moment: whoever writes an incident's
edition adds the difference it makes, in the same transaction.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from django.db import models, transaction
from django.db.models import Case, Count, F, FilteredRelation, Q, Value, When
from django.utils.translation import gettext_lazy as _

from tracker.geo import tiles
from tracker.periods import Period
from tracker.public.accusing import AccusationRollup, by_accusation
from tracker.scope.days import Span

PERIODS = [(str(period), str(period)) for period in Period]
# All incidents, and those under each value of a column or a facet, or with a public position or none.
ALL, COLUMN, LOCATED = "", "verification", "located"
IS_LOCATED, IS_NOWHERE = "true", "false"
FACETS = ("act", "accused", "verdict", "contested")
# The periods that the cells of the map are counted in; single days are counted from the index. Under a
# code months are counted in coarser cells: of fine ones there would be nearly as many as incidents.
OF_CELLS = (Period.MONTH, Period.YEAR, Period.EVER)
COARSE = 9
DATED = ("date_start", "date_end", "date_precision")
# From an edition to its index row.
TO_INDEX = "entry__"
# How many rows are written, or named in a question, at once.
MANY = 500


class Rollup(models.Model):
    """How many published incidents begin in one period, of all or under one code."""

    period = models.CharField(max_length=5, choices=PERIODS, help_text=_("How long it is."))
    name = models.CharField(
        max_length=20, blank=True, help_text=_("Counted by what: act, accused, …; empty for all.")
    )
    start = models.DateField(help_text=_("First day of the period."))
    value = models.CharField(
        max_length=64, blank=True, help_text=_("The code; empty for those that have none.")
    )
    is_certain = models.BooleanField(
        help_text=_("Whether all they may be dated to lies in the period.")
    )
    incidents = models.PositiveIntegerField(help_text=_("How many."))

    class Meta:
        verbose_name = _("rollup")
        verbose_name_plural = _("rollups")
        constraints = [
            models.UniqueConstraint(
                fields=["period", "name", "start", "value", "is_certain"], name="rollup_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.start} {self.name}={self.value}: {self.incidents}"


class CellRollup(models.Model):
    """How many published incidents, of all or under one code, begin in one period and lie in one
    cell of the map."""

    period = models.CharField(max_length=5, choices=PERIODS, help_text=_("How long it is."))
    start = models.DateField(help_text=_("First day of the period."))
    name = models.CharField(
        max_length=20, blank=True, help_text=_("Counted by what: act, accused, …; empty for all.")
    )
    value = models.CharField(max_length=64, blank=True, help_text=_("The code."))
    x = models.PositiveIntegerField(help_text=_("Column of the cell at zoom 12, from the west."))
    y = models.PositiveIntegerField(help_text=_("Row of the cell at zoom 12, from the north."))
    incidents = models.PositiveIntegerField(help_text=_("How many."))

    class Meta:
        verbose_name = _("rollup of a cell")
        verbose_name_plural = _("rollups of cells")
        constraints = [
            models.UniqueConstraint(
                fields=["period", "start", "name", "value", "x", "y"], name="cell_rollup_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.start} {self.x}/{self.y}: {self.incidents}"


Counts = Counter[tuple[Any, ...]]
KEYS: Mapping[type[models.Model], tuple[str, ...]] = {
    Rollup: ("period", "start", "name", "value", "is_certain"),
    CellRollup: ("period", "start", "name", "value", "x", "y"),
    AccusationRollup: ("agreement", "accused", "claimants"),
}
Tally = dict[type[models.Model], Counts]


def tally(incidents: models.QuerySet[Any]) -> Tally:
    """What these editions of incidents come to, counted from their index."""
    return {
        Rollup: _by_code(incidents),
        CellRollup: _by_cell(incidents),
        AccusationRollup: by_accusation(incidents),
    }


def rows(
    incidents: models.QuerySet[Any],
    name: str,
    *columns: str,
    way: str = TO_INDEX,
    is_streamed: bool = True,
) -> Iterator[tuple[Any, ...]]:
    """These columns of the index, a value counted by, and how many: an incident once under each value
    it has. `way` leads from an incident to its index row: none from a row itself, which has no facets.
    """
    columns = tuple(f"{way}{column}" for column in columns)
    if name in FACETS:
        # An outer join: those under no value at all are counted too.
        held = FilteredRelation("facets", condition=Q(facets__name=name))
        valued = incidents.annotate(held=held).values(*columns, counted=F("held__value"))
    elif name == COLUMN:
        valued = incidents.values(*columns, counted=F(f"{way}{COLUMN}"))
    elif name == LOCATED:
        nowhere = When(**{f"{way}tile": None}, then=Value(IS_NOWHERE))
        valued = incidents.values(*columns, counted=Case(nowhere, default=Value(IS_LOCATED)))
    elif columns:
        valued = incidents.values(*columns)
    else:
        yield "", incidents.count()
        return
    counted = valued.annotate(number=Count("pk")).order_by()
    names = (*columns, *(["counted"] if name else []), "number")
    told = counted.values_list(*names)
    for row in told.iterator() if is_streamed else told:
        yield (*row[: len(columns)], (row[-2] or "") if name else "", row[-1])


def add(changes: Tally) -> None:
    """Add to what is held, within a transaction: whoever counts waits for whoever counts."""
    if not any(changes.values()):
        return
    _wait_for_the_turn()
    for model, counts in changes.items():
        _add(model, counts)


@transaction.atomic
def rebuild(incidents: models.QuerySet[Any]) -> int:
    """Hold what counting all incidents gives. Answers how many counts were wrong."""
    _wait_for_the_turn()
    wrong = differences(incidents)
    for model, counts in wrong.items():
        _add(model, counts)
    return sum(map(len, wrong.values()))


def differences(incidents: models.QuerySet[Any]) -> Tally:
    """What is missing from what is held; negative where too many are."""
    wrong = tally(incidents)
    for model, counts in wrong.items():
        held = _rows(model).values_list(*KEYS[model], "incidents")
        for *key, number in held.iterator():
            counts[tuple(key)] -= number
        wrong[model] = Counter({key: number for key, number in counts.items() if number})
    return wrong


def _by_code(incidents: models.QuerySet[Any]) -> Counts:
    counts: Counts = Counter()
    for name in (ALL, COLUMN, LOCATED, *FACETS):
        for first, last, precision, value, number in rows(incidents, name, *DATED):
            for period, start, is_certain in _periods(first, last, precision):
                counts[period, start, name, value, is_certain] += number
    return counts


@lru_cache(maxsize=65536)
def _periods(first: dt.date, last: dt.date, precision: int) -> list[tuple[str, dt.date, bool]]:
    """The period of each length that what is dated so begins in, and whether that is certain."""
    days = Span(first, last)
    return [
        (str(period), period.begun(first), period.is_known_of(days, precision)) for period in Period
    ]


def _by_cell(incidents: models.QuerySet[Any]) -> Counts:
    counts: Counts = Counter()
    located = incidents.filter(entry__latitude__isnull=False)
    columns = ("date_start", "latitude", "longitude")
    for name in (ALL, COLUMN, *FACETS):
        for first, latitude, longitude, value, number in rows(located, name, *columns):
            if name and not value:
                continue
            cell = tiles.cell_of(latitude, longitude, tiles.FINEST)
            for period in OF_CELLS:
                where = cell if finest(period, name) == tiles.FINEST else _first_within(*cell)
                counts[str(period), period.begun(first), name, value, *where] += number
    return counts


def finest(period: Period, name: str) -> int:
    """The highest zoom of which cells are counted by this in these periods."""
    return COARSE if name and period == Period.MONTH else tiles.FINEST


def _first_within(x: int, y: int) -> tuple[int, int]:
    """What stands for a coarse cell: the first of the finest in it."""
    finer = tiles.FINEST - COARSE
    return x >> finer << finer, y >> finer << finer


def _wait_for_the_turn() -> None:
    """Hold the count of all until the end: so nobody waits for who waits for them."""
    total: dict[str, Any] = {
        "period": Period.EVER,
        "name": ALL,
        "value": "",
        "start": dt.date.min,
        "is_certain": True,
    }
    Rollup.objects.get_or_create(**total, defaults={"incidents": 0})
    Rollup.objects.select_for_update(no_key=True).get(**total)


def _add(model: type[models.Model], counts: Counts) -> None:
    held = _held(model, counts)
    new = [
        model(**dict(zip(KEYS[model], key, strict=True)), incidents=number)
        for key, number in counts.items()
        if key not in held
    ]
    _rows(model).bulk_create(new, batch_size=MANY)
    for number, numbers in _alike(counts, held).items():
        for some in _pieces(numbers):
            _rows(model).filter(pk__in=some).update(incidents=F("incidents") + number)
    emptied = [held[key] for key, number in counts.items() if number < 0]
    for some in _pieces(emptied):
        # The count of all stays, for others to wait at.
        _rows(model).filter(pk__in=some, incidents=0).exclude(**_COUNT_OF_ALL[model]).delete()


_COUNT_OF_ALL: Mapping[type[models.Model], dict[str, str]] = {
    Rollup: {"period": Period.EVER, "name": ALL},
    CellRollup: {"pk": "0"},
    AccusationRollup: {"pk": "0"},
}


def _held(model: type[models.Model], counts: Counts) -> dict[tuple[Any, ...], int]:
    """The numbers of the rows that hold these counts.

    Those of one incident are named one by one: a period has as many as there are cells and codes.
    """
    found, columns = _rows(model), KEYS[model]
    for length, keys in ((len(columns), set(counts)), (2, {key[:2] for key in counts})):
        if len(keys) < MANY:
            found = found.filter(_any_of(columns[:length], keys))
            break
    rows = found.values_list(*columns, "pk")
    return {tuple(key): pk for *key, pk in rows.iterator() if tuple(key) in counts}


def _any_of(columns: tuple[str, ...], keys: Iterable[tuple[Any, ...]]) -> Q:
    wanted = Q()
    for key in keys:
        wanted |= Q(**dict(zip(columns, key, strict=True)))
    return wanted


def _alike(counts: Counts, held: Mapping[tuple[Any, ...], int]) -> dict[int, list[int]]:
    """The numbers of rows, by what is to be added to them."""
    alike = defaultdict(list)
    for key, number in counts.items():
        if key in held:
            alike[number].append(held[key])
    return alike


def _pieces(numbers: list[int]) -> Iterable[list[int]]:
    return (numbers[at : at + MANY] for at in range(0, len(numbers), MANY))


def _rows(model: type[models.Model]) -> models.QuerySet[Any]:
    return model._default_manager.all()  # noqa: SLF001 - public by custom
