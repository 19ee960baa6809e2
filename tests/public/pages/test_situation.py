"""Situation reports: any days as the record stands, and those that were issued."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.utils import timezone

from tests.factories import (
    make_agreement,
    make_bulletin,
    make_incident,
    make_place,
    make_reading,
    make_situation_report,
    make_source,
)
from tests.public.issuing import issue
from tracker.desk.workflow import publishing
from tracker.public.models import Edition, Kind
from tracker.public.situation.numbers import digest

pytestmark = pytest.mark.django_db

DAYS = "date_from=2017-01-09&date_to=2017-01-15"


def text_of(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main")[0]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)))


def test_any_days_are_compared_with_as_many_before_them(client, publish):
    for day in (2, 9, 15):
        publish(make_incident(date_start=dt.date(2017, 1, day)))

    said = text_of(client.get(f"/situation/?{DAYS}&lang=en"))

    assert "as many days before it: 2 January 2017 – 8 January 2017" in said
    assert re.search(r"All incidents 2 1 \+1", said)


def test_any_days_say_what_is_held_to_have_happened(client, publish):
    publish(make_incident(verification="verified", acts=["air_attack"]))
    publish(make_incident(acts=["siege"]))

    said = text_of(client.get(f"/situation/?{DAYS}&lang=en"))

    established = said.partition("Held to have happened")[2].partition("All incidents")[0]
    assert "Air attack, 2017-01-15 Verified" in established
    assert "Siege" not in established


def test_any_days_show_what_monitors_counted_beside_each_other(client):
    for name, count in (("Observers", 2), ("Commission", None)):
        bulletin = make_bulletin({"count": count}, monitor=make_source(name=name))
        publishing.publish_bulletin(bulletin)

    said = text_of(client.get("/situation/?period=day&on=2017-01-22&lang=en"))

    assert "whole country Observers not told 2 unknown" in said
    assert "whole country Commission not told unknown unknown" in said


def test_any_days_warn_where_the_agreement_was_not_in_force_before(client):
    publishing.publish_agreement(make_agreement(slug="truce"))
    warning = "The agreement was not in force on all of those days"

    assert warning in text_of(
        client.get("/situation/?period=week&on=2016-12-31&agreement=truce&lang=en")
    )
    assert warning not in text_of(client.get(f"/situation/?{DAYS}&agreement=truce&lang=en"))


def test_any_days_are_reported_in_arabic(client, publish):
    publish(make_incident(place=make_place(name_ar="دير قانون"), verification="verified"))

    page = client.get(f"/situation/?{DAYS}&lang=ar")

    assert 'dir="rtl"' in page.content.decode()
    assert "دير قانون" in text_of(page)


@pytest.mark.parametrize(
    "question",
    [
        "agreement=none",
        "period=month",
        "on=2017-01-01",
        "date_from=2017-01-01",
        "date_from=2017-01-02&date_to=2017-01-01",
        "date_from=2017-01-01&date_to=2017-12-31",
        "period=day&date_from=2017-01-01&date_to=2017-01-02",
        "nonsense=1",
    ],
)
def test_any_days_are_refused_where_they_cannot_be_read(client, question):
    assert client.get(f"/situation/?{question}").status_code == 400


def test_any_days_take_as_many_queries_however_many_incidents(
    client, publish, django_assert_max_num_queries
):
    for _number in range(12):
        publish(make_incident(place=make_place(), geo_precision=1, verification="verified"))

    with django_assert_max_num_queries(40):
        client.get(f"/situation/?{DAYS}")


def test_an_issued_report_keeps_its_numbers_whatever_is_published_later(client, publish):
    publish(make_incident())
    edition = issue(make_situation_report())
    publish(make_incident())

    said = text_of(client.get(f"/situation/{edition.public_id}/?lang=en"))

    assert re.search(r"All incidents 1 0 \+1", said)
    assert "they still come to it" in said
    assert re.search(r"All incidents 2 0 \+2", text_of(client.get(f"/situation/?{DAYS}&lang=en")))


def test_an_issued_report_names_no_more_what_was_taken_back_since(client, publish):
    incident = publish(make_incident(verification="verified", acts=["siege"]))
    edition = issue(make_situation_report())
    publishing.withdraw(incident, reason="It was a quarry blast.")

    said = text_of(client.get(f"/situation/{edition.public_id}/?lang=en"))

    assert "Taken back since Verified" in said
    assert "Siege, 2017" not in said


def test_an_issued_report_names_no_monitor_that_is_hidden_since(client):
    monitor = make_source(name="The teacher")
    day = {"date_start": dt.date(2017, 1, 15), "date_end": dt.date(2017, 1, 15)}
    publishing.publish_bulletin(make_bulletin({"count": 2}, monitor=monitor, **day))
    edition = issue(make_situation_report())
    monitor.is_confidential = True
    monitor.save()
    publishing.hide_source(monitor)

    assert "teacher" not in client.get(f"/situation/{edition.public_id}/").content.decode()


def test_an_issued_report_is_corrected_beside_its_numbers(client):
    draft = make_situation_report()
    before = issue(draft)
    told = {"text": "Two were one.", "text_ar": "كانا واحدا."}
    draft.refresh_from_db()
    draft.errata.create(number=1, added_on=dt.date(2017, 1, 20), **told)
    publishing.correct_situation(draft)

    document = client.get(f"/api/v1/situation-reports/{before.public_id}/").json()
    said = text_of(client.get(f"/situation/{before.public_id}/?lang=en"))

    assert (document["revision"], document["errata"][0]["text"]) == (2, "Two were one.")
    assert digest(document["numbers"]) == document["sha256"]
    assert "20 January 2017 : Two were one." in said


def test_an_issued_report_says_so_where_its_numbers_were_altered(client):
    edition = issue(make_situation_report())
    Edition.objects.filter(pk=edition.pk).update(
        document=edition.document.replace('"unlocated":0', '"unlocated":9')
    )

    said = text_of(client.get(f"/situation/{edition.public_id}/?lang=en"))

    assert "they were altered" in said


def test_an_issued_report_is_numbered_by_what_it_is_about():
    truce = make_agreement(slug="truce")
    make_reading(truce)
    publishing.publish_agreement(truce)

    slugs = [
        issue(make_situation_report(agreement=about)).public_id
        for about in (None, truce, truce, None)
    ]

    assert slugs == ["all-1", "truce-1", "truce-2", "all-2"]


def test_an_issued_report_is_listed_and_found_by_its_days(client):
    issue(make_situation_report())
    issue(make_situation_report(date_end=dt.date(2017, 1, 20)))

    found = client.get("/api/v1/situation-reports/?date_from=2017-01-16").json()["results"]

    assert [each["id"] for each in found] == ["all-2"]
    assert "number 2, issued on" in text_of(client.get("/situation/?lang=en"))


def test_an_issued_report_is_not_found_before_it_is_issued(client):
    make_situation_report(slug="all-1")

    assert client.get("/situation/all-1/").status_code == 404
    assert not Edition.objects.of(Kind.SITUATION).exists()


def test_any_days_name_earlier_incidents_that_came_to_be_established_on_them(client, publish):
    incident = publish(make_incident(date_start=dt.date(2017, 1, 1), acts=["siege"]))
    incident.verification = "verified"
    incident.save()
    publish(incident)
    today = timezone.localdate()

    said = text_of(client.get(f"/situation/?period=day&on={today}&lang=en"))

    assert "Earlier incidents that came to be so in this period Siege, 2017-01-01 Verified" in said
