"""The warning where a report that is typed says what another said already."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.admin.pages import address, messages, save
from tests.factories import make_place, make_report, make_source
from tracker.desk.models import Place, Report, Source

pytestmark = pytest.mark.django_db

ADD = "/admin/desk/report/add/"
TEXT = "Shells fell on the wedding hall of the village."
WARNING = "This may have been entered before:"


@pytest.fixture
def source(db: None) -> Source:
    return make_source()


@pytest.fixture
def place(db: None) -> Place:
    return make_place()


def enter(browser, source: Source, place: Place, text: str = TEXT):
    stated: dict[str, Any] = {
        "source": source.pk,
        "place": place.pk,
        "date_start": "2017-01-15",
        "text": text,
    }
    return save(browser, ADD, **stated)


def test_warns_of_a_report_that_says_the_same_and_saves_all_the_same(data_entry, source, place):
    first = make_report(source=source, place=place, text=TEXT)

    said = messages(enter(data_entry, source, place))

    entered = Report.objects.exclude(pk=first.pk).get()
    assert entered.text == TEXT
    assert WARNING in said
    assert address("report_change", first.pk) in said
    assert "the same words (100), day and place" in said
    assert f"/admin/inbox/{entered.pk}/" in said


def test_says_nothing_where_nothing_says_the_same(data_entry, source, place):
    make_report(source=source, place=place, text="A convoy was held up at the northern gate.")

    assert WARNING not in messages(enter(data_entry, source, place))


def test_warns_again_only_where_what_is_stated_changes(data_entry, source, place):
    make_report(source=source, place=place, text=TEXT)
    again = make_report(source=source, place=place, text=TEXT)
    page = address("report_change", again.pk)

    noted = save(data_entry, page, note="Ask the source.")
    reworded = save(data_entry, page, text=f"{TEXT} ")
    changed = save(data_entry, page, text=TEXT.upper())

    assert WARNING not in messages(noted)
    assert WARNING not in messages(reworded)
    assert WARNING in messages(changed)


def test_tells_nothing_of_a_confidential_sources_report(data_entry, source, place):
    hidden = make_source(is_confidential=True, independence_group=source.independence_group)
    make_report(source=hidden, relayed_from=source, place=place, text=TEXT)

    assert WARNING not in messages(enter(data_entry, source, place))


def test_escapes_what_a_source_is_called(data_entry, place):
    source = make_source(name="<b>Bold</b>")
    make_report(source=source, place=place, text=TEXT)

    said = messages(enter(data_entry, source, place))

    assert WARNING in said
    assert "<b>" not in said


def test_asks_the_database_as_often_however_many_say_the_same(data_entry, source, place):
    counted = []
    for more in (1, 5):
        for _number in range(more):
            make_report(source=source, place=place, text=TEXT)
        with CaptureQueriesContext(connection) as asked:
            enter(data_entry, source, place)
        counted.append(len(asked))

    assert counted[0] == counted[1]
