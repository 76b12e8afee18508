"""A table after many busy years: copies of what a season has played to its end, shifted in time, made in bulk for measurements.

Each row of a copy gets a key made of the original's and the copy's number, so that whatever pointed to the original points
to its copy. Words are left out: of what ended so long ago they are forgotten. So are steps that a purge removes, and
follow-ups that nobody has answered, which would all be due today.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from math import ceil

from django.conf import settings
from django.db import connections, models, transaction

from agencies.enums import LedgerAct
from agencies.models import LedgerEntry
from meetings.enums import State
from meetings.models import AgendaItem, Attendance, CalledSeat, Involvement, Meeting, Position
from practice.ground import NOT_PRACTICE, NotHere, has_a_clock
from responses.models import Contact, Engagement, FollowUp, ReportBack, Response, ServiceMobilised, Step
from situations.enums import ENDED_STAGES, Relation, Stage
from situations.models import Disclosure, Recusal, Situation

YEARS = 5  # over so many years the copies are spread: none is older than what a table forgets by itself
WEEK = 7  # days: a meeting on a Tuesday stays on a Tuesday

# The originals, each with the number of its copy and by how much that is shifted.
COPIES = """WITH copies AS (
    SELECT original.old, copy, copy * %(days)s * interval '1 day' AS shift
    FROM unnest(%(situations)s::uuid[]) WITH ORDINALITY AS original (old, place) CROSS JOIN generate_series(1, %(copies)s) AS copy
    WHERE (copy - 1) * cardinality(%(situations)s::uuid[]) + original.place <= %(wanted)s
), sittings AS (
    SELECT original.old, copy, copy * %(days)s * interval '1 day' AS shift
    FROM unnest(%(meetings)s::uuid[]) AS original (old) CROSS JOIN generate_series(1, %(copies)s) AS copy
)
"""
# How a row leads to the copies of the situation, or of the meeting, that it belongs to.
OF_SITUATION = "JOIN copies ON copies.old = row.situation_id"
OF_RESPONSE = "JOIN responses_response response ON response.id = row.response_id JOIN copies ON copies.old = response.situation_id"
OF_ITEM = "JOIN meetings_agendaitem item ON item.id = row.item_id JOIN copies ON copies.old = item.situation_id"
OF_MEETING = "JOIN sittings copies ON copies.old = row.meeting_id"
KEY = "md5({column} || '/' || copies.copy || %(tag)s)::uuid"
STILL_CONCLUDED = f" JOIN situations_situation kept ON kept.id = {KEY.format(column='copies.old')} AND kept.stage = '{Stage.CONCLUDED}'"
COPIED = {
    Disclosure: OF_SITUATION,
    Recusal: OF_SITUATION,
    Response: OF_SITUATION,
    Engagement: OF_RESPONSE,
    Step: OF_RESPONSE + STILL_CONCLUDED,
    Contact: OF_RESPONSE,
    ServiceMobilised: OF_RESPONSE,
    ReportBack: OF_RESPONSE,
    FollowUp: OF_RESPONSE + " AND row.answered_at IS NOT NULL",
    CalledSeat: OF_MEETING,
    Attendance: OF_MEETING,
    AgendaItem: OF_SITUATION + " JOIN sittings ON sittings.old = row.meeting_id AND sittings.copy = copies.copy",
    Position: OF_ITEM,
    Involvement: OF_ITEM,
}
WITH_KEYS = {Situation, Meeting, *COPIED}

PRESENTED_IN = "extract(year FROM (row.presented_at - copies.shift) AT TIME ZONE the_table.time_zone)"
FORGOTTEN_AT = "(row.ended_at - copies.shift + the_table.retention_days * interval '1 day')"
IS_FORGOTTEN = f"row.stage IN ('{Stage.CONCLUDED}', '{Stage.ENDED_EARLY}') AND {FORGOTTEN_AT} < now()"
NUMBERED = f"""CASE WHEN row.sequence IS NOT NULL THEN coalesce(counter.last, 0) + row_number() OVER (
    PARTITION BY row.table_id, row.sequence IS NULL, {PRESENTED_IN} ORDER BY row.presented_at - copies.shift, row.id
) END"""
OF_ITSELF = "JOIN copies ON copies.old = row.id JOIN agencies_situationtable the_table ON the_table.id = row.table_id "
OF_ITSELF += f"LEFT JOIN situations_numbercounter counter ON counter.table_id = row.table_id AND counter.year = {PRESENTED_IN}"
A_SITUATION = {
    "year": PRESENTED_IN,
    "sequence": NUMBERED,
    "stage": f"CASE WHEN {IS_FORGOTTEN} THEN '{Stage.PURGED}' ELSE row.stage END",
    "purged_at": f"CASE WHEN {IS_FORGOTTEN} THEN {FORGOTTEN_AT} ELSE row.purged_at - copies.shift END",
}
# Of a meeting so long ago the minutes are approved, also where those of the original still wait.
A_MEETING = {
    "rhythm_at": "NULL",
    "minutes_approved_at": "coalesce(row.minutes_approved_at, row.closed_at) - copies.shift",
    "minutes_approved_by_id": "coalesce(row.minutes_approved_by_id, (SELECT minutes_approved_by_id FROM meetings_meeting approved"
    " WHERE approved.table_id = row.table_id AND minutes_approved_by_id IS NOT NULL LIMIT 1))",
}
COUNT_ON = """INSERT INTO situations_numbercounter (id, table_id, year, last)
SELECT gen_random_uuid(), table_id, year, max(sequence) FROM situations_situation WHERE sequence IS NOT NULL GROUP BY table_id, year
ON CONFLICT (table_id, year) DO UPDATE SET last = excluded.last"""
SUBJECT = f"{KEY.format(column='row.subject_id')}::text"
AN_ENTRY = {
    "situation_id": KEY.format(column="row.situation_id"),
    "subject_id": f"CASE WHEN row.subject IN ('meeting', 'agendaitem') THEN {SUBJECT} ELSE row.subject_id END",
}
# That the room opened and closed for each person says the same as the rights themselves, and would be two thirds of the record.
NOT_OF_THE_ROOM = f" AND NOT (row.relation = '{Relation.IN_THE_ROOM}' AND row.act IN ('{LedgerAct.GRANTED}', '{LedgerAct.ENDED}'))"
REFERENCES = """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(pg_constraint.oid) FROM pg_constraint
JOIN pg_class ON pg_class.oid = conrelid WHERE contype = 'f' AND relname = ANY(%s)"""
INDEXES = """SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)
AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = indexname) ORDER BY indexname"""
OF_A_MEETING_ALONE = "JOIN sittings copies ON copies.old::text = row.subject_id AND row.subject = 'meeting' AND row.situation_id IS NULL"


def fill(wanted: int, *, using: str = "owner", shift: timedelta | None = None, tell: Callable[[str], None] = lambda words: None) -> int:
    """Copy until the database holds ``wanted`` situations; returns how many were made. ``tell`` hears what is copied.

    Each copy lies ``shift`` before the last, whole weeks; without it the copies are spread evenly.

    Raises ``NotHere`` outside practice databases, and where no season has been played yet.
    """
    if not settings.PRACTICE or not has_a_clock():
        raise NotHere(NOT_PRACTICE)
    originals = list(Situation.objects.filter(stage__in=ENDED_STAGES).order_by("opened_at").values_list("pk", flat=True))
    if not originals:
        raise NotHere("Nothing has been played here that could be copied: run `make practice` first.")
    missing = wanted - Situation.objects.count()
    if missing <= 0:
        return 0
    copies = ceil(missing / len(originals))
    meant = {
        "situations": originals,
        "meetings": list(Meeting.objects.filter(state=State.CLOSED).values_list("pk", flat=True)),
        "copies": copies,
        "wanted": missing,
        "days": shift.days if shift else max(round(YEARS * 365 / copies / WEEK), 1) * WEEK,
        "tag": uuid.uuid4().hex,
    }
    with transaction.atomic(using=using), connections[using].cursor() as cursor, _unhindered(cursor, tell=tell):
        for model, statement in _statements():
            tell(str(model._meta.verbose_name_plural))
            cursor.execute(statement, meant)
        cursor.execute(COUNT_ON)
    with connections[using].cursor() as cursor:
        for model in (*WITH_KEYS, LedgerEntry):
            cursor.execute(f"ANALYZE {model._meta.db_table}")
    return missing


@contextmanager
def _unhindered(cursor, *, tell: Callable[[str], None]) -> Iterator[None]:
    """Within the block no index and no reference is kept up row by row, four times as slow; afterwards all are made again and checked.

    Only the owner can do so; the web copies as it is.
    """
    cursor.execute("SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = 'situations_situation'::regclass")
    tables = [model._meta.db_table for model in (*WITH_KEYS, LedgerEntry)] if cursor.fetchone()[0] else []
    cursor.execute(REFERENCES, [tables])
    references = cursor.fetchall()
    cursor.execute(INDEXES, [tables])
    indexes = cursor.fetchall()
    for table, name, _definition in references:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _definition in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end of the transaction waits no longer: nothing may be pending now
    tell("indexes")
    for _name, definition in indexes:
        cursor.execute(definition)
    tell("references")
    for table, name, definition in references:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def _statements():
    yield Situation, _copy(Situation, OF_ITSELF, **A_SITUATION)
    yield Meeting, _copy(Meeting, "JOIN sittings copies ON copies.old = row.id", **A_MEETING)
    for model, joined in COPIED.items():
        yield model, _copy(model, joined)
    yield LedgerEntry, _copy(LedgerEntry, OF_SITUATION + NOT_OF_THE_ROOM, **AN_ENTRY)
    yield LedgerEntry, _copy(LedgerEntry, OF_A_MEETING_ALONE, **AN_ENTRY)


def _copy(model: type[models.Model], joined: str, **otherwise: str) -> str:
    """One statement that copies all rows of a model; ``otherwise`` says by column what is not simply copied, shifted or pointed anew."""
    columns = {field.column: otherwise.get(field.column) or _value(field) for field in model._meta.concrete_fields}
    names, values = ", ".join(f'"{column}"' for column in columns), ", ".join(columns.values())
    place = model._meta.db_table
    return f"{COPIES} INSERT INTO {place} ({names}) SELECT {values} FROM {place} row {joined}"  # noqa: S608  nothing here was typed


def _value(field: models.Field) -> str:
    column = f'row."{field.column}"'
    if field.primary_key or field.related_model in WITH_KEYS:
        return KEY.format(column=column)
    return f"{column} - copies.shift" if isinstance(field, models.DateTimeField) else column
