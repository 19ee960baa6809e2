"""The places a batch of rows tells of: what is held of them, what is new, and writing that."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q

from tracker.desk.importers.cells import spelling
from tracker.desk.importers.drafts import AliasDraft, Draft, NameDraft, PlaceDraft
from tracker.desk.models import Boundary, Place, PlaceCode, PlaceName
from tracker.desk.workflow import judging
from tracker.desk.workflow.gazetteer.hierarchy import known_by
from tracker.geo import outlines

_WRITTEN = (
    *("name", "name_ar", "kind", "latitude", "longitude", "population", "pcode"),
    *("folded", "skeleton", "skeleton_ar"),
)
_SIDES = ("west", "south", "east", "north")


@dataclass(eq=False)
class Held:
    """A place with what is held of it, and what is to be added."""

    place: Place
    codes: list[str] = field(default_factory=list)
    """The oldest first."""
    names: set[str] = field(default_factory=set)
    outline: dict[str, Any] | None = None
    attribution: str = ""
    is_altered: bool = False
    has_new_outline: bool = False
    new_codes: list[str] = field(default_factory=list)
    new_names: list[NameDraft] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.place.pk is None

    @property
    def owner(self) -> str | None:
        """The code of who first told of the place: its row says what the place is like."""
        return self.codes[0] if self.codes else None

    def take(self, draft: PlaceDraft, *, leads: bool) -> bool:
        """Take over what a row says; only blanks are filled where it does not lead.

        Answers whether that altered anything.
        """
        before = self._additions()
        self._take_names(draft, leads=leads)
        self._take_position(draft, leads=leads)
        for name in ("kind", "population", "pcode"):
            value = getattr(draft, name)
            if value not in {None, ""} and (leads or getattr(self.place, name) in {None, ""}):
                self._set(name, value)
        for alias in draft.names:
            self.add_name(alias)
        if draft.outline and draft.outline != self.outline:
            self.outline, self.attribution = draft.outline, draft.attribution
            self.has_new_outline = True
        return self._additions() != before

    def add_name(self, alias: NameDraft) -> bool:
        """Add another name, where it is another. Answers whether it is."""
        if alias.name in {self.place.name, self.place.name_ar, *self.names}:
            return False
        self.names.add(alias.name)
        self.new_names.append(alias)
        return True

    def _additions(self) -> tuple[Any, ...]:
        return (
            *(self.is_altered, self.has_new_outline),
            *(len(self.new_codes), len(self.new_names)),
        )

    def _take_names(self, draft: PlaceDraft, *, leads: bool) -> None:
        others = []
        for name in ("name", "name_ar"):
            held, told = getattr(self.place, name), getattr(draft, name)
            if told and (leads or not held):
                self._set(name, told)
                others.append(held)
            else:
                others.append(told)
        for alias in filter(None, map(spelling, others)):
            self.add_name(alias)

    def _take_position(self, draft: PlaceDraft, *, leads: bool) -> None:
        if draft.latitude is not None and (leads or self.place.latitude is None):
            self._set("latitude", draft.latitude)
            self._set("longitude", draft.longitude)
        elif draft.outline and self.place.latitude is None:
            latitude, longitude = outlines.middle(outlines.mended(draft.outline))
            self._set("latitude", latitude)
            self._set("longitude", longitude)

    def _set(self, name: str, value: Any) -> None:
        if getattr(self.place, name) != value:
            setattr(self.place, name, value)
            self.is_altered = True


class Holding:
    """The places that a batch of rows tells of; nothing is written before `store`."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        codes = {code for draft in drafts for code in codes_of(draft)}
        known = known_by(codes)
        self._held: dict[int, Held] = {}
        self._fetch(set(known.values()))
        self._coded = {code: self._held[key] for code, key in known.items()}
        self._made: list[Held] = []

    def find(self, draft: Draft) -> list[Held]:
        """The places that stand for the codes of a row: one, if they agree."""
        found = [self._coded[code] for code in codes_of(draft) if code in self._coded]
        return list(dict.fromkeys(found))

    def first(self, codes: Iterable[str]) -> Held | None:
        """The first of these that a row of the batch told of."""
        return next((self._coded[code] for code in codes if code in self._coded), None)

    def get(self, key: int) -> Held:
        if key not in self._held:
            self._fetch({key})
        return self._held[key]

    def make(self, draft: PlaceDraft) -> Held:
        held = Held(Place(name=draft.name, kind=draft.kind))
        self._made.append(held)
        return held

    def add_codes(self, held: Held, draft: PlaceDraft) -> bool:
        """Let a place bear the codes of a row that no other bears. Answers whether any was new."""
        new = [code for code in draft.codes if code not in self._coded]
        held.codes += new
        held.new_codes += new
        self._coded |= dict.fromkeys(codes_of(draft), held)
        return bool(new)

    def store(self) -> None:
        altered = [held.place for held in self._held.values() if held.is_altered]
        Place.objects.bulk_create([held.place for held in self._made])
        update(altered)
        judging.places_changed([place.pk for place in altered])
        every = [*self._held.values(), *self._made]
        PlaceCode.objects.bulk_create(
            PlaceCode(place=held.place, code=code) for held in every for code in held.new_codes
        )
        PlaceName.objects.bulk_create(
            (
                PlaceName(
                    place=held.place, name=alias.name, language=alias.language, kind=alias.kind
                )
                for held in every
                for alias in held.new_names
            ),
            # Someone at the desk may just have added the same name.
            ignore_conflicts=True,
        )
        Boundary.objects.bulk_create(
            [_boundary(held) for held in every if held.has_new_outline],
            update_conflicts=True,
            unique_fields=["place"],
            update_fields=["geometry", "attribution", *_SIDES],
        )

    def _fetch(self, keys: Collection[int]) -> None:
        places = Place.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
        fetched = {place.pk: Held(place) for place in places}
        codes = PlaceCode.objects.filter(place__in=keys).order_by("pk")
        for key, code in codes.values_list("place_id", "code"):
            fetched[key].codes.append(code)
        for key, name in PlaceName.objects.filter(place__in=keys).values_list("place_id", "name"):
            fetched[key].names.add(name)
        for boundary in Boundary.objects.filter(place__in=keys):
            fetched[boundary.place_id].outline = boundary.geometry
        self._held |= fetched


def codes_of(draft: Draft) -> tuple[str, ...]:
    """What a row's place is known by, the P-code included."""
    if isinstance(draft, AliasDraft):
        return (draft.code,)
    return (*draft.codes, f"pcode:{draft.pcode}") if draft.pcode else draft.codes


def update(places: list[Place]) -> None:
    """Write what a file can alter of places, and drop the further names that became their own."""
    # Unlike bulk_update, this works out the columns for search.
    Place.objects.bulk_create(
        places, update_conflicts=True, unique_fields=["id"], update_fields=_WRITTEN
    )
    own = Q(name=F("place__name")) | Q(name=F("place__name_ar"))
    PlaceName.objects.filter(own, place__in=places).delete()


def _boundary(held: Held) -> Boundary:
    sides = outlines.mended(held.outline).bounds
    return Boundary(
        place=held.place,
        geometry=held.outline,
        attribution=held.attribution,
        **dict(zip(_SIDES, sides, strict=True)),
    )
