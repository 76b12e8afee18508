"""Open the table: its Postgres, its migrations, its pages, its timers; until Ctrl-C or `make stop`."""

import contextlib
import errno
import gc
import http.client
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import polib
import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.urls import get_resolver, reverse

from agencies import first_table
from agencies.actor import also_between_transactions, for_the_table
from cms_table import bootstrap, checks, forgetting, obstacles
from cms_table.database.embedded import EmbeddedServer
from cms_table.obstacles import Obstacle
from cms_table.processes import Processes
from practice.proof import notes
from situations.disclosure import word_cells
from situations.models import WordCell

END = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
WORKERS = 2
PATIENCE = 30  # seconds in which the first page must answer
REST = 30  # seconds before something that ended by itself is started again


class Command(BaseCommand):
    help = "Open the table at http://localhost:8000 (PORT changes it)."
    requires_system_checks: list[str] = []  # `make check` asks for them; a start waits for those of production only

    def run_from_argv(self, argv: list[str]) -> None:
        with obstacles.named_plainly():
            super().run_from_argv(argv)

    def handle(self, *args: Any, **options: Any) -> None:
        for told in END:
            signal.signal(told, signal.default_int_handler)
        if settings.PRODUCTION and (unsafe := checks.obstacles_of_production()):
            raise Obstacle("\n".join(unsafe))
        processes = Processes(settings.VAR)
        with processes.only_one(), contextlib.ExitStack() as closing:
            processes.end()  # what a killed run left behind; first, since it would hold the port
            doors = open_doors(settings.PORT)
            closing.callback(self.close, processes, doors)
            with contextlib.suppress(KeyboardInterrupt):
                processes.record("serve", os.getpid())
                compile_languages(settings.BASE_DIR)
                self.invitation = prepare()
                # From here on a signal only makes a note: breaking in between starting a process and writing it down would leave it behind.
                told_to_close = threading.Event()
                for told in END:
                    signal.signal(told, lambda *_: told_to_close.set())
                self.keep_open(processes, doors, told_to_close)

    def keep_open(self, processes: Processes, doors: list[socket.socket], told_to_close: threading.Event) -> None:
        """Keep the workers and the timers alive. Nothing else starts before the page answers: two cores are soon full."""
        workers = [Kept(processes, "worker", lambda: start_worker(doors)) for _ in range(WORKERS)]
        wait_for_page(workers)
        self.announce(processes)
        timers = Kept(processes, "tick", lambda: start_command("tick"))
        player = start_command("practice", "--if-empty") if settings.PRACTICE else None
        if player:
            processes.record("practice", player.pid)
        prover = Prover(processes, start_command)
        while not told_to_close.wait(0.5):
            if player:
                player.poll()  # its end is taken note of, so that nothing dead stays listed
            if settings.PRACTICE:
                prover.look_after()
            for kept in (*workers, timers):
                kept.look_after()

    def announce(self, processes: Processes) -> None:
        processes.is_open_at(settings.SITE_ADDRESS)
        self.stdout.write(f"The table is open at {settings.SITE_ADDRESS} (Ctrl-C or `make stop` closes it).")
        if settings.PRACTICE:
            from practice import signins  # noqa: PLC0415 only a practice installation loads the invented town

            self.stdout.write("\nPractice sign-ins:\n" + "\n".join(signins.lines()) + "\n")
            self.stdout.write(f"{signins.SECOND_STEP}\n")
            if settings.EMAIL_BACKEND == "practice.letters.LetterBox":
                self.stdout.write(
                    f"No mail leaves. Invitations and reminders are at {settings.SITE_ADDRESS}/letters/ for whoever is signed in.\n"
                )
        if self.invitation:
            self.stdout.write(f"Nobody has joined this table yet. Open the first invitation, as its coordinator: {self.invitation}\n")
        self.stdout.flush()

    def close(self, processes: Processes, doors: list[socket.socket]) -> None:
        """End all that was started, the pages before the database: a worker that is still open would start it again."""
        for told in END:
            signal.signal(told, signal.SIG_IGN)  # closing takes a moment, and is done once
        for door in doors:
            door.close()
        (processes.folder / f"serve.{os.getpid()}").unlink(missing_ok=True)
        processes.end()
        connections.close_all()
        if folder := settings.DATABASES["default"].get("OPTIONS", {}).get("embedded"):
            EmbeddedServer(folder).stop()


class Kept:
    """Something that runs as long as the table is open, and is started again when it ends by itself."""

    def __init__(self, processes: Processes, name: str, start: Callable[[], Any]) -> None:
        self.processes, self.name, self.start = processes, name, start
        self.begin()

    def begin(self) -> None:
        self.running = self.start()
        self.began = time.monotonic()
        self.processes.record(self.name, self.running.pid)

    def has_ended(self) -> bool:
        return not self.running.is_alive() if hasattr(self.running, "is_alive") else self.running.poll() is not None

    def look_after(self) -> None:
        if self.has_ended() and time.monotonic() - self.began > REST:
            sys.stderr.write(f"The table's {self.name} had ended by itself and is started again.\n")
            self.begin()


