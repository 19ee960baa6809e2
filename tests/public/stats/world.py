"""Two hundred published incidents that differ in all that can be asked for, and what to ask."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from typing import Any

from hypothesis import strategies as st

from tracker.public import rollups
from tracker.public.models import Edition, Entry, Facet, Kind

FIRST = dt.date(2016, 11, 20)
ACTS = ["siege", "fire_indirect", "air_attack", "detain"]
VERIFICATIONS = ["reported", "verified", "refuted"]
VERDICTS = ["violation", "outside", "undetermined"]
READINGS = ["wide", "narrow"]
PLACES = [str(uuid.UUID(int=number)) for number in (1, 2)]
SPOTS = [(33.605, 36.135), (36.205, 37.155), (33.5, 36.5625), (0.0, 0.0), (51.905, 179.975), None]
FACETS = {
    "act": ACTS,
    "means": ["mortar", "drone"],
    "target": ["civilians", "relief"],
    "accused": ["army", "band"],
    "attributed": ["army"],
    "claimant": ["observatory", "ministry"],
    "place": PLACES,
    "agreement": ["truce"],
    "contested": ["truce"],
}


def make(*, years: int = 1) -> None:
    """Write them past the desk, on days of this many winters, and count them."""
    drawn = random.Random(2017)
    for number in range(200):
        incident = _edition(Kind.INCIDENT, str(uuid.UUID(int=1000 + number)))
        day = FIRST + dt.timedelta(days=drawn.randrange(130) + 365 * (number % years))
        latitude, longitude = drawn.choice(SPOTS) or (None, None)
        Entry.objects.create(
            edition=incident,
            kind=Kind.INCIDENT,
            public_id=uuid.UUID(incident.public_id),
            date_start=day,
            date_end=day + dt.timedelta(days=drawn.choice([0, 0, 0, 3, 12])),
            date_precision=drawn.choice([1, 1, 1, 2, 3, 4, 5]),
            geo_precision=drawn.choice([1, 4, None]),
            latitude=latitude,
            longitude=longitude,
            verification=drawn.choice(VERIFICATIONS),
            updated_on=FIRST + dt.timedelta(days=drawn.randrange(200)),
        )
        found = {(name, value) for name in FACETS for value in _some(drawn, FACETS[name])}
        for reading in READINGS if drawn.random() < 0.8 else []:
            verdict = drawn.choice(VERDICTS)
            found |= {("verdict", verdict), ("verdict", f"{verdict}@{reading}")}
        Facet.objects.bulk_create(
            Facet(edition=incident, name=name, value=value) for name, value in found
        )
    truce = _edition(Kind.AGREEMENT, "truce")
    Facet.objects.bulk_create(
        Facet(edition=truce, name="reading", value=reading) for reading in READINGS
    )
    rollups.rebuild(Edition.objects.of(Kind.INCIDENT))


def _edition(kind: Kind, public_id: str) -> Edition:
    told = {"label": "", "search": "shells" if public_id[-1] in "02468" else "", "revision": 1}
    days = {"published_on": FIRST, "updated_on": FIRST}
    return Edition.objects.create(
        kind=kind, public_id=public_id, document=f'{{"id":"{public_id}"}}', **told, **days
    )


def _some(drawn: random.Random, values: list[str]) -> list[str]:
    return [value for value in values if drawn.random() < 0.4]


def _listed(values: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True).map(",".join)


DAYS = st.integers(-5, 140).map(lambda number: FIRST + dt.timedelta(days=number))
BOXES = ["36,33,37,34", "-180,-90,180,90", "179,51,-179,52", "36.5625,33,38,37", "0,0,36,34"]
FILTERS: dict[str, st.SearchStrategy[str]] = {
    **{name: _listed(values) for name, values in FACETS.items() if name != "contested"},
    "verification": _listed(VERIFICATIONS),
    "verdict": _listed(VERDICTS),
    "contested": st.sampled_from(["true", "false"]),
    "located": st.sampled_from(["true", "false"]),
    "bbox": st.sampled_from(BOXES),
    "max_geo_precision": st.sampled_from(["1", "5"]),
    "max_date_precision": st.sampled_from(["1", "3"]),
    "updated_since": DAYS.map(str),
    "date_from": DAYS.map(str),
    "date_to": DAYS.map(str),
    "q": st.just("shells"),
}


@st.composite
def one_code(draw: Any) -> dict[str, str]:
    """One code of those that are counted by, or a box, and perhaps days."""
    codes = {
        "act": ACTS,
        "accused": FACETS["accused"],
        "verification": VERIFICATIONS,
        "located": ["true", "false"],
        "bbox": BOXES,
    }
    name = draw(st.sampled_from([*codes, "verdict"]))
    told = {name: draw(st.sampled_from(codes.get(name, VERDICTS)))}
    if name == "verdict" and draw(st.booleans()):
        told["reading"] = draw(st.sampled_from(READINGS))
    days = sorted(draw(st.integers(-5, 900)) for _end in range(2))
    for end, day in zip(("date_from", "date_to"), days, strict=True):
        if draw(st.booleans()):
            told[end] = str(FIRST + dt.timedelta(days=day))
    return told


@st.composite
def asked(draw: Any) -> dict[str, str]:
    """A question that a list can be asked: of no filter, of days alone, or of up to four filters."""
    names = draw(
        st.one_of(
            st.sets(st.sampled_from(["date_from", "date_to"])),
            st.sets(st.sampled_from(sorted(FILTERS)), max_size=4),
        )
    )
    told = {name: draw(FILTERS[name]) for name in sorted(names)}
    if "date_from" in told and "date_to" in told and told["date_from"] > told["date_to"]:
        told["date_from"], told["date_to"] = told["date_to"], told["date_from"]
    if "verdict" in told and draw(st.booleans()):
        told["reading"] = draw(st.sampled_from(READINGS))
    if draw(st.integers(0, 9)) == 0:
        told |= {"near": "33.6,36.1", "within_km": draw(st.sampled_from(["5", "400"]))}
    return told
