"""A situation report as a Word document: the tables of its page, in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tracker.codebook import Verification
from tracker.public.formats import word
from tracker.public.pages.reading import Document
from tracker.public.pages.situation_tables import Table
from tracker.public.pages.wording import day, own

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def answer(
    told: dict[str, Any], *, name: str, address: str, edition: Document | None
) -> HttpResponse:
    """What a report says, as a file. `address` is where its page is."""
    language = translation.get_language()
    content = word.write(
        told["title"],
        _parts(told, address, edition),
        made_on=_made_on(edition),
        language=language,
        is_rtl=translation.get_language_bidi(),
    )
    response = HttpResponse(content, content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{name}-{language}.docx"'
    return response


def _made_on(edition: Document | None) -> dt.date:
    """The day of its last correction; of one that was not issued today."""
    return dt.date.fromisoformat(edition["updated_on"]) if edition else timezone.localdate()


def _parts(told: dict[str, Any], address: str, edition: Document | None) -> Iterator[word.Part]:
    yield from _head(told, edition)
    yield word.Paragraph(address)
    yield word.Heading(_("Held to have happened"))
    named = [*_named(told["established"])]
    none = _("None in this period. That is not to say that nothing happened.")
    yield word.Points(named) if named else word.Paragraph(none)
    if told["meanwhile"]:
        yield word.Paragraph(_("Earlier incidents that came to be so in this period"))
        yield word.Points([*_named(told["meanwhile"])])
    yield word.Heading(_("Counts"))
    for table in told["tables"]:
        yield _grid(table)
        if table.note:
            yield word.Paragraph(table.note)
    yield word.Heading(_("How it was counted"))
    yield word.Points([str(rule.definition) for rule in told["rules"]])


def _head(told: dict[str, Any], edition: Document | None) -> Iterator[word.Part]:
    before = told["numbers"]["days_before"]
    if edition is None:
        yield word.Paragraph(
            _("The record as it stands now, not issued: it changes with what is published.")
        )
    else:
        issued = {"number": edition["number"], "day": day(edition["published_on"])}
        yield word.Paragraph(
            _(
                "Number %(number)s of its series, issued on %(day)s. Its numbers stay as they were"
                " then."
            )
            % issued
        )
        yield word.Paragraph(f"{_('SHA-256 of its numbers:')} {edition['sha256']}")
        yield from _errata(edition)
    yield word.Paragraph(
        _("Compared with as many days before it: %(first)s – %(last)s.")
        % {"first": day(before["first"]), "last": day(before["last"])}
    )
    if told["numbers"]["in_force_before"] is False:
        yield word.Paragraph(
            _(
                "The agreement was not in force on all of those days, so that the two cannot be"
                " compared like for like."
            )
        )


def _errata(edition: Document) -> Iterator[word.Part]:
    if edition["errata"]:
        yield word.Heading(_("Corrections"))
    for each in edition["errata"]:
        yield word.Paragraph(f"{each['number']}. {day(each['date'])}: {own(each, 'text')}")


def _named(established: list[Any]) -> Iterator[str]:
    for each in established:
        title = own(each.incident, "title") or _("Taken back since")
        yield f"{title} – {Verification(each.verification).label}"


def _grid(table: Table) -> word.Grid:
    rows = [[row.label, *(cell.written for cell in row.cells)] for row in table.rows]
    return word.Grid(table.title, [table.head, *rows])
