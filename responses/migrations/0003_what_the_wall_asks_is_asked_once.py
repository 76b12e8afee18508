"""What hangs on a response asks once which responses somebody knows, and not the whole wall again (situations/0008)."""

from django.db import migrations

KNOWN = """
CREATE VIEW responses_of_asker WITH (security_barrier = true) AS
SELECT answer.id FROM responses_response AS answer
WHERE (
    answer.table_id = ANY ((SELECT asker_tables('chairs') || asker_tables('keeps'))::uuid[])
    OR EXISTS (SELECT FROM situations_right_of_asker AS given WHERE given.situation_id = answer.situation_id)
)
AND NOT EXISTS (SELECT FROM situations_out_of_asker AS out_of WHERE out_of.situation_id = answer.situation_id);
COMMENT ON VIEW responses_of_asker IS 'The responses that whoever asks may know of: what hangs on one is there where its response is.';
GRANT SELECT ON responses_of_asker TO cms_web;
"""
OF_RESPONSE = [
    "responses_engagement",
    "responses_step",
    "responses_contact",
    "responses_servicemobilised",
    "responses_reportback",
    "responses_followup",
]


def asked_once(table: str) -> str:
    return f"""
ALTER POLICY of_what_they_know ON {table} USING (
    (SELECT is_work_of_the_table()) OR EXISTS (SELECT FROM responses_of_asker AS known WHERE known.id = {table}.response_id)
);
"""


def asked_anew(table: str) -> str:
    return f"""
ALTER POLICY of_what_they_know ON {table} USING (
    (SELECT is_work_of_the_table())
    OR EXISTS (SELECT FROM responses_response AS answer WHERE answer.id = {table}.response_id)
);
"""


class Migration(migrations.Migration):
    dependencies = [("responses", "0002_the_second_wall"), ("situations", "0008_what_the_wall_asks_is_asked_once")]

    operations = [
        migrations.RunSQL(KNOWN, "DROP VIEW responses_of_asker"),
        *[migrations.RunSQL(asked_once(table), asked_anew(table)) for table in OF_RESPONSE],
    ]
