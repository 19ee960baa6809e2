"""Reports as a table: who says what. The desk reads it again as reports (`Our own export`)."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.codebook import Group, Harm
from tracker.errors import gettext_noop as _
from tracker.public.formats.common import (
    DATES,
    DISTANCE,
    PLACE,
    PUBLISHED,
    coded,
    coded_list,
)
from tracker.public.formats.tables import (
    JOINT,
    Cells,
    Column,
    Document,
    Part,
    Table,
    Wording,
    ids,
)

ENDS = {
    "low": (_("%(harm)s, %(group)s: at least"), "integer"),
    "best": (_("%(harm)s, %(group)s: number named"), "integer"),
    "high": (_("%(harm)s, %(group)s: at most"), "integer"),
    "as_written": (_("%(harm)s, %(group)s: as written"), "text"),
}


def _named(told: Document, _wording: Wording) -> Cells:
    return (told["id"], told["incident"])


NAMED = Part(
    (
        Column("id", _("Id of the report.")),
        Column("incident_id", _("Id of the incident it is about.")),
    ),
    _named,
)


def _speaking(told: Document, wording: Wording) -> Cells:
    source, claimant = told["source"], told["claimant"]
    return (
        source["id"],
        wording.name(source),
        source["kind"],
        wording.label("SourceKind", source["kind"]),
        claimant["id"],
        wording.name(claimant),
        claimant["kind"],
        wording.label("SourceKind", claimant["kind"]),
        # What a desk calls it that reads this again: nothing where the source speaks for itself.
        wording.name(claimant) if claimant != source else "",
    )


SPEAKING = Part(
    (
        Column("source_id", _("Slug of the source; null where it is confidential.")),
        Column("source", _("Where the statement was read, seen or heard.")),
        *coded("source_kind", _("What sort of body it is."), "SourceKind"),
        Column("claimant_id", _("Slug of who makes it; empty where confidential.")),
        Column("claimant", _("Who makes it: not who passes it on.")),
        *coded("claimant_kind", _("What sort of body it is."), "SourceKind"),
        Column("relayed_from", _("The claimant, where the source passes on what another says.")),
    ),
    _speaking,
)


def _saying(told: Document, wording: Wording) -> Cells:
    stance, justification = told["stance"], told["justification"]
    return (
        stance,
        wording.label("Stance", stance),
        justification,
        wording.label("Justification", justification),
        ids(told["accused"]),
        wording.names(told["accused"]),
        told["accused_as_written"],
    )


SAYING = Part(
    (
        *coded("stance", _("What it does with the claim."), "Stance"),
        *coded("justification", _("The reason a party gives."), "Justification"),
        Column("accused_ids", _("Parties named; the order means nothing."), "texts"),
        Column("accused", _("What they are called."), "texts"),
        Column("accused_as_written", _("In the source's own words.")),
    ),
    _saying,
)


def _done(told: Document, wording: Wording) -> Cells:
    acts, means = told["acts"], told["means"]
    return (
        told["place_as_written"],
        JOINT.join(acts),
        wording.labels_of("Act", acts),
        JOINT.join(means),
        wording.labels_of("Means", means),
    )


DONE = Part(
    (
        Column("place_as_written", _("In the source's own words.")),
        *coded_list("acts", _("What is said to have been done."), "Act"),
        *coded_list("means", _("The weapons or methods named."), "Means"),
    ),
    _done,
)

_PLAIN = (
    Column("text", _("What it says.")),
    Column("translation", _("The text in English.")),
    Column("language", _("BCP 47 code of the text.")),
    Column("stated_on", _("Day it was made."), "date"),
    Column("external_id", _("The source's own number.")),
    Column("url", _("Where it stands.")),
    Column("archive_url", _("Where a copy is kept.")),
)


def _worded(told: Document, _wording: Wording) -> Cells:
    return [told[column.name] for column in _PLAIN]


WORDED = Part(_PLAIN, _worded)


def _incident(told: Document, _wording: Wording) -> Cells:
    return told["incident_position"]


INCIDENT = Part(
    (
        Column(
            "incident_latitude", _("Public latitude of the incident, WGS 84 degrees."), "number"
        ),
        Column(
            "incident_longitude", _("Public longitude of the incident, WGS 84 degrees."), "number"
        ),
    ),
    _incident,
)


def _figure_columns() -> Iterator[Column]:
    for harm in Harm:
        for group in Group:
            for end, (meaning, holds) in ENDS.items():
                values = {"harm": harm.label, "group": group.label}
                yield Column(f"{harm.value}.{group.value}.{end}", meaning, holds, values=values)


_COUNTED = tuple(_figure_columns())
_AT = {column.name: number for number, column in enumerate(_COUNTED)}
_NO_FIGURES: Cells = (None,) * len(_COUNTED)


def _figures(told: Document, _wording: Wording) -> Cells:
    if not told["figures"]:
        return _NO_FIGURES
    cells = [*_NO_FIGURES]
    for figure in told["figures"]:
        first = _AT[f"{figure['harm']}.{figure['group']}.low"]
        cells[first : first + len(ENDS)] = [figure[end] for end in ENDS]
    return cells


REPORTS = Table(
    NAMED,
    SPEAKING,
    SAYING,
    DATES,
    PLACE,
    DONE,
    WORDED,
    INCIDENT,
    PUBLISHED,
    DISTANCE,
    Part(_COUNTED, _figures),
)
