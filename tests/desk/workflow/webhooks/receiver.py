"""A partner's system on this machine: it answers as a test has it answer, and keeps what it is sent."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Received:
    path: str
    headers: Message
    body: str


class Receiver(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        if context:
            # In the thread of the request: a handshake that fails ends no loop.
            self.socket = context.wrap_socket(
                self.socket, server_side=True, do_handshake_on_connect=False
            )
        self.received: list[Received] = []
        self.is_over = threading.Event()
        self.says(204)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/in?from=tracker"

    def says(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
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

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: whoever sends may hang up."""


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.received.append(Received(self.path, self.headers, body))
        # Whoever sent it may have gone.
        with suppress(OSError):
            self.server.reply(self)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing between the lines of the tests."""


@contextmanager
def receiving(context: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    with Receiver(context) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.005,))
        thread.start()
        try:
            yield server
        finally:
            server.is_over.set()
            server.shutdown()
            thread.join()
