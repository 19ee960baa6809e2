"""A sheet with Arabic headers from the upload to the undoing, by someone who has never done it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.browser.test_desk import find, log_in
from tests.factories import make_party, make_place, make_source, make_user
from tracker.desk.importers.tables import open_table
from tracker.desk.models import ImportRun, Report
from tracker.tables import write_xlsx

pytestmark = pytest.mark.browser

HEADER = ["التاريخ", "المكان", "ماذا حدث", "القتلى", "نوع الخرق", "الجهة المتهمة"]
ROWS = [
    ["2017-01-15", "دير قانون", "قصف مدفعي على القرية", "7", "قصف", "القوات الحكومية"],
    ["2017-01-16", "بسيمة", "إطلاق نار عند الجسر", "", "رمايات", "القوات الحكومية"],
    ["قريبا", "مضايا", "برميل متفجر", "2", "قصف", "القوات الحكومية"],
    ["2017-01-17", "عين الفيجة", "", "1", "قصف", "القوات الحكومية"],
    ["2017-01-18", "دير مقرن", "قصف على السوق", "-4", "قصف", "القوات الحكومية"],
]
MENDED = {0: ["2017-01-16", "", ""], 1: ["", "قصف على النبع", ""], 2: ["", "", "4"]}
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(rows: list[list[str]]) -> bytes:
    file = io.BytesIO()
    write_xlsx(rows, file)
    return file.getvalue()


def bring(page: Page, name: str, content: bytes) -> None:
    page.get_by_label("File:").set_input_files({"name": name, "mimeType": SHEET, "buffer": content})
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The file is kept.")).to_be_visible()


def work(page: Page, state: str) -> None:
    """Let the worker do what waits, and the page find out by itself."""
    expect(page.get_by_text("You may leave this page")).to_be_visible()
    call_command("work", once=True)
    expect(page.get_by_role("heading", name=f"Reports: {state}")).to_be_visible()


def mended(path: Path) -> bytes:
    """The refused rows as someone mends them in a spreadsheet."""
    header, *rows = (record.cells for record in open_table(path).records())
    at = [header.index(name) for name in ("التاريخ", "ماذا حدث", "القتلى")]
    for number, row in enumerate(rows):
        for column, value in zip(at, MENDED[number], strict=True):
            row[column] = value or row[column]
    return workbook([header, *rows])


def test_a_new_user_brings_an_arabic_sheet_mends_three_rows_and_undoes_it_all(
    open_page, transactional_db, tmp_path
):
    make_user("data entry", username="sami", is_staff=True)
    make_source(name="Valley monitor")
    make_party(name="Government forces", name_ar="القوات الحكومية")
    make_place(name="Deir Qanun", name_ar="دير قانون")
    page = open_page(width=1280)
    log_in(page, "sami")

    page.goto("/admin/desk/importrun/")
    page.get_by_role("link", name="Bring a file").click()
    find(page, "source", "valley", "Valley monitor")
    bring(page, "تقارير الوادي.xlsx", workbook([HEADER, *ROWS]))
    page.get_by_label("ماذا حدث").select_option("Text (needed)")
    page.get_by_role("button", name="Save the mapping").click()
    page.get_by_label("رمايات").select_option("Direct fire")
    page.get_by_role("button", name="Save, and check every row").click()
    work(page, "checked")
    counts = page.locator(".counts")
    expect(counts).to_contain_text("2 new")
    expect(counts).to_contain_text("3 refused")

    with page.expect_download() as download:
        page.get_by_role("link", name="all refused rows as XLSX").click()
    refused = tmp_path / "refused.xlsx"
    download.value.save_as(refused)
    page.get_by_role("button", name="Take in all good rows").click()
    work(page, "taken in")

    page.get_by_role("link", name="Bring the mended file").click()
    expect(page.locator(".field-source")).to_contain_text("Valley monitor")
    bring(page, "mended.xlsx", mended(refused))
    expect(page.get_by_label("ماذا حدث")).to_have_value("text")
    page.get_by_role("button", name="Save, and check every row").click()
    work(page, "checked")
    expect(counts).to_contain_text("3 new")
    expect(counts).to_contain_text("0 refused")
    page.get_by_role("button", name="Take in all rows, or none").click()
    work(page, "taken in")

    page.get_by_role("link", name="See the 3 entries it brought").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(3)
    assert Report.objects.count() == 5
    for run in ImportRun.objects.all():
        page.goto(f"/admin/desk/importrun/{run.pk}/change/")
        page.get_by_role("link", name="Undo the whole import").click()
        page.get_by_role("button", name="Yes, undo it").click()
        work(page, "undone")
    assert not Report.objects.exists()
