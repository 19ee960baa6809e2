"""Rows with fixed defaults: a test states only what it is about."""

from __future__ import annotations

import datetime as dt
import io
import itertools
from contextlib import nullcontext
from functools import wraps
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection

from tracker.desk.models import (
    Adherence,
    Agreement,
    Assessment,
    Bulletin,
    Coverage,
    Evidence,
    Figure,
    ImportRun,
    Incident,
    Party,
    Place,
    Provision,
    Reading,
    Report,
    SituationReport,
    Source,
    Tally,
    User,
    Webhook,
    Zone,
)
from tracker.desk.models.webhooks import WebhookEvent
from tracker.desk.workflow import evidence, webhooks
from tracker.desk.workflow.recording import recorded

_numbers = itertools.count(1)


def _recorded(make: Any) -> Any:
    """Enter what is made in the ledger, where it is to be committed: else it could not be."""

    @wraps(make)
    def made(*args: Any, **kwargs: Any) -> Any:
        with nullcontext() if connection.in_atomic_block else recorded(by=None):
            return make(*args, **kwargs)

    return made


@_recorded
def make_user(group: str = "", **fields: Any) -> User:
    user = User.objects.create_user(
        **{"username": f"user{next(_numbers)}", "password": "a long pass phrase", **fields}
    )
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


@_recorded
def make_party(**fields: Any) -> Party:
    number = next(_numbers)
    return Party.objects.create(
        **{"slug": f"party-{number}", "name": f"Party {number}", "kind": "armed_group", **fields}
    )


@_recorded
def make_place(**fields: Any) -> Place:
    defaults = {"name": "Deir Qanun", "kind": "settlement", "latitude": 33.604, "longitude": 36.136}
    return Place.objects.create(**{**defaults, **fields})


@_recorded
def make_source(**fields: Any) -> Source:
    number = next(_numbers)
    return Source.objects.create(
        **{"slug": f"source-{number}", "name": f"Source {number}", "kind": "monitor", **fields}
    )


@_recorded
def make_agreement(**fields: Any) -> Agreement:
    return Agreement.objects.create(
        **{
            "slug": f"agreement-{next(_numbers)}",
            "title": "Ceasefire of 30 December 2016",
            "classification": "preliminary",
            "effective_from": dt.datetime(2016, 12, 29, 22, tzinfo=dt.UTC),
            **fields,
        }
    )


SQUARE = [[[36.0, 33.5], [36.3, 33.5], [36.3, 33.7], [36.0, 33.7], [36.0, 33.5]]]


@_recorded
def make_reading(agreement: Agreement, **fields: Any) -> Reading:
    number = next(_numbers)
    defaults = {"slug": f"reading-{number}", "name": f"Reading {number}"}
    return Reading.objects.create(agreement=agreement, **{**defaults, **fields})


@_recorded
def make_provision(agreement: Agreement, *acts: str, **fields: Any) -> Provision:
    defaults = {"number": str(next(_numbers)), "text": "It ceases.", "acts": list(acts)}
    return Provision.objects.create(agreement=agreement, **{**defaults, **fields})


@_recorded
def make_adherence(
    agreement: Agreement, party: Party, role: str = "signatory", **fields: Any
) -> Adherence:
    return Adherence.objects.create(agreement=agreement, party=party, role=role, **fields)


@_recorded
def make_zone(agreement: Agreement, **fields: Any) -> Zone:
    """A square of 0.3 by 0.2 degrees around Deir Qanun, left out unless told otherwise."""
    defaults = {
        "name": f"Zone {next(_numbers)}",
        "rule": "exclude",
        "geometry": {"type": "Polygon", "coordinates": SQUARE},
    }
    return Zone.objects.create(agreement=agreement, **{**defaults, **fields})


