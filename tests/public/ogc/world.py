"""A little of everything that is offered as features."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.factories import (
    make_agreement,
    make_bulletin,
    make_incident,
    make_party,
    make_place,
    make_reading,
    make_report,
    make_source,
    make_user,
    make_zone,
)
from tracker.desk.workflow import publishing
from tracker.desk.workflow.recording import recorded
from tracker.public.models import Edition, Kind

HAMA = [[[36.5, 35.0], [37.0, 35.0], [37.0, 35.3], [36.5, 35.3], [36.5, 35.0]]]
NAMES = ("incidents", "zones", "places", "tallies")


def make_world() -> None:
    """Three incidents (one of ten days, one of no place), two zones, four places and three counts."""
    with recorded(by=(reviewer := make_user())):
        syria = make_place(name="Syria", kind="country", latitude=None, longitude=None)
        hama = make_place(
            name="Hama",
            name_ar="حماة",
            kind="governorate",
            parent=syria,
            latitude=35.13,
            longitude=36.75,
        )
        village = make_place(parent=syria)
        town = make_place(name="Halfaya", parent=hama, latitude=35.26, longitude=36.62)
        truce = make_agreement(slug="truce", title_ar="هدنة")
        make_zone(truce, name="Valley", reading=make_reading(truce, slug="truce-strict"))
        shape = {"type": "Polygon", "coordinates": HAMA}
        days = {"valid_from": dt.date(2017, 1, 10), "valid_to": dt.date(2017, 1, 20)}
        make_zone(truce, name="Hama", name_ar="حماة", rule="include", geometry=shape, **days)
        publishing.publish_agreement(truce)
        army = make_party(slug="army")
        told = [
            (
                {"place": village, "means": ["mortar", "tank"], "acts": ["fire_indirect", "siege"]},
                2,
            ),
            ({"place": town, "acts": ["siege"], **_days(10, 20), "verification": "verified"}, 1),
            ({"summary": "Nobody knows where.", **_days(16, 16)}, 1),
        ]
        for fields, reports in told:
            incident = make_incident(reports=0, **fields)
            for _number in range(reports):
                make_report(incident=incident, accused=[army], place=incident.place)
            publishing.publish(incident, by=reviewer)
        monitor = make_source(slug="russia", name="Russian centre", name_ar="المركز الروسي")
        counts = [{"count": 2, "place": hama}, {"count": 9}, {"place": village, "accused": army}]
        publishing.publish_bulletin(make_bulletin(*counts, monitor=monitor))


def ids(kind: Kind) -> list[str]:
    return sorted(Edition.objects.of(kind).values_list("public_id", flat=True))


def _days(first: int, last: int) -> dict[str, Any]:
    return {"date_start": dt.date(2017, 1, first), "date_end": dt.date(2017, 1, last)}


def linked(answer: dict[str, Any], rel: str) -> str:
    """Where an answer's first link of a sort leads; nowhere where there is none."""
    return next((each["href"] for each in answer["links"] if each["rel"] == rel), "")
