"""How a member stands to the tables is asked in SQL that is built once: it holds nothing of whoever asked first, nor of when."""

from datetime import date, time

from agencies.models import SituationTable
from agencies.models.people import ANY_AGENCY, ANYONE, _question


def test_the_question_names_nobody_and_no_agency():
    _sql, params = _question()

    assert {ANYONE, ANY_AGENCY} <= set(params)


def test_the_question_holds_no_moment_so_that_the_database_says_what_is_now():
    _sql, params = _question()

    assert [each for each in params if isinstance(each, date | time)] == []  # a datetime is a date


def test_no_field_of_a_table_is_read_otherwise_than_it_is_stored():
    assert [field.name for field in SituationTable._meta.concrete_fields if hasattr(field, "from_db_value")] == []


def test_a_held_role_brings_its_table_whole(originator):
    brought = {held.table_id: held.table for held in originator.standing.held}

    fetched = {table.pk: table for table in SituationTable.objects.filter(pk__in=brought)}

    assert len(brought) == 2
    assert {pk: _whole(table) for pk, table in brought.items()} == {pk: _whole(table) for pk, table in fetched.items()}


def _whole(table):
    return {field.attname: getattr(table, field.attname) for field in SituationTable._meta.concrete_fields} | {"db": table._state.db}
