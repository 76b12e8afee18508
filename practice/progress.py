"""How far the season is played. It lies in a file of ``var/``, so that no page asks the database once more for it."""

import time
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

SILENT_FOR = 120  # seconds after which a player that says nothing has been stopped


def _note() -> Path:
    """Where the player writes; one for each database, so that a season of the tests does not speak on other pages."""
    return settings.VAR / f"practice-progress-{connection.settings_dict['NAME']}"


def tell(percent: float) -> None:
    """The season is played so far, in percent."""
    _note().parent.mkdir(parents=True, exist_ok=True)
    _note().write_text(str(int(percent)))


def is_done() -> None:
    """The season is played to its end."""
    _note().unlink(missing_ok=True)


def was_interrupted() -> bool:
    """Whether a player began and never came to its end; asked by the next player, once it is alone."""
    return _note().exists()


def current() -> dict | None:
    """The words and the percentage that every page shows while the season is played; None when nothing is being played."""
    try:
        note = _note()
        percent = int(note.read_text() or 0)
        is_silent = time.time() - note.stat().st_mtime > SILENT_FOR
    except (OSError, ValueError):
        return None
    if is_silent:
        return None
    words = _(
        "The practice season is still being played. Look around, but wait before you act: the season may overtake it. "
        "Numbers and lists are complete when it is done."
    )
    return {"text": words, "percent": percent}
