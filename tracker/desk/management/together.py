"""The server and a worker beside it, as one: `python -m … WORKER… -- SERVER…`, two whole commands.

A program of its own that knows no Django: it does nothing but wait, and shall cost no more than that.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from typing import Any

# Seconds before a worker that ended is started again.
PAUSE = 1


class Together:
    """Two processes that start, and stop, with this one."""

    def __init__(self, *, server: list[str], worker: list[str]) -> None:
        self._server, self._worker = server, worker
        self._running: dict[str, int] = {}
        self._is_told_to_stop = False

    def run(self) -> int:
        """Keep both running until told to stop, or until the server ends; gives its exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        self._start("server", self._server)
        self._start("worker", self._worker)
        code = self._watch()
        if not self._is_told_to_stop:
            self._stop()
        if worker := self._running.get("worker"):
            os.waitpid(worker, 0)
        return code if code >= 0 else 128 - code

    def _watch(self) -> int:
        """Start the worker again whenever it ends; give the server's exit code when that does."""
        while True:
            pid, status = os.wait()
            if pid == self._running["server"]:
                del self._running["server"]
                return os.waitstatus_to_exitcode(status)
            del self._running["worker"]
            time.sleep(PAUSE)
            self._start("worker", self._worker)

    def _start(self, name: str, command: list[str]) -> None:
        if name == "worker" and self._is_told_to_stop:
            return
        self._running[name] = os.spawnv(os.P_NOWAIT, command[0], command)  # noqa: S606 - no shell
        if self._is_told_to_stop:
            # The signal came while this one was being started, and has not reached it.
            self._stop()

    def _stop(self, *_signal: Any) -> None:
        self._is_told_to_stop = True
        for pid in self._running.values():
            # One may have ended this very moment.
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)


if __name__ == "__main__":
    end = sys.argv.index("--")
    sys.exit(Together(worker=sys.argv[1:end], server=sys.argv[end + 1 :]).run())
