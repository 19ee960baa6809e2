"""Takes other people's gazetteers and boundaries into the desk's own."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tracker.codebook import UNITS, PlaceKind
from tracker.desk.importers.drafts import AliasDraft, Draft, PlaceDraft, Refusal, Row, Skipped
from tracker.desk.models import Place
from tracker.desk.workflow.gazetteer.hierarchy import Outlines, Parents, Spot, known_by
from tracker.desk.workflow.gazetteer.holding import Held, Holding, update
from tracker.desk.workflow.gazetteer.namesakes import Namesakes
from tracker.errors import Conflict, InvalidInput
from tracker.geo import outlines

BATCH = 2_000
Refuse = Callable[[Refusal], None]


@dataclass(frozen=True)
class Outcome:
    """How many rows of a file brought something, and how many did not."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    skipped: int = 0
    """In order, but of a kind that a gazetteer has no use for."""
    unknown: int = 0
    """Names of places that are not held."""
    unplaced: int = 0
    """Of the places taken in, countries aside: how many lie in no other that is held."""


@dataclass
class _Taken:
    """A row that was taken in and whose place is yet to be put into another."""

    line: int
    key: int
    name: str
    kind: str
    parents: tuple[str, ...]
    position: tuple[float, float] | None
    leads: bool
    did: str


def load(rows: Iterable[Row], *, refuse: Refuse) -> Outcome:
    """Take in the rows of one file, all or none; `refuse` is told of each that cannot be taken.

    A place edited here, or first told of by another authority, only has its blanks filled and its
    names and codes added. Outlines are not drawn here: the last one that is loaded stands.
    Raises Conflict where someone loads the same places at this very moment.
    """
    run = _Load(refuse)
    try:
        with transaction.atomic():
            drafts = run.sorted_out(rows)
            while batch := list(itertools.islice(drafts, BATCH)):
                run.take_in(batch)
            run.name_in_arabic()
            run.put_in_place()
    except IntegrityError as error:
        raise Conflict(
            _("The same places are being loaded or edited by someone else: load the file again.")
        ) from error
    return run.outcome()


