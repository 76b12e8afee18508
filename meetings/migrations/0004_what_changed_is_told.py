"""Whatever changes a screen of a meeting is counted by the database, and told to whoever listens, once the act is done.

The count is taken at the end of the transaction, when everything else is locked that it locks: two acts never wait for each other
crosswise. An act that is taken back counts nothing and tells nothing.
"""

import django.db.models.deletion
from django.db import migrations, models

COUNTS = """
CREATE FUNCTION meetings_beats() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    of_table uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.table_id ELSE NEW.table_id END;
    counted bigint;
BEGIN
    IF of_table IS NULL OR current_setting('app.beat', true) = of_table::text THEN
        RETURN NULL;  -- once in a transaction is enough
    END IF;
    PERFORM set_config('app.beat', of_table::text, true);
    INSERT INTO meetings_beat AS of (table_id, count) VALUES (of_table, 1)
        ON CONFLICT (table_id) DO UPDATE SET count = of.count + 1 RETURNING of.count INTO counted;
    PERFORM pg_notify('table_changed', of_table || ' ' || counted);
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION meetings_beats() IS 'Counts that something changed at a table, and tells it when the transaction is done.';
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON meetings_beat FROM cms_web;
"""
# Contacts, steps and drafts are not here: nobody at the table sees them, and when they happen is for those who act.
WHATEVER = "INSERT OR UPDATE OR DELETE"
SHOWN = {
    "meetings_meeting": WHATEVER,
    "meetings_agendaitem": WHATEVER,
    "meetings_attendance": WHATEVER,
    "meetings_position": WHATEVER,
    "meetings_involvement": WHATEVER,
    "situations_recusal": WHATEVER,
    "responses_engagement": WHATEVER,
    "responses_reportback": WHATEVER,
    "agencies_appointment": "UPDATE OR DELETE",
}
A_STAGE = """
CREATE CONSTRAINT TRIGGER meetings_beats AFTER UPDATE OF stage ON situations_situation DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.stage IS DISTINCT FROM NEW.stage) EXECUTE FUNCTION meetings_beats();
"""


def beats(table: str, when: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE CONSTRAINT TRIGGER meetings_beats AFTER {when} ON {table} DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW EXECUTE FUNCTION meetings_beats()",
        f"DROP TRIGGER meetings_beats ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0014_an_ended_sign_in_is_told"),
        ("meetings", "0003_the_second_wall"),
        ("responses", "0002_the_second_wall"),
        ("situations", "0007_who_stepped_out_stays_out"),
    ]

    operations = [
        migrations.CreateModel(
            name="Beat",
            fields=[
                (
                    "table",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="agencies.situationtable",
                    ),
                ),
                ("count", models.PositiveBigIntegerField()),
            ],
        ),
        migrations.RunSQL(COUNTS, "DROP FUNCTION meetings_beats()"),
        *(beats(table, when) for table, when in SHOWN.items()),
        migrations.RunSQL(A_STAGE, "DROP TRIGGER meetings_beats ON situations_situation"),
    ]
