from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.desk.admin.pages import address, autocomplete, errors, messages, save, shown
from tests.factories import (
    make_incident,
    make_party,
    make_place,
    make_report,
    make_source,
)
from tracker.desk.models import Incident, Report, User

pytestmark = pytest.mark.django_db

ADD = "/admin/desk/report/add/"
ARABIC = "قصف على وادي بردى أوقع عشرات الجرحى"


def change(report: Report) -> str:
    return address("report_change", report.pk)


def figure(number: int, **values: Any) -> dict[str, Any]:
    return {f"figures-{number}-{name}": value for name, value in values.items()}


def test_saves_a_report_of_which_only_source_date_and_text_are_known(desk):
    save(desk, ADD, source=make_source().pk, date_start="2017-01-15", text=ARABIC)

    report = Report.objects.get()
    assert (report.text, report.date_start) == (ARABIC, dt.date(2017, 1, 15))
    assert (report.place, report.acts, report.incident) == (None, [], None)
    assert report.entered_by == User.objects.get(username="nour")


def test_saves_several_accused_and_several_figures(desk):
    accused = [make_party(), make_party()]
    figures = figure(0, best="7") | figure(1, harm="injured", low="0", as_written="عشرات")

    save(
        desk,
        ADD,
        source=make_source().pk,
        date_start="2017-01-15",
        text=ARABIC,
        accused=[party.pk for party in accused],
        **figures,
    )

    report = Report.objects.get()
    assert set(report.accused.all()) == set(accused)
    assert list(report.figures.values_list("harm", "low", "best", "high", "as_written")) == [
        ("killed", None, 7, None, ""),
        ("injured", 0, None, None, "عشرات"),
    ]


def test_keeps_source_date_and_place_for_the_next_report(desk):
    source, place = make_source(), make_place()
    known = {"source": source.pk, "date_start": "2017-01-15", "place": place.pk}

    response = save(desk, ADD, button="_addanother", text="Shells fell.", **known)

    form = desk.get(response.url).context["adminform"].form
    assert response.url.startswith(ADD)
    assert {name: str(form[name].value()) for name in known} == {
        name: str(value) for name, value in known.items()
    }
    assert not form["text"].value()


def test_makes_an_incident_of_what_the_report_states(desk):
    place = make_place()
    known = {"source": make_source().pk, "date_start": "2017-01-15", "place": place.pk}

    response = save(
        desk, ADD, button="_open_incident", text="Shells fell.", acts=["fire_indirect"], **known
    )

    incident = Incident.objects.get()
    assert response.url == address("incident_change", incident.pk)
    assert (incident.place, incident.acts) == (place, ["fire_indirect"])
    assert Report.objects.get().incident == incident


def test_makes_no_second_incident_of_a_report(desk):
    report = make_report(incident=make_incident(reports=0))

    response = save(desk, change(report), button="_open_incident")

    assert "already has an incident" in messages(response)
    assert Incident.objects.count() == 1


def test_makes_an_incident_of_each_report_chosen_in_the_list(desk):
    reports = [make_report(), make_report(), make_report(incident=make_incident(reports=0))]
    chosen = {"action": "open_incidents", "_selected_action": [report.pk for report in reports]}

    response = desk.post(address("report_changelist"), chosen)

    assert "2 incidents made." in messages(response)
    assert Incident.objects.count() == 3


def test_shows_what_an_attached_report_states_without_fields_for_it(desk):
    report = make_report(
        text=ARABIC,
        acts=["fire_indirect"],
        accused=[make_party(name="Hezbollah")],
        figures=[{"best": 7}],
        incident=make_incident(reports=0),
    )

    response = desk.get(change(report))

    assert set(response.context["adminform"].form.fields) == {"incident", "note", "corrects"}
    for text in (ARABIC, "Hezbollah", "Shelling"):
        assert text in response.text
    assert "fire_indirect" not in response.text


