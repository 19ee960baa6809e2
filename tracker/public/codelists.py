"""The code lists as readers are told them: generated from the codebook, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tracker import codebook
from tracker.codebook import Codes, Grades

if TYPE_CHECKING:
    from tracker.codebook import Text

STANDARDS = ("acled", "ucdp", "osce")


@dataclass(frozen=True)
class CodeList:
    """One list: its name, its codes, its title, and which members of public documents hold one."""

    name: str
    codes: type[Codes] | type[Grades]
    title: Text
    members: tuple[str, ...] = ()


LISTS = (
    CodeList("act", codebook.Act, _("Acts"), ("acts",)),
    CodeList("means", codebook.Means, _("Means"), ("means",)),
    CodeList("target", codebook.Target, _("Targets"), ("targets",)),
    CodeList("stance", codebook.Stance, _("Stances"), ("stance",)),
    CodeList("justification", codebook.Justification, _("Justifications"), ("justification",)),
    CodeList("harm", codebook.Harm, _("Harms"), ("harm",)),
    CodeList("group", codebook.Group, _("Groups counted"), ("group",)),
    CodeList("verification", codebook.Verification, _("Verification"), ("verification",)),
    CodeList("assessed", codebook.Assessed, _("What is assessed"), ("assessed",)),
    CodeList("attribution", codebook.Attribution, _("Attribution"), ("value",)),
    CodeList("intent", codebook.Intent, _("Intent"), ("value",)),
    CodeList("geolocation", codebook.Geolocation, _("Geolocation"), ("value",)),
    CodeList("proof", codebook.Proof, _("Standards of proof"), ("proof",)),
    CodeList("verdict", codebook.VerdictCode, _("Verdicts"), ("overall", "verdict")),
    CodeList("scope_test", codebook.ScopeTest, _("The five questions"), ("test",)),
    CodeList("outcome", codebook.Outcome, _("Answers to them"), ("outcome",)),
    CodeList("geo_precision", codebook.GeoPrecision, _("Precision of place"), ("geo_precision",)),
    CodeList("date_precision", codebook.DatePrecision, _("Precision of date"), ("date_precision",)),
    CodeList("agreement_class", codebook.AgreementClass, _("Classes of agreement"), ("class",)),
    CodeList("role", codebook.Role, _("Roles in an agreement"), ("role",)),
    CodeList("zone_rule", codebook.ZoneRule, _("Rules of zones"), ("rule",)),
    CodeList("party_kind", codebook.PartyKind, _("Kinds of party"), ("kind",)),
    CodeList("source_kind", codebook.SourceKind, _("Kinds of source"), ("kind",)),
    CodeList("place_kind", codebook.PlaceKind, _("Kinds of place"), ("kind",)),
    CodeList("name_kind", codebook.NameKind, _("Kinds of name"), ("kind",)),
    CodeList("access", codebook.Access, _("Access of monitors"), ("access",)),
    CodeList("coverage_means", codebook.CoverageMeans, _("Means of watching"), ("means",)),
    CodeList("sight", codebook.Sight, _("Sight of monitors"), ("coverage",)),
    CodeList("inclusion", codebook.Inclusion, _("Rules of counting"), ("code",)),
    # What partners meet at the desk's API, and no public document holds.
    CodeList("publication", codebook.Publication, _("Publication")),
    CodeList("step", codebook.Step, _("Steps")),
    CodeList("sensitivity", codebook.Sensitivity, _("Sensitivity")),
    CodeList("set_aside", codebook.SetAside, _("Reports set aside")),
    CodeList("reliability", codebook.Reliability, _("Reliability of sources")),
)


@cache
def told() -> tuple[dict[str, Any], ...]:
    """Every list with its codes, as the codebook page and the API tell it."""
    return tuple(
        {
            "name": each.name,
            **_worded("title", each.title),
            "members": [*each.members],
            "codes": [_code(code) for code in each.codes],
        }
        for each in LISTS
    )


def _code(code: Any) -> dict[str, Any]:
    return {
        "code": code.value,
        **_worded("label", code.label),
        **_worded("meaning", code.definition),
        **{standard: code.elsewhere.get(standard) for standard in STANDARDS},
    }


def _worded(name: str, words: Text) -> dict[str, str]:
    """The words in English under the name, and in Arabic beside it."""
    with translation.override("en"):
        english = str(words)
    with translation.override("ar"):
        return {name: english, f"{name}_ar": str(words)}
