"""Assessing on the incident's own page."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.admin.pages import address, messages, save, shown
from tests.factories import (
    make_assessment,
    make_incident,
    make_party,
    make_place,
    make_report,
    make_source,
    make_user,
)
from tracker.desk.models import Assessment, Incident
from tracker.desk.workflow.recording import recorded

pytestmark = pytest.mark.django_db


def change(incident: Incident) -> str:
    return address("incident_change", incident.pk)


def enter(browser, incident: Incident, assessed: str, button="_continue", page=None, **fields):
    """Fill in the form that assesses; `page` are fields of the incident itself."""
    told = {"assessed": assessed, "proof": "grounds_to_believe", "rationale": "Films.", **fields}
    typed = {f"assessments-0-{name}": value for name, value in told.items()}
    return save(browser, change(incident), button=button, **typed, **(page or {}))


def refusals(response) -> dict[str, list[str]]:
    inline = response.context["inline_admin_formsets"][0]
    [errors] = inline.formset.errors
    return dict(errors)


def things(response):
    inline = response.context["inline_admin_formsets"][0]
    return inline.formset.things


def test_assesses_without_leaving_the_page(desk):
    incident = make_incident(reports=2)

    response = enter(desk, incident, "verification", verification="corroborated")

    assert response["Location"] == change(incident)
    made = incident.assessments.get()
    assert (made.value, made.author.username) == ("corroborated", "nour")
    assert Incident.objects.get().verification == "corroborated"


@pytest.mark.parametrize(
    ("assessed", "fields"),
    [
        ("intent", {"intent": "unclear"}),
        ("place", {"geolocation": "located", "geo_precision": 2, "radius_m": 25_000}),
        ("date", {"date_precision": 3}),
        ("figure", {"harm": "killed", "group": "all", "low": 0, "basis": "Both say so."}),
    ],
)
def test_assesses_each_thing_by_the_fields_that_matter(desk, assessed, fields):
    incident = make_incident()

    enter(desk, incident, assessed, **fields)

    made = incident.assessments.get()
    values = {"geolocation": "value", "intent": "value"}
    assert {name: getattr(made, values.get(name, name)) for name in fields} == fields


def test_attributes_to_several_parties_one_after_the_other(desk):
    incident, army, front = make_incident(), make_party(), make_party()

    for party, value in ((army, "assessed_probable"), (front, "cleared")):
        enter(desk, incident, "attribution", attribution=value, party=party.pk)

    standing = incident.assessments.standing().values_list("party", "value")
    assert set(standing) == {(army.pk, "assessed_probable"), (front.pk, "cleared")}


def test_saves_the_page_and_assesses_nothing_where_nothing_is_assessed(desk):
    incident = make_incident()

    save(desk, change(incident), summary="Shells fell.")

    assert Incident.objects.get().summary == "Shells fell."
    assert not Assessment.objects.exists()


def test_refuses_at_the_field_and_keeps_all_that_was_typed(desk):
    incident = make_incident(reports=1)

    response = enter(
        desk,
        incident,
        "verification",
        verification="corroborated",
        basis="Two films",
        intent="deliberate",
        page={"summary": "Shells fell."},
    )

    said = refusals(response)
    assert "independent claimants say: this has 1" in said["verification"][0]
    assert said["intent"] == ["This belongs to another kind of assessment."]
    typed = shown(response)
    assert typed["summary"] == "Shells fell."
    assert (typed["assessments-0-basis"], typed["assessments-0-intent"]) == (
        "Two films",
        "deliberate",
    )
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"assessed": ""}, "assessed"),
        ({"proof": ""}, "proof"),
        ({"rationale": ""}, "rationale"),
        ({"low": 9, "high": 7}, "low"),
        ({"low": "-1"}, "low"),
        ({"basis": ""}, "basis"),
        ({"harm": ""}, "harm"),
        ({"radius_m": 5}, "radius_m"),
    ],
)
def test_says_at_which_field_it_is_wrong(desk, fields, where):
    figure = {"harm": "killed", "group": "all", "low": 7, "basis": "Both say so."}

    response = enter(desk, make_incident(), **{"assessed": "figure", **figure, **fields})

    assert list(refusals(response)) == [where]
    assert not Assessment.objects.exists()


def test_counts_the_reports_that_are_attached_and_detached_with_it(desk):
    incident, coming = make_incident(reports=1), make_report()
    going = incident.reports.get()

    response = enter(
        desk,
        incident,
        "verification",
        verification="corroborated",
        page={"attach": [coming.pk], "detach": [going.pk]},
    )
    assert "this has 1" in str(refusals(response))

    enter(
        desk,
        incident,
        "verification",
        verification="corroborated",
        page={"attach": [coming.pk]},
    )
    assert Incident.objects.get().verification == "corroborated"


def test_offers_as_basis_the_reports_of_the_incident_that_one_may_see(desk, data_entry):
    incident = make_incident(reports=0)
    seen = make_report(incident=incident, figures=[{"low": 7}])
    make_report(incident=incident, source=make_source(is_confidential=True))
    make_report()

    inline = data_entry.get(change(incident)).context["inline_admin_formsets"][0]
    field = inline.formset.forms[0].fields["basis_report"]

    assert list(field.queryset) == [seen]
    assert field.label_from_instance(seen).endswith("2017-01-15; Killed (All): 7 / ? / ?")


def test_shows_what_stands_with_all_that_was_held_before_the_oldest_first(desk):
    incident, author = make_incident(), make_user(username="rima")
    first = make_assessment(incident, value="unverifiable", author=author, rationale="No film.")
    second = make_assessment(incident)

    response = desk.get(change(incident))

    [thing] = things(response)
    assert (thing.standing, thing.history) == (second, [first, second])
    for said in ("Verification: Verified", "Unverifiable", "rima", "No film."):
        assert said in response.text


def test_shows_what_no_longer_fits(desk):
    incident = make_incident(reports=1)
    make_assessment(incident, value="corroborated")

    page = desk.get(change(incident)).text

    assert "No longer fits:" in page
    assert "it needs: assessments that still hold (Verification: Corroborated)" in page


def test_hides_what_rests_on_a_confidential_source_from_those_without_the_right(data_entry):
    incident = make_incident(reports=0)
    report = make_report(incident=incident, source=make_source(name="Zug", is_confidential=True))
    older = make_assessment(incident)
    make_assessment(incident, basis_report=report, rationale="She saw it.")

    response = data_entry.get(change(incident))

    [thing] = things(response)
    assert (thing.standing, thing.history) == (None, [older])
    assert "She saw it." not in response.text
    assert "Zug" not in response.text


def test_types_no_verification(desk):
    incident = make_incident()

    save(desk, change(incident), verification="verified")

    assert Incident.objects.get().verification == "reported"


def test_types_precisions_until_they_are_assessed(desk):
    incident = make_incident(place=make_place())
    save(desk, change(incident), geo_precision=2, date_precision=2)
    make_assessment(incident, assessed="place", value="located", geo_precision=2)

    save(desk, change(incident), geo_precision=1, date_precision=3)

    assert Incident.objects.values_list("geo_precision", "date_precision").get() == (2, 3)


def test_warns_that_a_precision_was_assessed_for_another_place(desk):
    incident = make_incident(place=make_place(), geo_precision=1)
    make_assessment(incident, assessed="place", value="located", geo_precision=1)

    response = save(desk, change(incident), place=make_place(name="Basimah").pk)

    assert "was assessed before it was changed: assess it again" in messages(response)


def test_lets_data_entry_and_reviewers_assess(client):
    incident = make_incident()
    for group in ("data entry", "reviewer"):
        client.force_login(make_user(group, is_staff=True))
        enter(client, incident, "intent", intent="unclear")

    assert incident.assessments.count() == 2


def test_offers_no_form_to_those_who_may_only_look(client):
    incident = make_incident()
    make_assessment(incident)
    user = make_user("data entry", is_staff=True)
    user.groups.get().permissions.remove(
        *user.groups.get().permissions.filter(codename__in=["add_assessment"])
    )
    client.force_login(user)

    response = client.get(change(incident))

    inline = response.context["inline_admin_formsets"][0]
    assert (len(things(response)), inline.formset.forms) == (1, [])


def test_hides_in_the_history_what_rests_on_a_confidential_source(desk):
    incident = make_incident(reports=0)
    hidden = make_report(incident=incident, source=make_source(is_confidential=True))
    with recorded(by=None):
        make_assessment(
            incident, assessed="intent", value="unclear", basis_report=hidden, rationale="Zugvogel."
        )
    history = address("incident_history", incident.pk)

    assert "Zugvogel." in desk.get(history).text
    desk.force_login(make_user("data entry", is_staff=True))
    assert "Zugvogel" not in desk.get(history).text


def test_takes_as_many_queries_however_much_was_held_before(desk, django_assert_num_queries):
    incident = make_incident(reports=0)
    make_assessment(incident)
    with CaptureQueriesContext(connection) as once:
        desk.get(change(incident))
    for _number in range(5):
        make_assessment(incident, value="unverifiable")

    with django_assert_num_queries(len(once)):
        desk.get(change(incident))
