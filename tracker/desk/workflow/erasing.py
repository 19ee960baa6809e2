"""People erased: by two, for a reason in a code. The ledger stands, and what was sealed in it is gone.

The only code that writes Erasure. What statements say stays, for it is the record: where a text names
somebody, it is a person who has to read it. Backups hold what was erased until they are deleted.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from axes.models import AccessAttempt
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from knox.models import AuthToken

from tracker.desk.models import (
    Erasure,
    ImportRow,
    ImportRun,
    Report,
    Revision,
    Sealed,
    Source,
    User,
)
from tracker.desk.models.erasures import ERASE
from tracker.desk.workflow import administrators, encrypting, publishing, second_factor
from tracker.desk.workflow.recording import at_the_end, recorded
from tracker.desk.workflow.recording.entering import told
from tracker.desk.workflow.recording.states import SEALED, is_sealed
from tracker.errors import Conflict, NotAllowed

# What of a report leads to who made it, beside what it says.
LEADING = {"note": "", "raw": None, "url": "", "archive_url": "", "external_id": ""}


def ask(
    *, reason: str, by: User, source: Source | None = None, user: User | None = None
) -> Erasure:
    """Ask that a confidential source or a user be erased. Nothing is, until another confirms.

    Raises NotAllowed without the right to, and Conflict where it cannot be.
    """
    refuse(by=by, source=source, user=user)
    with recorded(by=by):
        return Erasure.objects.create(source=source, user=user, reason=reason, asked_by=by)


def refuse(*, by: User, source: Source | None, user: User | None) -> None:
    """Raise NotAllowed or Conflict, in words, where this user cannot ask for this erasure."""
    _refuse_without_right(by)
    if (source is None) == (user is None):
        raise Conflict(_("Choose a source or a user: one of them."))
    if source and not source.is_confidential:
        raise Conflict(_("The public knows this source: mark it as confidential first."))
    if user and not administrators.may_change(user, by):
        raise NotAllowed(_("“%s” may do more than you: another administrator has to.") % user)
    if Erasure.objects.filter(source=source, user=user).exists():
        raise Conflict(_("This person is erased, or is to be, already."))


def confirm(erasure: Erasure, *, by: User) -> None:
    """Erase who is to be. Raises NotAllowed for who asked for it or is it, and Conflict where it is done."""
    _refuse_without_right(by)
    with recorded(by=by, why=_("Erased: %s.") % erasure.get_reason_display()):
        held = Erasure.objects.select_for_update(no_key=True, of=("self",)).get(pk=erasure.pk)
        if held.confirmed_by_id:
            raise Conflict(_("This person is erased already."))
        if by.pk in {held.asked_by_id, held.user_id}:
            raise NotAllowed(_("Another administrator has to confirm it."))
        if held.source:
            _erase_source(held.source)
        elif held.user:
            _erase_user(held.user)
        held.confirmed_by, held.confirmed_at = by, timezone.now()
        held.save(update_fields=["confirmed_by", "confirmed_at"])
    transaction.on_commit(encrypting.clear_log)


def _erase_source(source: Source) -> None:
    # While it was not confidential yet, editions may have named it.
    publishing.hide_source(source)
    source.slug, source.name = f"erased-{source.pk}", _("Erased source %d") % source.pk
    source.name_ar = source.url = source.independence_group = source.note = ""
    source.save()
    _forget_in_log(source)
    reports = Report.objects.filter(Q(source=source) | Q(relayed_from=source))
    numbers = list(reports.values_list("pk", flat=True))
    with encrypting.unguarded(Report._meta.db_table):  # noqa: SLF001 - public by custom
        reports.update(**LEADING)
    ImportRun.objects.filter(source=source).update(name=_("erased"))
    ImportRow.objects.filter(run__source=source).update(cells=[], faults=[])
    at_the_end(lambda: _destroy("source", [source.pk]))
    at_the_end(lambda: _destroy("report", numbers, only=LEADING))


def _erase_user(user: User) -> None:
    administrators.keep_one_without(user)
    AccessAttempt.objects.filter(username=user.username).delete()
    AuthToken.objects.filter(user=user).delete()
    second_factor.take_away(user)
    user.username = f"erased-{user.pk}"
    user.first_name = user.last_name = user.email = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    user.user_permissions.clear()
    _forget_in_log(user)
    at_the_end(lambda: _destroy("user", [user.pk]))


def _forget_in_log(thing: Any) -> None:
    """Let the log of the admin call a thing as it is called now."""
    kind = ContentType.objects.get_for_model(thing)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(thing.pk))
    entries.update(object_repr=str(thing))


def _destroy(kind: str, things: Collection[int], only: Collection[str] | None = None) -> None:
    """Destroy what the ledger holds sealed of things, but for what is so now: digests stay."""
    revisions = Revision.objects.filter(kind=kind, thing__in=things)
    now = {each[SEALED] for state in told(revisions).values() for each in _sealed(state, only)}
    sides = revisions.values_list("before", "after")
    ever = {
        each[SEALED] for pair in sides for side in pair for each in _sealed(json.loads(side), only)
    }
    Sealed.objects.filter(digest__in=ever - now).delete()


def _sealed(state: dict[str, Any], only: Collection[str] | None) -> list[dict[str, str]]:
    return [
        value for path, value in state.items() if is_sealed(value) and (not only or path in only)
    ]


def _refuse_without_right(by: User) -> None:
    if not by.has_perm(ERASE):
        raise NotAllowed(_("You may not have people erased."))