@_recorded
def make_report(
    *,
    accused: list[Party] | None = None,
    figures: list[dict[str, Any]] | None = None,
    **fields: Any,
) -> Report:
    """A report with its figures; attached last, when it has all it states."""
    incident = fields.pop("incident", None)
    fields.setdefault("source", None)
    fields["source"] = fields["source"] or make_source()
    defaults = {"text": "Shells fell on the village.", "date_start": dt.date(2017, 1, 15)}
    report = Report.objects.create(**{**defaults, **fields})
    report.accused.set(accused or [])
    Figure.objects.bulk_create(Figure(report=report, **figure) for figure in figures or [])
    if incident:
        report.incident = incident
        report.save(update_fields=["incident"])
    return report


@_recorded
def make_incident(*, reports: int = 1, **fields: Any) -> Incident:
    defaults = {"date_start": dt.date(2017, 1, 15), "acts": ["fire_indirect"]}
    incident = Incident.objects.create(**{**defaults, **fields})
    for _number in range(reports):
        make_report(incident=incident, place=incident.place)
    return incident


@_recorded
def make_bulletin(*tallies: dict[str, Any], **fields: Any) -> Bulletin:
    """A bulletin of 22 January 2017 with these counts, in this order."""
    fields.setdefault("monitor", None)
    fields["monitor"] = fields["monitor"] or make_source()
    defaults = {
        "date_start": dt.date(2017, 1, 21),
        "date_end": dt.date(2017, 1, 22),
        "document": "An agency's account",
    }
    bulletin = Bulletin.objects.create(**{**defaults, **fields})
    for tally in tallies:
        Tally.objects.create(bulletin=bulletin, **tally)
    return bulletin


@_recorded
def make_assessment(incident: Incident, **fields: Any) -> Assessment:
    """A row as it is, held against no rule but the database's own."""
    fields.setdefault("author", None)
    fields["author"] = fields["author"] or make_user()
    defaults = {
        "proof": "grounds_to_believe",
        "rationale": "Two films show it.",
        **({} if "assessed" in fields else {"assessed": "verification", "value": "verified"}),
    }
    return Assessment.objects.create(incident=incident, **{**defaults, **fields})


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(16)


@_recorded
def make_evidence(content: bytes = PICTURE, **told: Any) -> Evidence:
    """A picture kept for a report, unless told otherwise."""
    if "incident" not in told:
        told["report"] = told.get("report") or make_report()
    told["by"] = told.get("by") or make_user()
    return evidence.keep(io.BytesIO(content), **{"name": "picture.png", **told})


@_recorded
def make_coverage(**fields: Any) -> Coverage:
    """From 1 to 31 January 2017 a monitor is let in nowhere, unless told otherwise."""
    fields.setdefault("monitor", None)
    fields["monitor"] = fields["monitor"] or make_source()
    defaults = {
        "date_start": dt.date(2017, 1, 1),
        "date_end": dt.date(2017, 1, 31),
        "access": "denied",
        "document": "A monthly report",
    }
    return Coverage.objects.create(**{**defaults, **fields})


@_recorded
def make_situation_report(**fields: Any) -> SituationReport:
    """One about all incidents of the week of 9 January 2017, not yet issued."""
    days = {"date_start": dt.date(2017, 1, 9), "date_end": dt.date(2017, 1, 15)}
    return SituationReport.objects.create(**{**days, **fields})


def make_import(**fields: Any) -> ImportRun:
    """An import whose file is not there."""
    defaults = {"name": "rows.csv", "sha256": "0" * 64, "size": 1}
    for name, make in (("source", make_source), ("created_by", make_user)):
        if name not in fields:
            defaults[name] = make()
    return ImportRun.objects.create(**{**defaults, **fields})


@_recorded
def make_webhook(**fields: Any) -> Webhook:
    """One that wants to be told of everything."""
    defaults = {
        "name": f"Partner {next(_numbers)}",
        "url": "https://hooks.example/in",
        "events": WebhookEvent.values,
    }
    webhook = Webhook(**{**defaults, **fields})
    webhooks.begin(webhook)
    webhook.save()
    return webhook
