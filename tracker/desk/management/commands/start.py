"""Everything between a fresh copy of the code and a tracker that answers, in one command."""

from __future__ import annotations

import errno
import os
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection, connections
from django.urls import reverse

from tracker.desk.management import administrator


class Command(BaseCommand):
    help = "Prepare the database, make the first administrator, serve the tracker and do its long work."
    # A wrong port is refused before the checks, which take a second.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="Address to listen on.")
        parser.add_argument(
            "--port",
            default=os.environ.get("PORT", "").strip() or "8000",
            help="Port to listen on; the variable PORT where not given, else 8000.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], _port_number(str(options["port"]))
        _refuse_taken_port(host, port)
        self.check()
        try:
            _prepare_database()
        except OperationalError as error:
            raise CommandError(
                f"The database cannot be used: {str(error).splitlines()[0]}"
            ) from error
        self._say_where(host, port)
        connections.close_all()
        _serve(host, port)

    def _say_where(self, host: str, port: int) -> None:
        site = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        if administrator.is_missing():
            shown = f"{administrator.make_or_renew()} (shown this once)"
        else:
            shown = "the one shown at the first start; `make password` makes a new one"
        lines = [
            f"Site            {site}/",
            f"Administration  {site}{reverse('admin:index')}",
            f"API             {site}/api/v1/",
            f"API reference   {site}/api/v1/docs/",
            f"User            {administrator.USERNAME}",
            f"Password        {shown}",
            "Stop with Ctrl-C.",
        ]
        self.stdout.write("\n".join(lines))


def _port_number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 65535):
        raise CommandError(f"PORT is {text!r}: write a number from 1 to 65535.")
    return int(text)


def _refuse_taken_port(host: str, port: int) -> None:
    """Ask first: the server itself would share the port with another one in silence."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        # On POSIX systems this sets SO_REUSEADDR: a server stopped a moment ago is no hindrance.
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            reason = "another program uses it. Stop that one, or choose another with PORT=8001"
        else:
            reason = str(error.strerror)
        raise CommandError(f"Port {port} of {host} cannot be opened: {reason}.") from error


def _prepare_database() -> None:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and name != ":memory:":
        folder = Path(name).parent
        try:
            # Drafts and the names of sources are in there: for nobody else on this machine.
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(f"The folder {folder} cannot be made: {error.strerror}.") from error
    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_demo", if_empty=True)


def _serve(host: str, port: int) -> NoReturn:
    # SQLite has one writer, so a second process gains nothing. Threads are kept as long as the
    # server allows, each with its connection; it warns of more than two a core and one.
    workers, most = (1, 8) if connection.vendor == "sqlite" else (2, 4)
    threads = min(most, 2 * (os.cpu_count() or 1) + 1)
    server = [
        *(sys.executable, "-m", "granian", "tracker.wsgi:application"),
        *("--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", str(threads)),
        *("--blocking-threads-idle-timeout", "600", "--workers-kill-timeout", "10"),
        *("--log-level", "warning", "--no-access-log"),
    ]
    # What takes the place of this process has its number.
    manage = str(settings.BASE_DIR / "manage.py")
    worker = [sys.executable, manage, "work", "--parent", str(os.getpid())]
    both = [sys.executable, "-m", "tracker.desk.management.together", *worker, "--", *server]
    # They import `tracker` from here, wherever the command was given.
    os.environ["PYTHONPATH"] = str(settings.BASE_DIR)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, both)  # noqa: S606 - no shell is wanted
