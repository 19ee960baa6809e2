"""What a monitor is to watch, in Prometheus' text format: counts, ages and room, and nobody's words.

All is read when it is asked for, so every process answers the same.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.core import Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector, CollectorRegistry

from tracker import problems
from tracker.desk import backups, tasks
from tracker.desk.models import Job
from tracker.desk.models.jobs import JobState
from tracker.desk.workflow import recording

BEARER = "Bearer "


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """What is to be watched; to whoever does not show METRICS_TOKEN, there is nothing here."""
    if not _is_monitor(request):
        return problems.not_found(request)
    registry = CollectorRegistry()
    registry.register(_Watched())
    return HttpResponse(
        generate_latest(registry),
        content_type=CONTENT_TYPE_LATEST,
        headers={"Cache-Control": "no-store"},
    )


def _is_monitor(request: HttpRequest) -> bool:
    shown = request.headers.get("Authorization", "")
    token = settings.METRICS_TOKEN
    return bool(token) and constant_time_compare(shown, BEARER + token)


class _Watched(Collector):
    def describe(self) -> list[Metric]:
        """Nothing before it is asked: what is collected needs the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        yield from _jobs()
        yield Gauge(
            "tracker_worker_missing",
            "1 where work waits and no worker has done any for minutes.",
            value=bool(tasks.trouble()),
        )
        yield Gauge(
            "tracker_ledger_number",
            "The number of the ledger's last entry: it never goes down.",
            value=recording.head().number,
        )
        if made := backups.last_made_at(settings.BACKUP_ROOT):
            yield Gauge(
                "tracker_backup_timestamp_seconds",
                "When the last backup was made, in seconds since 1970.",
                value=made,
            )
        yield _room()


def _jobs() -> Iterator[Metric]:
    jobs = Gauge("tracker_jobs", "How many jobs are in this state.", labels=["state"])
    counts = dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))
    for state in (JobState.WAITING, JobState.RUNNING, JobState.FAILED):
        jobs.add_metric([state], counts.get(state, 0))
    yield jobs
    oldest = Job.objects.unfinished().aggregate(at=Min("heartbeat_at"))["at"]
    yield Gauge(
        "tracker_job_stalled_seconds",
        "How long ago the job that has waited longest went forward last; 0 where none waits.",
        value=(timezone.now() - oldest).total_seconds() if oldest else 0,
    )


def _room() -> Metric:
    room = Gauge(
        "tracker_free_bytes", "How much room is left around what is kept there.", labels=["what"]
    )
    folders = {"evidence": settings.EVIDENCE_ROOT, "backups": settings.BACKUP_ROOT}
    if connection.vendor == "sqlite":
        folders["database"] = Path(connection.settings_dict["NAME"]).absolute().parent
    for what, folder in folders.items():
        there = next(each for each in chain([folder], folder.parents) if each.exists())
        room.add_metric([what], shutil.disk_usage(there).free)
    return room
