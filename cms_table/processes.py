"""The processes that one run of the table starts, written down so that `make stop` ends these and no others."""

import contextlib
import fcntl
import json
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from .obstacles import ALREADY_OPEN, Obstacle


class Processes:
    """What runs for one ``var`` folder: each process by number and by the moment it began, since numbers are used again."""

    def __init__(self, var: Path) -> None:
        self.folder = var / "run"
        self.folder.mkdir(parents=True, exist_ok=True)

    @contextlib.contextmanager
    def only_one(self) -> Iterator[None]:
        """Hold the table's door: a second server over the same data is an :class:`Obstacle`."""
        with open(self.folder / "lock", "a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Obstacle(ALREADY_OPEN.format(at=self._where())) from None
            lock.truncate(0)  # what an earlier run wrote
            yield

    def is_open_at(self, address: str) -> None:
        """Whoever comes second is told this address."""
        (self.folder / "lock").write_text(address)

    def _where(self) -> str:
        address = (self.folder / "lock").read_text()
        return f" at {address}" if address else ""

    def record(self, name: str, pid: int) -> None:
        with contextlib.suppress(psutil.NoSuchProcess):
            began = psutil.Process(pid).create_time()
            (self.folder / f"{name}.{pid}").write_text(json.dumps({"pid": pid, "began": began}))

    def recorded(self, name: str = "*") -> list[psutil.Process]:
        """Those written down under this name that still run; the others are crossed out."""
        running = []
        for note in sorted(self.folder.glob(f"{name}.[0-9]*")):
            written = json.loads(note.read_text() or '{"pid": 0, "began": 0}')
            with contextlib.suppress(psutil.NoSuchProcess):
                process = psutil.Process(written["pid"])
                # A corrected system clock shifts the reported moment a little; a number used again is minutes or days apart.
                if abs(process.create_time() - written["began"]) < 2 and runs(process):
                    running.append(process)
                    continue
            note.unlink(missing_ok=True)
        return running

    def end(self, name: str = "*", *, patience: float = 8) -> int:
        """End those written down under this name, first by asking, after ``patience`` seconds by force; how many there were."""
        running = self.recorded(name)
        for process in running:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.terminate()
        for process in wait_for_end(running, patience=patience):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        wait_for_end(running, patience=2)
        self.recorded(name)
        return len(running)


def runs(process: psutil.Process) -> bool:
    """Whether it still does anything: where process 1 does not reap orphans, as in containers, the dead stay listed."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_for_end(processes: list[psutil.Process], *, patience: float) -> list[psutil.Process]:
    """Wait at most ``patience`` seconds; those that still run then."""
    deadline = time.monotonic() + patience
    while (left := [process for process in processes if runs(process)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left
