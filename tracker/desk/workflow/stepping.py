"""The steps of an incident to the public and back: which there are, and who may take them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.codebook import Publication, Step
from tracker.desk.models import Incident, Revision, Unrecorded, User
from tracker.desk.models.revisions import SIGNING
from tracker.desk.workflow import publishing, recording
from tracker.errors import Conflict, InvalidInput, NotAllowed

EDIT, PUBLISH = "desk.change_incident", "desk.publish_incident"


@dataclass(frozen=True)
class Rule:
    """From which states a step leads to which, by whom, and whether a reason must be given."""

    leaves: frozenset[Publication]
    reaches: Publication
    right: str
    needs_reason: bool = False


RULES: dict[Step, Rule] = {
    Step.SUBMIT: Rule(frozenset({Publication.DRAFT}), Publication.IN_REVIEW, EDIT),
    Step.SEND_BACK: Rule(
        frozenset({Publication.IN_REVIEW}), Publication.DRAFT, PUBLISH, needs_reason=True
    ),
    # One that was changed after it was signed is signed again.
    Step.PUBLISH: Rule(
        frozenset({Publication.IN_REVIEW, Publication.PUBLISHED}), Publication.PUBLISHED, PUBLISH
    ),
    Step.WITHDRAW: Rule(
        frozenset({Publication.PUBLISHED}), Publication.WITHDRAWN, PUBLISH, needs_reason=True
    ),
    Step.REOPEN: Rule(frozenset({Publication.WITHDRAWN}), Publication.DRAFT, EDIT),
}


def open_to(incident: Incident, user: User) -> list[Step]:
    """The steps this user may take with an incident as it is."""
    return [
        step
        for step, rule in RULES.items()
        if incident.publication in rule.leaves and user.has_perm(rule.right)
    ]


@transaction.atomic
def take(incident: Incident, step: Step, *, by: User, reason: str = "") -> None:
    """Take a step. The reason of a withdrawal is read by everyone, any other by the desk alone.

    Raises NotAllowed for one without the right or who would publish own work, Conflict where the
    incident is in another state, NotReady where publication demands more, InvalidInput where a
    reason is missing.
    """
    rule = RULES[step]
    incident = Incident.objects.select_for_update(no_key=True).get(pk=incident.pk)
    if not by.has_perm(rule.right):
        raise NotAllowed(_("You may not do this with incidents: %s.") % step.label)
    if incident.publication not in rule.leaves:
        raise Conflict(
            _("%(step)s: this cannot be done with an incident in this state: %(state)s.")
            % {"step": step.label, "state": Publication(incident.publication).label}
        )
    if rule.needs_reason and not reason.strip():
        raise InvalidInput(_("%s: give the reason.") % step.label)
    recording.because(reason.strip() if step != Step.WITHDRAW else "")
    if step == Step.PUBLISH:
        _refuse_own_work(incident, by)
        publishing.publish(incident, by=by)
    elif step == Step.WITHDRAW:
        publishing.withdraw(incident, reason=reason.strip())
    else:
        if step == Step.SUBMIT:
            publishing.refuse_unready(incident)
        incident.publication = rule.reaches
        incident.save(update_fields=["publication"])


def _refuse_own_work(incident: Incident, by: User) -> None:
    if by.pk in changed_by(incident) or _is_being_changed(incident):
        raise NotAllowed(
            _("You have worked on this incident since it was last signed: someone else signs it.")
        )


def changed_by(incident: Incident) -> set[int | None]:
    """Who has changed an incident since it was last signed, by user numbers; None for a command."""
    told = Revision.objects.of("incident", incident.pk)
    signed = told.filter(after__contains=SIGNING).order_by("-number").first()
    since = told.filter(is_step=False, number__gt=signed.number if signed else 0)
    return set(since.values_list("by_id", flat=True))


def _is_being_changed(incident: Incident) -> bool:
    """Whether the very change that signs it changes it as well: such are not in the ledger yet."""
    return Unrecorded.objects.filter(kind="incident", thing=incident.pk).exists()
