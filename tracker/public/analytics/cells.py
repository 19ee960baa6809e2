"""Incidents on the map: how many lie in each tile at a zoom."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from django.db.models import F, Max, Min, Q, Sum

from tracker.geo import tiles
from tracker.geo.bbox import BBox
from tracker.periods import Period
from tracker.public.analytics import counts
from tracker.public.analytics.selection import Selection
from tracker.public.models import CellRollup
from tracker.public.rollups import ALL, IS_NOWHERE, LOCATED, OF_CELLS, finest
from tracker.scope.days import Span

POSITION = ("latitude", "longitude")
# In degrees: a position on a cell's edge may be told to lie a rounding beside it.
HAIR = 1e-6
Found = Counter[tuple[int, int]]


@dataclass(frozen=True)
class Cell:
    """A tile of the map, known by its column and row, with the position of its middle."""

    x: int
    y: int
    latitude: float
    longitude: float
    incidents: int


@dataclass(frozen=True)
class Window:
    """The tiles at a zoom that a box touches; all of them where there is none."""

    zoom: int
    box: BBox | None = None

    @property
    def strips(self) -> list[tuple[int, int]]:
        """The first and the last column of each strip that it covers."""
        if self.box is None:
            return [(0, 2**self.zoom - 1)]
        return [(self._of(0, west)[0], self._of(0, east)[0]) for west, east in self.box.strips]

    @property
    def rows(self) -> tuple[int, int]:
        if self.box is None:
            return 0, 2**self.zoom - 1
        return self._of(self.box.north, 0)[1], self._of(self.box.south, 0)[1]

    @property
    def tiles(self) -> list[int] | None:
        """The tiles of the index that it lies in; None where they are too many to be named."""
        finer = self.zoom - tiles.ZOOM
        if finer < 0:
            return None
        top, bottom = (row >> finer for row in self.rows)
        columns = {
            column
            for first, last in self.strips
            for column in range(first >> finer, (last >> finer) + 1)
        }
        if len(columns) * (bottom - top + 1) > tiles.MOST_TILES:
            return None
        return [row * tiles.SIDE + column for row in range(top, bottom + 1) for column in columns]

    def holds(self, x: int, y: int) -> bool:
        top, bottom = self.rows
        return top <= y <= bottom and any(first <= x <= last for first, last in self.strips)

    @property
    def whole(self) -> BBox | None:
        """The box of all the tiles, less their neighbours' edges; None where there is no box."""
        if self.box is None:
            return None
        columns = sorted(self.strips)
        top, bottom = self.rows
        last = 2**self.zoom - 1
        # One strip, or the two on either side of the antimeridian.
        first_column, last_column = columns[-1][0], columns[0][1]
        if any(strip == (0, last) for strip in columns) or first_column <= last_column:
            first_column, last_column = columns[0][0], max(end for _begin, end in columns)
        north_west = tiles.box_of(first_column, top, self.zoom)
        south_east = tiles.box_of(last_column, bottom, self.zoom)
        return BBox(
            west=north_west.west,
            south=-90 if bottom == last else math.nextafter(south_east.south, 90),
            east=180 if last_column == last else math.nextafter(south_east.east, -180),
            north=90 if top == 0 else north_west.north,
        )

    def _of(self, latitude: float, longitude: float) -> tuple[int, int]:
        return tiles.cell_of(latitude, longitude, self.zoom)


def count(selection: Selection, window: Window, *, most: int) -> list[Cell] | None:
    """The tiles that hold any, in the order of rows; None where they are more than that."""
    if selection.under is None:
        found: Found = Counter()
        _place(selection, window, found)
    else:
        found = _held(selection.under, selection, window)
    if len(found) > most:
        return None
    return [_cell(*cell, window.zoom, found[cell]) for cell in sorted(found, key=_by_row)]


