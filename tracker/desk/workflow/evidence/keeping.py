"""Taking a file in as evidence: looked at, kept by its SHA-256, and only then written into a row."""

from __future__ import annotations

import os
import re
import unicodedata
from typing import IO, Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from tracker.desk.models import Evidence, Incident, Report, User
from tracker.desk.models.evidence import NAME_LENGTH
from tracker.desk.workflow.evidence import kinds, store
from tracker.desk.workflow.merged import refuse_merged
from tracker.errors import InvalidInput

# Marks that are not seen, or turn the direction of others; and halves of a character.
_UNSEEN = {"Cc", "Cf", "Cs"}


def keep(
    file: IO[bytes],
    *,
    name: str,
    report: Report | None = None,
    incident: Incident | None = None,
    by: User,
    **told: Any,
) -> Evidence:
    """Keep a file as it is, for a report or an incident. `told` holds the model's own fields.

    Raises InvalidInput where such a file is not kept, Conflict where the store cannot be written
    or another incident stands for this one.
    """
    if incident:
        refuse_merged(incident)
    with store.arriving(file, at_most=settings.EVIDENCE_MAX_BYTES) as arrival:
        content_type = check(arrival.file)
        size = arrival.file.seek(0, os.SEEK_END)
        arrival.keep()
    return Evidence.objects.create(
        report=report,
        incident=incident,
        sha256=arrival.sha256,
        size=size,
        content_type=content_type,
        name=cleaned(name),
        received_by=by,
        **told,
    )


def check(file: IO[bytes]) -> str:
    """The media type of a file that may be kept. Raises InvalidInput for what may not."""
    size, most = file.seek(0, os.SEEK_END), settings.EVIDENCE_MAX_BYTES
    if not size:
        raise InvalidInput(_("The file is empty."))
    if size > most:
        raise InvalidInput(_("The file is larger than %s, the most that is kept.") % _sized(most))
    content_type = kinds.recognise(file)
    file.seek(0)
    return content_type


def handed_out_as(kept: Evidence) -> str:
    """What a file is called that is handed out: by its bytes, never by the name it came with."""
    return f"{kept.sha256[:16]}.{kinds.ENDINGS[kept.content_type][0]}"


def cleaned(name: str) -> str:
    """What a file was called, in NFC, without folders and without marks that are not seen."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = (
        letter for letter in last if letter.isspace() or unicodedata.category(letter) not in _UNSEEN
    )
    return " ".join("".join(visible).split())[:NAME_LENGTH]


def _sized(size: int) -> str:
    return filesizeformat(size).replace("\xa0", " ")
