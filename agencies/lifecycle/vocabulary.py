"""How the vocabularies change: an entry is added, reworded, retired, never deleted."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger
from agencies.access import Refused
from agencies.enums import LedgerAct
from agencies.models import Entry
from agencies.versions import refuse_stale


@transaction.atomic
def change_entry(entry, *, by, version: int | None = None, **changes) -> Entry:
    """An entry's labels, help or synonyms change; its code never does. Raises ``Stale`` when it changed since ``version``."""
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    refuse_stale(entry, version=version, changes=changes)
    for field, value in changes.items():
        setattr(entry, field, value)
    entry.version += 1
    entry.save()
    ledger.record(LedgerAct.ENTRY_CHANGED, by=by, subject=entry, codes=sorted(changes))
    return entry


@transaction.atomic
def add_entry(*, vocabulary: str, code: str, label_en: str, label_fr: str, by, **more) -> Entry:
    """A list gets an entry of the table's own."""
    last = Entry.objects.filter(vocabulary=vocabulary).order_by("-position").values_list("position", flat=True).first() or 0
    entry = Entry(
        pk=f"{vocabulary}:{code}", vocabulary=vocabulary, code=code, label_en=label_en, label_fr=label_fr, position=last + 1, **more
    )
    if Entry.objects.filter(pk=entry.pk).exists():
        raise Refused(_("This list already has the code %(code)s.") % {"code": code})
    entry.save(force_insert=True)
    ledger.record(LedgerAct.ENTRY_CHANGED, by=by, subject=entry)
    return entry


@transaction.atomic
def retire_entry(entry, *, by, is_retired: bool = True) -> Entry:
    """The entry is no longer offered; what was said with it keeps its label. Or it is offered again."""
    return change_entry(entry, by=by, retired_at=clock.now() if is_retired else None)
