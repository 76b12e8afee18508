"""How long the two commands take: from a clone to the sign-in page, and once more."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from cms_table.bench.servers import a_free_port, answers, clean_surroundings

PATIENCE = 300  # seconds


def times_of_the_two_commands(house: Path) -> tuple[float, float]:
    """Seconds from `git clone` to the sign-in page of `make run`, and from a second `make run` to it; packages come from the cache."""
    folder = Path(tempfile.mkdtemp(prefix="table-clone-"))
    clone, port = folder / "table", a_free_port()
    try:
        began = time.monotonic()
        subprocess.run(["git", "clone", "--quiet", str(house), str(clone)], check=True)  # noqa: S603, S607
        first = seconds_to_the_page(clone, port) and time.monotonic() - began
        stop(clone)
        second = seconds_to_the_page(clone, port)
        return first, second
    finally:
        stop(clone)
        shutil.rmtree(folder, ignore_errors=True)


def seconds_to_the_page(clone: Path, port: int) -> float:
    """Seconds from `make run` until the sign-in page answers. Raises ``RuntimeError`` with its last words when it does not."""
    surroundings = clean_surroundings() | {"PORT": str(port)}
    log = clone.with_name("make-run.log")
    began = time.monotonic()
    with log.open("w") as written:
        running = subprocess.Popen(["make", "run"], cwd=clone, env=surroundings, stdout=written, stderr=written, start_new_session=True)  # noqa: S607
    while running.poll() is None and time.monotonic() - began < PATIENCE:
        if answers(port, "/accounts/login/"):
            return time.monotonic() - began
        time.sleep(0.02)
    if running.poll() is None:
        os.killpg(running.pid, signal.SIGINT)
    raise RuntimeError(f"The table did not open in a clone: {log.read_text().strip()[-300:]}")


def stop(clone: Path) -> None:
    """`make stop`, in the clone."""
    if clone.exists():
        subprocess.run(["make", "stop"], cwd=clone, env=clean_surroundings(), check=False, capture_output=True, timeout=120)  # noqa: S607
