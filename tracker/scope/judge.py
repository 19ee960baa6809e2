"""The judge: five questions, each answered by yes, no or cannot be said, and the verdict they make."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tracker.codebook import Act, Outcome, PartyKind, Role, ScopeTest, Target, VerdictCode
from tracker.scope.asking import Question, about, dated, having, named, on_all_days
from tracker.scope.days import Span
from tracker.scope.facts import Circle, Facts
from tracker.scope.reasons import Reason
from tracker.scope.terms import Terms
from tracker.scope.verdicts import Finding, Verdict
from tracker.scope.zones import Ground, Zone

# Whom the agreement binds, by what they are to it. No record is no answer.
BINDS = Question(
    by_role={
        Role.SIGNATORY: Reason.BOUND,
        Role.ADHERENT: Reason.BOUND,
        Role.GUARANTOR: Reason.BOUND,
        Role.MONITOR: Reason.NOT_BOUND,
        Role.NON_SIGNATORY: Reason.NOT_BOUND,
        Role.EXCLUDED: Reason.ACCUSED_EXCLUDED,
        Role.DISPUTED: Reason.ACCUSED_DISPUTED,
        None: Reason.ACCUSED_UNRECORDED,
    },
    unidentified=Reason.ACCUSED_UNIDENTIFIED,
    changed=Reason.ACCUSED_CHANGED,
)
# Whom it protects.
PROTECTS = Question(
    by_role={
        Role.SIGNATORY: Reason.PROTECTED,
        Role.ADHERENT: Reason.PROTECTED,
        Role.GUARANTOR: Reason.PROTECTED,
        Role.MONITOR: Reason.PROTECTED,
        Role.NON_SIGNATORY: Reason.TARGET_NOT_A_PARTY,
        Role.EXCLUDED: Reason.TARGET_EXCLUDED,
        Role.DISPUTED: Reason.TARGET_DISPUTED,
        None: Reason.TARGET_UNRECORDED,
    },
    unidentified=Reason.TARGET_UNIDENTIFIED,
    changed=Reason.TARGET_CHANGED,
)
ALWAYS_PROTECTED = {Target.CIVILIANS, Target.CIVILIAN_OBJECTS, Target.RELIEF, Target.MONITORS}
# Acts that wrong the people of the place, or the agreement itself, whoever they are aimed at.
NEED_NO_TARGET = {
    Act.SIEGE,
    Act.ACCESS_DENIAL,
    Act.INFRASTRUCTURE,
    Act.POSTURE,
    Act.OBSTRUCT_MONITOR,
    Act.NONCOMPLIANCE,
}


def judge(facts: Facts, terms: Terms) -> Verdict:
    """All five hold: a violation. Any fails: outside. Else undetermined. It raises nothing.

    Place and parties are asked about on the days on which the agreement was in force, or, where it
    was on none, on the nearest such day: so each question is answered for itself alone.
    """
    days = facts.days.within(terms.days)
    findings = (
        was_in_force(facts, terms),
        was_inside(facts, terms, days),
        bound_the_accused(facts, terms, days),
        protected_the_target(facts, terms, days),
        prohibited_the_act(facts, terms),
    )
    outcomes = {finding.outcome for finding in findings}
    if Outcome.FAILS in outcomes:
        code = VerdictCode.OUTSIDE
    elif Outcome.UNSAID in outcomes:
        code = VerdictCode.UNDETERMINED
    else:
        code = VerdictCode.VIOLATION
    return Verdict(terms.agreement, terms.reading.id, code, findings)


def was_in_force(facts: Facts, terms: Terms) -> Finding:
    """It holds if every day that may be meant was in force from its first moment to its last."""
    days, force, whole = facts.days, terms.days, terms.whole_days
    if days.last < force.first:
        reason = Reason.NOT_YET
    elif days.first > force.last:
        reason = Reason.NO_LONGER
    elif days.first < force.first:
        reason = Reason.MAY_PRECEDE
    elif days.last > force.last:
        reason = Reason.MAY_FOLLOW
    elif whole is None or days.first < whole.first:
        reason = Reason.BEGINS_THAT_DAY
    elif days.last > whole.last:
        reason = Reason.ENDS_THAT_DAY
    else:
        reason = Reason.IN_FORCE_BETWEEN if terms.effective_to else Reason.IN_FORCE_SINCE
    values = {"start": str(force.first), **dated(days)}
    if terms.effective_to is not None:
        values["end"] = str(force.last)
    return Finding(ScopeTest.IN_FORCE, reason, values, dated(days))


def was_inside(facts: Facts, terms: Terms, days: Span) -> Finding:
    """It holds if the whole circle lay inside on all the days; without a circle, if it must have."""
    circle, grounds = facts.circle, terms.grounds.during(days)
    if circle is None:
        everywhere = all(ground.is_everywhere for ground in grounds)
        reason = Reason.EVERYWHERE if everywhere else Reason.NO_POSITION
        return Finding(ScopeTest.INSIDE, reason, {}, dated(days))
    answers = [_where(circle, ground) for ground in grounds]
    reason = on_all_days([answer for answer, _values in answers], Reason.ZONES_CHANGED)
    values = next((values for answer, values in answers if answer == reason), dated(days))
    position = {
        "latitude": circle.latitude,
        "longitude": circle.longitude,
        "radius_m": circle.radius_m,
    }
    return Finding(ScopeTest.INSIDE, reason, values, {**position, **dated(days)})


def _where(circle: Circle, ground: Ground) -> tuple[Reason, dict[str, Any]]:
    """On which side of the border the whole circle lies."""
    if border := ground.border_near(circle):
        reason = Reason.ACROSS_BORDER if circle.radius_m else Reason.ON_BORDER
        return reason, _zone(border) | {"radius": circle.radius_km}
    if zone := ground.excluding(circle):
        return Reason.ZONE_LEFT_OUT, _zone(zone)
    if not ground.limited:
        return Reason.EVERYWHERE, {}
    if zone := ground.including(circle):
        return Reason.IN_ZONE, _zone(zone)
    return Reason.BEYOND_ZONES, {}


def bound_the_accused(facts: Facts, terms: Terms, days: Span) -> Finding:
    """It holds if it bound all the accused, since any one of them may have done it."""
    answers = BINDS.asked(facts.accused, terms, days)
    bound, unbound = having(answers, Outcome.HOLDS), having(answers, Outcome.FAILS)
    reason, values = Reason.NO_ACCUSED, {}
    if unsaid := having(answers, Outcome.UNSAID):
        reason = min(answers[party] for party in unsaid)
        values = about(having(answers, reason), terms, days)
    elif bound and unbound:
        reason = Reason.ACCUSED_DIFFER
        values = {"bound": named(bound, terms), "unbound": named(unbound, terms)}
    elif answers:
        alike = len(set(answers.values())) == 1
        reason = answers[min(answers)] if alike else Reason.NOT_BOUND
        values = about(list(answers), terms, days)
    used = {"accused": sorted(facts.accused), **dated(days)}
    return Finding(ScopeTest.PERPETRATOR_BOUND, reason, values, used)


def protected_the_target(facts: Facts, terms: Terms, days: Span) -> Finding:
    """It holds if it protected any of those aimed at, since all of them were hit."""
    civilians = {
        party for party in facts.target_parties if terms.parties[party].kind == PartyKind.CIVILIANS
    }
    people = ALWAYS_PROTECTED & facts.targets | ({Target.CIVILIANS} if civilians else set())
    answers = PROTECTS.asked(facts.target_parties - civilians, terms, days)
    values: dict[str, Any] = {}
    if people:
        reason, values = Reason.ALWAYS_PROTECTED, {"targets": _codes(people)}
    elif protected := having(answers, Outcome.HOLDS):
        reason, values = Reason.PROTECTED, about(protected, terms, days)
    elif unsaid := having(answers, Outcome.UNSAID):
        reason = min(answers[party] for party in unsaid)
        values = about(having(answers, reason), terms, days)
    elif (
        not answers and facts.targets <= {Target.UNKNOWN} and (acts := _wronging_all(facts, terms))
    ):
        reason, values = Reason.NEEDS_NO_TARGET, {"acts": acts}
    elif not answers or facts.targets - {Target.PARTY}:
        reason = Reason.NO_TARGET
    else:
        reason, values = Reason.TARGET_EXCLUDED, about(list(answers), terms, days)
    used = {
        "targets": _codes(facts.targets),
        "target_parties": sorted(facts.target_parties),
        **dated(days),
    }
    return Finding(ScopeTest.TARGET_PROTECTED, reason, values, used)


def _wronging_all(facts: Facts, terms: Terms) -> list[str]:
    """The acts that need no target, of those it prohibits; of all, where it prohibits none."""
    prohibited = {act for act in facts.acts if terms.prohibiting(act)}
    return _codes(NEED_NO_TARGET & (prohibited or facts.acts))


def prohibited_the_act(facts: Facts, terms: Terms) -> Finding:
    """It holds if any provision prohibits any of the acts, since all of them were done."""
    acts = _codes(facts.acts - {Act.NONE})
    prohibited = [act for act in acts if terms.prohibiting(act)]
    values: dict[str, Any] = {}
    if not facts.acts:
        reason = Reason.NO_ACT
    elif not acts:
        reason = Reason.NO_BREACH
    elif not terms.provisions:
        reason = Reason.NO_PROVISIONS
    elif not prohibited:
        reason, values = Reason.NOT_PROHIBITED, {"acts": acts}
    else:
        clauses = {(each.id, each.label) for act in prohibited for each in terms.prohibiting(act)}
        provisions = [{"id": clause, "name": label} for clause, label in sorted(clauses)]
        reason, values = Reason.PROHIBITED, {"acts": prohibited, "provisions": provisions}
    return Finding(ScopeTest.ACT_PROHIBITED, reason, values, {"acts": _codes(facts.acts)})


def _codes(codes: Iterable[str]) -> list[str]:
    return sorted(str(each) for each in codes)


def _zone(zone: Zone) -> dict[str, Any]:
    basis = {"basis": [zone.basis]} if zone.basis else {}
    return {"zone": {"id": zone.id, "name": zone.name}} | basis
