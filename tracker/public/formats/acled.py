"""Incidents in the 31 columns of ACLED's export (codebook of 2024), for programs that read those.

What ACLED has no word for is left out, and what the tracker does not hold is empty: above all a
number of deaths nobody leads with, which ACLED would write as 0. The actor is whom the desk holds to
have done it, never who is only accused.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator

from tracker.codebook import Act, DatePrecision, GeoPrecision, PartyKind, Target
from tracker.public.formats.held import killed, perpetrators
from tracker.public.formats.tables import Cells, Document, Wording
from tracker.tables import Cell

COLUMNS = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type"),
    *("sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2"),
    *("interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2"),
    *("admin3", "location", "latitude", "longitude", "geo_precision", "source", "source_scale"),
    *("notes", "fatalities", "tags", "timestamp"),
)

BATTLES, REMOTE = "Battles", "Explosions/Remote violence"
AGAINST_CIVILIANS, STRATEGIC = "Violence against civilians", "Strategic developments"
ARMED_CLASH, ATTACK = "Armed clash", "Attack"
# In ACLED's own order: of several, the one that stands first here names the event.
EVENT_TYPES = {
    "Government regains territory": BATTLES,
    "Non-state actor overtakes territory": BATTLES,
    ARMED_CLASH: BATTLES,
    "Chemical weapon": REMOTE,
    "Air/drone strike": REMOTE,
    "Shelling/artillery/missile attack": REMOTE,
    "Remote explosive/landmine/IED": REMOTE,
    ATTACK: AGAINST_CIVILIANS,
    "Abduction/forced disappearance": AGAINST_CIVILIANS,
    "Looting/property destruction": STRATEGIC,
    "Other": STRATEGIC,
}
_SUB_KINDS = [*EVENT_TYPES, ""]
_KINDS = [*dict.fromkeys(EVENT_TYPES.values())]
# Who takes a place makes two sub-events of it.
_TAKEN_BY = {
    PartyKind.GOVERNMENT: "Government regains territory",
    PartyKind.STATE_FORCES: "Government regains territory",
    PartyKind.ARMED_GROUP: "Non-state actor overtakes territory",
    PartyKind.DESIGNATED_GROUP: "Non-state actor overtakes territory",
}
CIVILIANS = PartyKind.CIVILIANS.elsewhere["acled"]


def rows(documents: Iterable[Document], wording: Wording) -> Iterator[list[Cell]]:
    """The names of the columns, and a row for each incident."""
    yield [*COLUMNS]
    for told in documents:
        yield [
            *_when(told),
            *_what(told),
            *_who(told, wording),
            *_where(told, wording),
            *_told(told, wording),
        ]


def _when(told: Document) -> Cells:
    day, precision = told["date_start"], DatePrecision(told["date_precision"])
    # Nothing vaguer than a month has a grade there.
    return (told["id"], day, int(day[:4]), _number(precision.elsewhere.get("acled")))


def _what(told: Document) -> Cells:
    kind, sub_kind = _event(told)
    disorder = STRATEGIC if kind == STRATEGIC else "Political violence" if kind else ""
    return (disorder, kind, sub_kind)


def _event(told: Document) -> tuple[str, str]:
    """The event type and the sub-event type; nothing of acts that ACLED has no word for."""
    found = (_sub_event(Act(act), told) for act in told["acts"])
    # Some acts answer to a whole event type, and to no sub-event of it.
    events = [(EVENT_TYPES.get(sub, sub), sub if sub in EVENT_TYPES else "") for sub in found]
    return min((each for each in events if each[0]), key=_rank, default=("", ""))


def _rank(event: tuple[str, str]) -> tuple[int, int]:
    kind, sub = event
    return _KINDS.index(kind), _SUB_KINDS.index(sub)


def _sub_event(act: Act, told: Document) -> str:
    if act is Act.TERRITORY:
        kinds = [told["party_kinds"].get(party["id"]) for party in perpetrators(told)]
        return next((_TAKEN_BY[kind] for kind in kinds if kind in _TAKEN_BY), BATTLES)
    sub = act.elsewhere.get("acled", "")
    if sub == ARMED_CLASH and _hits_civilians(told) and Target.PARTY not in told["targets"]:
        return ATTACK
    return sub


def _hits_civilians(told: Document) -> bool:
    return Target.CIVILIANS in told["targets"]


def _who(told: Document, wording: Wording) -> Cells:
    one, other = perpetrators(told), told["target_parties"]
    first, second = _inter(one, told), _inter(other, told)
    names = [wording.name(party) for party in other]
    if not names and _hits_civilians(told):
        names, second = [_civilians(told, wording)], CIVILIANS
    actors = [wording.name(party) for party in one]
    return (
        *_actor(actors),
        first,
        *_actor(names),
        second,
        f"{first} - {second}" if first and second else "",
        "Civilians targeted" if _hits_civilians(told) else "",
    )


def _civilians(told: Document, wording: Wording) -> str:
    country = wording.name(told["lineage"].get("country"))
    return f"{CIVILIANS} ({country})" if country else CIVILIANS


def _actor(names: list[str]) -> tuple[str, str]:
    """The actor, and those beside it."""
    return (names[0] if names else "", "; ".join(names[1:]))


def _inter(parties: list[Document], told: Document) -> str:
    kind = told["party_kinds"].get(parties[0]["id"]) if parties else None
    return PartyKind(kind).elsewhere.get("acled", "") if kind else ""


def _where(told: Document, wording: Wording) -> Cells:
    position, precision, lineage = told["position"] or {}, told["geo_precision"], told["lineage"]
    grade = GeoPrecision(precision).elsewhere.get("acled") if precision else None
    units = ("country", "governorate", "district", "subdistrict")
    return (
        *("", ""),
        *[wording.name(lineage.get(unit)) for unit in units],
        wording.name(told["place"]),
        position.get("latitude"),
        position.get("longitude"),
        _number(grade),
    )


def _told(told: Document, wording: Wording) -> Cells:
    led = killed(told)
    return (
        sources(told, wording),
        "",
        told["summary"] or told["title"],
        led["figure"]["best"] if led else None,
        "",
        # Days only are told, and so it is the first moment of the day.
        calendar.timegm(dt.date.fromisoformat(told["updated_on"]).timetuple()),
    )


def sources(told: Document, wording: Wording) -> str:
    """Where its reports were read, without those that are confidential."""
    names = (wording.name(report["source"]) for report in told["reports"])
    return "; ".join(dict.fromkeys(filter(None, names)))


def _number(grade: str | None) -> int | None:
    return int(grade) if grade else None
