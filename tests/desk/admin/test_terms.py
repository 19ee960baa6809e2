"""What an agreement says, entered on its own page."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from tests.desk.admin.pages import address, autocomplete, messages, save
from tests.factories import (
    make_adherence,
    make_agreement,
    make_incident,
    make_party,
    make_provision,
    make_reading,
    make_report,
    make_zone,
)
from tracker.desk.models import (
    Adherence,
    Agreement,
    Job,
    Party,
    PartyName,
    Provision,
    Reading,
    User,
    Verdict,
)
from tracker.desk.tasks import work_off
from tracker.desk.workflow import jobs, judging

pytestmark = pytest.mark.django_db


def change(agreement: Agreement) -> str:
    return address("agreement_change", agreement.pk)


def added(desk: Client, agreement: Agreement, rows: str, **fields: Any) -> Any:
    """Save the agreement's page with one more row of these."""
    number = getattr(agreement, rows).count()
    row = {f"{rows}-{number}-{name}": value for name, value in fields.items()}
    return save(desk, change(agreement), **{f"{rows}-TOTAL_FORMS": number + 1}, **row)


def refusals(response: Any) -> str:
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    return " ".join(f"{each.errors} {each.non_form_errors()}" for each in formsets)


@pytest.fixture
def agreement(db: None) -> Agreement:
    return make_agreement()


def test_takes_provisions_readings_and_adherences(desk, agreement):
    government, front = make_party(), make_party()

    added(desk, agreement, "provisions", number="1", text="No shelling.", acts=["fire_indirect"])
    added(desk, agreement, "readings", name="The government’s", slug="gov", whose=government.pk)
    reading = Reading.objects.get()
    added(
        desk,
        agreement,
        "adherences",
        party=front.pk,
        role="excluded",
        reading=reading.pk,
        valid_from="2016-12-30",
        valid_to="2017-01-28",
        basis="Letter S/2016/1133.",
    )

    assert Provision.objects.get().acts == ["fire_indirect"]
    assert (reading.agreement, reading.whose) == (agreement, government)
    adherence = Adherence.objects.get()
    assert (adherence.party, adherence.role, adherence.reading) == (front, "excluded", reading)
    assert (adherence.valid_from, adherence.valid_to) == (
        dt.date(2016, 12, 30),
        dt.date(2017, 1, 28),
    )
    assert adherence.basis == "Letter S/2016/1133."


def test_takes_terms_together_with_a_new_agreement(desk):
    fields: dict[str, Any] = {
        "title": "Truce of Barada",
        "slug": "barada",
        "classification": "local_truce",
        "effective_from_0": "2017-01-07",
        "effective_from_1": "00:00",
        "readings-TOTAL_FORMS": 1,
        "readings-0-name": "The text",
        "readings-0-slug": "barada-text",
    }

    save(desk, "/admin/desk/agreement/add/", **fields)

    assert Reading.objects.get().agreement == Agreement.objects.get()
    assert Job.objects.get().arguments == {"agreement": Agreement.objects.get().pk}


@pytest.mark.parametrize(
    ("rows", "fields", "told"),
    [
        ("provisions", {"number": "1", "text": "No fire.", "acts": ["dancing"]}, "dancing"),
        ("provisions", {"number": "2(a)", "text": "Again."}, "duplicate data for number"),
        ("readings", {"name": "Again", "slug": "the-text"}, "already exists"),
        ("adherences", {"role": "signatory"}, "This field is required."),
        ("adherences", {"valid_from": "2017-02-01", "valid_to": "2017-01-01"}, "It ends before"),
    ],
)
def test_says_at_the_row_what_is_wrong(desk, agreement, rows, fields, told):
    make_provision(agreement, number="2(a)")
    make_reading(agreement, slug="the-text")

    response = added(desk, agreement, rows, **fields)

    assert response.status_code == 200
    assert told in refusals(response)
    assert not Job.objects.exists()


def test_takes_an_adherence_by_no_reading_of_another_agreement(desk, agreement):
    ours, theirs = make_reading(agreement), make_reading(make_agreement())
    party = make_party()

    response = added(
        desk, agreement, "adherences", party=party.pk, role="disputed", reading=theirs.pk
    )

    assert "not one of the available choices" in refusals(response)
    offered = response.context["inline_admin_formsets"][-1].formset.forms[0].fields["reading"]
    assert [value for value, _label in offered.choices] == ["", ours.pk]


def test_changes_no_slug_of_a_reading(desk, agreement):
    make_reading(agreement, slug="the-text")

    save(desk, change(agreement), **{"readings-0-slug": "another", "readings-0-name": "New"})

    assert Reading.objects.values_list("slug", "name").get() == ("the-text", "New")


