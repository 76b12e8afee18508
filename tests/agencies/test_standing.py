"""How a member stands to the tables is one view of the database, which the pages and the second wall read."""

from agencies.models import SituationTable


def test_no_field_of_a_table_is_read_otherwise_than_it_is_stored():
    assert [field.name for field in SituationTable._meta.concrete_fields if hasattr(field, "from_db_value")] == []


def test_a_held_role_brings_its_table_whole(originator):
    brought = {held.table_id: held.table for held in originator.standing.held}

    fetched = {table.pk: table for table in SituationTable.objects.filter(pk__in=brought)}

    assert len(brought) == 2
    assert {pk: _whole(table) for pk, table in brought.items()} == {pk: _whole(table) for pk, table in fetched.items()}


def _whole(table):
    return {field.attname: getattr(table, field.attname) for field in SituationTable._meta.concrete_fields} | {"db": table._state.db}
