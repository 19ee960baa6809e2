"""Incidents as a table: a row for each. Figures of claimants stand with their reports, and only there."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.errors import gettext_noop as _
from tracker.public.formats.common import (
    DATES,
    DISTANCE,
    PLACE,
    PUBLISHED,
    WITHIN,
    coded,
    coded_list,
)
from tracker.public.formats.held import HELD
from tracker.public.formats.tables import (
    JOINT,
    Cells,
    Column,
    Document,
    Part,
    Table,
    Wording,
    ids,
    pairs,
)


def _named(told: Document, _wording: Wording) -> Cells:
    return (told["id"], told["title"], told["title_ar"])


NAMED = Part(
    (
        Column("id", _("Id of the incident: it never changes."), hxl="#meta+id"),
        Column("title", _("Acts, place and date in English."), hxl="#description+title"),
        Column("title_ar", _("The same in Arabic.")),
    ),
    _named,
)


def _position(told: Document, wording: Wording) -> Cells:
    position, precision = told["position"], told["geo_precision"]
    label = wording.label("GeoPrecision", precision)
    if position is None:
        return (None, None, None, precision, label)
    cell = position["cell_degrees"]
    return (position["latitude"], position["longitude"], cell, precision, label)


POSITION = Part(
    (
        Column("latitude", _("WGS 84 degrees, north positive."), "number", hxl="#geo+lat"),
        Column("longitude", _("WGS 84 degrees, east positive."), "number", hxl="#geo+lon"),
        Column(
            "cell_degrees",
            _("Side of the cell: the incident may lie half of it away, each way."),
            "number",
        ),
        *coded(
            "geo_precision",
            _("UCDP place precision, 1 to 7, of what is told."),
            "GeoPrecision",
            hxl="#geo+precision",
        ),
    ),
    _position,
)


def _done(told: Document, wording: Wording) -> Cells:
    acts, means, targets = told["acts"], told["means"], told["targets"]
    return (
        JOINT.join(acts),
        wording.labels_of("Act", acts),
        JOINT.join(means),
        wording.labels_of("Means", means),
        JOINT.join(targets),
        wording.labels_of("Target", targets),
        ids(told["target_parties"]),
        wording.names(told["target_parties"]),
    )


DONE = Part(
    (
        *coded_list("acts", _("What is alleged to have been done."), "Act", hxl="#event+type"),
        *coded_list("means", _("The weapons or methods."), "Means", hxl="#event+weapon"),
        *coded_list("targets", _("Whom or what it was aimed at, or hit."), "Target"),
        Column("target_party_ids", _("Which parties; the order means nothing."), "texts"),
        Column("target_parties", _("What they are called."), "texts"),
    ),
    _done,
)


def _summed_up(told: Document, wording: Wording) -> Cells:
    verification = told["verification"]
    return (
        told["summary"],
        told["summary_ar"],
        verification,
        wording.label("Verification", verification),
        # An edition of before it was counted has none.
        (told.get("corroboration") or {}).get("groups"),
    )


SUMMED_UP = Part(
    (
        Column("summary", _("In the desk's own words."), hxl="#description+summary"),
        Column("summary_ar", _("The same in Arabic.")),
        *coded(
            "verification",
            _("How far it is established that it happened."),
            "Verification",
            hxl="#status+verification",
        ),
        Column(
            "independent_claimants",
            _(
                "How many independent claimants say that it happened: never how many reports, and "
                "without those who are confidential."
            ),
            "integer",
        ),
    ),
    _summed_up,
)


def _judged(told: Document, _wording: Wording) -> Cells:
    overall = told["verdicts"]
    if not overall:
        return (JOINT.join(told["agreements"]), "", "", "")
    readings = [reading for each in overall for reading in each["readings"]]
    return (
        JOINT.join(told["agreements"]),
        pairs([(each["agreement"], each["overall"]) for each in overall]),
        pairs([(each["reading"], each["verdict"]) for each in readings]),
        pairs([(each["reading"], each["test"]) for each in readings if each["test"]]),
    )


JUDGED = Part(
    (
        Column("agreements", _("Agreements in force on a day of it."), "texts"),
        Column(
            "overall",
            _("Agreement=verdict: what it is under every reading; contested if they differ."),
            "texts",
        ),
        Column("verdicts", _("Reading=verdict: what it is under each reading."), "texts"),
        Column(
            "verdict_tests",
            _("Reading=test: the first test that fails or cannot be answered."),
            "texts",
        ),
    ),
    _judged,
)


def _claimed(told: Document, wording: Wording) -> Cells:
    reports = told["reports"]
    accused = _each_once([party for report in reports for party in report["accused"]])
    claimants = _each_once([each["claimant"] for each in reports if each["claimant"]["id"]])
    return (
        ids(accused),
        wording.names(accused),
        ids(claimants),
        wording.names(claimants),
        ids(reports),
        len(reports),
        pairs([(_who(report), report["stance"]) for report in reports]),
    )


def _who(report: Document) -> str:
    """Who makes a statement: a confidential claimant is told by what sort it is."""
    claimant = report["claimant"]
    return claimant["id"] or f"({claimant['kind']})"


def _each_once(references: Sequence[Document]) -> Sequence[Document]:
    """By id, so that no order can be read as a ranking."""
    if len(references) < 2:
        return references
    found = {each["id"]: each for each in references}
    return [found[key] for key in sorted(found)]


CLAIMED = Part(
    (
        Column(
            "accused_ids", _("Parties that a report accuses; the order means nothing."), "texts"
        ),
        Column("accused", _("What they are called."), "texts", hxl="#group+accused"),
        Column("claimant_ids", _("Sources that make a statement about it."), "texts"),
        Column("claimants", _("What they are called."), "texts", hxl="#meta+source"),
        Column("report_ids", _("Its reports: reports.csv holds what they say."), "texts"),
        Column("reports", _("How many they are."), "integer"),
        Column(
            "stances",
            _("Claimant=stance for each report; a confidential claimant is told by its kind."),
            "texts",
        ),
    ),
    _claimed,
)

INCIDENTS = Table(
    NAMED,
    DATES,
    PLACE,
    WITHIN,
    POSITION,
    DONE,
    SUMMED_UP,
    JUDGED,
    HELD,
    CLAIMED,
    PUBLISHED,
    DISTANCE,
)
