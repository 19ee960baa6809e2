"""Verdicts in words, in English and Arabic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.formats import date_format

from tracker.codebook import Outcome, ScopeTest, VerdictCode
from tracker.desk.models import Adherence, Agreement, Party, Provision, Reading, Zone
from tracker.scope import words
from tracker.scope.words import Voice


@dataclass(frozen=True)
class FindingSaid:
    """How one test was answered, and why."""

    test: str
    outcome: str
    reason: str
    sentence: str
    sentence_ar: str

    @property
    def test_label(self) -> str:
        return str(ScopeTest(self.test).label)

    @property
    def outcome_label(self) -> str:
        return str(Outcome(self.outcome).label)

    @property
    def told(self) -> str:
        """The sentence in the reader's language."""
        return self.sentence_ar if translation.get_language() == "ar" else self.sentence


@dataclass(frozen=True)
class ReadingScope:
    """What an incident is under one reading."""

    reading: Reading
    code: VerdictCode
    test: str
    findings: list[FindingSaid]

    @property
    def sentence(self) -> str:
        """The verdict, and the first reason for it, in the reader's language."""
        decisive = self.test or ScopeTest.ACT_PROHIBITED
        deciding = [each.told for each in self.findings if each.test == decisive]
        return " ".join([str(self.code.label) + ".", *deciding])


@dataclass(frozen=True)
class AgreementScope:
    """What an incident is to an agreement, under each reading and over all of them."""

    agreement: Agreement
    overall: VerdictCode
    readings: list[ReadingScope]


@dataclass(frozen=True)
class Speaker:
    """Says findings with the names that parties and zones bear in Arabic."""

    parties: Mapping[str, str]
    zones: Mapping[str, str]
    provisions: Mapping[str, str]
    bases: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def for_all(cls) -> Speaker:
        zones = list(Zone.objects.all())
        return cls(
            parties=dict(Party.objects.values_list("slug", "name_ar")),
            zones={str(zone.pk): zone.name_ar for zone in zones},
            provisions={
                str(each.pk): label(each.number, each.text_ar)
                for each in Provision.objects.exclude(text_ar="")
            },
            bases={row.basis: row.basis_ar for row in (*zones, *Adherence.objects.all())},
        )

    def said(self, finding: Mapping[str, Any]) -> FindingSaid:
        """`finding` is one of a stored verdict."""
        reason, values = finding["reason"], finding["values"]
        with translation.override("en"):
            sentence = words.told(reason, values)
        with translation.override("ar"):
            sentence_ar = words.told(reason, self._in_arabic(values), self._arabic)
        return FindingSaid(finding["test"], finding["outcome"], reason, sentence, sentence_ar)

    @property
    def _arabic(self) -> Voice:
        return Voice(translate=translation.gettext, day=_arabic_day, name=self._name, comma="، ")

    def _name(self, kind: str, id: str, name: str) -> str:
        names = {"party": self.parties, "zone": self.zones, "provision": self.provisions}
        return names[kind].get(id) or name

    def _in_arabic(self, values: Mapping[str, Any]) -> dict[str, Any]:
        basis = values.get("basis")
        if isinstance(basis, list):
            basis = [self.bases.get(each) or each for each in basis]
        elif basis:
            basis = self.bases.get(basis) or basis
        return {**values, "basis": basis} if basis else dict(values)


def label(number: str, text: str) -> str:
    """A provision by its number and what it says."""
    return f"{number} ({text.strip().rstrip('.')})"


def _arabic_day(day: dt.date) -> str:
    return date_format(day, "j F Y")
