"""How far the season is played. It lies in a file of ``var/``, so that no page asks the database once more for it."""

import json
import os
from pathlib import Path

import psutil
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _


def _note() -> Path:
    """Where the player writes; one for each database, so that a season of the tests does not speak on other pages."""
    return settings.VAR / f"practice-progress-{connection.settings_dict['NAME']}"


def tell(percent: float) -> None:
    """The season is played so far, in percent, by this very process."""
    _note().parent.mkdir(parents=True, exist_ok=True)
    player = {"pid": os.getpid(), "began": psutil.Process().create_time()}
    _note().write_text(json.dumps(player | {"percent": int(percent)}))


def is_done() -> None:
    """The season is played to its end."""
    _note().unlink(missing_ok=True)


def was_interrupted() -> bool:
    """Whether a player began and never came to its end; asked by the next player, once it is alone."""
    return _note().exists()


def is_going_on() -> bool:
    """Whether a season is being played now."""
    note = current()
    return note is not None and note["percent"] is not None


def current() -> dict | None:
    """The words and the percentage that every page shows until a season that was begun is played; None when none was begun.

    Of a season that broke off the percentage is None: its player ended, and nothing comes of it by itself.
    """
    try:
        note = json.loads(_note().read_text())
    except (OSError, ValueError):
        return None
    if not _plays(note):
        words = _(
            "The practice season broke off before its end, so numbers and lists are incomplete. It is played anew by `make practice`, "
            "or when the table is opened again (`make run`)."
        )
        return {"text": words, "percent": None}
    words = _(
        "The practice season is still being played. Look around, but wait before you act: the season may overtake it. "
        "Numbers and lists are complete when it is done."
    )
    return {"text": words, "percent": note["percent"]}


def _plays(note: dict) -> bool:
    """Whether the player that wrote the note still runs; numbers of processes are used again, moments of their beginning are not."""
    try:
        player = psutil.Process(note["pid"])
        return abs(player.create_time() - note["began"]) < 2 and player.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
