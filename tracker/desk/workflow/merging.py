"""Places that turn out to be one: the only code that writes Place.merged_into."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.codebook import UNITS, NameKind, PlaceKind
from tracker.desk.models import (
    Boundary,
    Coverage,
    Incident,
    Place,
    PlaceCode,
    PlaceMerge,
    PlaceName,
    Report,
    Tally,
    User,
)
from tracker.desk.workflow import judging, publishing
from tracker.errors import Conflict, InvalidInput
from tracker.geo.names import fold

# What is filled in together, where a place has none of it.
BLANKS = (("latitude", "longitude"), ("name_ar",), ("population",), ("pcode",), ("parent_id",))
UNLOCKED = Q(incident=None, public_id=None)


@transaction.atomic
def merge(place: Place, *, into: Place, by: User) -> PlaceMerge:
    """Let one place stand for another: what refers to that one refers to it from now on.

    A locked report states what it states: it keeps its place, which the other stands for. Editions
    show the other at once. Raises InvalidInput for two that cannot be one, Conflict where either has
    been merged already.
    """
    _held(Incident.objects.filter(place=place))
    _held(Coverage.objects.filter(place=place))
    place, into = _both_held(place, into)
    _refuse(place, into)
    _refuse_kinds(place, into)
    moved = {
        "incidents": _moved(Incident.objects.filter(place=place), place=into),
        "reports": _moved(Report.objects.filter(UNLOCKED, place=place), place=into),
        "tallies": _moved(Tally.objects.filter(place=place), place=into),
        "coverage": _moved(Coverage.objects.filter(place=place), place=into),
        "children": _moved(place.children.all(), parent=into),
        "codes": _moved(place.codes.all(), place=into),
        "boundary": _with_boundary(place, into),
        "filled": _filled(place, into),
        "names": _named(place, into),
    }
    # Changed at the desk: a gazetteer loaded again leaves what it has become.
    into.is_edited = True
    into.save()
    place.merged_into = into
    place.save(update_fields=["merged_into"])
    judging.places_changed([into.pk])
    moved["public"] = publishing.replace_place(place, into)
    return PlaceMerge.objects.create(place=place, into=into, moved=moved, merged_by=by)


@transaction.atomic
def unmerge(place: Place, *, by: User) -> int:
    """Part a place again from the one it was merged into, and give back what came over with it.

    Returns how many reports stay behind: they were attached since, and what they state stands.
    Raises Conflict where it has not been merged, or what stands for it has been merged further.
    """
    merged = (
        PlaceMerge.objects.standing().select_for_update(no_key=True).filter(place=place).first()
    )
    if merged is None:
        raise Conflict(_("“%s” has not been merged into another place.") % place)
    moved = merged.moved
    # Merges from before there were tallies moved none, and likewise coverage.
    tallies, coverage = moved.get("tallies", []), moved.get("coverage", [])
    _held(Incident.objects.filter(pk__in=moved["incidents"]))
    _held(Coverage.objects.filter(pk__in=coverage))
    place, into = _both_held(place, merged.into)
    if into.merged_into:
        raise Conflict(
            _("“%(into)s” has itself been merged into “%(further)s”: undo that first.")
            % {"into": into, "further": into.merged_into}
        )
    place.merged_into = None
    place.save(update_fields=["merged_into"])
    incidents = _back(Incident, moved["incidents"], place=(into, place))
    _back(Report, moved["reports"], place=(into, place))
    _back(Tally, tallies, place=(into, place))
    _back(Coverage, coverage, place=(into, place))
    _back(Place, moved["children"], parent=(into, place))
    _back(PlaceCode, moved["codes"], place=(into, place))
    if moved["boundary"]:
        Boundary.objects.filter(place=into).update(place=place)
    _emptied(into, moved["filled"])
    _forgotten(into, besides=place)
    judging.places_changed([place.pk, into.pk])
    _shown_again(place, into, moved, incidents)
    merged.undone_by, merged.undone_at = by, timezone.now()
    merged.save(update_fields=["undone_by", "undone_at"])
    return Report.objects.filter(pk__in=moved["reports"], place=into).count()


def _refuse(place: Place, into: Place) -> None:
    names = {"place": place, "into": into}
    if place == into:
        raise InvalidInput(_("“%(place)s” cannot be merged into itself.") % names)
    for each in (place, into):
        if each.merged_into:
            raise Conflict(
                _("“%(place)s” has already been merged into “%(into)s”.")
                % {"place": each, "into": each.merged_into}
            )
    if place in into.lineage():
        raise InvalidInput(
            _(
                "“%(place)s” cannot be merged into “%(into)s”, which lies in it: "
                "merge them the other way round."
            )
            % names
        )


def _refuse_kinds(place: Place, into: Place) -> None:
    kinds = {
        "place": place,
        "kind": place.get_kind_display(),
        "into": into,
        "other": into.get_kind_display(),
    }
    if (place.kind in UNITS) != (into.kind in UNITS):
        raise InvalidInput(
            _(
                "“%(place)s” (%(kind)s) cannot be merged into “%(into)s” (%(other)s): only one of "
                "them is an administrative unit. If a kind is wrong, change it first."
            )
            % kinds
        )
    # A guarded incident is shown by its district: it must not come to be shown by less.
    if place.kind in UNITS and UNITS.index(PlaceKind(place.kind)) < UNITS.index(
        PlaceKind(into.kind)
    ):
        raise InvalidInput(
            _(
                "“%(place)s” (%(kind)s) cannot be merged into “%(into)s” (%(other)s), which is "
                "narrower: merge them the other way round. If a kind is wrong, change it first."
            )
            % kinds
        )


def _held(rows: QuerySet[Any]) -> list[int]:
    """Hold these rows until the end.

    Incidents and coverage before places, in the order publishing holds them.
    """
    return list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def _both_held(place: Place, into: Place) -> tuple[Place, Place]:
    both = (
        Place.objects.select_for_update(no_key=True)
        .filter(pk__in={place.pk, into.pk})
        .order_by("pk")
    )
    held = {each.pk: each for each in both}
    return held[place.pk], held[into.pk]


def _moved(rows: QuerySet[Any], **to: Place) -> list[int]:
    keys = _held(rows)
    rows.model.objects.filter(pk__in=keys).update(**to)
    return keys


def _back(model: Any, keys: list[int], **ends: tuple[Place, Place]) -> list[int]:
    """Move back those that are still where they were moved to, but for reports locked since."""
    [(name, (now, then))] = ends.items()
    still = model.objects.filter(UNLOCKED) if model is Report else model.objects.all()
    return _moved(still.filter(**{"pk__in": keys, name: now}), **{name: then})


def _with_boundary(place: Place, into: Place) -> bool:
    if Boundary.objects.filter(place=into).exists():
        return False
    return bool(Boundary.objects.filter(place=place).update(place=into))


def _filled(place: Place, into: Place) -> list[dict[str, Any]]:
    """Fill in what a place lacks and another has; gives what was filled in."""
    filled = []
    for names in BLANKS:
        known = {name: getattr(place, name) for name in names}
        if not _is_blank(into, names) or _is_blank(place, names):
            continue
        if names == ("parent_id",) and place.parent and into in place.parent.lineage():
            continue
        for name, value in known.items():
            setattr(into, name, value)
        filled.append(known)
    return filled


def _is_blank(place: Place, names: tuple[str, ...]) -> bool:
    return all(getattr(place, name) in {None, ""} for name in names)


def _emptied(place: Place, filled: list[dict[str, Any]]) -> None:
    """Take out again what was filled in, where it has not been changed since."""
    for known in filled:
        if all(getattr(place, name) == value for name, value in known.items()):
            for name, value in known.items():
                setattr(place, name, "" if isinstance(value, str) else None)
    place.save()


def _named(place: Place, into: Place) -> list[int]:
    """Give a place the names of another that it does not bear in any spelling; gives their keys."""
    borne = {fold(name) for name in _names(into)}
    own = [
        PlaceName(name=place.name, language="en", kind=NameKind.TRANSLITERATION),
        PlaceName(name=place.name_ar, language="ar", kind=NameKind.LOCAL),
    ]
    wanted: dict[str, PlaceName] = {}
    for each in (*own, *place.names.all()):
        if fold(each.name) and fold(each.name) not in borne:
            wanted.setdefault(fold(each.name), each)
    made = PlaceName.objects.bulk_create(
        PlaceName(place=into, name=each.name, language=each.language, kind=each.kind)
        for each in wanted.values()
    )
    return [name.pk for name in made]


def _forgotten(into: Place, *, besides: Place) -> None:
    """Take away the names that came by merging and that no place still merged bears."""
    others = into.absorbed.exclude(pk=besides.pk).prefetch_related("names")
    borne = {fold(name) for other in others for name in _names(other)}
    came = [key for merged in into.taken_in.all() for key in merged.moved["names"]]
    for name in into.names.filter(pk__in=came):
        if fold(name.name) not in borne:
            name.delete()


def _names(place: Place) -> list[str]:
    return [place.name, place.name_ar, *(each.name for each in place.names.all())]


def _shown_again(place: Place, into: Place, moved: dict[str, Any], incidents: list[int]) -> None:
    if not moved["public"]:
        return
    # What was published while they were one is known by what the desk holds.
    since = Incident.objects.filter(pk__in=incidents), Report.objects.filter(place=place)
    public_ids = {
        str(key)
        for rows in since
        for key in rows.exclude(public_id=None).values_list("public_id", flat=True)
    }
    for model in (Tally, Coverage):
        told = model.objects.filter(place=place).values_list("public_id", flat=True)
        public_ids |= {str(key) for key in told}
    publishing.restore_place(
        place, into, moved["public"], public_ids | set(moved["public"]["found"])
    )
