"""The bench's servers: the table as it is shipped, and the floor, over a database of their own that is thrown away."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
from django.conf import settings

from cms_table.database.embedded import EmbeddedServer
from cms_table.processes import Processes

# What a shell may have set and the bench must not inherit: it never touches another table's data.
OWN = {"DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ADMIN_URL", "TABLE_DATABASE", "TABLE_VAR", "PORT", "PRODUCTION", "PRACTICE"}
OWN |= {"DJANGO_SETTINGS_MODULE", "SECRET_KEY", "RELEASE_SECRET", "SEALING_KEYS", "ALLOWED_HOSTS", "SITE_ADDRESS", "EMAIL_URL"}
OWN |= {"VIRTUAL_ENV", "MAKEFLAGS", "MAKELEVEL", "MFLAGS"}
FLOOR = "cms_table.bench.settings"
PATIENCE = 120  # seconds


def clean_surroundings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in OWN}


def a_free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def answers(port: int, path: str) -> bool:
    """Whether a page answers with itself."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        asking = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        asking.request("GET", path, headers={"Host": f"localhost:{port}"})
        return asking.getresponse().status < http.client.BAD_REQUEST
    return False


class House:
    """A table of the bench's own in a folder of its own: its commands, its server, its Postgres."""

    def __init__(self, var: Path, *, code: Path | None = None) -> None:
        self.var, self.code = var, code or settings.BASE_DIR  # another folder's code: what was, beside what is
        self.port, self.floor_port = a_free_port(), a_free_port()
        self.surroundings = clean_surroundings() | {"TABLE_VAR": str(var), "PORT": str(self.port), "PRACTICE": "1"}

    def order(self, *words: str) -> str:
        """Carry out one of the table's commands; what it printed. Raises ``RuntimeError`` with what it said when it fails."""
        command = [sys.executable, "manage.py", *words]
        ran = subprocess.run(command, cwd=self.code, env=self.surroundings, capture_output=True, text=True, check=False)  # noqa: S603
        if ran.returncode:
            raise RuntimeError(f"{words[0]} failed: {ran.stderr.strip()[-600:]}")
        return ran.stdout

    def scene(self) -> dict[str, Any]:
        return json.loads(self.order("bench", "--set-the-scene"))

    @property
    def database(self) -> psutil.Process:
        postmaster = EmbeddedServer(self.var / "postgres").postmaster
        assert postmaster is not None
        return postmaster

    @property
    def workers(self) -> list[psutil.Process]:
        return Processes(self.var).recorded("worker")

    @property
    def floor_workers(self) -> list[psutil.Process]:
        return Processes(self.var).recorded("floor-worker")

    @contextlib.contextmanager
    def open(self, *, with_floor: bool = True) -> Iterator[None]:
        """Within the block the table is open, by the launcher's own server, and the floor beside it."""
        if not with_floor:
            with self._serving(["serve"], port=self.port):
                yield
            return
        floor = ["bench", "--serve-the-floor", str(self.floor_port)]
        with self._serving(["serve"], port=self.port), self._serving(floor, port=self.floor_port, settings_module=FLOOR):
            yield

    @contextlib.contextmanager
    def _serving(self, words: list[str], *, port: int, settings_module: str = "cms_table.settings") -> Iterator[None]:
        log = self.var / f"{words[0]}.log"
        command, surroundings = [sys.executable, "manage.py", *words], self.surroundings | {"DJANGO_SETTINGS_MODULE": settings_module}
        with log.open("w") as said:
            server = subprocess.Popen(command, cwd=self.code, env=surroundings, stdout=said, stderr=said, process_group=0)  # noqa: S603
        try:
            wait_for(server, port, log=log)
            yield
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(60)
            except subprocess.TimeoutExpired:
                server.kill()

    def close(self) -> None:
        """End whatever of the bench still runs."""
        with contextlib.suppress(RuntimeError):
            self.order("stop")


def wait_for(server: subprocess.Popen[bytes], port: int, *, log: Path) -> None:
    """Return when something listens at the port. Raises ``RuntimeError`` with the server's last words otherwise."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            time.sleep(1)  # its workers may be a moment behind their door
            return
        time.sleep(0.1)
    raise RuntimeError(f"A server of the bench did not start: {log.read_text().strip()[-600:]}")