def reach() -> BBox | None:
    """The box of all cells in which anything lies; None where nothing does."""
    ends = CellRollup.objects.filter(period=Period.EVER, name=ALL).aggregate(
        west=Min("x"), north=Min("y"), east=Max("x"), south=Max("y")
    )
    if ends["west"] is None:
        return None
    first = tiles.box_of(ends["west"], ends["north"], tiles.FINEST)
    last = tiles.box_of(ends["east"], ends["south"], tiles.FINEST)
    return BBox(first.west, last.south, last.east, first.north)


def lie_in(box: BBox) -> bool:
    """Whether all cells in which anything lies are known to lie in a box."""
    held = reach()
    if held is None:
        return False
    # What lies beyond the map's edge is counted in the edge row.
    north = 90 if held.north > 85 else held.north + HAIR
    south = -90 if held.south < -85 else held.south - HAIR
    west, east = max(-180, held.west - HAIR), min(180, held.east + HAIR)
    return box.west <= west <= east <= box.east and box.south <= south <= north <= box.north


def _held(under: tuple[str, str], selection: Selection, window: Window) -> Found:
    """What is counted ahead of whole periods, and what the days in between add to it."""
    name, value = under
    if name == LOCATED:
        if value == IS_NOWHERE:
            return Counter()
        # What lies in a cell is located.
        name, value = ALL, ""
    picked, rest = Q(name=name, value=value), list[Span]()
    if selection.first is None and selection.last is None:
        return _summed(picked & Q(period=Period.EVER), window)
    of_periods = Q(pk__in=[])
    for period, starts in counts.made_up(selection).items():
        if period in OF_CELLS and window.zoom <= finest(period, name):
            of_periods |= Q(period=period, start__in=starts)
        else:
            rest += [period.whole(start) for start in starts]
    found = _summed(picked & of_periods, window)
    for span in _runs(rest):
        _place(selection, window, found, days=span)
    return found


def _summed(picked: Q, window: Window) -> Found:
    finer = tiles.FINEST - window.zoom
    top, bottom = window.rows
    within = Q()
    for first, last in window.strips:
        within |= Q(x__gte=first << finer, x__lt=(last + 1) << finer)
    held = CellRollup.objects.filter(
        picked, within, y__gte=top << finer, y__lt=(bottom + 1) << finer
    )
    cells = held.values(column=F("x").bitrightshift(finer), row=F("y").bitrightshift(finer))
    summed = cells.annotate(number=Sum("incidents")).order_by()
    return Counter({(x, y): n for x, y, n in summed.values_list("column", "row", "number")})


def _place(selection: Selection, window: Window, found: Found, *, days: Span | None = None) -> None:
    # A tile of the index tells as much as a position, and there are fewer.
    is_by_tile = window.zoom <= tiles.ZOOM
    columns = ("tile",) if is_by_tile else POSITION
    for *told, _all, number in selection.rows(ALL, *columns, days=days, tiles=window.tiles):
        if told[0] is None:
            continue
        if is_by_tile:
            cell = tiles.around(told[0], window.zoom)
        else:
            cell = tiles.cell_of(told[0], told[1], window.zoom)
        if window.holds(*cell):
            found[cell] += number


def _runs(spans: list[Span]) -> list[Span]:
    """Spans that follow one another as one, the first first."""
    runs: list[Span] = []
    for span in sorted(spans, key=lambda each: each.first):
        if runs and (span.first - runs[-1].last).days == 1:
            runs[-1] = Span(runs[-1].first, span.last)
        else:
            runs.append(span)
    return runs


def _by_row(cell: tuple[int, int]) -> tuple[int, int]:
    return cell[1], cell[0]


def _cell(x: int, y: int, zoom: int, number: int) -> Cell:
    box = tiles.box_of(x, y, zoom)
    latitude, longitude = (box.south + box.north) / 2, (box.west + box.east) / 2
    return Cell(x, y, round(latitude, 4), round(longitude, 4), number)
