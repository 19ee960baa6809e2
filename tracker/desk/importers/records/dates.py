"""Days as people and programs write them. What may be two days is refused unless an order is chosen."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from typing import NamedTuple

from tracker.codebook import DatePrecision
from tracker.desk.importers.faults import Why
from tracker.desk.importers.records.unread import Unread
from tracker.geo.coordinates.spelling import LATIN_DIGITS
from tracker.geo.names import fold

# In which order day, month and year stand where all are numbers and the year is not the first.
ORDERS = ("dmy", "mdy", "ymd")
FIRST_YEAR, LAST_YEAR = 1900, 2100

# Spreadsheets count days from here; the fewest and the most are days of 1954 and 2119.
_DAY_ZERO = dt.date(1899, 12, 30)
_SERIAL = re.compile(r"([2-7]\d{4})(?:\.\d+)?")
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?"
_TIME = re.compile(rf"[T\s,]+{_CLOCK}\s*(?:Z|UTC|GMT|[+-]\d{{2}}(?::?\d{{2}})?)?$", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d{1,4})\s?[-/.\s]\s?(\d{1,2})\s?[-/.\s]\s?(\d{1,4})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})|(?P<first>\d{1,2})[-/.](?P<last>\d{4})"
)
_YEAR = re.compile(r"\d{4}")

_NAMES = {
    1: "january jan يناير كانون_الثاني كانون_ثاني",
    2: "february feb فبراير شباط",
    3: "march mar مارس اذار",
    4: "april apr ابريل نيسان",
    5: "may مايو ايار",
    6: "june jun يونيو حزيران",
    7: "july jul يوليو تموز",
    8: "august aug اغسطس اب",
    9: "september sep sept سبتمبر ايلول",
    10: "october oct اكتوبر تشرين_الاول تشرين_اول",
    11: "november nov نوفمبر تشرين_الثاني تشرين_ثاني",
    12: "december dec ديسمبر كانون_الاول كانون_اول",
}
_MONTHS = {fold(name): number for number, names in _NAMES.items() for name in names.split()}
_NAME = "|".join(map(re.escape, sorted(_MONTHS, key=len, reverse=True)))
_NAMED = re.compile(
    rf"""
    (?:\w+day\s|(?:mon|tue|wed|thu|fri|sat|sun)\s|يوم\s)?
    (?: (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<name>{_NAME})\s(?P<year>\d{{4}}|\d{{2}})
    | (?P<name2>{_NAME})\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<year2>\d{{4}})
    | (?P<year3>\d{{4}})\s(?P<name3>{_NAME})\s(?P<day3>\d{{1,2}})
    | (?P<name4>{_NAME})\s(?P<year4>\d{{4}})
    )""",
    re.VERBOSE,
)


class Days(NamedTuple):
    """The first and the last day that are meant, and how well the day is known by that."""

    start: dt.date
    end: dt.date
    precision: int


def read(written: str, order: str = "") -> Days:
    """The day, month or year written; the day as it was where it happened, whatever the offset.

    Raises Unread where it is none, or may be two and `order` is not chosen.
    """
    text = written.translate(LATIN_DIGITS).strip()
    text = _TIME.sub("", text)
    if found := _SERIAL.fullmatch(text):
        return _day(_DAY_ZERO + dt.timedelta(days=int(found[1])))
    if found := _COMPACT.fullmatch(text):
        return _day(_date(*map(int, found.groups())))
    if _NUMBERS.fullmatch(text):
        return _day(_numbered(text, order))
    if _YEAR.fullmatch(text):
        return _year(int(text))
    if found := _MONTH.fullmatch(text):
        return _month(int(found["year"] or found["last"]), int(found["month"] or found["first"]))
    return _named(fold(text))


def order_of(written: Iterable[str]) -> str:
    """The one order in which all these days make sense; "" where none needs one or several do."""
    fitting = [
        set(fits)
        for text in written
        if (fits := _fits(_TIME.sub("", text.translate(LATIN_DIGITS).strip())))
    ]
    left = set.intersection(*fitting) if fitting else set()
    return left.pop() if len(left) == 1 else ""


def _fits(text: str) -> dict[str, dt.date]:
    """By each order in which it is a day, which day; nothing where no order is needed."""
    found = _NUMBERS.fullmatch(text)
    if not found or len(found[1]) == 4:
        return {}
    fits = {}
    for order in ORDERS if len(found[3]) <= 2 else ORDERS[:2]:
        part = dict(zip(order, found.groups(), strict=True))
        if len(part["y"]) in {2, 4} and len(part["d"]) <= 2:
            day = _date(_century(part["y"]), int(part["m"]), int(part["d"]))
            if day is not None:
                fits[order] = day
    return fits


def _numbered(text: str, order: str) -> dt.date | None:
    found = _NUMBERS.fullmatch(text)
    if found and len(found[1]) == 4:
        return _date(*map(int, found.groups())) if len(found[3]) <= 2 else None
    fits = _fits(text)
    if order:
        return fits.get(order)
    if len(set(fits.values())) > 1:
        raise Unread(Why.DATE_ORDER)
    return next(iter(fits.values()), None)


def _named(text: str) -> Days:
    found = _NAMED.fullmatch(text)
    if not found:
        raise Unread(Why.DATE)
    part = {name.rstrip("234"): value for name, value in found.groupdict().items() if value}
    month, year = _MONTHS[part["name"]], _century(part["year"])
    if "day" not in part:
        return _month(year, month)
    return _day(_date(year, month, int(part["day"])))


def _century(year: str) -> int:
    """Years of two digits are those from 1969 to 2068, as everywhere."""
    return int(year) + (0 if len(year) > 2 else 2000 if int(year) <= 68 else 1900)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def _day(day: dt.date | None) -> Days:
    if day is None:
        raise Unread(Why.DATE)
    return Days(day, day, DatePrecision.DAY)


def _month(year: int, month: int) -> Days:
    first = _day(_date(year, month, 1)).start
    last = first.replace(day=calendar.monthrange(year, month)[1])
    return Days(first, last, DatePrecision.MONTH)


def _year(year: int) -> Days:
    first = _day(_date(year, 1, 1)).start
    return Days(first, dt.date(year, 12, 31), DatePrecision.YEAR)
