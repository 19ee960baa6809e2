"""Whether the process is up, and whether it can serve."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from tracker.problems import problem

# What is wrong with a part of this node, in a sentence; nothing where it is in order.
Check = Callable[[], str]


def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


def ready(request: HttpRequest, checks: Iterable[Check] = ()) -> HttpResponse:
    """The database answers and has every migration, and none of the checks finds anything wrong."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return _not_ready("The database lacks migrations: run migrate.", seconds=30)
        wrong = " ".join(filter(None, (check() for check in checks)))
    except DatabaseError:
        return _not_ready("The database does not answer.", seconds=5)
    if wrong:
        return _not_ready(wrong, seconds=60)
    return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


def _not_ready(why: str, *, seconds: int) -> HttpResponse:
    return problem(503, why, headers={"Retry-After": str(seconds)})
