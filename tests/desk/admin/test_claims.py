from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.admin.pages import address, save
from tests.factories import make_incident, make_party, make_report, make_source, make_user

pytestmark = pytest.mark.django_db
PAGES = ["incident_change", "incident_claims"]


def claimants(response) -> list[str]:
    return [column.claimant for column in response.context["ledger"].columns]


@pytest.fixture
def disputed():
    incident = make_incident(reports=0)
    for name, accused, best in (("Agency", "Militia", 7), ("Monitor", "Army", 13)):
        make_report(
            source=make_source(name=name, name_ar=f"{name} بالعربية"),
            accused=[make_party(name=accused)],
            figures=[{"best": best}],
            text=f"{name} says so.",
            incident=incident,
        )
    return incident


@pytest.mark.parametrize("page", PAGES)
def test_shows_who_says_what_side_by_side_and_marks_in_words_where_they_differ(
    desk, disputed, page
):
    text = desk.get(address(page, disputed.pk)).text.replace("\xa0", " ")

    for shown in ("Agency", "Monitor", "Militia", "Army", "best 7", "best 13", "high ?"):
        assert shown in text
    assert text.count("≠ claimants differ") == 2
    assert "Agency says so." in text
    assert "best 20" not in text


@pytest.mark.parametrize("page", PAGES)
def test_says_that_a_claimant_does_not_tell(desk, disputed, page):
    make_report(incident=disputed)

    response = desk.get(address(page, disputed.pk))

    assert response.text.count("not told") == 2 + response.text.count("day not told")


@pytest.mark.parametrize("page", PAGES)
def test_shows_the_ledger_in_arabic(desk, disputed, page):
    text = desk.get(address(page, disputed.pk), headers={"Accept-Language": "ar"}).text

    assert "Agency بالعربية" in text
    assert "≠ يختلف أصحاب الادعاء" in text
    assert "claimants differ" not in text


def test_ticks_reports_to_detach_among_the_statements(desk, disputed):
    goes, stays = disputed.reports.order_by("pk")
    page = desk.get(address("incident_change", disputed.pk)).text

    save(desk, address("incident_change", disputed.pk), detach=[goes.pk])

    assert f'<input type="checkbox" name="detach" value="{goes.pk}">' in page
    assert list(disputed.reports.all()) == [stays]


def test_shows_a_page_without_a_form_to_print(desk, disputed):
    response = desk.get(address("incident_claims", disputed.pk))

    assert 'name="detach"' not in response.text
    assert address("incident_change", disputed.pk) in response.text


def test_shows_a_correction_and_not_what_it_corrects(desk):
    incident = make_incident(reports=0)
    wrong = make_report(incident=incident, source=make_source(name="Agency"))
    make_report(supersedes=wrong, incident=incident, source=make_source(name="Monitor"))

    assert claimants(desk.get(address("incident_change", incident.pk))) == ["Monitor"]


@pytest.mark.parametrize("page", PAGES)
def test_hides_reports_of_a_confidential_source_from_data_entry(data_entry, page):
    incident, source = make_incident(), make_source(name="Abu Canary", is_confidential=True)
    make_report(source=source, incident=incident)
    make_report(relayed_from=source, incident=incident)

    response = data_entry.get(address(page, incident.pk))

    assert len(response.context["ledger"].timeline) == 1
    assert response.context["ledger"].groups == 1
    assert "Canary" not in response.text


def test_shows_the_page_to_staff_who_may_see_incidents_alone(client, disputed):
    page = address("incident_claims", disputed.pk)
    assert client.get(page).status_code == 302

    client.force_login(make_user(is_staff=True))

    assert client.get(page).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_takes_as_many_queries_for_many_statements_as_for_few(desk, disputed, page):
    with CaptureQueriesContext(connection) as few:
        desk.get(address(page, disputed.pk))
    for day in range(1, 9):
        make_report(
            incident=disputed,
            published_on=dt.date(2017, 1, day),
            accused=[make_party()],
            figures=[{"best": day}],
            place=disputed.place,
        )

    with CaptureQueriesContext(connection) as many:
        desk.get(address(page, disputed.pk))

    assert len(many) == len(few)
