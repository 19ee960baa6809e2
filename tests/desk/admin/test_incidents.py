from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.admin.pages import address, errors, save
from tests.factories import make_incident, make_place, make_report, make_source
from tracker.desk.models import Incident, Report, User
from tracker.desk.workflow import incident_merging

pytestmark = pytest.mark.django_db

ADD = "/admin/desk/incident/add/"


def change(incident: Incident) -> str:
    return address("incident_change", incident.pk)


def test_saves_an_incident_of_which_only_the_date_is_known(desk):
    save(desk, ADD, date_start="2017-01-15")

    incident = Incident.objects.get()
    assert (incident.date_start, incident.publication) == (dt.date(2017, 1, 15), "draft")
    assert incident.opened_by == User.objects.get(username="nour")


def test_offers_the_reports_that_may_tell_of_it_the_likeliest_first_with_reasons(desk):
    place = make_place()
    incident = make_incident(place=place)
    told = {"place": place, "acts": ["fire_indirect"]}
    likely = make_report(**told)
    less = make_report(**told, date_start=dt.date(2017, 1, 16), text="Another shell.")
    make_report(place=place, date_start=dt.date(2017, 3, 1))

    page = desk.get(change(incident))

    offered = page.context["offered"]
    assert [each.thing for each in offered] == [likely, less]
    for each in offered:
        assert f"score {each.score}" in page.text
        assert "the same place: Deir Qanun" in each.reasons
        assert each.reasons[0] in page.text


def test_asks_the_database_as_often_however_many_reports_are_offered(desk):
    place = make_place()
    incident = make_incident(place=place)
    counted = []
    for more in (1, 5):
        for _number in range(more):
            make_report(place=place, acts=["fire_indirect"], figures=[{"best": 1}])
        with CaptureQueriesContext(connection) as asked:
            page = desk.get(change(incident))
        counted.append((len(page.context["offered"]), len(asked)))

    assert [offered for offered, _queries in counted] == [1, 6]
    assert counted[0][1] == counted[1][1]


def test_offers_nothing_to_an_incident_merged_into_another(desk, reviewer):
    place = make_place()
    incident, into = make_incident(place=place), make_incident(place=place)
    make_report(place=place, acts=["fire_indirect"])
    incident_merging.merge(incident, into=into, by=reviewer)

    page = desk.get(change(incident))

    assert "Reports that may tell of it" not in page.text
    assert "This incident has been merged into:" in page.text


def test_attaches_and_detaches_the_reports_ticked(desk):
    incident = make_incident(reports=2)
    stays, goes = incident.reports.order_by("id")
    comes = make_report()

    save(desk, change(incident), attach=[comes.pk], detach=[goes.pk])

    assert set(incident.reports.all()) == {stays, comes}


def test_attaches_no_report_of_another_incident(desk):
    incident, other = make_incident(reports=0), make_incident()
    taken = other.reports.get()

    response = save(desk, change(incident), attach=[taken.pk])

    assert "attach" in errors(response)
    assert f"{taken.pk} is not one of the available choices" in response.text
    assert Report.objects.get().incident == other


def test_offers_data_entry_no_report_of_a_confidential_source(data_entry):
    place, source = make_place(), make_source(is_confidential=True)
    incident = make_incident(reports=0, place=place)
    offered = make_report(source=source, place=place, acts=["fire_indirect"])

    page = data_entry.get(change(incident))
    response = save(data_entry, change(incident), attach=[offered.pk])

    assert page.context["offered"] == []
    assert "attach" in errors(response)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"date_end": "2017-01-14"}, "It ends before it begins."),
        ({"position": "33.6"}, "give a latitude and a longitude"),
        ({"position": "95, 36.1"}, "did you give the longitude first?"),
        ({"position": "33.6, 361"}, "Longitude 361 lies outside the earth"),
        ({"position": "up north"}, "no position"),
        ({"radius_m": "-5"}, "greater than or equal to 0"),
    ],
)
def test_says_what_is_wrong_at_the_field(desk, wrong, message):
    response = save(desk, ADD, date_start="2017-01-15", **wrong)

    assert response.status_code == 200
    assert message in str(errors(response))
    assert "__all__" not in errors(response)
    assert not Incident.objects.exists()
