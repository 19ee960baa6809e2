"""The whole gazetteer in memory, for work that asks it thousands of names."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict

from tracker.desk.geocoding.candidates import MOST, Known, candidates
from tracker.desk.models import Place, PlaceName


class WholeGazetteer:
    """Answers what `candidates.fetch` does, from what the gazetteer held when it was read."""

    def __init__(self) -> None:
        self._places = {place.key: place for place in candidates(Place.objects.current())}
        self._bearers: dict[str, set[int]] = defaultdict(set)
        current = Place.objects.current()
        for key, own, own_ar in current.values_list("pk", "skeleton", "skeleton_ar"):
            self._bearers[own].add(key)
            self._bearers[own_ar].add(key)
        aliases = PlaceName.objects.filter(place__merged_into=None)
        self._folded = list(current.values_list("pk", "folded"))
        for key, skeleton, folded in aliases.values_list("place_id", "skeleton", "folded"):
            self._bearers[skeleton].add(key)
            self._folded.append((key, folded))
        self._skeletons = sorted(self._bearers)

    def __call__(
        self, skeletons: set[str], *, beginning: str = "", holding: str = ""
    ) -> list[Known]:
        keys = {key for skeleton in skeletons for key in self._bearers.get(skeleton, ())}
        if beginning:
            keys |= self._begun(beginning)
        if holding:
            keys |= {key for key, folded in self._folded if holding in folded}
        return [self._places[key] for key in sorted(keys)[:MOST]]

    def _begun(self, beginning: str) -> set[int]:
        keys: set[int] = set()
        for at in range(bisect_left(self._skeletons, beginning), len(self._skeletons)):
            if not self._skeletons[at].startswith(beginning) or len(keys) > MOST // 3:
                break
            keys |= self._bearers[self._skeletons[at]]
        return keys