class _Load:
    def __init__(self, refuse: Refuse) -> None:
        self._tell = refuse
        self._counts: Counter[str] = Counter()
        self._taken: list[_Taken] = []
        self._arabic: dict[int, tuple[bool, str]] = {}

    @cached_property
    def _namesakes(self) -> Namesakes:
        return Namesakes()

    @cached_property
    def _outlines_before(self) -> Outlines:
        return Outlines()

    def sorted_out(self, rows: Iterable[Row]) -> Iterator[Draft]:
        for row in rows:
            if isinstance(row, Refusal):
                self._refuse(row)
            elif isinstance(row, Skipped):
                self._counts["skipped"] += 1
            else:
                yield row

    def take_in(self, batch: list[Draft]) -> None:
        held = Holding(batch)
        taken = []
        for draft in batch:
            try:
                if isinstance(draft, AliasDraft):
                    self._add_alias(draft, held)
                else:
                    taken.append((draft, *self._take(draft, held)))
            except InvalidInput as error:
                self._refuse(Refusal(draft.line, error.message))
        held.store()
        self._taken += [
            _Taken(
                draft.line,
                place.pk,
                place.name,
                place.kind,
                draft.parents,
                _position(place),
                leads,
                did,
            )
            for draft, place, leads, did in taken
        ]

    def _take(self, draft: PlaceDraft, holding: Holding) -> tuple[Place, bool, str]:
        held = self._meant(draft, holding)
        is_new = held is None
        if held is None:
            held = holding.make(draft)
        elif draft.kind in UNITS:
            self._namesakes.take(held.place.pk)
        # Who first told of a place goes on telling what it is like, until the desk does.
        is_led = held.owner == draft.codes[0] and not held.place.is_edited
        leads = is_new or is_led
        has_new_code = holding.add_codes(held, draft)
        is_changed = held.take(draft, leads=leads)
        did = "new" if is_new else "changed" if is_changed or has_new_code else "unchanged"
        return held.place, leads, did

    def _meant(self, draft: PlaceDraft, holding: Holding) -> Held | None:
        """The place a row tells of, or None where it is new. Raises InvalidInput if in doubt."""
        found = holding.find(draft)
        if len(found) > 1:
            raise InvalidInput(
                _("%(name)s bears the codes of %(places)s: merge these first, or mend the codes.")
                % {"name": draft.name, "places": _listed(held.place for held in found)}
            )
        if found or draft.kind not in UNITS:
            return found[0] if found else None
        keys = self._namesakes_of(draft, holding)
        if len(keys) > 1:
            raise InvalidInput(
                _("%(name)s may be any of %(places)s: give one of them its code.")
                % {
                    "name": draft.name,
                    "places": _listed(holding.get(key).place for key in keys),
                }
            )
        return holding.get(keys[0]) if keys else None

    def _namesakes_of(self, draft: PlaceDraft, holding: Holding) -> list[int]:
        told = holding.first(draft.parents)
        if told and told.is_new:
            # What lies in a unit that nobody knew is known to nobody either.
            return []
        return self._namesakes.of(draft, told.place.pk if told else self._wider(draft))

    def _wider(self, draft: PlaceDraft) -> int | None:
        """What a unit lies in, as far as that is held already."""
        known = known_by(draft.parents)
        wider = next((known[code] for code in draft.parents if code in known), None)
        latitude, longitude = draft.latitude, draft.longitude
        if latitude is None and draft.outline:
            latitude, longitude = outlines.middle(outlines.mended(draft.outline))
        if wider is not None or latitude is None or longitude is None:
            return wider
        return self._outlines_before.around([Spot(None, draft.kind, latitude, longitude)])[0]

    def _add_alias(self, draft: AliasDraft, holding: Holding) -> None:
        found = holding.find(draft)
        if not found:
            self._counts["unknown"] += 1
            return
        held = found[0]
        self._counts["new" if held.add_name(draft.alias) else "unchanged"] += 1
        if draft.alias.language == "ar" and not held.place.name_ar:
            best = self._arabic.setdefault(held.place.pk, (draft.is_preferred, draft.alias.name))
            if draft.is_preferred and not best[0]:
                self._arabic[held.place.pk] = (True, draft.alias.name)

    def name_in_arabic(self) -> None:
        """Let the preferred of the Arabic names that came be the usual one, where there is none."""
        keys = list(self._arabic)
        for at in range(0, len(keys), BATCH):
            places = list(Place.objects.filter(pk__in=keys[at : at + BATCH], name_ar=""))
            for place in places:
                place.name_ar = self._arabic[place.pk][1]
            update(places)

    def put_in_place(self) -> None:
        parents, moved = Parents(), defaultdict(list)
        for taken, wider in zip(self._taken, self._wider_of_all(), strict=True):
            held = parents.of(taken.key)
            if wider in {None, held, taken.key} or (held is not None and not taken.leads):
                continue
            if not parents.put(taken.key, wider):
                reason = _("%(name)s would lie in itself: it was not moved.")
                self._tell(Refusal(taken.line, reason % {"name": taken.name}))
                continue
            moved[wider].append(taken.key)
            taken.did = "changed" if taken.did == "unchanged" else taken.did
        for wider, keys in moved.items():
            for at in range(0, len(keys), BATCH):
                Place.objects.filter(pk__in=keys[at : at + BATCH]).update(parent=wider)
        kinds = {taken.key: taken.kind for taken in self._taken}
        self._counts["unplaced"] = sum(
            parents.of(key) is None and kind != PlaceKind.COUNTRY for key, kind in kinds.items()
        )

    def _wider_of_all(self) -> list[int | None]:
        known = known_by({code for taken in self._taken for code in taken.parents})
        found = [
            next((known[code] for code in taken.parents if code in known), None)
            for taken in self._taken
        ]
        lost = [
            (at, Spot(taken.key, taken.kind, *taken.position))
            for at, taken in enumerate(self._taken)
            if found[at] is None and taken.position
        ]
        if lost:
            # Those that came with this very file are held by now.
            around = Outlines().around([spot for _at, spot in lost])
            for (at, _spot), wider in zip(lost, around, strict=True):
                found[at] = wider
        return found

    def _refuse(self, refusal: Refusal) -> None:
        self._counts["refused"] += 1
        self._tell(refusal)

    def outcome(self) -> Outcome:
        return Outcome(**(self._counts + Counter(taken.did for taken in self._taken)))


def _position(place: Place) -> tuple[float, float] | None:
    if place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def _listed(places: Iterable[Place]) -> str:
    return ", ".join(f"{place.name} ({place.pk})" for place in places)
