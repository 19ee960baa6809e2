"""The page of an agreement, by pointer and by keyboard."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = "/agreements/syria-2016-12-30/?on=2017-01-31"


@pytest.fixture
def demo(transactional_db: None) -> None:
    call_command("load_demo", stdout=StringIO())


def test_another_reading_is_chosen_and_gone_back_from(open_page, demo):
    page = open_page(width=360, height=740)
    page.goto(f"{PAGE}&lang=en")
    violations = page.locator(".numbers .violation .count")
    by_the_text = violations.inner_text()

    page.get_by_role("link", name="The Syrian government's").click()

    assert "under=syria-2016-12-30-government" in page.url
    assert "on=2017-01-31" in page.url
    assert violations.inner_text() != by_the_text
    page.go_back()
    assert violations.inner_text() == by_the_text


def test_a_reading_and_a_day_of_the_chart_are_reached_by_keys_alone(open_page, demo):
    page = open_page()
    page.goto(f"{PAGE}&lang=ar")
    page.locator(".choices a").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**under=syria-2016-12-30-opposition**")

    page.locator(".chart summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert "/incidents/?date_from=" in page.url
