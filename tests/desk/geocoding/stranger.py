"""A server on this machine: it answers what a test has it answer, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Question:
    path: str
    query: dict[str, list[str]]
    headers: Message


class Stranger(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.questions: list[Question] = []
        self.is_over = threading.Event()
        self.says([])

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def says(self, answer: Any, *, status: int = 200, headers: dict[str, str] | None = None):
        """Answer bytes as they are, and anything else as JSON."""
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()

        def reply(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in (headers or {}).items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(body)

        self.reply: Callable[[BaseHTTPRequestHandler], None] = reply

    def trickles(self, beginning: bytes) -> None:
        """Begin an answer, and go on with a byte at a time for as long as anybody listens."""

        def reply(handler: BaseHTTPRequestHandler) -> None:
            handler.wfile.write(beginning)
            while not self.is_over.wait(0.005):
                handler.wfile.write(b" ")

        self.reply = reply


class _Handler(BaseHTTPRequestHandler):
    server: Stranger

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        self.server.questions.append(
            Question(address.path, parse_qs(address.query, strict_parsing=True), self.headers)
        )
        # Whoever asked may have gone.
        with suppress(OSError):
            self.server.reply(self)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing between the lines of the tests."""


@contextmanager
def serving() -> Iterator[Stranger]:
    with Stranger() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.005,))
        thread.start()
        try:
            yield server
        finally:
            server.is_over.set()
            server.shutdown()
            thread.join()