def test_finds_a_party_by_a_name_it_bore_and_says_when(desk):
    party = make_party(name="Hay'at Tahrir al-Sham", name_ar="هيئة تحرير الشام")
    for name, first, last in (
        ("Jabhat al-Nusra", dt.date(2012, 1, 23), dt.date(2016, 7, 27)),
        ("Hay'at Tahrir al-Sham", dt.date(2017, 1, 28), None),
        ("HTS", dt.date(2017, 1, 28), None),
        ("The Front", None, dt.date(2017, 1, 27)),
        ("Nusra", None, None),
    ):
        PartyName.objects.create(party=party, name=name, valid_from=first, valid_to=last)

    assert autocomplete(desk, term="nusra", model="adherence", field="party") == [
        "Hay'at Tahrir al-Sham · هيئة تحرير الشام (The Front until 2017-01-27,"
        " Jabhat al-Nusra 2012-01-23 – 2016-07-27, HTS from 2017-01-28)"
    ]


def test_shows_the_party_of_an_adherence_with_its_dated_names(desk, agreement):
    party = make_party(name="Hay'at Tahrir al-Sham")
    last = dt.date(2016, 7, 27)
    PartyName.objects.create(party=party, name="Jabhat al-Nusra", valid_to=last)
    make_adherence(agreement, party, "excluded")

    page = desk.get(change(agreement)).text

    assert "Hay&#x27;at Tahrir al-Sham (Jabhat al-Nusra until 2016-07-27)" in page


def test_has_incidents_judged_again_once_however_much_has_changed(desk, agreement):
    make_provision(agreement)
    make_reading(agreement)

    response = save(
        desk,
        change(agreement),
        end_reason="It collapsed.",
        **{"provisions-0-text": "No fire.", "readings-0-note": "All are bound."},
    )

    job = Job.objects.get()
    assert job.arguments == {"agreement": agreement.pk}
    assert job.created_by == User.objects.get(username="nour")
    assert messages(response).count("Incidents are judged again") == 1
    assert f"/admin/desk/job/{job.pk}/change/" in messages(response)


def test_judges_nothing_again_where_nothing_was_changed(desk, agreement):
    make_provision(agreement)
    make_adherence(agreement, make_party())

    save(desk, change(agreement))

    assert not Job.objects.exists()


@pytest.mark.parametrize("rows", ["provisions", "readings", "adherences"])
def test_deletes_terms_and_has_incidents_judged_again(desk, agreement, rows):
    make_provision(agreement)
    reading = make_reading(agreement)
    make_adherence(agreement, make_party())
    judging.judge_incident(make_incident())
    assert Verdict.objects.filter(reading=reading).exists()

    save(desk, change(agreement), **{f"{rows}-0-DELETE": "on"})

    assert not getattr(agreement, rows).exists()
    assert Job.objects.exists()


@pytest.mark.parametrize("has_zone", [True, False])
def test_deletes_no_reading_that_has_terms_of_its_own(desk, agreement, has_zone):
    reading = make_reading(agreement, name="The jurist’s")
    if has_zone:
        make_zone(agreement, reading=reading)
    else:
        make_adherence(agreement, make_party(), reading=reading)

    response = save(desk, change(agreement), **{"readings-0-DELETE": "on"})

    assert "“The jurist’s” has zones or adherences of its own" in refusals(response)
    assert Reading.objects.exists()


def test_lists_the_zones_of_the_agreement_and_leads_to_a_new_one(desk, agreement):
    zone = make_zone(agreement, name="Wadi Barada", valid_from=dt.date(2017, 1, 1))
    make_zone(make_agreement(), name="Elsewhere")

    page = desk.get(change(agreement)).text

    assert address("zone_change", zone.pk) in page
    assert "Wadi Barada" in page
    assert "Excluded" in page
    assert "2017-01-01" in page
    assert "Elsewhere" not in page
    assert f"/admin/desk/zone/add/?agreement={agreement.pk}" in page
    new = desk.get(f"/admin/desk/zone/add/?agreement={agreement.pk}")
    assert new.context["adminform"].form["agreement"].value() == str(agreement.pk)


def test_lets_a_reviewer_keep_terms(client, reviewer, agreement):
    client.force_login(reviewer)

    added(client, agreement, "readings", name="The text", slug="the-text")
    save(client, change(agreement), **{"readings-0-DELETE": "on"})

    assert not Reading.objects.exists()
    assert Job.objects.get().created_by == reviewer


