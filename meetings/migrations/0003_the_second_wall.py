"""Who said what of a situation is there for whoever knows of the situation (situations/0004). An item is the agenda's, and in the minutes."""

from django.db import migrations


def said_of_a_situation(table: str) -> str:
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_what_they_know ON {table} TO cms_web USING (
    (SELECT is_work_of_the_table())
    OR EXISTS (
        SELECT FROM meetings_agendaitem AS item JOIN situations_situation AS about ON about.id = item.situation_id
        WHERE item.id = {table}.item_id
    )
);
CREATE POLICY the_owner_keeps ON {table} TO cms_owner USING (true);
"""


def no_longer(table: str) -> str:
    return f"""
DROP POLICY of_what_they_know ON {table};
DROP POLICY the_owner_keeps ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_names_stand_in_order"), ("situations", "0004_the_second_wall")]

    operations = [
        migrations.RunSQL(said_of_a_situation(table), no_longer(table)) for table in ("meetings_position", "meetings_involvement")
    ]
