from __future__ import annotations

import datetime as dt

import pytest

from tests.desk.admin.pages import address, errors, save
from tests.factories import make_incident, make_report, make_source
from tracker.desk.models import Incident, Report, User

pytestmark = pytest.mark.django_db

ADD = "/admin/desk/incident/add/"


def change(incident: Incident) -> str:
    return address("incident_change", incident.pk)


def test_saves_an_incident_of_which_only_the_date_is_known(desk):
    save(desk, ADD, date_start="2017-01-15")

    incident = Incident.objects.get()
    assert (incident.date_start, incident.publication) == (dt.date(2017, 1, 15), "draft")
    assert incident.opened_by == User.objects.get(username="nour")


def test_offers_unattached_reports_of_about_the_same_days(desk):
    incident = make_incident(date_start=dt.date(2017, 1, 15), date_end=dt.date(2017, 1, 16))
    days = (11, 12, 16, 19, 20)
    reports = {day: make_report(date_start=dt.date(2017, 1, day)) for day in days}
    make_incident()

    offered = desk.get(change(incident)).context["offered"]

    assert offered == [reports[12], reports[16], reports[19]]


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
    incident, source = make_incident(reports=0), make_source(is_confidential=True)
    offered = make_report(source=source)

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
