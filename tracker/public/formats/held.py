"""What the desk holds of an incident: never added up, and each number with what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracker.codebook import Attribution
from tracker.errors import gettext_noop as _
from tracker.public.formats.tables import JOINT, Cells, Column, Document, Part, Wording, pairs

BOUNDS = ("low", "best", "high")
_UNKNOWN = [None] * len(BOUNDS)
# What of an incident has a code and no party; a date or a figure has none.
CODED = ("verification", "intent", "place")
HELD_TO_BLAME = {Attribution.ADMITTED, Attribution.PROBABLE, Attribution.ESTABLISHED}


def perpetrators(told: Document) -> list[Document]:
    """The parties that the desk holds to have done it: never those who are only accused."""
    return [each["party"] for each in assessments(told) if each["value"] in HELD_TO_BLAME]


def killed(told: Document, group: str = "all") -> Document | None:
    """The number of people killed that the desk leads with, and what it rests on."""
    return next(
        (each for each in assessments(told) if _counted(each) == f"killed.{group}"),
        None,
    )


def assessments(told: Document) -> list[Document]:
    # An edition of before there were any has none.
    return told.get("assessments") or []


def basis(assessment: Document, wording: Wording) -> str:
    """Whom or what an assessment follows, in one line."""
    rests_on = assessment["basis"]
    if rests_on is None:
        return ""
    claimant = rests_on["claimant"]
    who = claimant and (wording.name(claimant) or wording.label("SourceKind", claimant["kind"]))
    return ": ".join(filter(None, (who, rests_on["text"])))


def _held(told: Document, wording: Wording) -> Cells:
    held = assessments(told)
    if not held:
        return _NOTHING
    led = [each for each in held if each["figure"]]
    leading = next((each for each in led if _counted(each) == "killed.all"), None)
    numbers = [leading["figure"][bound] for bound in BOUNDS] if leading else _UNKNOWN
    return (
        pairs([(each["party"]["id"], each["value"]) for each in held if each["party"]]),
        pairs([(each["assessed"], each["value"]) for each in held if each["assessed"] in CODED]),
        pairs([(_of(each), each["proof"]) for each in held]),
        *numbers,
        basis(leading, wording) if leading else "",
        pairs(_numbers(led)),
        pairs([(_counted(each), _in_one(basis(each, wording))) for each in led]),
    )


def _of(assessment: Document) -> str:
    """What is assessed, with the party or the number it is about."""
    about = assessment["party"]["id"] if assessment["party"] else _counted(assessment)
    return f"{assessment['assessed']}.{about}" if about else str(assessment["assessed"])


def _counted(assessment: Document) -> str:
    figure = assessment["figure"]
    return f"{figure['harm']}.{figure['group']}" if figure else ""


def _numbers(led: list[Document]) -> Iterator[tuple[str, Any]]:
    for each in led:
        for bound in BOUNDS:
            if each["figure"][bound] is not None:
                yield f"{_counted(each)}.{bound}", each["figure"][bound]


def _in_one(text: str) -> str:
    return text.replace(JOINT, ",")


_COLUMNS = (
    Column(
        "attributions",
        _("Party=attribution: how far the desk holds each to have done it."),
        "texts",
    ),
    Column("assessed", _("What else the desk holds of it, such as intent=deliberate."), "texts"),
    Column("proof", _("How sure one had to be for each to hold."), "texts"),
    Column(
        "killed_low",
        _("People killed, at least: the number the desk leads with, and no sum."),
        "integer",
        hxl="#affected+killed+min",
    ),
    Column(
        "killed_best",
        _("People killed: the number the desk leads with, and no sum; empty is unknown."),
        "integer",
        hxl="#affected+killed",
    ),
    Column(
        "killed_high",
        _("People killed, at most: the number the desk leads with, and no sum."),
        "integer",
        hxl="#affected+killed+max",
    ),
    Column("killed_basis", _("Whose number that is, or what it rests on.")),
    Column(
        "assessed_figures",
        _("Every number the desk leads with, such as killed.civilians.low=7."),
        "texts",
    ),
    Column("assessed_figures_basis", _("What each of them rests on."), "texts"),
)
_NOTHING: Cells = (None,) * len(_COLUMNS)
HELD = Part(_COLUMNS, _held)
