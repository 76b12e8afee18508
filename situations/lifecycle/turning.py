"""The wrapping key turns: weekly a new one, by which every living situation's key is wrapped, and the old one dies (safety, 5)."""

import itertools
from datetime import datetime, timedelta

from django.db import transaction

from agencies import clock, ledger
from agencies.enums import LedgerAct
from agencies.models import LedgerEntry
from situations import keyring, sealing

TURNS_EVERY = timedelta(days=7)
KEPT_AFTER = timedelta(days=7)  # so long an older wrapping key still opens a page that was left half typed, and a backup of the keys
RECENT = 12  # entries: what a few weeks write of keys; older ones concern keys that are gone


def turn_wrapping_key(*, by) -> None:
    """What is due now: a new wrapping key, the living keys wrapped by it, and the older ones destroyed. Safe to stop and to run again.

    A dump of the database that is older than two weeks stays unreadable, whatever its situations' keys. ``by`` is a job of the table's.
    """
    names = keyring.names()
    if not names:
        return  # nothing was sealed yet, or the keys are out of reach
    made, destroyed = _recorded()
    newest = names[-1]
    if newest in made and made[newest] + TURNS_EVERY <= clock.now():
        newest = keyring.make()
        names.append(newest)
    if newest not in made:  # the first one, made with the first word; or one whose entry was lost with the power
        made[newest] = _record(LedgerAct.KEY_MADE, newest, by=by).at
    while sealing.wrap_anew(newest):
        pass
    for name, successor in itertools.pairwise(names):
        if successor in made and made[successor] + KEPT_AFTER <= clock.now() and not sealing.is_wrapped(name):
            # The entry comes first: what was stopped between the two is destroyed in the next round, and never gone without one.
            if name not in destroyed:
                _record(LedgerAct.KEY_DESTROYED, name, by=by)
            keyring.destroy(name)


@transaction.atomic
def _record(act: LedgerAct, name: str, *, by) -> LedgerEntry:
    return ledger.record(act, by=by, codes=[name])


@transaction.atomic
def _recorded() -> tuple[dict[str, datetime], set[str]]:
    """When which wrapping key was made, by its name, and which were destroyed, as the ledger says of the last weeks."""
    about_keys = LedgerEntry.objects.filter(table_id=None, act__in=[LedgerAct.KEY_MADE, LedgerAct.KEY_DESTROYED])
    entries = list(about_keys.order_by("-at").values_list("act", "codes", "at")[:RECENT])
    made = {codes[0]: at for act, codes, at in reversed(entries) if act == LedgerAct.KEY_MADE}
    return made, {codes[0] for act, codes, _at in entries if act == LedgerAct.KEY_DESTROYED}
