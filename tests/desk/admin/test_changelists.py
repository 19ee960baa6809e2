from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.desk.admin.pages import address, save
from tests.factories import (
    make_agreement,
    make_bulletin,
    make_coverage,
    make_import,
    make_incident,
    make_party,
    make_place,
    make_reading,
    make_report,
    make_situation_report,
    make_source,
    make_user,
    make_webhook,
    make_zone,
)
from tracker.desk.admin import site
from tracker.desk.models import (
    Agreement,
    Bulletin,
    Coverage,
    Delivery,
    Erasure,
    ImportRun,
    Incident,
    Job,
    Party,
    Place,
    Report,
    SituationReport,
    Source,
    User,
    Webhook,
    Zone,
)
from tracker.desk.workflow import webhooks

pytestmark = pytest.mark.django_db

# How to make one row of each list, with all it can refer to.
MAKE: dict[type[models.Model], Callable[[], Any]] = {
    Agreement: lambda: make_agreement(parent=make_agreement()),
    Bulletin: lambda: make_bulletin({"count": 2}, counterpart=make_source()),
    Coverage: lambda: make_coverage(place=make_place(), obstructed_by=make_party()),
    Erasure: lambda: Erasure.objects.create(
        source=make_source(is_confidential=True), reason="asked", asked_by=make_user()
    ),
    Delivery: lambda: webhooks.send_test(make_webhook()),
    Group: lambda: Group.objects.create(name=f"group {Group.objects.count()}"),
    ImportRun: make_import,
    Incident: lambda: make_incident(place=make_place(parent=make_place())),
    Job: lambda: Job.objects.create(
        kind="count",
        key=str(Job.objects.count()),
        created_by=make_user(),
        heartbeat_at=timezone.now(),
    ),
    Party: lambda: make_party(parent=make_party(), successor=make_party()),
    Place: lambda: make_place(parent=make_place()),
    Report: lambda: make_report(
        source=make_source(is_confidential=True),
        relayed_from=make_source(),
        place=make_place(),
        incident=make_incident(reports=0, place=make_place()),
    ),
    SituationReport: lambda: make_situation_report(agreement=make_agreement()),
    Source: lambda: make_source(alignment=make_party()),
    User: lambda: make_user("reviewer"),
    Webhook: make_webhook,
    Zone: lambda: make_zone(agreement := make_agreement(), reading=make_reading(agreement)),
}


def listing(model: type[models.Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.mark.parametrize("model", site._registry, ids=lambda model: model.__name__)
def test_takes_as_many_queries_however_many_rows(desk, model):
    counts = []
    for rows in (3, 9):
        for _number in range(rows):
            MAKE[model]()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desk.get(listing(model)).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("make", "term"),
    [
        (lambda: make_incident(place=make_place(name_ar="وادي بردى")), "وادى بردي"),
        (lambda: make_report(place=make_place(name_ar="وادي بردى")), "بردى"),
        (lambda: make_report(text="قصف على القرية"), "القرية"),
        (lambda: make_source(name_ar="الجزيرة"), "الجزيره"),
        (lambda: make_party(name_ar="هيئة تحرير الشام"), "هيئه الشام"),
        (lambda: make_place(name="Ain al-Fijah"), "‘ain al fījah"),
    ],
)
def test_finds_what_is_spelled_another_way(desk, make, term):
    thing = make()
    make_incident(place=make_place(name="Basimah"))

    found = desk.get(listing(type(thing)), {"q": term}).context["cl"].result_list

    assert list(found) == [thing]


def test_finds_an_incident_once_though_its_place_bears_many_names(desk):
    place = make_place(name="Wadi Barada")
    for name in ("Wadi Barada valley", "Wādī Baradā"):
        place.names.create(name=name)
    incident = make_incident(place=place, reports=2)

    found = desk.get(listing(Incident), {"q": "wadi barada"}).context["cl"].result_list

    assert [(each, each.report_count) for each in found] == [(incident, 2)]


def test_lists_the_reports_that_wait_for_an_incident(desk):
    waiting, corrected = make_report(), make_report()
    correction = make_report(supersedes=corrected)
    make_incident()

    found = desk.get(listing(Report), {"attached": "no"}).context["cl"].result_list

    assert set(found) == {waiting, correction}


@pytest.mark.parametrize(
    "page",
    ["report", "incident", "place", "party", "source", "agreement", "bulletin", "coverage"],
)
def test_lets_text_run_the_way_it_is_written(desk, page):
    response = desk.get(address(f"{page}_add"))

    forms = [response.context["adminform"].form]
    forms += [inline.formset.empty_form for inline in response.context["inline_admin_formsets"]]
    for field in (form[name] for form in forms for name in form.fields):
        if field.widget_type in {"text", "textarea"}:
            assert 'dir="auto"' in str(field), field.html_name


@pytest.mark.parametrize("make", [make_party, make_source, make_agreement])
def test_never_changes_a_slug(desk, make):
    thing = make()
    page = f"{thing._meta.model_name}_change"

    save(desk, address(page, thing.pk), slug="another")

    assert type(thing).objects.get(pk=thing.pk).slug == thing.slug
    assert 'name="slug"' not in desk.get(address(page, thing.pk)).text


def test_refuses_an_agreement_that_ends_before_it_begins(desk):
    agreement = make_agreement()

    response = save(
        desk,
        address("agreement_change", agreement.pk),
        effective_from_0="2016-12-30",
        effective_from_1="00:00",
        effective_to_0="2016-12-29",
        effective_to_1="00:00",
    )

    assert "It ends before it begins." in response.text
