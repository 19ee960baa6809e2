"""A whole tracker, as `make run` starts it: server and worker, on a database and folders of its own."""

from __future__ import annotations

import http.client
import itertools
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import psycopg
from django.conf import settings

from tests.factories import PICTURE

# Seconds within which a killed tracker has to answer again.
SOON = 20
DEPARTED = (http.client.HTTPException, OSError)
_numbers = itertools.count()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    """By names in small letters."""
    body: bytes


@dataclass
class Site:
    """Everything that is asked of it goes to 127.0.0.1."""

    folder: Path
    url: str
    evidence: Path
    environment: dict[str, str] = field(default_factory=dict)
    report: int = 0
    tokens: list[str] = field(default_factory=list)
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def prepare(self, *, writers: int = 8) -> None:
        self.manage("migrate", "-v0")
        seeded = self.manage(
            *("shell", "-v0", "-c"), f"from tests.soak import seeding; seeding.seed({writers})"
        )
        told = json.loads(seeded.splitlines()[-1])
        self.report, self.tokens = told["report"], told["tokens"]
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]

    def manage(self, *command: str) -> str:
        """What a command prints. Raises CalledProcessError where it fails."""
        return subprocess.run(  # noqa: S603
            [sys.executable, "manage.py", *command], **self._told(), text=True, check=True,
            stdout=subprocess.PIPE,
        ).stdout  # fmt: skip

    def begin(self, *command: str) -> subprocess.Popen[bytes]:
        """A command in the background, in a process group of its own."""
        with self.log.open("ab") as log:
            return self._spawned(log, sys.executable, "manage.py", *command)

    def start(self) -> float:
        """Start it as an operator does; gives the seconds until it answers."""
        began = time.monotonic()
        self.process = self.begin("start", "--port", str(self.port))
        while not self._answers():
            assert self.process.poll() is None, self.log.read_text()[-2000:]
            assert time.monotonic() - began < 10 * SOON, self.log.read_text()[-2000:]
            time.sleep(0.05)
        return time.monotonic() - began

    def stop(self) -> int:
        """Ask it to stop, as a service manager does; gives its exit code."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(timeout=60)

    def kill(self) -> None:
        """End server and worker at once, wherever they are."""
        if self.process is not None:
            kill(self.process)

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def get(self, address: str) -> Answer:
        return self.ask("GET", address)

    def submit(self, name: str, *, writer: int = 0, text: str = "Shells fell.") -> Answer:
        """Enter a report under this external id."""
        told = {"source": "monitor", "date_start": "2017-01-15", "text": text, "external_id": name}
        return self.ask("POST", "/api/v1/reports/", json.dumps(told).encode(), writer=writer)

    def bring(self, content: bytes, *, writer: int = 0) -> Answer:
        """Keep a picture as evidence; its bytes end with these."""
        edge = f"edge{next(_numbers)}"
        head = (
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n'
            "Content-Type: image/png\r\n\r\n"
        )
        body = head.encode() + PICTURE + content + f"\r\n--{edge}--\r\n".encode()
        address = f"/api/desk/v1/reports/{self.report}/evidence/"
        return self.ask("POST", address, body, writer=writer, kind=f"multipart/form-data; boundary={edge}")  # fmt: skip

    def ask(
        self, method: str, address: str, body: bytes = b"", *, writer: int | None = None,
        kind: str = "application/json",
    ) -> Answer:  # fmt: skip
        """Raises one of DEPARTED where nobody answers."""
        headers = {} if writer is None else {"Authorization": f"Token {self.tokens[writer]}"}
        if body:
            headers["Content-Type"] = kind
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as asked:
            asked.request(method, address, body or None, headers)
            answer = asked.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, named, answer.read())

    def rows(self, query: str) -> list[Any]:
        """What the database holds, past the tracker."""
        if self.url.startswith("sqlite"):
            with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as at:
                return at.execute(query).fetchall()
        with psycopg.connect(self.url) as connected:
            return connected.execute(query).fetchall()

    def names(self) -> set[str]:
        """The external ids of all reports."""
        return {name for (name,) in self.rows("SELECT external_id FROM desk_report")}

    def digests(self) -> set[str]:
        """The SHA-256 of all evidence that the database names."""
        return {digest for (digest,) in self.rows("SELECT sha256 FROM desk_evidence")}

    def _answers(self) -> bool:
        try:
            return self.get("/health/live").status == 200
        except DEPARTED:
            return False

    def _spawned(self, log: IO[bytes], *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603
            command, **self._told(), stdout=log, stderr=log, start_new_session=True
        )

    def _told(self) -> dict[str, Any]:
        told = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tracker.settings",
            "SECRET_KEY": settings.SECRET_KEY,
            "DATABASE_URL": self.url,
            "EVIDENCE_ROOT": str(self.evidence),
            "BACKUP_ROOT": str(self.folder / "backups"),
            **self.environment,
        }
        return {"cwd": settings.BASE_DIR, "env": told}


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process of ours, and all that it started, at once."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
