"""What the page and the process that proves tell each other, in files of ``var/``: asked for, how far, what was found last.

A file holds no canary, no name and no situation: stages, data, letters, addresses.
"""

import json
import time
from pathlib import Path

from django.conf import settings
from django.db import connection

from agencies.turns import Turn, is_taken

BEGINS_WITHIN = 60  # seconds in which whoever serves the table begins what was asked for


def _place(name: str) -> Path:
    """One for each database, so that a proof of the tests does not speak on other pages."""
    return settings.VAR / f"proof-{connection.settings_dict['NAME']}-{name}"


def _write(place: Path, told: dict) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_suffix(".new")
    fresh.write_text(json.dumps(told))
    fresh.replace(place)  # whoever reads meanwhile reads the whole old one


def _read(place: Path) -> dict | None:
    try:
        return json.loads(place.read_text())
    except (OSError, ValueError):
        return None


def ask(table) -> None:
    """Somebody asks for a proof of this table's settings; whoever serves the pages begins it."""
    _write(_place("asked"), {"table": str(table.pk), "at": time.time()})


def asked() -> dict | None:
    """The table (``table``, its key) whose settings are to be proven, and since when (``at``, by the real clock); None when nobody asks."""
    return _read(_place("asked"))


def asked_at() -> float | None:
    """Since when somebody asks for a proof, by the real clock; None when nobody does. Whoever serves the pages asks this often."""
    wanted = asked()
    return wanted["at"] if wanted else None


def begin(table) -> None:
    """A proof begins: it was asked for no more, and how far it has come is told from now on."""
    _write(_place("running"), {"at": time.time()})
    tell(table, percent=0, stage="")
    _place("asked").unlink(missing_ok=True)


def tell(table, *, percent: float, stage: str) -> None:
    """The proof has come so far, and is at this stage of a situation; since when it runs (``at``) stays as it began."""
    began = _read(_place("running")) or {}
    _write(_place("running"), {"table": str(table.pk), "at": began.get("at"), "percent": int(percent), "stage": stage})


def keep(table, report: dict) -> None:
    """What a proof found, instead of what the last one found; it is done."""
    _write(_place(f"found-{table.pk}"), report)
    _place("running").unlink(missing_ok=True)


def last(table) -> dict | None:
    """What the last proof of this table found; None before the first."""
    return _read(_place(f"found-{table.pk}"))


def going_on() -> dict | None:
    """What is under way: ``state`` is asked, not_begun, running or interrupted, with what is known of it; None when nothing is.

    ``at`` is since when, by the real clock, in seconds; None where that is not known.
    """
    is_running, told = is_taken(Turn.PROOF), _read(_place("running"))
    if is_running:
        return {"state": "running", "at": None, "percent": 0, "stage": "", **(told or {})}
    if wanted := asked():
        return {"state": "asked" if time.time() - wanted["at"] < BEGINS_WITHIN else "not_begun", **wanted}
    return {"state": "interrupted", **told} if told else None
