"""What the server writes into its log: on which page, what kind of error, where in the code; never a value."""

import copy
import logging
import re
import traceback
from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseError

SECRET_PATH = re.compile(r"(/calendar/|/join/|/password/reset/key/)\S+")  # whoever reads the address may use it


class WithoutValues(logging.Formatter):
    """An exception is written by its type, the place in the code and, of the database, its code and the rule that was broken.

    Its own words are left out, since they quote what was typed: Postgres names the row that stood in the way, with its values.
    A refusal is no fault: its line says which page, and no place in the code.
    """

    def format(self, record: logging.LogRecord) -> str:
        said = copy.copy(record)
        said.exc_text = None  # another handler may have kept the whole text there
        if said.exc_info and isinstance(said.exc_info[1], PermissionDenied):
            said.exc_info = None
        if isinstance(said.args, tuple):
            said.args = tuple(_named(arg) if isinstance(arg, BaseException) else arg for arg in said.args)
        return SECRET_PATH.sub(r"\1…", super().format(said))

    def formatException(self, ei) -> str:
        return "\n".join(_told(each) for each in _chain(ei[1]))


def _chain(exception: BaseException | None) -> Iterator[BaseException]:
    """The exception, and before it what caused it, the first cause first."""
    chain: list[BaseException] = []
    while exception is not None and exception not in chain:
        chain.append(exception)
        exception = exception.__cause__ or (None if exception.__suppress_context__ else exception.__context__)
    yield from reversed(chain)


def _told(exception: BaseException) -> str:
    frames = traceback.StackSummary.extract(traceback.walk_tb(exception.__traceback__), capture_locals=False)
    return "".join([*frames.format(), _named(exception)])


def _named(exception: BaseException) -> str:
    """Its type; of a database's error the code and the name of the rule, of the system's its number."""
    broken = getattr(exception, "diag", None) or getattr(exception.__cause__, "diag", None)
    facts: list[object] = []
    if broken is not None and (isinstance(exception, DatabaseError) or hasattr(exception, "diag")):
        facts = [broken.sqlstate, broken.constraint_name]
    elif isinstance(exception, OSError):
        facts = [exception.errno]
    said = ", ".join(str(fact) for fact in facts if fact)
    kind = f"{type(exception).__module__}.{type(exception).__qualname__}"
    return f"{kind} ({said})" if said else kind
