"""Conversations with strangers, ended when time is up."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def cut_at(deadline: float, connection: socket.socket) -> Iterator[None]:
    """End the connection when time is up: its own timeout starts anew with every byte that
    trickles in, be it of the answer or of its headers. `deadline` is by the monotonic clock."""
    timer = threading.Timer(deadline - time.monotonic(), _cut, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if time.monotonic() >= deadline:
            raise TimeoutError


def _cut(connection: socket.socket) -> None:
    # It may be closed by now.
    with suppress(OSError):
        # The plain socket's: that of TLS would say good-bye, and wait for an answer.
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
