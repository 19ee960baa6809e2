"""An incident goes to the public through two people's hands."""

from __future__ import annotations

import pytest

from tests import ledger
from tests.desk.admin.pages import address, messages, save
from tests.factories import make_incident, make_report, make_user
from tracker.desk.models import Incident
from tracker.desk.workflow.recording import recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db: None):
    client = ledger.Client()
    client.force_login(make_user("data entry", username="omar", is_staff=True))
    return client


@pytest.fixture
def signer(reviewer):
    client = ledger.Client()
    client.force_login(reviewer)
    return client


@pytest.fixture
def incident(db: None) -> Incident:
    with recorded(by=None):
        return make_incident(summary="Shells fell.")


def page_of(incident: Incident) -> str:
    return address("incident_change", incident.pk)


def press(client, incident: Incident, step: str, **changes):
    response = save(client, page_of(incident), button="_save", _step=step, **changes)
    incident.refresh_from_db()
    return response


def buttons(client, incident: Incident) -> list[str]:
    return [str(step) for step in client.get(page_of(incident)).context["steps"]]


def test_is_published_by_someone_who_has_not_worked_on_it(officer, signer, incident, reviewer):
    press(officer, incident, "submit", summary="Mortar shells fell.")

    response = press(signer, incident, "publish")

    assert "Published: " in messages(response)
    assert (incident.publication, incident.revision) == ("published", 1)
    assert incident.published_by == reviewer
    published = signer.get(f"/api/v1/incidents/{incident.public_id}/").json()
    assert published["summary"] == "Mortar shells fell."


def test_refuses_reviewers_who_would_publish_their_own_work(officer, signer, incident):
    press(officer, incident, "submit")
    save(signer, page_of(incident), summary="Mortar shells fell.")

    response = press(signer, incident, "publish")

    assert "You have worked on this incident" in messages(response)
    assert incident.publication == "in_review"


def test_refuses_to_publish_in_the_breath_that_changes_it(officer, signer, incident):
    press(officer, incident, "submit")

    response = press(signer, incident, "publish", summary="Mortar shells fell.")

    assert "You have worked on this incident" in messages(response)
    assert (incident.publication, incident.summary) == ("in_review", "Mortar shells fell.")


def test_refuses_reviewers_who_have_attached_a_report(officer, signer, incident):
    press(officer, incident, "submit")
    save(signer, page_of(incident), attach=[make_report().pk])

    response = press(signer, incident, "publish")

    assert "You have worked on this incident" in messages(response)


def test_binds_even_those_who_have_every_right(desk, incident):
    press(desk, incident, "submit", summary="Mortar shells fell.")

    response = press(desk, incident, "publish")

    assert "You have worked on this incident" in messages(response)


def test_publishes_no_draft(signer, incident):
    response = press(signer, incident, "publish")

    assert "cannot be done with an incident in this state: Draft" in messages(response)
    assert incident.publication == "draft"


def test_submits_none_that_lacks_what_publication_demands(officer):
    incident = make_incident(acts=[], reports=0)

    response = press(officer, incident, "submit", summary="Typed.")

    assert "at least one act, at least one report" in messages(response)
    assert (incident.publication, incident.summary) == ("draft", "Typed.")


def test_sends_back_with_the_reason(officer, signer, incident):
    press(officer, incident, "submit")

    press(signer, incident, "send_back", _why="Name the village.")

    assert incident.publication == "draft"
    assert "Name the village." in officer.get(address("incident_history", incident.pk)).text


def test_sends_nothing_back_without_a_reason(officer, signer, incident):
    press(officer, incident, "submit")

    response = press(signer, incident, "send_back")

    assert "Send back: give the reason." in messages(response)
    assert incident.publication == "in_review"


def test_shows_what_was_changed_after_it_was_signed(officer, signer, publish, incident):
    with recorded(by=None):
        publish(incident)
    save(officer, page_of(incident), summary="Nothing fell.")

    page = signer.get(page_of(incident)).text
    listed = signer.get(address("incident_changelist"), {"changed": "yes"})

    assert "Changed after sign-off" in page
    assert '<pre dir="auto">Shells fell.</pre>' in page
    assert '<pre dir="auto">Nothing fell.</pre>' in page
    assert list(listed.context["cl"].result_list) == [incident]


