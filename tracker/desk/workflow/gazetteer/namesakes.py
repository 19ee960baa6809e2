"""Units that two authorities number differently, known again by name, kind and what they lie in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tracker.codebook import UNITS, PlaceKind
from tracker.desk.importers.drafts import PlaceDraft
from tracker.desk.models import Place, PlaceCode, PlaceName
from tracker.geo import outlines
from tracker.geo.names import stem

# Who numbers its units anew with every edition.
_UNSTEADY = frozenset({"geoboundaries"})


@dataclass
class Unit:
    key: int
    kind: str
    parent: int | None
    pcode: str
    position: tuple[float | None, float | None]
    authorities: set[str] = field(default_factory=set)


class Namesakes:
    """The units held when a file is begun. Each is taken once: two of one file are two."""

    def __init__(self) -> None:
        self._units: dict[int, Unit] = {}
        self._called: dict[tuple[str, str], set[int]] = defaultdict(set)
        units = Place.objects.current().filter(kind__in=UNITS)
        for place in units:
            self._units[place.pk] = Unit(
                place.pk,
                place.kind,
                place.parent_id,
                place.pcode,
                (place.latitude, place.longitude),
            )
            self._call(place.pk, place.kind, (place.name, place.name_ar))
        within = {"place__in": units.values("pk")}
        for key, name in PlaceName.objects.filter(**within).values_list("place_id", "name"):
            self._call(key, self._units[key].kind, (name,))
        for key, code in PlaceCode.objects.filter(**within).values_list("place_id", "code"):
            self._units[key].authorities.add(code.partition(":")[0])

    def take(self, key: int) -> None:
        """Note that a row of the file told of this unit."""
        self._units.pop(key, None)

    def of(self, draft: PlaceDraft, parent: int | None) -> list[int]:
        """The keys of the units that a draft may mean; `parent` is what it lies in, if known."""
        authority = draft.codes[0].partition(":")[0]
        spellings = (draft.name, draft.name_ar, *(alias.name for alias in draft.names))
        keys = set().union(*(self._called[draft.kind, each] for each in _stems(spellings)))
        return sorted(
            unit.key
            for unit in (self._units[key] for key in keys if key in self._units)
            if _lies_there(unit, draft, parent)
            and not (draft.pcode and unit.pcode and draft.pcode != unit.pcode)
            and (authority not in unit.authorities or authority in _UNSTEADY)
        )

    def _call(self, key: int, kind: str, names: Iterable[str]) -> None:
        for each in _stems(names):
            self._called[kind, each].add(key)


def _lies_there(unit: Unit, draft: PlaceDraft, parent: int | None) -> bool:
    """Whether a unit may lie where a draft does; a name alone means a unit of any country."""
    if unit.kind == PlaceKind.COUNTRY:
        return True
    if parent is not None:
        return unit.parent in {None, parent}
    latitude, longitude = unit.position
    if draft.outline is None or latitude is None or longitude is None:
        return False
    return outlines.holds(draft.outline, latitude, longitude)


def _stems(names: Iterable[str]) -> set[str]:
    return {stem(name) for name in names if name} - {""}
