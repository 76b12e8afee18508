"""What hangs on a situation is there for whoever knows of the situation, and for nobody else (situations/0004)."""

from django.db import migrations

OVERSEEN = "table_id = ANY ((SELECT asker_tables('chairs') || asker_tables('keeps'))::uuid[])"
OF_RESPONSE = [
    "responses_engagement",
    "responses_step",
    "responses_contact",
    "responses_servicemobilised",
    "responses_reportback",
    "responses_followup",
]

RESPONSES = f"""
ALTER TABLE responses_response ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_what_they_know ON responses_response TO cms_web USING (
    (SELECT is_work_of_the_table())
    OR (
        ({OVERSEEN} OR EXISTS (SELECT FROM situations_right_of_asker AS given WHERE given.situation_id = responses_response.situation_id))
        AND NOT EXISTS (SELECT FROM situations_out_of_asker AS out_of WHERE out_of.situation_id = responses_response.situation_id)
    )
);
CREATE POLICY the_owner_keeps ON responses_response TO cms_owner USING (true);
CREATE POLICY the_counter_counts ON responses_response FOR SELECT TO cms_counter USING (true);
CREATE POLICY the_counter_counts ON responses_engagement FOR SELECT TO cms_counter USING (true);
"""
NO_RESPONSES = """
DROP POLICY of_what_they_know ON responses_response;
DROP POLICY the_owner_keeps ON responses_response;
DROP POLICY the_counter_counts ON responses_response;
DROP POLICY the_counter_counts ON responses_engagement;
ALTER TABLE responses_response NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
"""


def hanging_on_a_response(table: str) -> str:
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_what_they_know ON {table} TO cms_web USING (
    (SELECT is_work_of_the_table())
    OR EXISTS (SELECT FROM responses_response AS answer WHERE answer.id = {table}.response_id)
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
    dependencies = [("responses", "0001_initial"), ("situations", "0004_the_second_wall"), ("reports", "0002_frozen_and_counted")]

    operations = [
        *[migrations.RunSQL(hanging_on_a_response(table), no_longer(table)) for table in OF_RESPONSE],
        migrations.RunSQL(RESPONSES, NO_RESPONSES),
    ]