def test_marks_a_change_of_what_was_published_in_one_go(officer, signer, publish):
    with recorded(by=None):
        incident = publish(make_incident(summary="Shells fell."))

    save(officer, page_of(incident), summary="Nothing fell.")

    listed = signer.get(address("incident_changelist"), {"changed": "yes"})
    assert list(listed.context["cl"].result_list) == [incident]


def test_takes_the_mark_away_when_it_is_signed_again(officer, signer, publish, incident):
    with recorded(by=None):
        publish(incident)
    save(officer, page_of(incident), summary="Nothing fell.")

    press(signer, incident, "publish")

    assert "Changed after sign-off" not in signer.get(page_of(incident)).text
    assert (
        list(
            signer.get(address("incident_changelist"), {"changed": "yes"}).context["cl"].result_list
        )
        == []
    )


def test_leaves_a_tombstone_with_a_public_reason_of_one_withdrawn(signer, publish, incident):
    with recorded(by=None):
        publish(incident)

    press(signer, incident, "withdraw", _public_reason="The source has taken it back.")

    assert incident.publication == "withdrawn"
    gone = signer.get(f"/api/v1/incidents/{incident.public_id}/")
    assert gone.status_code == 410
    assert "The source has taken it back." in gone.text


def test_keeps_of_a_public_reason_what_every_database_keeps(signer, publish, incident):
    with recorded(by=None):
        publish(incident)

    press(signer, incident, "withdraw", _public_reason="An\0 error.")

    assert "An error." in signer.get(f"/api/v1/incidents/{incident.public_id}/").text


def test_withdraws_nothing_without_a_public_reason(signer, publish, incident):
    with recorded(by=None):
        publish(incident)

    response = press(signer, incident, "withdraw", _why="Between us.")

    assert "Withdraw: give the reason." in messages(response)
    assert incident.publication == "published"


def test_goes_on_counting_revisions_when_one_withdrawn_is_published_again(
    officer, signer, publish, incident
):
    with recorded(by=None):
        publish(incident)
    press(signer, incident, "withdraw", _public_reason="An error.")
    press(officer, incident, "reopen")
    press(officer, incident, "submit")

    press(signer, incident, "publish")

    published = signer.get(f"/api/v1/incidents/{incident.public_id}/").json()
    assert (published["revision"], incident.revision) == (2, 2)


@pytest.mark.parametrize(
    ("state", "by_officer", "by_signer"),
    [
        ("draft", ["submit"], ["submit"]),
        ("in_review", [], ["send_back", "publish"]),
        ("published", [], ["publish", "withdraw"]),
        ("withdrawn", ["reopen"], ["reopen"]),
    ],
)
def test_offers_each_the_steps_each_may_take(
    officer, signer, publish, incident, state, by_officer, by_signer
):
    with recorded(by=None):
        publish(incident)
    Incident.objects.update(publication=state)

    assert buttons(officer, incident) == by_officer
    assert buttons(signer, incident) == by_signer


@pytest.mark.parametrize("step", ["publish", "send_back", "withdraw"])
def test_lets_data_entry_take_no_reviewers_step(officer, publish, incident, step):
    with recorded(by=None):
        publish(incident)

    response = press(officer, incident, step, _public_reason="Mine.", _why="Mine.")

    assert "You may not do this with incidents" in messages(response)
    assert incident.revision == 1


def test_publishes_those_of_the_chosen_incidents_that_are_ready(officer, signer, incident):
    press(officer, incident, "submit")
    draft = make_incident()
    chosen = {"action": "publish", "_selected_action": [incident.pk, draft.pk]}

    response = signer.post(address("incident_changelist"), chosen)

    assert "cannot be done with an incident in this state: Draft" in messages(response)
    assert list(Incident.objects.filter(publication="published")) == [incident]


def test_offers_data_entry_no_action_that_publishes(officer, incident):
    press(officer, incident, "submit")
    chosen = {"action": "publish", "_selected_action": [incident.pk]}

    officer.post(address("incident_changelist"), chosen)

    incident.refresh_from_db()
    assert incident.publication == "in_review"
