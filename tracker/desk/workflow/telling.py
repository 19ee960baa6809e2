"""What a report tells, field by field: in words to show, and as a value to compare.

Words as written are shown and never compared: a spelling is no difference.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tracker.codebook import Act, Codes, DatePrecision, Group, Harm, Justification, Means, Stance
from tracker.desk.models import Figure, Party, Place, Report, Source

# The fields, in the order they are shown.
LABELS = {
    "stance": gettext_lazy("Stance"),
    "justification": gettext_lazy("Justification"),
    "days": gettext_lazy("Days"),
    "place": gettext_lazy("Place"),
    "acts": gettext_lazy("Acts"),
    "means": gettext_lazy("Means"),
    "accused": gettext_lazy("Accused"),
} | {
    f"figures.{harm}.{group}": format_lazy("{} ({})", harm.label, group.label)
    for harm in Harm
    for group in Group
}


@dataclass(frozen=True)
class Telling:
    """What a report tells of a field; `value` is None where it tells it in words as written alone."""

    words: tuple[str, ...]
    value: Hashable | None


def in_order(reports: Iterable[Report]) -> list[Report]:
    """By the first day they tell of, then as entered: as the public reads them."""
    return sorted(reports, key=lambda report: (report.date_start, report.pk))


def tellings(report: Report) -> dict[str, Telling]:
    """What a report tells, by field; what it does not tell is not there."""
    told = {
        "stance": _coded(Stance, [report.stance]),
        "justification": _coded(Justification, [report.justification]),
        "days": _days(report),
        "place": _place(report),
        "acts": _coded(Act, report.acts),
        "means": _coded(Means, report.means),
        "accused": _accused(report),
    } | {
        f"figures.{figure.harm}.{figure.group}": _figure(figure) for figure in report.figures.all()
    }
    return {name: telling for name, telling in told.items() if telling.words}


def named(thing: Source | Party | Place) -> str:
    """Its name in the reader's language, where it has one."""
    return (thing.name_ar if get_language() == "ar" else "") or thing.name


def _coded(codes: type[Codes], chosen: Iterable[str]) -> Telling:
    told = frozenset(chosen) - {""}
    # In the order of the code list: that of a report means nothing.
    return Telling(tuple(str(code.label) for code in codes if code in told), told or None)


def _days(report: Report) -> Telling:
    first, last = report.date_start, report.date_end or report.date_start
    days = str(first) if first == last else f"{first} – {last}"
    return Telling((days, str(DatePrecision(report.date_precision).label)), (first, last))


def _place(report: Report) -> Telling:
    place = report.place and report.place.standing
    names = (named(place),) if place else ()
    return Telling(_with_written(names, report.place_as_written), place and place.pk)


def _accused(report: Report) -> Telling:
    # By slug, so that no order of the accused can be read as a ranking.
    accused = sorted(report.accused.all(), key=lambda party: party.slug)
    words = _with_written(tuple(map(named, accused)), report.accused_as_written)
    return Telling(words, frozenset(party.pk for party in accused) or None)


def _figure(figure: Figure) -> Telling:
    numbers = (figure.low, figure.best, figure.high)
    if numbers == (None, None, None):
        return Telling(_with_written((), figure.as_written), None)
    names = (_("low"), _("best"), _("high"))
    told = tuple(
        # A number stays on the line of its name.
        f"{name}\u00a0{'?' if number is None else number}"
        for name, number in zip(names, numbers, strict=True)
    )
    return Telling(_with_written(told, figure.as_written), numbers)


def _with_written(words: tuple[str, ...], as_written: str) -> tuple[str, ...]:
    if not as_written or as_written in words:
        return words
    # Isolated, so that the marks around it stand where they belong in either direction.
    return (*words, _("as written: “%s”") % f"\u2068{as_written}\u2069")
