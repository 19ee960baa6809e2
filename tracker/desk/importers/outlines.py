"""Boundaries as GeoJSON: OCHA's, those of Who's On First, and geoBoundaries'."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from tracker.codebook import PlaceKind
from tracker.desk.importers import cells, files, ocha, whos_on_first
from tracker.desk.importers.drafts import PlaceDraft, Refusal, Row
from tracker.errors import InvalidInput
from tracker.geo import outlines

Properties = dict[str, str]
Told = Callable[[int, Properties], Iterator[Row]]


class _Authority(NamedTuple):
    told: Told
    attribution: str
    """Whom to name, and the licence, where a feature does not say itself."""


_WOF_LEVELS = {f"adm{level}": kind for level, kind in enumerate(ocha.KINDS)}
_ISO_UNIT = re.compile("[A-Z]{2}-[A-Z0-9]{1,3}")


def read(path: Path) -> Iterator[Row]:
    """The units of a file, each with its outline; `line` counts features.

    Raises InvalidInput where the file is no collection of features of a kind that is known.
    """
    features = features_of(path)
    authority = _authority(path, features)
    for number, feature in enumerate(features, start=1):
        properties = _properties(feature)
        if properties is None:
            yield Refusal(number, "this is no feature with properties and a geometry.")
            continue
        *wider, own = [*authority.told(number, properties)] or [
            Refusal(number, "the feature has no code.")
        ]
        yield from wider
        attribution = properties.get("attribution") or authority.attribution
        yield _outlined(own, feature["geometry"], attribution)


def features_of(path: Path) -> list[Any]:
    """The features of a GeoJSON file. Raises InvalidInput."""
    try:
        content = orjson.loads(files.whole(path).removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise InvalidInput(f"{path.name} is not sound JSON: {error}.") from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise InvalidInput(f"{path.name} is JSON, but no GeoJSON FeatureCollection.")
    return features


def level(path: Path) -> int:
    """How wide the units of a file are: 0 is a country, 1 what it is divided into, and so on."""
    features = features_of(path)
    told = _authority(path, features).told
    kinds = list(PlaceKind)
    for number, feature in enumerate(features[:10], start=1):
        drafts = [*told(number, _properties(feature) or {})]
        if drafts and isinstance(drafts[-1], PlaceDraft):
            return kinds.index(drafts[-1].kind)
    return len(kinds)


def _authority(path: Path, features: list[Any]) -> _Authority:
    """Who drew the units of a file, by the properties of its first features."""
    found = [_properties(feature) or {} for feature in features[:10]]
    for properties in found:
        if ocha.columns_of(tuple(properties)):
            return _Authority(ocha.Units().told_by, "OCHA COD-AB, CC BY-IGO")
        if "wof_id" in properties:
            told = "Who's On First, CC0 and others: whosonfirst.org/docs/licenses"
            return _Authority(_whos_on_first, told)
        if {"shapeName", "shapeType"} <= set(properties):
            return _Authority(_geoboundaries, "geoBoundaries")
    names = ", ".join(list(found[0])[:12]) if found else "no feature at all"
    raise InvalidInput(
        f"{path.name} holds features with {names}. Read are boundaries with ADM1_PCODE and ADM1_EN "
        "(OCHA), wof_id and level (Who's On First), or shapeName and shapeType (geoBoundaries)."
    )


def _properties(feature: Any) -> Properties | None:
    """The properties of a feature as text; what is null is empty."""
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        return None
    if "geometry" not in feature:
        return None
    given = feature["properties"].items()
    return {name: "" if value is None else str(value) for name, value in given}


def _outlined(row: Row, geometry: Any, attribution: str) -> Row:
    if not isinstance(row, PlaceDraft):
        return row
    try:
        drawn = outlines.geojson(outlines.mended(geometry))
    except InvalidInput as error:
        return Refusal(row.line, f"{row.name}: {error.message}")
    return dataclasses.replace(row, outline=drawn, attribution=attribution[:200])


def _whos_on_first(number: int, properties: Properties) -> Iterator[Row]:
    try:
        kind = _WOF_LEVELS.get(properties.get("level", "")) or whos_on_first.KINDS.get(
            properties.get("placetype", "")
        )
        if kind is None:
            raise InvalidInput("neither level nor placetype tells what kind of place it is.")
        name = cells.english(_named(properties, "name"))
        own = cells.number(properties.get("wof_id", ""), called="wof_id")
        yield PlaceDraft(
            line=number,
            codes=(f"wof:{own}",),
            name=name,
            name_ar=cells.text(properties.get("name_ar", ""), called="name_ar"),
            kind=kind,
            parents=tuple(
                f"wof:{cells.number(properties[column], called=column)}"
                for column in ("adm2_wof_id", "adm1_wof_id")
                if properties.get(column)
            ),
        )
    except InvalidInput as error:
        yield Refusal(number, error.message)


def _geoboundaries(number: int, properties: Properties) -> Iterator[Row]:
    try:
        name = _named(properties, "shapeName")
        shape_type = properties.get("shapeType", "").lower()
        if shape_type not in _WOF_LEVELS:
            raise InvalidInput(f"shapeType is {shape_type!r}: ADM0 to ADM4 are expected.")
        own = cells.number(properties.get("shapeID", ""), called="shapeID")
        iso = properties.get("shapeISO", "")
        yield PlaceDraft(
            line=number,
            codes=(
                f"geoboundaries:{own}",
                *([f"iso:{iso}"] if _ISO_UNIT.fullmatch(iso) else []),
            ),
            name=name,
            kind=_WOF_LEVELS[shape_type],
        )
    except InvalidInput as error:
        yield Refusal(number, error.message)


def _named(properties: Properties, column: str) -> str:
    name = cells.text(properties.get(column, ""), called=column)
    if not cells.is_latin(name):
        raise InvalidInput(f"{column} is {name!r}: a name in Latin letters is expected.")
    return name
