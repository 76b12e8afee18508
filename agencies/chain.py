"""The chain over the ledger: sealed in blocks by the database's own function, and verified from what the rows say now.

Nobody is kept from changing a row who owns the server; but nobody changes one unnoticed. A block ties its entries to all
blocks before it, and minutes on paper hold the last block's short form (docs/decisions/0026).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from agencies.models import LedgerSeal

SHORT = 20  # hexadecimal digits of a block's hash on paper: 80 bits, which nobody meets by trying
MOST_NAMED = 500  # rows that are named; more of them say no more
LATE = timedelta(hours=1)  # no transaction lasts that long


class Fault(models.TextChoices):
    """What verifying can find."""

    CHANGED = "changed", _("An entry was changed")
    REMOVED = "removed", _("An entry was removed")
    INSERTED = "inserted", _("An entry was inserted that was never sealed")
    LATE = "late", _("An entry says an earlier moment than those that were sealed long before it")
    TWICE = "twice", _("An entry is sealed twice")
    SEAL_CHANGED = "seal_changed", _("A block was changed")
    SEAL_REMOVED = "seal_removed", _("A block was removed")
    NOT_AS_PRINTED = "not_as_printed", _("A block is not the one that was printed")


@dataclass(frozen=True)
class Finding:
    """One row that is not as it was sealed: the key of an entry, or the number of a block."""

    fault: Fault
    row: str


@dataclass(frozen=True)
class Head:
    """The last block: its number, the moment of its sealing (the server's real clock, UTC) and its hash."""

    number: int
    sealed_at: datetime
    hash: str

    @property
    def short(self) -> str:
        """As paper holds it: groups of four."""
        return " ".join(self.hash[begin : begin + 4] for begin in range(0, SHORT, 4))


@dataclass
class Verified:
    """What was read, and what was found."""

    findings: list[Finding] = field(default_factory=list)
    blocks: int = 0
    sealed: int = 0
    waiting: int = 0


# The canonical text, as the sealer wrote it (migration 0008). It is asked of the rows here, in words that no server can exchange.
_MOMENT = """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')"""
_DIGEST = f"""encode(sha256(convert_to(jsonb_build_array(
    entry.id, {_MOMENT.format("entry.written_at")}, {_MOMENT.format("entry.at")}, entry.act, entry.by_id, entry.by_job, entry.agency_id,
    entry.table_id, entry.situation_id, entry.subject, entry.subject_id, entry.audience_id, entry.relation, to_jsonb(entry.codes)
)::text, 'UTF8')), 'hex')"""
_HASH = f"""encode(sha256(convert_to(seal.previous || jsonb_build_array(
    seal.number, {_MOMENT.format("seal.sealed_at")}, to_jsonb(seal.entries), to_jsonb(seal.digests)
)::text, 'UTF8')), 'hex')"""
_SEALED = "agencies_ledgerseal AS seal CROSS JOIN unnest(seal.entries, seal.digests) AS held (entry_id, digest)"

BLOCKS = f"""
SELECT seal.number, coalesce(lag(seal.number) OVER blocks, 0), seal.previous = coalesce(lag(seal.hash) OVER blocks, ''), seal.hash = {_HASH}
FROM agencies_ledgerseal AS seal WINDOW blocks AS (ORDER BY seal.number)
"""  # noqa: S608  of constants
OTHERWISE = f"""
SELECT CASE WHEN entry.id IS NULL THEN 'removed' ELSE 'changed' END, held.entry_id
FROM {_SEALED} LEFT JOIN agencies_ledgerentry AS entry ON entry.id = held.entry_id
WHERE entry.id IS NULL OR {_DIGEST} <> held.digest
UNION ALL
SELECT 'removed', waiting.entry_id FROM agencies_ledgerwaiting AS waiting
WHERE NOT EXISTS (SELECT FROM agencies_ledgerentry AS entry WHERE entry.id = waiting.entry_id)
UNION ALL
SELECT 'inserted', id FROM (
    SELECT id FROM agencies_ledgerentry
    EXCEPT ALL (SELECT held.entry_id FROM {_SEALED} UNION SELECT entry_id FROM agencies_ledgerwaiting)
) AS unsealed
UNION ALL
SELECT 'twice', held.entry_id FROM {_SEALED} GROUP BY held.entry_id HAVING count(*) > 1
LIMIT {MOST_NAMED}
"""  # noqa: S608  of constants
TOO_LATE = f"""
WITH blocks AS (
    SELECT seal.number, max(entry.written_at) AS newest FROM {_SEALED} JOIN agencies_ledgerentry AS entry ON entry.id = held.entry_id
    GROUP BY seal.number
), before AS (
    SELECT number, max(newest) OVER (ORDER BY number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS newest FROM blocks
)
SELECT held.entry_id FROM {_SEALED} JOIN before USING (number) JOIN agencies_ledgerentry AS entry ON entry.id = held.entry_id
WHERE entry.written_at < before.newest - %s
LIMIT {MOST_NAMED}
"""  # noqa: S608  of constants
HOW_MANY = "SELECT count(*), coalesce(sum(cardinality(entries)), 0), (SELECT count(*) FROM agencies_ledgerwaiting) FROM agencies_ledgerseal"


def seal() -> int:
    """Seal what waits, in blocks of at most 500 entries; how many entries that were. Safe beside itself."""
    sealed = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT seal_ledger()")
            if not (more := cursor.fetchone()[0]):
                return sealed
            sealed += more


def head() -> Head | None:
    """The last block, or None while nothing is sealed. One query."""
    last = LedgerSeal.objects.order_by("-number").values_list("number", "sealed_at", "hash").first()
    return Head(*last) if last else None


def verify(*, printed: str = "") -> Verified:
    """Read every block and every entry anew, and name each row that is not as it was sealed; in seconds over a year.

    ``printed`` is a block's number and short form from minutes on paper, such as "412 3fa2 90c1 …": whoever rewrites the whole
    chain cannot rewrite that. Who else writes at the server meanwhile only adds to what waits.
    """
    found = Verified()
    with connection.cursor() as cursor:
        cursor.execute(HOW_MANY)
        found.blocks, found.sealed, found.waiting = cursor.fetchone()
        cursor.execute(BLOCKS)
        found.findings += _of_the_blocks(cursor.fetchall())
        cursor.execute(OTHERWISE)
        found.findings += [Finding(Fault(fault), str(entry)) for fault, entry in cursor.fetchall()]
        cursor.execute(TOO_LATE, [LATE])
        found.findings += [Finding(Fault.LATE, str(entry)) for (entry,) in cursor.fetchall()]
    if printed:
        found.findings += _not_as(printed)
    return found


def _of_the_blocks(rows) -> Iterator[Finding]:
    """A block that no longer yields its hash was changed; one on which the next does not build was changed together with its hash."""
    for number, before, builds_on_it, is_whole in rows:
        if number != before + 1:
            yield from (Finding(Fault.SEAL_REMOVED, str(missing)) for missing in range(before + 1, min(number, before + 1 + MOST_NAMED)))
        elif not builds_on_it and is_whole:
            yield Finding(Fault.SEAL_CHANGED, str(before))
        if not is_whole:
            yield Finding(Fault.SEAL_CHANGED, str(number))


def _not_as(printed: str) -> list[Finding]:
    number, _space, short = printed.strip().partition(" ")
    hashed = LedgerSeal.objects.filter(number=int(number)).values_list("hash", flat=True).first() if number.isdigit() else None
    digits = "".join(short.split()).lower()
    is_as_printed = hashed is not None and len(digits) >= SHORT and hashed.startswith(digits)
    return [] if is_as_printed else [Finding(Fault.NOT_AS_PRINTED, number)]
