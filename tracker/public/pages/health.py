"""Whether the process is up, and whether it can serve."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from tracker.problems import problem


def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and has every migration."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return problem(503, "The database does not answer.", headers={"Retry-After": "5"})
    if waiting:
        return problem(
            503, "The database lacks migrations: run migrate.", headers={"Retry-After": "30"}
        )
    return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})
