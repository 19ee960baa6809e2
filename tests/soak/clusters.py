"""A PostgreSQL of the test's own, durable as one in service is, that it may treat as it likes."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = ("initdb", "pg_ctl")


def is_here() -> bool:
    return all(map(shutil.which, PROGRAMS))


@dataclass
class Cluster:
    """On a port of 127.0.0.1, with its files in the folder, which it is given."""

    folder: Path
    port: int

    @classmethod
    def made(cls, folder: Path) -> Cluster:
        folder.mkdir()
        if os.geteuid() == 0:
            # The server refuses to run as root.
            shutil.chown(folder, "postgres", "postgres")
        with socket.create_server(("127.0.0.1", 0)) as free:
            cluster = cls(folder, free.getsockname()[1])
        cluster._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        cluster.start()
        return cluster

    def followed(self, folder: Path) -> Cluster:
        """A standby that streams from it, begun from a copy of it."""
        folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        with socket.create_server(("127.0.0.1", 0)) as free:
            standby = Cluster(folder, free.getsockname()[1])
        told = ("-R", "-X", "stream", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres")
        standby._run("pg_basebackup", *told)
        folder.chmod(0o700)
        standby.start()
        return standby

    def promote(self) -> None:
        self._run("pg_ctl", "-w", "promote")

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        self._control("start")

    def crash(self) -> None:
        """Let it end without a checkpoint and start again, which recovers from its log."""
        self._control("restart", "-m", "immediate")

    def stop(self) -> None:
        self._run("pg_ctl", "-m", "immediate", "stop")

    def _control(self, *action: str) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        self._run("pg_ctl", "-l", str(self.folder / "server.log"), "-w", "-o", options, *action)

    def _run(self, program: str, *told: str) -> None:
        found = shutil.which("pg_ctl")
        assert found is not None
        # Behind the link lie all of the server's programs.
        command = [str(Path(found).resolve().with_name(program)), "-D", str(self.folder), *told]
        if os.geteuid() == 0:
            command = [
                *("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"),
                *command,
            ]
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL)  # noqa: S603
