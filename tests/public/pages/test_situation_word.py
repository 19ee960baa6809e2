"""Situation reports as Word documents: what the page says, to be passed on."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pytest
from docx.oxml.ns import qn

from tests.factories import (
    make_agreement,
    make_bulletin,
    make_incident,
    make_place,
    make_reading,
    make_situation_report,
)
from tests.public.issuing import issue
from tracker.desk.workflow import publishing
from tracker.public.pages.situation_tables import tables
from tracker.public.situation.numbers import report
from tracker.scope.days import Span

pytestmark = pytest.mark.django_db

DAYS = "date_from=2017-01-09&date_to=2017-01-15"
SPAN = Span(dt.date(2017, 1, 9), dt.date(2017, 1, 15))


@pytest.fixture
def truce(publish):
    """An agreement with an incident, verified, and a monitor's count."""
    truce = make_agreement(slug="truce")
    make_reading(truce)
    publishing.publish_agreement(truce)
    publish(make_incident(place=make_place(name_ar="دير قانون"), verification="verified"))
    day = {"date_start": SPAN.last, "date_end": SPAN.last}
    publishing.publish_bulletin(make_bulletin({"count": 2, "confirmed": None}, **day))
    return truce


def opened(response):
    assert response.status_code == 200
    assert response["Content-Disposition"].endswith('.docx"')
    return docx.Document(io.BytesIO(response.content))


def words(document) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_holds_the_tables_of_the_page(client, truce):
    document = opened(client.get(f"/situation.docx?{DAYS}&agreement=truce&lang=en"))

    told = tables(report(SPAN, "truce"), is_live=True)
    assert [
        [[cell.text for cell in row.cells] for row in table.rows] for table in document.tables
    ] == [
        [table.head, *([row.label, *(cell.written for cell in row.cells)] for row in table.rows)]
        for table in told
    ]
    assert "Shelling, Deir Qanun, 2017-01-15 – Verified" in words(document)


def test_runs_from_right_to_left_in_arabic(client, truce):
    document = opened(client.get(f"/situation.docx?{DAYS}&lang=ar"))

    body = document.element.body
    assert "دير قانون" in words(document)
    assert len([*body.iter(qn("w:bidi"))]) == len([*body.iter(qn("w:p"))])
    assert len([*body.iter(qn("w:bidiVisual"))]) == len(document.tables)
    turned = {run.text for run in body.iter(qn("w:r")) if [*run.iter(qn("w:rtl"))]}
    assert "دير قانون" in str(turned)
    assert "+1" not in turned


def test_tells_of_an_issued_one_its_hash_and_its_corrections(client, truce):
    draft = make_situation_report(agreement=truce)
    issue(draft)
    draft.refresh_from_db()
    draft.errata.create(number=1, text="Two were one.")
    publishing.correct_situation(draft)

    said = words(opened(client.get("/situation/truce-1.docx?lang=en")))

    assert draft.sha256 in said
    assert "Two were one." in said


def test_is_the_same_bytes_whenever_it_is_asked_for(client, truce, monkeypatch):
    first = client.get(f"/situation.docx?{DAYS}")
    monkeypatch.setattr("zipfile.time.localtime", lambda *_args: (2030, 1, 1, 0, 0, 0, 0, 1, 0))

    assert client.get(f"/situation.docx?{DAYS}").content == first.content


def test_is_not_there_without_days(client):
    assert client.get("/situation.docx").status_code == 404
