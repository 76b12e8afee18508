"""A fault in one piece of work stays there: what else is due does not wait for it."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import InterfaceError, OperationalError

log = logging.getLogger(__name__)


@contextmanager
def contained(work: Callable) -> Iterator[None]:
    """A block whose fault is named in the log by its kind alone, since its words could hold a value; then the rest goes on.

    That the database does not answer concerns everything that is due, and is let through.
    """
    try:
        yield
    except (OperationalError, InterfaceError):
        raise
    except Exception as fault:  # whatever it is, the others go on
        log.error("%s could not do its work (%s); the others went on.", work.__name__, type(fault).__name__)