def test_refuses_to_change_what_an_attached_report_states(desk):
    report = make_report(figures=[{"best": 7}], incident=make_incident(reports=0))
    row = report.figures.get()
    changes: dict[str, Any] = {
        "text": "Nothing fell.",
        "date_start": "2017-02-01",
        "acts": ["siege"],
    }
    changes |= {"accused": [make_party().pk]} | figure(0, id=row.pk, report=report.pk, best="9")
    changes |= figure(1, best="3", harm="injured") | {"figures-TOTAL_FORMS": "2"}

    response = save(desk, change(report), note="Seen.", **changes)

    kept = Report.objects.get()
    assert response.status_code == 302
    assert (kept.text, kept.date_start, kept.acts) == (report.text, report.date_start, [])
    assert not kept.accused.exists()
    assert [each.best for each in kept.figures.all()] == [7]
    assert kept.note == "Seen."


def test_begins_a_correction_from_what_the_report_states(desk):
    party, place = make_party(), make_place()
    report = make_report(
        text=ARABIC,
        place=place,
        acts=["fire_indirect"],
        accused=[party],
        figures=[{"best": 7}, {"harm": "injured", "as_written": "عشرات"}],
        incident=make_incident(reports=0),
    )

    page = shown(desk.get(ADD, {"corrects": report.pk}))

    assert (page["text"], page["place"], page["acts"]) == (ARABIC, place.pk, ["fire_indirect"])
    assert page["accused"] == [party.pk]
    assert page["incident"] == report.incident_id
    assert (page["figures-0-best"], page["figures-1-as_written"]) == (7, "عشرات")


def test_puts_a_correction_in_the_place_of_the_report(desk):
    report = make_report(
        accused=[make_party()], figures=[{"best": 7}], incident=make_incident(reports=0)
    )

    save(desk, f"{ADD}?corrects={report.pk}", text=ARABIC, **figure(0, best="9"))

    correction = Report.objects.get(text=ARABIC)
    assert correction.supersedes == report
    assert correction.incident == report.incident
    assert list(correction.accused.all()) == list(report.accused.all())
    assert [each.best for each in correction.figures.all()] == [9]
    assert list(Report.objects.current()) == [correction]


def test_corrects_a_report_once(desk):
    report = make_report(incident=make_incident(reports=0))
    page = shown(desk.get(ADD, {"corrects": report.pk}))
    desk.post(ADD, page)

    response = desk.post(ADD, page)

    assert errors(response) == {"corrects": ["This report has been corrected before."]}
    assert "This report has been corrected before." in response.text
    assert "?corrects=" not in desk.get(change(report)).text
    assert Report.objects.count() == 2


def test_attaches_to_the_incident_chosen(desk):
    report, incident = make_report(), make_incident(reports=0)

    save(desk, change(report), incident=incident.pk, acts=["siege"], **figure(0, best="2"))

    report.refresh_from_db()
    assert (report.incident, report.acts) == (incident, ["siege"])
    assert report.figures.get().best == 2


def test_keeps_what_was_typed_where_an_incident_is_chosen_and_a_figure_is_wrong(desk):
    report, incident = make_report(), make_incident(reports=0)

    page = save(desk, change(report), incident=incident.pk, text=ARABIC, **figure(0, best="dozens"))

    assert "Enter a whole number." in page.text
    assert (shown(page)["text"], shown(page)["incident"]) == (ARABIC, str(incident.pk))
    assert Report.objects.get().text == report.text


def test_moves_from_one_incident_to_another_and_out_again(desk):
    first, second = make_incident(reports=0), make_incident(reports=0)
    report = make_report(incident=first)

    save(desk, change(report), incident=second.pk)
    moved = Report.objects.get().incident
    save(desk, change(report), incident="")

    assert moved == second
    assert Report.objects.get().incident is None