def test_lets_data_entry_read_terms_and_write_none(data_entry, agreement):
    make_reading(agreement, name="The text")
    make_provision(agreement, "fire_indirect", text="No fire.")
    make_adherence(agreement, make_party(name="The Front"))

    page = data_entry.get(change(agreement)).text

    for told in ("The text", "No fire.", "Shelling", "The Front"):
        assert told in page
    assert "_save" not in page
    assert "zone/add" not in page
    assert data_entry.post(change(agreement), {}).status_code == 403


@pytest.mark.parametrize(
    ("group", "verbs"),
    [
        ("contributor", set()),
        ("data entry", {"view"}),
        ("reviewer", {"view", "add", "change", "delete"}),
        ("administrator", {"view", "add", "change", "delete"}),
    ],
)
def test_gives_each_group_its_rights_to_terms(group, verbs):
    codenames = set(Group.objects.get(name=group).permissions.values_list("codename", flat=True))

    for model in ("provision", "reading", "adherence", "zone"):
        held = {name.partition("_")[0] for name in codenames if name.endswith(f"_{model}")}
        assert held == verbs, model
    verdicts = {name for name in codenames if name.endswith("_verdict")}
    assert verdicts == ({"view_verdict"} if verbs else set())


def judged(agreement: Agreement) -> tuple[Party, Any]:
    """An incident that is a violation by one reading of the agreement, and outside by the other."""
    army, front = make_party(name="The Army"), make_party(name="The Front")
    make_adherence(agreement, army)
    make_provision(agreement, "fire_indirect", number="1")
    make_reading(agreement, name="The opposition’s")
    government = make_reading(agreement, name="The government’s")
    make_zone(agreement, name="The valley", reading=government)
    where = {"latitude": 33.6, "longitude": 36.1, "radius_m": 1000}
    incident = make_incident(reports=0, targets=["civilians"], **where)
    make_report(accused=[army], incident=incident)
    judging.judge_incident(incident)
    return front, incident


def test_says_of_an_incident_what_it_is_under_each_reading_and_why(desk, agreement):
    _front, incident = judged(agreement)

    page = desk.get(address("incident_change", incident.pk)).text

    block = " ".join(page.partition('id="verdicts"')[2].partition("</section>")[0].split())
    assert f"<bdi>{agreement.title}</bdi>: Contested" in block
    assert "<bdi>The opposition’s</bdi>: Violation." in block
    assert "<bdi>The government’s</bdi>: Outside." in block
    assert block.count("<details>") == 2
    assert "Inside: Fails" in block
    assert "The valley" in block
    assert "under way" not in block


def test_says_so_while_incidents_are_being_judged(desk, agreement):
    _front, incident = judged(agreement)
    other = make_agreement(title="A truce nobody has judged by")
    for each in (agreement, other):
        judging.terms_changed(each, by=None)
    assert jobs.claim("a worker")
    Job.objects.filter(arguments={"agreement": agreement.pk}).update(done=1200, total=4000)

    page = desk.get(address("incident_change", incident.pk)).text

    assert "Judging is under way: 1,200 of 4,000." in page
    assert "A truce nobody has judged by" in page
    assert "Judging is under way." in page


def test_takes_the_targets_of_an_incident_and_judges_it_by_them(desk, agreement):
    front, incident = judged(agreement)
    make_adherence(agreement, front, "excluded")

    save(
        desk,
        address("incident_change", incident.pk),
        targets=["party"],
        target_parties=[front.pk],
    )

    incident.refresh_from_db()
    assert incident.targets == ["party"]
    assert incident.target_parties.get() == front
    assert set(incident.verdicts.values_list("code", flat=True)) == {"outside"}


def test_lets_data_entry_read_verdicts(data_entry, agreement):
    _front, incident = judged(agreement)

    page = data_entry.get(address("incident_change", incident.pk)).text

    assert "<bdi>The opposition’s</bdi>: Violation." in page


def test_has_incidents_judged_again_when_a_party_answers_to_another(desk):
    make_reading(make_agreement())
    militia, army = make_party(), make_party()

    save(desk, address("party_change", militia.pk), name_ar="ميليشيا")
    assert not Job.objects.exists()

    save(desk, address("party_change", militia.pk), parent=army.pk)
    assert Job.objects.get().kind == "judge_agreement"


def test_tells_of_an_agreement_in_what_was_published_before_it(desk, publish):
    incident = publish(make_incident())
    agreement = make_agreement(slug="late")
    make_reading(agreement, slug="late-text")

    save(desk, change(agreement), button="_publish")
    while work_off("a test", stopping=lambda: False):
        pass

    scope = desk.get(f"/api/v1/incidents/{incident.public_id}/scope/").json()
    assert [each["agreement"] for each in scope["agreements"]] == ["late"]
