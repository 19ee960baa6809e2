"""What webhooks are told: what the public can read by then, and nothing else."""

from __future__ import annotations

import base64
import json
import uuid

import pytest
from django.db import transaction

from tests.factories import (
    make_adherence,
    make_agreement,
    make_incident,
    make_party,
    make_place,
    make_provision,
    make_reading,
    make_report,
    make_source,
    make_webhook,
    make_zone,
)
from tests.test_privacy import CANARY, EXACT, secrets  # noqa: F401 - a fixture
from tracker.codebook import Step
from tracker.desk.models import Delivery, Incident, Revision, Sealed
from tracker.desk.tasks import work_off
from tracker.desk.workflow import (
    incident_merging,
    judging,
    merging,
    publishing,
    stepping,
    webhooks,
)
from tracker.desk.workflow.recording import recorded
from tracker.public.models import Edition, Kind, Tombstone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def partner(db: None):
    return make_webhook()


def told() -> list[tuple[str, dict]]:
    """Type and data of all that was written down, oldest first."""
    bodies = [json.loads(each) for each in _written().values_list("body", flat=True)]
    return [(each["type"], each["data"]) for each in bodies]


def _written():
    return Delivery.objects.order_by("pk")


def forget() -> None:
    Delivery.objects.all().delete()


def key(incident: Incident) -> str:
    return str(Incident.objects.get(pk=incident.pk).public_id)


def test_tells_that_an_incident_was_published_and_where_it_is_read(publish, settings):
    settings.PUBLIC_URL = "https://tracker.example"

    incident = publish(make_incident())

    url = f"https://tracker.example/api/v1/incidents/{key(incident)}/"
    assert told() == [("incident.published", {"id": key(incident), "revision": 1, "url": url})]


def test_tells_an_address_that_is_there(publish, client):
    publish(make_incident())

    [(_event, data)] = told()

    assert client.get(data["url"]).json()["revision"] == data["revision"]


def test_tells_the_day_and_no_hour(publish):
    publish(make_incident())

    body = json.loads(_written().get().body)
    assert body.keys() == {"type", "timestamp", "data"}
    assert body["timestamp"] == "2017-01-15"
    assert ":" not in _written().get().body.replace('":', "").replace("https:", "")


def test_tells_that_an_incident_was_changed_when_that_is_signed(publish):
    incident = publish(make_incident())
    forget()
    incident.summary = "Shells fell on a school."
    incident.save()
    assert told() == []

    publish(incident)

    [(event, data)] = told()
    assert (event, data["id"], data["revision"]) == ("incident.changed", key(incident), 2)


def test_tells_of_a_withdrawal_what_its_tombstone_says(publish, reviewer):
    incident = publish(make_incident())
    forget()

    stepping.take(incident, Step.WITHDRAW, by=reviewer, reason="told twice")

    [(event, data)] = told()
    tombstone = Tombstone.objects.get(kind=Kind.INCIDENT)
    assert (event, data["id"]) == ("incident.withdrawn", tombstone.public_id)
    assert (data["reason"], data["replaced_by"]) == (tombstone.reason, None) == ("told twice", None)
    assert data["withdrawn_on"] == tombstone.withdrawn_on.isoformat()


def test_tells_that_an_incident_is_published_again_after_it_was_withdrawn(publish, reviewer):
    incident = publish(make_incident())
    publishing.withdraw(incident, reason="told twice")
    forget()

    publish(incident)

    assert [event for event, _data in told()] == ["incident.published"]


def test_tells_of_a_merge_that_one_changed_and_the_other_stands_in_its_place(publish, reviewer):
    double, kept = publish(make_incident()), publish(make_incident())
    forget()

    incident_merging.merge(double, into=kept, by=reviewer)

    (changed, of_kept), (withdrawn, of_double) = told()
    assert (changed, of_kept["id"], of_kept["revision"]) == ("incident.changed", key(kept), 2)
    assert (withdrawn, of_double["id"]) == ("incident.withdrawn", key(double))
    tombstone = Tombstone.objects.get(kind=Kind.INCIDENT)
    assert of_double["replaced_by"] == tombstone.replaced_by == key(kept)
    assert of_double["reason"] == tombstone.reason


