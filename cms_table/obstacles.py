"""What can keep the table from starting, each said in one sentence that says what to do.

The only room for such sentences. Standard library only, and plain syntax: the bootstrap
reads this with whatever Python the machine has, before anything is installed.
"""

import errno
import re
import sys
from contextlib import contextmanager

OLDEST_PYTHON = (3, 11)
OLDEST_POSTGRES = 15


class Obstacle(Exception):
    """Something the table cannot get past by itself; its text is the sentence for the person who started it."""


NO_VENV = "Python's venv module is missing: install it (Debian and Ubuntu: sudo apt install python3-venv), then run the same command again."
NO_PACKAGES = (
    "The packages could not be fetched: connect this machine to the internet, or tell pip and uv about your proxy or package index,"
    " then run the same command again."
)
NO_POSTGRES = (
    "No Postgres fits this machine: install one (Debian and Ubuntu: sudo apt install postgresql), or name a server in DATABASE_URL."
)
NO_OTHER_USER = (
    "Postgres does not run as root, and no other user can work in {place}: run this command as an ordinary user, or set TABLE_VAR."
)
OTHER_POSTGRES = "{place} was made by Postgres {made_by}: install that version, or move the folder away to begin with an empty table."
NOT_STARTED = "The table's own Postgres did not start: the last lines of {place} say why."
DISK_FULL = "The disk is full{at}: make room there, then run the same command again."
NOT_WRITABLE = "This user may not write {place}: change its owner or its permissions, or set TABLE_VAR to a folder of your own."
PORT_TAKEN = "Port {port} is taken: run `make stop` if this table holds it, or choose another port, for example `make run PORT={other}`."
PORT_FORBIDDEN = "This user may not open port {port}: choose one from 1024 on, for example `make run PORT=8000`."
NOT_A_PORT = "PORT is {port!r}, which is not a port: choose a number from 1024 to 65535, for example `make run PORT=8000`."
ALREADY_OPEN = "This table is already open{at}: use it, or close it first with `make stop`."
NEVER_ANSWERED = "The table started but its page {address} did not answer: the lines above say why."
MIGRATIONS_MISSING = "The database at DATABASE_URL is not prepared for this version: run `make database` as README.md describes."
WRONG_ROLE = "{variable} signs in as {given!r}, but the table signs in as {role!r}: correct the address, or run `make database`."
URL_MISSING = (
    "{variable} is not set: `make database` needs DATABASE_ADMIN_URL, DATABASE_URL and DATABASE_OWNER_URL, as README.md describes."
)
TWO_DATABASES = "DATABASE_URL and DATABASE_OWNER_URL name different databases: let both name the same one."
TOO_POWERFUL = (
    "The role {role} has rights that would let it past the table's walls: take SUPERUSER and BYPASSRLS from it, then run `make database`."
)
LIST_OF_THE_FORGOTTEN_MISSING = (
    "The list of what was forgotten is not at {path}: put it back from the backup of the keys, so that nothing forgotten comes back."
)
LIST_OF_THE_FORGOTTEN_BROKEN = (
    "Line {line} of {path} cannot be read: put the list back from the backup of the keys, so that nothing forgotten comes back."
)
POSTGRES_TOO_OLD = f"This server runs Postgres {{version}}, and the table needs {OLDEST_POSTGRES} or newer: name a newer server."
ADMIN_TOO_WEAK = "The role of DATABASE_ADMIN_URL may not make roles and databases: name one that may, usually postgres."

# What uv, pip, initdb, Postgres (in English and French) and psycopg2 say, and what we say instead; the first that fits counts.
SAID_INSTEAD = (
    (r"No space left on device|could not extend file|Aucun espace disponible", DISK_FULL.format(at="")),
    (r"ensurepip\s+is\s+not\s+available|No module named '?(venv|ensurepip)", NO_VENV),
    (
        r"error sending request|dns error|Could not connect|client error|Failed to fetch|NewConnectionError|operation timed out"
        r"|Temporary failure in name resolution|Network is unreachable|No matching distribution found for uv",
        NO_PACKAGES,
    ),
    (
        r'could not translate host name "(?P<host>[^"]+)"',
        'No machine is called "{host}": correct the host in the database address.',
    ),
    (
        r'server at "(?P<host>[^"]+)".*port (?P<port>\d+) failed: (Connection refused|No route|Network is|timeout|.* timed out)',
        'No Postgres answers at "{host}", port {port}: start it, or correct the host and the port in the database address.',
    ),
    (
        r'connection to server on socket "(?P<host>[^"]+)" failed: (No such file|Connection refused|Permission denied)',
        'No Postgres answers at "{host}": start it, or correct the host in the database address.',
    ),
    (
        r"(no pg_hba.conf entry for|aucune entrée dans pg_hba.conf|Peer authentication failed|Ident authentication failed)",
        "Postgres lets no one in from here with this address: allow it in the server's pg_hba.conf, or correct DATABASE_URL.",
    ),
    (
        r"(authentication failed for user|authentification par mot de passe échouée pour l'utilisateur) [\"«\s]*(?P<role>[^\s\"»]+)",
        "Postgres refused the password of its role {role}: correct it in the database address, or run `make database` to set it anew.",
    ),
    (
        r"no password supplied",
        "Postgres asks for a password, and the database address has none: write it as postgres://role:password@host/database.",
    ),
    (
        r"(role|rôle) [\"«\s]+(?P<role>[^\s\"»]+)[\"»\s]+(does not exist|n'existe pas)",
        "Postgres does not know the role {role}: run `make database`, or correct the database address that names it.",
    ),
    (
        r"(database|base de données) [\"«\s]+(?P<database>[^\s\"»]+)[\"»\s]+(does not exist|n'existe pas)",
        'There is no database "{database}" on this server: run `make database`, or correct its name in DATABASE_URL.',
    ),
    (
        r"too many clients|too many connections|remaining connection slots",
        "Postgres has no free connection: close other programs that use it, or raise its max_connections.",
    ),
)


def said_plainly(text):
    """The sentence for what another program said, or None when we have none for it."""
    for pattern, sentence in SAID_INSTEAD:
        found = re.search(pattern, text, re.DOTALL)
        if found:
            return sentence.format(**found.groupdict())
    return None


def plainly(error):
    """The sentence for an error and what caused it, or None when it is not foreseen and deserves its traceback."""
    while error is not None:
        if isinstance(error, Obstacle) or type(error).__name__ == "ImproperlyConfigured":  # settings say theirs in a sentence too
            return str(error)
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return DISK_FULL.format(at=f" at {error.filename}" if error.filename else "")
        if isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and error.filename:
            return NOT_WRITABLE.format(place=error.filename)
        if isinstance(error, OSError) or type(error).__name__ in ("OperationalError", "DiskFull"):
            sentence = said_plainly(str(error))
            if sentence:
                return sentence
        error = error.__cause__ or error.__context__
    return None


@contextmanager
def named_plainly():
    """Turn a foreseen failure inside into its sentence on stderr and exit status 1; let the others through whole."""
    try:
        yield
    except Exception as error:
        sentence = plainly(error)
        if sentence is None:
            raise
        sys.exit(sentence)
