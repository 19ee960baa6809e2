"""A file comes to the desk: kept as it is, then looked at, and given the mapping that fits best."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Sequence
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from tracker.desk.importers.records.drafting import Drafter
from tracker.desk.importers.records.mapping import Mapping
from tracker.desk.importers.records.recognising import (
    Recognised,
    columns_of,
    recognise,
    with_values,
)
from tracker.desk.importers.tables import Choices, Record, open_table
from tracker.desk.models import ImportRun, Source, User
from tracker.desk.models.imports import ImportKind, ImportState
from tracker.desk.workflow.evidence import store
from tracker.desk.workflow.evidence.keeping import cleaned
from tracker.desk.workflow.importing.reading import called, columns, sample
from tracker.errors import Conflict, InvalidInput
from tracker.geo.names import fold

# The fields that hold the names of sources.
NAMING_SOURCES = ("relayed_from", "monitor", "counterpart")
# How many of a source's files are looked at for a mapping that fits.
MOST_LOOKED_AT = 20


def receive(
    file: IO[bytes],
    *,
    name: str,
    source: Source,
    by: User,
    kind: str = "",
    choices: Choices = Choices(),  # noqa: B008 - frozen
) -> ImportRun:
    """Keep a file and propose how it is read: as the source's last file was, where that fits.

    `kind` is one of ImportKind; left out, it is that of the source's last file with these columns,
    or reports. Raises InvalidInput where
    the file cannot be read, Conflict where it cannot be kept.
    """
    with store.arriving(file, at_most=settings.IMPORT_MAX_BYTES) as arrival:
        size = arrival.file.seek(0, os.SEEK_END)
        if size > settings.IMPORT_MAX_BYTES:
            most = filesizeformat(settings.IMPORT_MAX_BYTES).replace("\xa0", " ")
            raise InvalidInput(_("The file is larger than %s, the most that is taken in.") % most)
        arrival.file.flush()
        with called(name):
            table = open_table(arrival.path, choices)
            first = sample(table)
            found = recognise(first, kind or ImportKind.REPORTS)
        arrival.keep()
    mapping = _as_before(source, found, first, kind) or found.mapping
    return ImportRun.objects.create(
        source=source,
        kind=mapping.kind,
        name=cleaned(name),
        sha256=arrival.sha256,
        size=size,
        choices=dataclasses.asdict(table.choices),
        mapping=mapping.as_json(),
        created_by=by,
    )


@transaction.atomic
def remap(run: ImportRun, mapping: Mapping, choices: Choices | None = None) -> None:
    """Read the file in another way: what was found by the old one no longer counts.

    Raises InvalidInput where the mapping does not fit, Conflict where the run has gone on.
    """
    held = _held(run)
    held.mapping, held.kind = mapping.as_json(), mapping.kind
    if choices:
        held.choices = dataclasses.asdict(choices)
    # Refused here, not row by row later.
    Drafter(mapping, columns(held))
    _refuse_confidential(mapping, held)
    _begin_again(held)
    run.refresh_from_db()


@transaction.atomic
def reread(
    run: ImportRun,
    choices: Choices,
    *,
    kind: str,
    format: str = "",
    header_rows: int | None = None,
) -> None:
    """Read the file in another way, and propose its mapping anew.

    What is left out is told from the rows. Raises InvalidInput where the file cannot be read so,
    Conflict where the run has gone on.
    """
    held = _held(run)
    with called(held.name):
        table = open_table(store.path_of(held.sha256), choices)
        rows = sample(table)
    if header_rows is None:
        mapping = recognise(rows, kind).mapping
    else:
        named = Record(1, list(columns_of(rows, header_rows)))
        found = recognise([named, *rows[header_rows:]], kind).mapping
        mapping = dataclasses.replace(found, header_rows=header_rows)
    held.mapping = dataclasses.replace(mapping, format=format or mapping.format).as_json()
    held.kind, held.choices = kind, dataclasses.asdict(table.choices)
    _begin_again(held)
    run.refresh_from_db()


def _held(run: ImportRun) -> ImportRun:
    held = ImportRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    if not held.is_open:
        raise Conflict(_("It is being worked on or was taken in: its mapping stands."))
    return held


def _refuse_confidential(mapping: Mapping, run: ImportRun) -> None:
    """The next file of the source is read by this mapping, whoever brings it, and so it is shown."""
    hidden = Source.objects.visible_to(run.created_by).filter(is_confidential=True)
    names = {fold(name) for pair in hidden.values_list("name", "name_ar") for name in pair}
    named = [mapping.constants.get(field, "") for field in NAMING_SOURCES]
    for field in NAMING_SOURCES:
        named += mapping.codes.get(field, {}).values()
    if names.intersection(filter(None, map(fold, named))):
        raise InvalidInput(
            _(
                "A mapping is shown to all who bring files of the source: it names no confidential one."
            )
        )


def _begin_again(held: ImportRun) -> None:
    """Forget what was found by another mapping."""
    held.state = ImportState.RECEIVED
    held.counts, held.findings, held.repeats = {}, {}, {}
    held.save(
        update_fields=["mapping", "kind", "choices", "state", "counts", "findings", "repeats"]
    )
    held.rows.all().delete()


def _as_before(
    source: Source, found: Recognised, first: Sequence[Record], kind: str
) -> Mapping | None:
    """The mapping of the source's last file that had these columns, if any."""
    earlier = ImportRun.objects.filter(source=source).exclude(state=ImportState.RECEIVED)
    if kind:
        earlier = earlier.filter(kind=kind)
    for saved in earlier.order_by("-pk").values_list("mapping", flat=True)[:MOST_LOOKED_AT]:
        mapping = _fitting(saved, found)
        if mapping:
            # Values that were never met are proposed as ever.
            return with_values(mapping, found.columns, first[found.header_rows :]).mapping
    return None


def _fitting(saved: dict[str, Any], found: Recognised) -> Mapping | None:
    try:
        mapping = Mapping.from_json(saved)
        Drafter(mapping, found.columns)
    except InvalidInput:
        return None
    # The rows of it that were refused come back with one header.
    return dataclasses.replace(mapping, header_rows=found.header_rows)
