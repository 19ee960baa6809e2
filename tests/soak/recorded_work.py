"""A desk at work in one process that is recorded: each thing it is told was kept, it writes down at once.

Run by test_power_cuts.py, with the folder of a prepared tracker.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 - needs the settings
from django.core.management import call_command  # noqa: E402

from tests.factories import PICTURE, make_incident, make_report  # noqa: E402
from tests.soak.test_power_cuts import ACKNOWLEDGED, ROWS, Synchronous  # noqa: E402
from tracker.desk import tasks  # noqa: E402
from tracker.desk.models import Report, Source, User  # noqa: E402
from tracker.desk.workflow import evidence, importing, publishing  # noqa: E402
from tracker.desk.workflow.recording import recorded  # noqa: E402


def work(folder: Path, rounds: int) -> None:
    kept = os.open(folder / ACKNOWLEDGED, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def acknowledge(kind: str, name: object) -> None:
        os.write(kept, f"{kind} {name}\n".encode())

    monitor, nour = Source.objects.get(slug="monitor"), User.objects.get(username="nour")
    report = Report.objects.order_by("pk").last()
    for number in range(rounds):
        made = make_report(source=monitor, external_id=f"entered/{number}")
        acknowledge("report", made.external_id)
        with recorded(by=nour):
            held = evidence.keep(
                io.BytesIO(PICTURE + os.urandom(5000)), name="a.png", report=report, by=nour
            )
        acknowledge("evidence", held.sha256)
        incident = make_incident()
        with recorded(by=nour):
            edition = publishing.publish(incident, by=nour)
        acknowledge("edition", edition.pk)
        rows = [f"{number}/{row},2017-01-15,Shell {row}." for row in range(ROWS)]
        table = io.BytesIO("\n".join(["id,date,text", *rows]).encode())
        run = importing.receive(table, name="week.csv", source=monitor, by=nour)
        importing.ask_to_check(run, by=nour)
        tasks.work_off("recorded")
        run.refresh_from_db()
        importing.ask_to_commit(run, by=nour)
        tasks.work_off("recorded")
        acknowledge("import", run.pk)
        if number % 3 == 0:
            path = folder / f"{number}.backup"
            call_command("backup", str(path), no_verify=True, stdout=io.StringIO())
            acknowledge("backup", path.name)


if __name__ == "__main__":
    options = settings.DATABASES["default"]["OPTIONS"]
    options["init_command"] += f"; PRAGMA synchronous={Synchronous(sys.argv[3])}"
    work(Path(sys.argv[1]), int(sys.argv[2]))
