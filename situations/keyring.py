"""The folder of the wrapping keys (``SEALING_KEYS``): outside the database, and never in the same backup.

Each key is a file of 32 bytes, named by a number that only grows. Nothing of it is remembered in a process: a key that was made
or destroyed by another process is so for all of them, and a folder that is out of reach is so at once (docs/decisions/0025).
"""

import os
import secrets
from contextlib import suppress

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from agencies.access import Refused

LENGTH = 32  # bytes, as AES-256 asks


class OutOfReach(Refused):
    """The wrapping keys are not where they belong: words can be neither read nor kept, and all that is coded goes on."""

    def __init__(self):
        super().__init__(_("Words can be neither read nor kept now: their keys are out of reach. Everything else goes on."))


def names() -> list[str]:
    """The names of the wrapping keys, the newest last; none where none lies yet, or the folder is out of reach."""
    with suppress(OSError):
        return sorted(each.stem for each in settings.SEALING_KEYS.iterdir() if each.suffix == ".key" and each.stem.isdecimal())
    return []


def key(name: str) -> bytes:
    """The wrapping key of this name. Raises ``OutOfReach``."""
    try:
        found = _file(name).read_bytes()
    except OSError as missing:
        raise OutOfReach from missing
    if len(found) != LENGTH:  # being written, or being destroyed, this very moment
        raise OutOfReach
    return found


def make() -> str:
    """A new key, the newest from now on; it is whole before it has its name. Raises ``OutOfReach`` where it cannot be written."""
    folder = settings.SEALING_KEYS
    name = f"{int((names() or ['0'])[-1]) + 1:04}"
    half = folder / f"{name}.{secrets.token_hex(4)}.half"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(half, secrets.token_bytes(LENGTH), os.O_CREAT | os.O_EXCL)
        with suppress(FileExistsError):  # another process was quicker: its key is the one
            os.link(half, _file(name))
        half.unlink()
    except OSError as unwritable:
        raise OutOfReach from unwritable
    return name


def destroy(name: str) -> None:
    """Overwrite the key and remove it; nothing that it wrapped, and no page that it sealed, is opened again. Safe to run again."""
    with suppress(FileNotFoundError):
        _write(_file(name), bytes(2 * LENGTH))
        _file(name).unlink()


def _file(name: str):
    return settings.SEALING_KEYS / f"{name}.key"


def _write(path, content: bytes, how: int = 0) -> None:
    handle = os.open(path, os.O_WRONLY | how, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
