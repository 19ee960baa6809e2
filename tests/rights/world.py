"""One of everything, so that every address has something to answer about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group
from django.core import signing
from django.utils import timezone

from tests.factories import (
    make_agreement,
    make_bulletin,
    make_coverage,
    make_evidence,
    make_import,
    make_incident,
    make_party,
    make_place,
    make_reading,
    make_report,
    make_situation_report,
    make_source,
    make_user,
    make_webhook,
    make_zone,
)
from tests.public.issuing import issue
from tests.test_privacy import KINDS, PAGES, public_ids
from tracker.desk.admin.downloads import SALT
from tracker.desk.models import Delivery, Erasure, Job, User
from tracker.desk.workflow import incident_merging, publishing, webhooks

GROUPS = ("contributor", "data entry", "reviewer", "administrator")
# Those of no group may enter the desk and have no right there; a superuser needs none.
ROLES = ("anonymous", "no group", *GROUPS, "superuser")
# What addresses name: a thing as most are, or one that not everybody at the desk may see or change.
USUAL, GUARDED = "usual", "guarded"


@dataclass
class World:
    """Who asks, and the keys of what they ask about: those of the desk and those of the public."""

    users: dict[str, User] = field(default_factory=dict)
    things: dict[tuple[str, str], Any] = field(default_factory=dict)
    public: dict[str, str] = field(default_factory=dict)

    def key(self, kind: str, of: str) -> str:
        return str(self.things[kind, of].pk)

    def link(self, role: str, of: str) -> str:
        """A link to a file of evidence that is this role's own."""
        user = self.users.get(role)
        return signing.dumps([user and user.pk, self.things["evidence", of].pk], salt=SALT)


def make_world() -> World:
    world = World()
    for role in ROLES[1:]:
        group = role if role in GROUPS else ""
        name = role.replace(" ", "-")
        user = make_user(group, username=name, is_staff=True, is_superuser=role == "superuser")
        world.users[role] = user
    _fill(world.things, world.users["reviewer"])
    for where in (*KINDS, *PAGES, "zones"):
        world.public[where] = public_ids(where)[0]
    return world


def _fill(things: dict[tuple[str, str], Any], reviewer: User) -> None:
    place, party, hidden = make_place(), make_party(), make_source(is_confidential=True)
    truce = make_agreement()
    make_zone(truce)
    told = {"place": place, "accused": [party]}
    published = make_incident(reports=0, place=place)
    make_report(incident=published, **told)
    publishing.publish(published, by=reviewer)
    publishing.publish_agreement(truce)
    publishing.publish_bulletin(make_bulletin({"count": 2, "place": place}))
    publishing.publish_coverage(make_coverage(place=place))
    issued = make_situation_report()
    issue(issued)
    incident, report = make_incident(place=place), make_report(**told)
    webhook = make_webhook()
    webhooks.send_test(webhook)
    merged = make_incident(place=place)
    incident_merging.merge(merged, into=incident, by=reviewer, reason="")
    usual = {
        "agreement": make_agreement(),
        "bulletin": make_bulletin({"count": 2}),
        "coverage": make_coverage(),
        "delivery": Delivery.objects.latest("pk"),
        "erasure": Erasure.objects.create(source=hidden, reason="asked", asked_by=reviewer),
        "evidence": make_evidence(report=report),
        "group": Group.objects.get(name="contributor"),
        "held": incident.reports.earliest("pk"),
        "importrun": make_import(),
        "incident": incident,
        "job": Job.objects.create(kind="judge", key="1", heartbeat_at=timezone.now()),
        "merged": merged,
        "party": make_party(),
        "place": make_place(),
        "report": report,
        "situationreport": issued,
        "source": make_source(),
        "user": make_user(),
        "webhook": webhook,
        "zone": make_zone(truce, reading=make_reading(truce)),
    }
    guarded = {
        "bulletin": make_bulletin(monitor=hidden),
        "coverage": make_coverage(monitor=hidden),
        "evidence": make_evidence(b"%PDF-1.7 one", is_confidential=True, report=report),
        "importrun": make_import(source=hidden),
        "report": make_report(source=hidden),
        "source": hidden,
        "user": make_user(is_staff=True, is_superuser=True),
    }
    things |= {(kind, USUAL): thing for kind, thing in usual.items()}
    things |= {(kind, GUARDED): thing for kind, thing in guarded.items()}
