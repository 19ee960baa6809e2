"""What keeps the tracker from answering though the question was right: a full disk, or a database that
is away, busy or cannot be written. Each is told as such, and passes by itself or by the operator's hand.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpResponse
from django.template import loader
from django.utils.translation import gettext_lazy as _

from tracker import problems


@dataclass(frozen=True)
class Outage:
    """`seconds` after which it is worth asking again."""

    status: int
    seconds: int
    title: Any
    detail: Any


FULL = Outage(
    507,
    60,
    _("There is no room left to save anything"),
    _(
        "The disk of this server is full. Nothing was saved, and what is there already can be read. "
        "Whoever runs the server has to make room."
    ),
)
UNWRITABLE = Outage(
    503,
    60,
    _("Nothing can be saved at this moment"),
    _("The database can be read and not written. Nothing was saved: try again later."),
)
AWAY = Outage(
    503,
    5,
    _("The database does not answer at this moment"),
    _("Nothing was saved. It mostly comes back by itself: try again in a moment."),
)
BUSY = Outage(
    503,
    1,
    _("Others were writing the same"),
    _("Nothing was saved: try again."),
)

# By SQLite's primary result code (sqlite.org/rescode.html).
_OF_SQLITE = {5: BUSY, 6: BUSY, 8: UNWRITABLE, 10: UNWRITABLE, 13: FULL, 14: UNWRITABLE}
# By PostgreSQL's SQLSTATE, or by the class that its first two characters name.
_OF_POSTGRESQL = {
    "53100": FULL,
    "25006": UNWRITABLE,
    "58030": UNWRITABLE,
    "40001": BUSY,
    "40P01": BUSY,
    "55P03": BUSY,
    "57014": BUSY,
    "08": AWAY,
    "53": AWAY,
    "57": AWAY,
}
_OF_SYSTEM = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: UNWRITABLE}


def of(error: BaseException | None) -> Outage | None:
    """The outage that an error tells of; None where it is a fault of the program."""
    if isinstance(error, OSError):
        return _OF_SYSTEM.get(error.errno or 0)
    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return _OF_SQLITE.get(code & 0xFF)
    state = getattr(cause, "sqlstate", None) or ""
    if found := _OF_POSTGRESQL.get(state) or _OF_POSTGRESQL.get(state[:2]):
        return found
    # A connection that is lost or was never made has no code.
    is_lost = not state and isinstance(error, OperationalError | InterfaceError)
    return AWAY if is_lost else None


def answer(outage: Outage, *, as_page: bool) -> HttpResponse:
    """The outage as a page, or as a problem document (RFC 9457); neither needs the database."""
    headers = {"Retry-After": str(outage.seconds), "Cache-Control": "no-store"}
    if not as_page:
        return problems.problem(outage.status, str(outage.detail), headers=headers)
    page = loader.render_to_string("outage.html", {"outage": outage})
    return HttpResponse(page, status=outage.status, headers=headers)
