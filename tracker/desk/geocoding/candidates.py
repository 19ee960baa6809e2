"""The desk's places as ranking sees them, fetched by the consonants of their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from tracker.desk.models import Place, PlaceName
from tracker.geo.ranking import Candidate

# A site in a neighbourhood of a town of a sub-district … of a country: no line is longer.
LEVELS = 6
COLUMNS = ("pk", "name", "name_ar", "kind", "latitude", "longitude", "population", "skeleton")
WIDER = tuple(
    f"{'parent__' * level}{column}"
    for level in range(1, LEVELS + 1)
    for column in ("pk", "name", "name_ar", "skeleton")
)
# The common names of a whole country's villages: more candidates than these tell nobody anything.
MOST = 600


@dataclass(frozen=True)
class Known(Candidate):
    """A place of the gazetteer; its key is its number."""

    wider: tuple[tuple[str, str], ...] = ()
    """English and Arabic name of each wider place it lies in, the narrowest first."""

    def told(self, language: str) -> tuple[str, str]:
        """Its name, and what tells it from its namesakes, in a language."""
        name, name_ar = self.names[0], "".join(self.names[1:])
        if language == "ar":
            return name_ar or name, "، ".join(wider_ar or wider for wider, wider_ar in self.wider)
        return name, ", ".join(wider for wider, _wider_ar in self.wider)


def fetch(skeletons: set[str], *, beginning: str = "", holding: str = "") -> list[Known]:
    """What `tracker.geo.ranking` asks for."""
    keys = _bearers(lambda column: Q(**{f"{column}__in": skeletons}), MOST)
    if beginning:
        # SQLite enters its index by the comparison, PostgreSQL by the beginning.
        keys |= _bearers(
            lambda column: Q(**{f"{column}__startswith": beginning, f"{column}__gte": beginning}),
            MOST // 3,
        )
    if holding:
        keys |= set(
            Place.objects.current().holding(holding).values_list("pk", flat=True)[: MOST // 3]
        )
    return candidates(Place.objects.filter(pk__in=keys))


def _bearers(bearing: Callable[[str], Q], most: int) -> set[int]:
    """The numbers of the places that bear such a name, itself or by an alias."""
    places = Place.objects.current().order_by()
    own = places.filter(bearing("skeleton")).values_list("pk")
    own_ar = places.filter(bearing("skeleton_ar")).values_list("pk")
    aliases = PlaceName.objects.order_by().filter(bearing("skeleton"), place__merged_into=None)
    return {row[0] for row in own.union(own_ar, aliases.values_list("place_id"))[:most]}


def candidates(places: QuerySet[Place]) -> list[Known]:
    """These places as ranking sees them, in their order; two queries."""
    rows = list(places.values_list(*COLUMNS, *WIDER))
    aliases = defaultdict(list)
    named = PlaceName.objects.filter(place_id__in=[row[0] for row in rows])
    for key, name in named.values_list("place_id", "name"):
        aliases[key].append(name)
    return [_known(row, aliases[row[0]]) for row in rows]


def _known(row: tuple[Any, ...], aliases: Iterable[str]) -> Known:
    key, name, name_ar, kind, latitude, longitude, population, bones = row[: len(COLUMNS)]
    cells = row[len(COLUMNS) :]
    line = [cells[at : at + 4] for at in range(0, len(cells), 4) if cells[at] is not None]
    return Known(
        key=key,
        names=(name, name_ar) if name_ar else (name,),
        aliases=tuple(aliases),
        kind=kind,
        within=frozenset(pk for pk, *_names in line),
        position=None if latitude is None else (latitude, longitude),
        population=population,
        is_seat=any(skeleton == bones for *_names, skeleton in line),
        wider=tuple((wider, wider_ar) for _pk, wider, wider_ar, _skeleton in line),
    )