def test_attaches_no_corrected_report_anew(desk):
    report, incident = make_report(), make_incident(reports=0)
    make_report(supersedes=report)

    response = save(desk, change(report), incident=incident.pk)

    assert errors(response) == {"incident": ["It has been corrected: attach its correction."]}
    assert "_open_incident" not in response.text


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"date_end": "2017-01-14"}, "It ends before it begins."),
        ({"date_start": "15.01.2017."}, "Enter a valid date."),
        ({"date_start": ""}, "This field is required."),
        ({"text": " "}, "This field is required."),
        ({"place": "999999"}, "Select a valid choice."),
        ({"acts": ["fire_indirect", "gossip"]}, "Select a valid choice."),
        ({"url": "no address"}, "Enter a valid URL."),
    ],
)
def test_says_what_is_wrong_at_the_field(desk, wrong, message):
    right = {"source": make_source().pk, "date_start": "2017-01-15", "text": "Shells fell."}

    response = save(desk, ADD, **{**right, **wrong})

    assert message in errors(response)[next(iter(wrong))][0]
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (figure(0, best="-1"), "greater than or equal to 0"),
        (figure(0, best="dozens"), "Enter a whole number."),
        (figure(0, harm="injured"), "Give a number, or the words used."),
        (figure(0, best="1") | figure(1, best="2"), "Please correct the duplicate data"),
    ],
)
def test_says_what_is_wrong_with_a_figure(desk, wrong, message):
    response = save(desk, ADD, source=make_source().pk, date_start="2017-01-15", text="A", **wrong)

    assert response.status_code == 200
    assert message in response.text
    assert not Report.objects.exists()


def test_refuses_the_same_external_id_of_the_same_source(desk):
    known = make_report(external_id="WB-01/1")

    response = save(
        desk, ADD, source=known.source_id, date_start="2017-01-15", text="A", external_id="WB-01/1"
    )

    assert "already has a report with this external id" in response.text


@pytest.mark.parametrize("term", ["دير قانون", "deir qanun", "Dayr Qanun"])
def test_finds_a_place_by_its_name_in_any_script(desk, term):
    place = make_place(name="Deir Qanun", name_ar="دير قانون")
    place.names.create(name="Dayr Qānūn")
    make_place(name="Basimah", name_ar="بسيمة")

    found = autocomplete(desk, term=term, model="report", field="place")

    assert found == ["Deir Qanun · دير قانون"]


def test_hides_a_confidential_source_from_data_entry(data_entry):
    source = make_source(name="Witness in the village", is_confidential=True)
    relayed, told = make_report(relayed_from=source), make_report(source=source)

    for page in ("source_changelist", "report_changelist"):
        assert data_entry.get(address(page)).context["cl"].result_count == (page[0] == "s") * 1
    for url in (address("source_change", source.pk), change(relayed), change(told)):
        assert data_entry.get(url).status_code == 302
    for field in ("source", "relayed_from"):
        assert not autocomplete(data_entry, term="Witness", model="report", field=field)


def test_shows_a_confidential_source_to_a_reviewer(client, reviewer):
    source = make_source(name="Witness in the village", is_confidential=True)
    report = make_report(source=source)
    client.force_login(reviewer)

    assert client.get(address("report_changelist")).context["cl"].result_count == 1
    assert client.get(address("source_change", source.pk)).status_code == 200
    assert client.get(change(report)).status_code == 200
    assert autocomplete(client, term="Witness", model="report", field="source")


def test_takes_no_report_of_a_source_that_is_hidden(data_entry):
    source = make_source(is_confidential=True)

    response = save(data_entry, ADD, source=source.pk, date_start="2017-01-15", text="A")

    assert "Select a valid choice" in errors(response)["source"][0]


def test_takes_no_correction_of_a_report_that_is_hidden(data_entry):
    hidden = make_report(source=make_source(is_confidential=True))
    stated: dict[str, Any] = {"source": make_source().pk, "date_start": "2017-01-15", "text": "A"}

    response = save(data_entry, ADD, corrects=hidden.pk, **stated)

    assert "Select a valid choice" in errors(response)["corrects"][0]
    assert "text" not in shown(data_entry.get(ADD, {"corrects": hidden.pk}))
