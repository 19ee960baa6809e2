"""The queue of places that reports name and the gazetteer has not been found to have."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry

from tests.desk.admin.pages import messages
from tests.factories import make_incident, make_place, make_report, make_source, make_user
from tracker.codebook import GeoPrecision
from tracker.desk.models import Place, Report

pytestmark = pytest.mark.django_db

URL = "/admin/places-to-find/"


@pytest.fixture
def valley(db) -> dict[str, Place]:
    rural = make_place(name="Rif Dimashq", name_ar="ريف دمشق", kind="governorate")
    homs = make_place(name="Homs", name_ar="حمص", kind="governorate", latitude=34.7, longitude=37)
    return {
        "fijeh": make_place(
            name="`Ayn al Fijah", name_ar="عين الفيجة", parent=rural, latitude=33.617
        ),
        "near": make_place(name="Buwaydah", parent=rural, latitude=33.45, longitude=36.3),
        "far": make_place(name="Buwaydah", parent=homs, latitude=34.65, longitude=36.9),
    }


def waiting(text: str, **fields) -> Report:
    return make_report(place_as_written=text, **fields)


def key(page) -> str:
    """What the fields of the only name begin with."""
    [form] = page.context["forms"]
    return form.prefix


def filled(page) -> dict[str, object]:
    """What the page would send back."""
    data: dict[str, object] = {"name": [form.prefix for form in page.context["forms"]]}
    for form in page.context["forms"]:
        data[f"{form.prefix}-choice"] = form["choice"].value()
        data[f"{form.prefix}-reports"] = form["reports"].value()
    return data


def names(page) -> list[str]:
    return [form.written.text for form in page.context["forms"]]


def test_gathers_the_reports_that_write_a_place_alike(desk, valley):
    waiting("Ain al-Fijeh")
    waiting("AIN AL FIJEH")
    waiting("Atlantis")
    waiting("")
    waiting("Buwaydah", place=valley["near"])

    page = desk.get(URL)

    assert [(form.written.text, len(form.held)) for form in page.context["forms"]] == [
        ("Ain al-Fijeh", 2),
        ("Atlantis", 1),
    ]


def test_accepts_in_bulk_what_is_beyond_doubt(desk, valley):
    certain = [waiting("Ain al-Fijeh"), waiting("عين الفيجة")]
    doubtful = [waiting("Buwaydah"), waiting("Atlantis")]

    response = desk.post(URL, filled(desk.get(URL)))

    assert messages(response) == "2 reports placed."
    for report in certain:
        report.refresh_from_db()
        assert report.place == valley["fijeh"]
        assert (report.geo_precision, report.radius_m) == (GeoPrecision.EXACT, 1000)
    for report in doubtful:
        report.refresh_from_db()
        assert report.place is None


def test_tells_namesakes_apart_and_places_at_the_chosen_one(desk, valley):
    report = waiting("Al-Buweida")
    page = desk.get(URL)
    [form] = page.context["forms"]
    told = dict(form.fields["choice"].choices)
    assert told[f"place:{valley['far'].pk}"].startswith("Buwaydah (Homs) – score ")

    desk.post(URL, {**filled(page), f"{form.prefix}-choice": f"place:{valley['far'].pk}"})

    report.refresh_from_db()
    assert report.place == valley["far"]


def test_prefers_the_namesake_near_the_position_of_the_report(desk, valley):
    waiting("Buwaydah", latitude=34.6, longitude=36.9)

    [form] = desk.get(URL).context["forms"]

    assert form["choice"].value() == f"place:{valley['far'].pk}"


def test_names_the_search_for_another_place(desk, valley):
    waiting("The spring")

    page = desk.get(URL)

    assert 'aria-label="Another place of the gazetteer"' in page.text


def test_takes_any_other_place_of_the_gazetteer(desk, valley):
    report = waiting("The spring")
    page = desk.get(URL)
    data = filled(page) | {f"{key(page)}-choice": "other"}

    refused = desk.post(URL, data)
    assert "Choose the place that is meant." in refused.content.decode()

    desk.post(URL, {**data, f"{key(page)}-other": valley["fijeh"].pk})
    report.refresh_from_db()
    assert report.place == valley["fijeh"]


def test_leaves_out_the_reports_that_are_unchecked(desk, valley):
    one, other = waiting("Ain al-Fijeh"), waiting("Ain al-Fijeh")

    page = desk.get(URL)
    desk.post(URL, {**filled(page), f"{key(page)}-reports": [other.pk]})

    assert Report.objects.get(pk=one.pk).place is None
    assert Report.objects.get(pk=other.pk).place == valley["fijeh"]


def test_keeps_the_precision_a_report_states(desk, valley):
    report = waiting("Ain al-Fijeh", geo_precision=GeoPrecision.NEAR, radius_m=4000)

    desk.post(URL, filled(desk.get(URL)))

    report.refresh_from_db()
    assert (report.geo_precision, report.radius_m) == (GeoPrecision.NEAR, 4000)


def test_knows_a_part_of_a_place_less_well_than_the_place(desk, valley):
    report = waiting("outskirts of Ain al-Fijeh")

    desk.post(URL, filled(desk.get(URL)))

    report.refresh_from_db()
    assert (report.place, report.geo_precision) == (valley["fijeh"], GeoPrecision.NEAR)


def test_leaves_alone_what_is_attached_to_an_incident(desk, valley):
    waiting("Ain al-Fijeh", incident=make_incident(reports=0))

    assert names(desk.get(URL)) == []


def test_does_not_overwrite_what_someone_else_chose_meanwhile(desk, valley):
    other, one = waiting("Ain al-Fijeh"), waiting("Ain al-Fijeh")
    data = filled(desk.get(URL))
    Report.objects.filter(pk=other.pk).update(place=valley["near"])

    desk.post(URL, data)

    assert Report.objects.get(pk=one.pk).place == valley["fijeh"]
    assert Report.objects.get(pk=other.pk).place == valley["near"]


@pytest.mark.parametrize("number", [10**30, "9" * 5000])
def test_passes_over_a_number_that_no_report_has(desk, valley, number):
    report = waiting("Ain al-Fijeh")
    page = desk.get(URL)

    desk.post(URL, {**filled(page), f"{key(page)}-reports": [report.pk, number]})

    report.refresh_from_db()
    assert report.place == valley["fijeh"]


def test_keeps_record_of_who_accepted_which_suggestion(desk, valley):
    report = waiting("Ain al-Fijeh")

    desk.post(URL, filled(desk.get(URL)))

    entry = LogEntry.objects.get(object_id=str(report.pk))
    assert entry.user.username == "nour"
    assert "gazetteer, 97" in entry.get_change_message()


def test_shows_reports_of_confidential_sources_to_those_alone_who_may_see_them(
    data_entry, desk, valley
):
    waiting("Ain al-Fijeh", source=make_source(is_confidential=True))
    assert names(desk.get(URL)) == ["Ain al-Fijeh"]

    data_entry.force_login(make_user("data entry", is_staff=True))
    assert names(data_entry.get(URL)) == []


def test_is_for_those_alone_who_may_change_reports(client, db):
    client.force_login(make_user(is_staff=True))

    assert client.get(URL).status_code == 403
    assert client.post(URL).status_code == 403


def test_offers_a_page_of_names_at_a_time(desk, valley):
    for number in range(25):
        waiting(f"Nowhere {chr(97 + number)}zzz")

    assert len(names(desk.get(URL))) == 20
    assert len(names(desk.get(URL, {"p": 2}))) == 5


def test_is_linked_from_the_list_of_reports(desk):
    assert URL in desk.get("/admin/desk/report/").content.decode()
