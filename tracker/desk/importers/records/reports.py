from __future__ import annotations

from types import NoneType
from typing import Any

from tracker.codebook import GeoPrecision, Group, Harm
from tracker.desk.importers.faults import Why
from tracker.desk.importers.records.conventions import RELAYED_FROM_SEVERAL, remark
from tracker.desk.importers.records.drafts import FigureDraft, ReportDraft
from tracker.desk.importers.records.fields import FIGURES
from tracker.desk.importers.records.mapping import Mapping
from tracker.desk.importers.records.refusing import Refuse, refuse_wrong_days
from tracker.desk.importers.records.unread import Unread
from tracker.desk.importers.records.values import Span, Words, pair
from tracker.geo.bbox import BBox
from tracker.geo.coordinates import Position
from tracker.geo.precision import reach

# Values that a report's draft has by the same name.
_SAME = (
    "external_id",
    "text",
    "translation",
    "language",
    "url",
    "archive_url",
    "published_on",
    "wider",
    "geo_precision",
    "radius_m",
    "acts",
    "means",
    "accused",
    "accused_as_written",
    "stance",
    "justification",
    "note",
)


Numbers = tuple[Any, Any, Any]
_PLAIN = frozenset({int, NoneType})
_NOTHING = (None, None, None)


class ReportBuilder:
    """Makes reports."""

    def __init__(self, mapping: Mapping, area: BBox | None) -> None:
        self._area = area
        given = {*mapping.columns, *mapping.constants}
        figures = ((harm.value, group.value) for harm in Harm for group in Group)
        named = (
            (harm, group, [f"{harm}.{group}.{end}" for end in FIGURES]) for harm, group in figures
        )
        self._figures = [each for each in named if not given.isdisjoint(each[2])]

    def check(self, values: dict[str, Any], refuse: Refuse) -> None:
        refuse_wrong_days(values, refuse)
        position = _position(values, refuse)
        if position is not None:
            _refuse_unlikely(position, self._area, refuse)
            values["near"] = position

    def build(self, line: int, raw: dict[str, str], values: dict[str, Any]) -> ReportDraft:
        sources = values.get("relayed_from", ())
        if len(sources) > 1:
            remark(values, RELAYED_FROM_SEVERAL % "; ".join(sources))
        days = values["date_start"]
        end = values.get("date_end", days.end)
        stated = {name: values[name] for name in _SAME if name in values}
        draft = ReportDraft(
            line=line,
            raw=raw,
            date_start=days.start,
            date_end=end if end != days.start else None,
            # A month is no day, whatever another column says.
            date_precision=max(values.get("date_precision", 1), days.precision),
            place_as_written=values.get("place", ""),
            # One report passes on one statement: of several sources none is the claimant.
            relayed_from=sources[0] if len(sources) == 1 else "",
            figures=self._figure_drafts(values),
            **stated,
        )
        _place(draft, values.get("near"))
        return draft

    def _figure_drafts(self, values: dict[str, Any]) -> list[FigureDraft]:
        said = values.get
        drafts = []
        for harm, group, (low, best, high, written) in self._figures:
            numbers, words = (said(low), said(best), said(high)), said(written, "")
            if numbers != _NOTHING or words:
                is_plain = {*map(type, numbers)} <= _PLAIN
                drafts.append(
                    FigureDraft(harm, group, *numbers, words)
                    if is_plain
                    else _wordy(harm, group, numbers, words)
                )
        return drafts


def _wordy(harm: str, group: str, numbers: Numbers, written: str) -> FigureDraft:
    """Words and spans that stand where a number does are kept as written; no word becomes a number."""
    low, best, high = numbers
    if isinstance(best, Span):
        low, high = (best.low if low is None else low), (best.high if high is None else high)
    said = "; ".join(dict.fromkeys(filter(None, [written, *map(_words, numbers)])))[:100]
    low = low.low if isinstance(low, Span) else low
    high = high.high if isinstance(high, Span) else high
    return FigureDraft(harm, group, _number(low), _number(best), _number(high), said)


def _words(value: object) -> str:
    return (
        value.as_written if isinstance(value, Span) else value if isinstance(value, Words) else ""
    )


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _position(values: dict[str, Any], refuse: Refuse) -> Position | None:
    latitude, longitude = values.get("latitude"), values.get("longitude")
    if latitude is None and longitude is None:
        return values.get("position")
    if latitude is None or longitude is None:
        refuse("longitude" if longitude is None else "latitude", Why.HALF_POSITION)
        return None
    for name, said in (("latitude", latitude), ("longitude", longitude)):
        if isinstance(said, str) and not any(map(str.isdigit, said)):
            refuse(name, Why.DEGREES, said)
            return None
    try:
        return pair(latitude, longitude)
    except Unread as refusal:
        refuse("latitude", refusal.why, **refusal.values)
        return None


def _refuse_unlikely(position: Position, area: BBox | None, refuse: Refuse) -> None:
    latitude, longitude = position.latitude, position.longitude
    if latitude == 0 and longitude == 0:
        refuse("latitude", Why.NOWHERE)
    elif area and not _is_in(area, latitude, longitude) and _is_in(area, longitude, latitude):
        refuse("latitude", Why.TURNED, latitude=f"{latitude:g}", longitude=f"{longitude:g}")


def _is_in(area: BBox, latitude: float, longitude: float) -> bool:
    return area.south <= latitude <= area.north and any(
        west <= longitude <= east for west, east in area.strips
    )


def _place(draft: ReportDraft, position: Position | None) -> None:
    """A district's centroid tells namesakes apart, and is no pin."""
    if position is None:
        return
    draft.near = (position.latitude, position.longitude)
    if draft.geo_precision is not None and draft.geo_precision >= GeoPrecision.DISTRICT:
        return
    draft.latitude, draft.longitude = draft.near
    if draft.geo_precision == GeoPrecision.NEAR and draft.radius_m is None:
        draft.radius_m = reach(GeoPrecision.NEAR)
