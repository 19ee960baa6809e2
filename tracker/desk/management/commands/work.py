"""The worker: it does the jobs that wait, one after the other, and sends what webhooks are to be told."""

from __future__ import annotations

import gc
import logging
import os
import secrets
import signal
import socket
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections, connections

from tracker.desk import tasks
from tracker.desk.workflow import webhooks

# Seconds between two looks for a job: one read by an index.
PAUSE = 1
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Do the jobs that wait, one after the other, and between them send what webhooks are to be "
        "told, until stopped. As many may work at a time as wanted. SIGTERM and Ctrl-C let it end its "
        "batch first; the same again stops it at once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="Stop when nothing is to be done any more."
        )
        parser.add_argument(
            "--parent",
            type=int,
            metavar="PID",
            help="Stop also when the process that started this one, of this number, is gone.",
        )

    def handle(self, *args: Any, once: bool, parent: int | None, **options: Any) -> None:
        self._is_told_to_stop = False
        self._parent = parent
        # What is loaded by now stays: the collector shall not look it through again and again.
        gc.freeze()
        name = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"
        signals = (signal.SIGTERM, signal.SIGINT)
        before = {number: signal.signal(number, self._stop) for number in signals}
        try:
            if once:
                self._work_off(name)
            else:
                self._work(name)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _work_off(self, worker: str) -> None:
        while not self._is_over() and self._turn(worker):
            pass

    def _work(self, worker: str) -> None:
        while not self._is_over():
            try:
                close_old_connections()
                found = self._turn(worker)
            except OperationalError as error:
                # What was under way is taken up again, when its lease has run out if not before.
                logger.warning("The database refuses: %s", str(error).partition("\n")[0])
                connections.close_all()
                found = False
            if not found:
                time.sleep(PAUSE)

    def _turn(self, worker: str) -> bool:
        """Do one job, and send some of what is due; whether there was any of either."""
        worked = tasks.work_off(worker, stopping=self._is_over)
        return webhooks.send_due(stopping=self._is_over) or worked

    def _is_over(self) -> bool:
        is_orphan = self._parent is not None and os.getppid() != self._parent
        return self._is_told_to_stop or is_orphan

    def _stop(self, number: int, frame: Any) -> None:
        self._is_told_to_stop = True
        signal.signal(number, signal.SIG_DFL)
