"""Who did what, and who looked, when. Written in the same transaction as the act: what is not recorded has not happened."""

from datetime import timedelta

from agencies import clock
from agencies.chain import head, seal, verify
from agencies.enums import LedgerAct
from agencies.models import LedgerEntry

__all__ = ["IN_A_LIST", "ONE_OPENING", "entry", "head", "look", "look_at_a_list", "looks", "record", "seal", "verify"]

ONE_OPENING = timedelta(minutes=15)  # within it, a refresh is the same look
IN_A_LIST = "in_a_list"  # of a look at one line of a list that told more than number, stage, dates and who brought it


def entry(act, *, by, situation=None, table=None, subject=None, audience=None, relation="", codes=(), agency=None) -> LedgerEntry:
    """An entry, not yet written. ``by`` is a member or the name of a job of the table's own."""
    is_job = isinstance(by, str)
    table_id = situation.table_id if situation is not None else getattr(table, "pk", table)
    return LedgerEntry(
        at=clock.now(),
        act=act,
        by_id=None if is_job else by.pk,
        by_job=by if is_job else "",
        agency_id=getattr(agency, "pk", agency) or (None if is_job else by.agency_id),
        table_id=table_id,
        situation_id=situation.pk if situation is not None else None,
        subject=subject._meta.model_name if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        audience_id=getattr(audience, "pk", audience),
        relation=relation,
        codes=[str(code) for code in codes if code],
    )


def record(act, *, by, **about) -> LedgerEntry:
    """Write one entry; see ``entry`` for what it may say."""
    written = entry(act, by=by, **about)
    written.save(force_insert=True)
    return written


def look(situation, *, by, relation, codes=()) -> None:
    """Record that ``by`` opened a situation. One look is one opening by one member at one stage, not each refresh."""
    already = LedgerEntry.objects.filter(
        act=LedgerAct.LOOKED, by_id=by.pk, situation_id=situation.pk, at__gt=clock.now() - ONE_OPENING, codes__contains=[situation.stage]
    )
    if not already.exclude(codes__contains=[IN_A_LIST]).exists():
        record(LedgerAct.LOOKED, by=by, situation=situation, relation=relation, codes=[situation.stage, *codes])


def look_at_a_list(table, *, by, of: str, shown=()) -> None:
    """Record that ``by`` opened a list ``of`` something, and each line of it that told more than a list does.

    ``shown`` are those lines: pairs of what may be known of a situation (its ``pk`` and ``stage``) and the relation. As with
    one situation, a refresh is the same look. Two queries, however many lines; one on a refresh.
    """
    recent = LedgerEntry.objects.filter(act=LedgerAct.LOOKED, by_id=by.pk, table_id=table.pk, at__gt=clock.now() - ONE_OPENING)
    already = {(situation, code) for situation, codes in recent.values_list("situation_id", "codes") for code in codes}
    fresh = {(None, of): entry(LedgerAct.LOOKED, by=by, table=table, codes=[of])}
    for known, relation in shown:
        look_at_it = entry(LedgerAct.LOOKED, by=by, table=table, relation=relation, codes=[known.stage, IN_A_LIST])
        look_at_it.situation_id = known.pk
        fresh[known.pk, str(known.stage)] = look_at_it
    LedgerEntry.objects.bulk_create(look for key, look in fresh.items() if key not in already)


def looks(situation_id):
    """The looks at one situation, newest first."""
    return LedgerEntry.objects.filter(
        situation_id=situation_id, act__in=[LedgerAct.LOOKED, LedgerAct.LOOKED_WITH_REASON, LedgerAct.REVEALED]
    )
