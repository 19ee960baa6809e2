"""Names as a file writes them, and the parties, sources and places of the desk that they mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from tracker.desk.geocoding import gazetteer
from tracker.desk.geocoding.whole import WholeGazetteer
from tracker.desk.importers.records.drafts import ReportDraft
from tracker.desk.models import Party, PartyName, Source, User
from tracker.geo.names import fold

# How many places as written are remembered.
REMEMBERED = 50_000
# Decimals of degrees that tell namesakes apart: about a kilometre.
ROUGHLY = 2


@dataclass(frozen=True)
class Found:
    """The place a row means, and how well it is known by that."""

    place_id: int
    geo_precision: int
    radius_m: int | None
    """Metres."""


class Names:
    """What names mean, for as long as one job runs: rather nothing than a wrong one.

    A source that whoever brings the file may not know of is nothing.
    """

    def __init__(self, by: User) -> None:
        self._parties = _alone(
            [
                *Party.objects.values_list("name", "pk"),
                *Party.objects.values_list("name_ar", "pk"),
                *PartyName.objects.values_list("name", "party_id"),
                *Party.objects.values_list("slug", "pk"),
            ]
        )
        sources = Source.objects.visible_to(by)
        self._sources = _alone(
            [
                *sources.values_list("name", "pk"),
                *sources.values_list("name_ar", "pk"),
                *sources.values_list("slug", "pk"),
            ]
        )
        self._resolve = lru_cache(REMEMBERED)(self._resolved)

    def party(self, name: str) -> int | None:
        """The one party that bears the name."""
        return self._parties.get(fold(name))

    def source(self, name: str) -> int | None:
        """The one source that is called so."""
        return self._sources.get(fold(name))

    def area(self, name: str, wider: Iterable[str]) -> int | None:
        """The number of the one place that a name means, among those in the wider places named."""
        found = self._resolve(", ".join([name, *wider]), None) if name else None
        return found.place_id if found else None

    def place(self, draft: ReportDraft) -> Found | None:
        """The place that a row means beyond doubt."""
        written = [draft.place_as_written, *draft.wider] if draft.place_as_written else draft.wider
        text = ", ".join(filter(None, written))
        if not text:
            return None
        position = draft.near
        if draft.latitude is not None and draft.longitude is not None:
            position = (draft.latitude, draft.longitude)
        rough = (round(position[0], ROUGHLY), round(position[1], ROUGHLY)) if position else None
        return self._resolve(text, rough)

    @cached_property
    def _gazetteer(self) -> WholeGazetteer:
        return WholeGazetteer()

    def _resolved(self, text: str, near: tuple[float, float] | None) -> Found | None:
        found = gazetteer.resolve(text, near=[near] if near else [], fetch=self._gazetteer)
        return Found(found.place_id, found.geo_precision, found.radius_m) if found else None


def _alone(named: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Each name folded, with what bears it where one thing alone does."""
    bearers: dict[str, set[int]] = defaultdict(set)
    for name, number in named:
        bearers[fold(name)].add(number)
    return {name: numbers.pop() for name, numbers in bearers.items() if name and len(numbers) == 1}