class Prover:
    """Begins a proof of a practice copy's settings when somebody asks for it on its page; what was asked of an earlier run is not begun."""

    def __init__(self, processes: Processes, start: Callable[..., subprocess.Popen[bytes]]) -> None:
        self.processes, self.start, self.begun_for = processes, start, notes.asked_at()
        self.running: subprocess.Popen[bytes] | None = None

    def look_after(self) -> None:
        if self.running and self.running.poll() is None:
            return
        asked_at = notes.asked_at()
        if asked_at and asked_at != self.begun_for:
            self.begun_for, self.running = asked_at, self.start("prove", "--asked")
            self.processes.record("prove", self.running.pid)


def open_doors(port: int) -> list[socket.socket]:
    """Listening sockets on this machine only, for both of the addresses that ``localhost`` stands for."""
    doors = []
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            door = socket.socket(family, socket.SOCK_STREAM)
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind((address, port))
            door.listen()
        except PermissionError:
            raise Obstacle(obstacles.PORT_FORBIDDEN.format(port=port)) from None
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Obstacle(obstacles.PORT_TAKEN.format(port=port, other=port + 1)) from None
            if family == socket.AF_INET:
                raise
            continue  # a machine without IPv6
        doors.append(door)
    return doors


def compile_languages(house: Path) -> None:
    """Both languages stand, also in a clone that was opened without `make run`, which compiles them before anything is served."""
    for text in bootstrap.stale_languages(house):
        polib.pofile(str(text)).save_as_mofile(str(text.with_suffix(".mo")))


def prepare() -> str | None:
    """The database up, at this version, with its vocabulary; in this one process, since each Python start costs a second or two.

    Outside practice a first table stands there too; the invitation to its first person is returned until somebody has joined.
    """
    connection = connections["default"]
    role = connection.settings_dict["USER"]
    if role != "cms_web":
        raise Obstacle(obstacles.WRONG_ROLE.format(variable="DATABASE_URL", given=role, role="cms_web"))
    connection.ensure_connection()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()) or not is_matrix_laid():
        print("Preparing the database ...", flush=True)
        call_command("migrate", verbosity=0)
    forget_again()
    call_command("load_vocabulary", verbosity=0)
    if settings.PRODUCTION:
        call_command("collectstatic", interactive=False, verbosity=0)
    invitation = None if settings.PRACTICE else first_table.prepare(email=settings.FIRST_PERSON or first_table.EMAIL)
    connections.close_all()  # a connection does not survive the fork
    return invitation


def is_matrix_laid() -> bool:
    """Whether the database's copy of the matrix's cells of words is that of the file; a newer file is laid down by migrating."""
    return set(WordCell.objects.values_list("kind", "stage", "relation", "is_written")) == word_cells()


def forget_again() -> None:
    """Before a page opens: what an older state of the database brought back, and was forgotten since, is forgotten again."""
    with also_between_transactions(), for_the_table("restore"):
        if forgetting.is_list_missing():
            raise Obstacle(obstacles.LIST_OF_THE_FORGOTTEN_MISSING.format(path=settings.SEALING_KEYS / forgetting.LIST))
        if again := forgetting.forget_again(by="restore"):
            print(f"An older state of the database was brought back. Forgotten again: {again}.", flush=True)


def start_worker(doors: list[socket.socket]) -> multiprocessing.process.BaseProcess:
    """One more process that serves pages. Forked, so that what this one has imported and compiled is there at once."""
    from cms_table.asgi import application  # noqa: PLC0415 it loads every page; a start that meets an obstacle does not wait for that

    get_resolver().url_patterns  # noqa: B018 loads the pages, once for all workers
    gc.freeze()
    worker = multiprocessing.get_context("fork").Process(target=work, args=(application, doors, os.getpid()), daemon=True)
    worker.start()
    return worker


def work(application: Any, doors: list[socket.socket], parent: int) -> None:
    """A worker's whole life."""
    os.setpgid(0, 0)  # Ctrl-C is for the parent, which then ends its workers in order
    for told in END:
        signal.signal(told, lambda *_: os._exit(0))  # before and after uvicorn listens for it

    async def end_with_parent() -> None:
        if os.getppid() != parent:
            server.should_exit = True

    server = uvicorn.Server(
        uvicorn.Config(
            application, log_config=None, access_log=False, lifespan="off", server_header=False,
            proxy_headers=False,  # PROXIES says which addresses are believed; uvicorn would believe every process of this machine
            timeout_graceful_shutdown=5, timeout_notify=2, callback_notify=end_with_parent,
        )
    )  # fmt: skip
    server.run(sockets=doors)


def start_command(*words: str) -> subprocess.Popen[bytes]:
    """Another of the table's commands beside the server, out of reach of its Ctrl-C, and yielding to the pages."""
    return subprocess.Popen([sys.executable, "manage.py", *words], cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL, process_group=0)  # noqa: S603


def wait_for_page(workers: list[Kept]) -> None:
    """Return when the sign-in page really answers."""
    address, deadline = reverse(settings.LOGIN_URL), time.monotonic() + PATIENCE
    while time.monotonic() < deadline and not all(worker.has_ended() for worker in workers):
        with contextlib.suppress(OSError, http.client.HTTPException):
            asking = http.client.HTTPConnection("127.0.0.1", settings.PORT, timeout=PATIENCE)
            asking.request("GET", address, headers={"Host": urlsplit(settings.SITE_ADDRESS).netloc})
            if asking.getresponse().status < 400:
                return
            break
        time.sleep(0.05)
    raise Obstacle(obstacles.NEVER_ANSWERED.format(address=f"http://localhost:{settings.PORT}{address}"))
