"""What `make run` leaves running, with two small programs in the places of server and worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

# Says in one piece who it is, and waits to be told to stop.
STANDS = """
import os, signal, sys
os.write(1, f"{sys.argv[1]} {os.getpid()}\\n".encode())
signal.pause()
"""
ENDS = "import sys; sys.exit(3)"


def command(program: str, name: str) -> list[str]:
    return [sys.executable, "-S", "-c", program, name]


@pytest.fixture
def start() -> Iterator:
    started: list[subprocess.Popen[str]] = []

    def start(*, server: str = STANDS, worker: str = STANDS) -> subprocess.Popen[str]:
        both = subprocess.Popen(  # noqa: S603 - our own command
            [
                *(sys.executable, "-m", "tracker.desk.management.together"),
                *(*command(worker, "worker"), "--", *command(server, "server")),
            ],
            cwd=Path(settings.BASE_DIR),
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(both)
        return both

    yield start
    for both in started:
        if both.poll() is None:
            os.killpg(both.pid, signal.SIGKILL)
        both.communicate()


def pids(both: subprocess.Popen[str], count: int = 2) -> dict[str, int]:
    """What the next ones to start are called, and their numbers."""
    assert both.stdout is not None
    lines = [both.stdout.readline().split() for _number in range(count)]
    return {name: int(pid) for name, pid in lines}


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stops_both_when_told_to_stop(start, number):
    both = start()
    running = pids(both)

    both.send_signal(number)
    both.wait(timeout=30)

    assert all(map(is_gone, running.values()))


def test_stops_both_at_the_keyboard(start):
    both = start()
    running = pids(both)

    # Ctrl-C reaches all three.
    os.killpg(both.pid, signal.SIGINT)
    both.wait(timeout=30)

    assert all(map(is_gone, running.values()))


def test_starts_a_worker_again_that_was_killed(start):
    both = start()
    before = pids(both)

    os.kill(before["worker"], signal.SIGKILL)

    after = pids(both, 1)
    assert after["worker"] != before["worker"]
    both.terminate()
    both.wait(timeout=30)
    assert is_gone(after["worker"])
    assert is_gone(before["server"])


def test_stops_the_worker_when_the_server_ends_and_tells_its_exit_code(start):
    both = start(server=ENDS)

    assert both.wait(timeout=30) == 3

    with pytest.raises(ProcessLookupError):
        os.killpg(both.pid, 0)