def test_tells_of_a_merge_into_a_draft_when_the_draft_is_signed(publish, reviewer):
    double, kept = publish(make_incident()), make_incident()
    forget()
    incident_merging.merge(double, into=kept, by=reviewer)
    assert told() == []

    publish(kept)

    assert [(event, data["id"]) for event, data in told()] == [
        ("incident.published", key(kept)),
        ("incident.withdrawn", key(double)),
    ]


def test_tells_that_a_place_has_another_name_in_an_incident(publish, reviewer):
    double, kept = make_place(name="Basimah"), make_place(name="Bassima")
    incident = publish(make_incident(place=double))
    forget()

    merging.merge(double, into=kept, by=reviewer)

    [(event, data)] = told()
    assert (event, data["id"], data["revision"]) == ("incident.changed", key(incident), 2)


def test_tells_that_an_incident_is_judged_otherwise(publish):
    army, truce = make_party(), make_agreement()
    make_reading(truce)
    make_provision(truce, "fire_indirect")
    make_adherence(truce, army)
    publishing.publish_agreement(truce)
    incident = make_incident(reports=0, place=make_place(), targets=["civilians"])
    make_report(incident=incident, accused=[army])
    publish(incident)
    forget()

    make_zone(truce)
    judging.terms_changed(truce, by=None)
    while work_off("worker"):
        pass

    [(event, data)] = told()
    assert (event, data["id"], data["revision"]) == ("incident.changed", key(incident), 2)


def test_tells_nothing_of_what_was_not_published_after_all(publish):
    incident = make_incident()

    with transaction.atomic():
        publish(incident)
        transaction.set_rollback(True)

    assert not Edition.objects.exists()
    assert told() == []


def test_tells_nothing_of_drafts_and_of_reports_alone():
    make_report(incident=make_incident(), source=make_source())

    assert told() == []


def test_tells_each_what_it_wants_to_know_and_nobody_who_is_off(partner, publish):
    partner.events = ["incident.withdrawn"]
    partner.save()
    make_webhook(is_active=False)
    eager = make_webhook(events=["incident.published"])
    incident = publish(make_incident())

    publishing.withdraw(incident, reason="told twice")

    assert [(each.webhook, each.event) for each in _written()] == [
        (eager, "incident.published"),
        (partner, "incident.withdrawn"),
    ]


def test_gives_each_message_an_id_of_its_own(publish):
    make_webhook()

    publish(make_incident())

    ids = [each.message_id for each in _written()]
    assert len(ids) == len(set(ids)) == 2


@pytest.mark.usefixtures("secrets")
def test_tells_no_secret_of_the_desk(webhook, receiver, caplog):
    caplog.set_level("DEBUG")
    published = Incident.objects.exclude(public_id=None)
    for incident in published.filter(publication="published"):
        publishing.withdraw(incident, reason="told twice")
    Delivery.objects.update(webhook=webhook)

    while webhooks.send_due():
        pass

    assert len(receiver.received) > 5
    sent = [f"{each.path} {each.headers} {each.body}" for each in receiver.received]
    log = [each.getMessage() for each in caplog.records if not each.name.startswith("django.db")]
    kept = [str(each) for each in Delivery.objects.values()]
    everything = "\n".join([*sent, *log, *kept]).casefold()
    shapes = (CANARY, CANARY[::-1], base64.b64encode(CANARY.encode()).decode().casefold(), *EXACT)
    assert [each for each in shapes if each in everything] == []
    assert {uuid.UUID(data["id"]) for _event, data in told()} <= {
        uuid.UUID(each) for each in Tombstone.objects.values_list("public_id", flat=True)
    }


def test_keeps_no_secret_of_a_webhook_in_the_ledger_nor_its_address_in_the_clear(reviewer, clock):
    with recorded(by=reviewer):
        webhook = make_webhook(url=f"https://{CANARY}.example/in")
    old = webhooks.secret_of(webhook)
    clock.pass_by(days=1)
    with recorded(by=reviewer):
        webhooks.renew_secret(webhook)

    rows = [str(each) for each in Revision.objects.of("webhook", webhook.pk).values()]
    sealed = [str(each) for each in Sealed.objects.values()]
    hidden = [old, webhooks.secret_of(webhook), webhook.key, webhook.earlier_key]
    assert len(rows) == 2
    assert not any(each.removeprefix("whsec_") in "".join(rows + sealed) for each in hidden)
    assert CANARY not in "".join(rows)
    assert "secret_made_at" in rows[-1]
