"""Finding a place at the desk, in any spelling and script."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.desk.admin.pages import address, autocomplete
from tests.factories import make_incident, make_place, make_report
from tracker.desk.models import Place, PlaceName, Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def valley(db) -> dict[str, Place]:
    syria = make_place(name="Syria", name_ar="سوريا", kind="country", latitude=35, longitude=38)
    rural = make_place(
        name="Rif Dimashq", name_ar="ريف دمشق", kind="governorate", parent=syria, latitude=33.7
    )
    homs = make_place(
        name="Homs", name_ar="حمص", kind="governorate", parent=syria, latitude=34.7, longitude=37
    )
    zabadani = make_place(name="Az Zabadani", name_ar="الزبداني", kind="district", parent=rural)
    places = [
        zabadani,
        homs,
        make_place(name="`Ayn al Fijah", name_ar="عين الفيجة", parent=zabadani, latitude=33.617),
        make_place(name="Dayr Qanun", name_ar="دير قانون", parent=zabadani),
        make_place(name="Buwaydah", name_ar="البويضة", parent=rural, latitude=33.45),
        make_place(name="Buwaydah", name_ar="البويضة", parent=homs, latitude=34.65, longitude=36.9),
    ]
    return {place.name: place for place in places}


@pytest.mark.parametrize(
    "spelling",
    ["Ain al-Fijah", "Ayn al-Fijah", "Ain el Fijeh", "Ein al-Fijeh", "عين الفيجة", "عين الفيجه"],
)
def test_offers_the_place_first_in_any_spelling(desk, valley, spelling):
    offered = autocomplete(desk, term=spelling, model="report", field="place")

    assert offered[0] == "`Ayn al Fijah · عين الفيجة (Az Zabadani, Rif Dimashq)"


def test_tells_namesakes_apart(desk, valley):
    assert sorted(autocomplete(desk, term="Buweida", model="report", field="place")) == [
        "Buwaydah · البويضة (Homs)",
        "Buwaydah · البويضة (Rif Dimashq)",
    ]


def test_takes_the_wider_place_into_account(desk, valley):
    [first, *_others] = autocomplete(desk, term="بويضة، حمص", model="report", field="place")

    assert first == "Buwaydah · البويضة (Homs)"


def test_says_what_a_place_is_unless_a_settlement(desk, valley):
    assert autocomplete(desk, term="zabadani", model="report", field="place") == [
        "Az Zabadani · الزبداني (District, Rif Dimashq)"
    ]


def test_offers_in_arabic_on_an_arabic_page(desk, valley):
    desk.cookies["django_language"] = "ar"

    [offered] = autocomplete(desk, term="Deir Kanoon", model="report", field="place")

    assert offered == "دير قانون · Dayr Qanun (الزبداني، ريف دمشق)"


def test_offers_what_lies_at_a_position(desk, valley):
    offered = autocomplete(desk, term="33.61, 36.13", model="report", field="place")

    assert offered[0] == "Dayr Qanun · دير قانون (Az Zabadani, Rif Dimashq)"


@pytest.mark.parametrize(
    ("near", "first"), [("34.6,36.9", "Buwaydah · البويضة (Homs)"), ("33.5,36.1", "Rif Dimashq")]
)
def test_prefers_what_lies_near(desk, valley, near, first):
    query = {"term": "Buwaydah", "app_label": "desk", "model_name": "report", "field_name": "place"}
    answer = desk.get(reverse("admin:autocomplete"), {**query, "near": near}).json()

    assert first in answer["results"][0]["text"]


def searched(desk, page: str) -> str:
    """Where the place field of a form searches."""
    form = desk.get(page).context["adminform"].form
    return form.fields["place"].widget.widget.get_url()


def test_prefers_what_lies_near_the_place_of_the_report(desk, valley):
    report = make_report(place=valley["Dayr Qanun"])

    assert searched(desk, address("report_change", report.pk)).endswith("?near=33.604%2C36.136")


def test_prefers_what_lies_near_the_place_entered_last(desk, valley):
    make_report(place=valley["Homs"])
    assert "near" not in searched(desk, address("report_add"))
    user = desk.get(address("report_add")).wsgi_request.user
    Report.objects.update(entered_by=user)

    assert searched(desk, address("report_add")).endswith("?near=34.7%2C37.0")


def test_prefers_what_lies_near_the_place_of_the_incident(desk, valley):
    incident = make_incident(place=valley["Homs"])

    assert searched(desk, address("incident_change", incident.pk)).endswith("?near=34.7%2C37.0")


def test_shows_the_place_of_a_report_with_where_it_lies(desk, valley):
    report = make_report(place=valley["Dayr Qanun"])

    page = desk.get(address("report_change", report.pk)).content.decode()

    assert "Dayr Qanun · دير قانون (Az Zabadani, Rif Dimashq)" in page


def test_lists_what_a_name_may_mean_the_best_first(desk, valley):
    PlaceName.objects.create(place=valley["Homs"], name="Emesa")

    def listed(text: str) -> list[str]:
        page = desk.get(address("place_changelist"), {"q": text})
        return [place.name for place in page.context["cl"].result_list]

    assert listed("emesa") == ["Homs"]
    assert listed("Ain al Fija")[0] == "`Ayn al Fijah"
    assert listed("Tadmur") == []
    assert len(listed("")) == Place.objects.count()


def test_offers_no_place_that_has_been_merged_into_another(desk, valley):
    double = make_place(name="Deir Kanun", merged_into=valley["Dayr Qanun"])

    offered = autocomplete(desk, term=double.name, model="report", field="place")

    assert offered == ["Dayr Qanun · دير قانون (Az Zabadani, Rif Dimashq)"]


@pytest.mark.parametrize("number", ["x", "²", "9" * 40])
@pytest.mark.parametrize(("page", "field"), [("place_add", "parent"), ("report_add", "accused")])
def test_refuses_what_is_no_number_of_a_row(desk, page, field, number):
    response = desk.post(address(page), {field: number})

    assert response.status_code == 200
    assert field in response.context["adminform"].form.errors
