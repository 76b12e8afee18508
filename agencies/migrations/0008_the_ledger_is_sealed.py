"""A chain over the ledger: every entry waits for the sealer, which ties it to all that was sealed before (docs/decisions/0026).

The web's role reads blocks and writes none: one function writes them, and it belongs to the keeper.
"""

import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

WAITING = """
CREATE FUNCTION ledger_waits() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO agencies_ledgerwaiting (entry_id) SELECT id FROM written;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION ledger_waits() IS 'Puts each new entry among those that wait for the sealer, in the entry''s own transaction.';
CREATE TRIGGER ledger_waits AFTER INSERT ON agencies_ledgerentry
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ledger_waits();
INSERT INTO agencies_ledgerwaiting (entry_id) SELECT id FROM agencies_ledgerentry ORDER BY written_at, at, id;
"""
NO_WAITING = "DROP TRIGGER ledger_waits ON agencies_ledgerentry; DROP FUNCTION ledger_waits()"

# The canonical text of an entry and of a block: agencies/chain.py says the same in its own words, and a test holds them together.
SEALER = """
CREATE FUNCTION seal_ledger() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    last record;
    ids uuid[];
    marks text[];
    moment timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('seal_ledger'));
    SELECT array_agg(entry.id ORDER BY waiting.position),
        array_agg(encode(sha256(convert_to(jsonb_build_array(
            entry.id, to_char(entry.written_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
            to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), entry.act, entry.by_id, entry.by_job,
            entry.agency_id, entry.table_id, entry.situation_id, entry.subject, entry.subject_id, entry.audience_id,
            entry.relation, to_jsonb(entry.codes)
        )::text, 'UTF8')), 'hex') ORDER BY waiting.position)
    INTO ids, marks
    FROM (
        SELECT position, entry_id FROM agencies_ledgerwaiting AS each
        WHERE EXISTS (SELECT FROM agencies_ledgerentry WHERE id = each.entry_id) ORDER BY position LIMIT 500
    ) AS waiting JOIN agencies_ledgerentry AS entry ON entry.id = waiting.entry_id;
    IF ids IS NULL THEN
        RETURN 0;
    END IF;
    SELECT number, hash INTO last FROM agencies_ledgerseal ORDER BY number DESC LIMIT 1;
    moment := clock_timestamp();
    INSERT INTO agencies_ledgerseal (number, sealed_at, previous, hash, entries, digests) VALUES (
        coalesce(last.number, 0) + 1, moment, coalesce(last.hash, ''),
        encode(sha256(convert_to(coalesce(last.hash, '') || jsonb_build_array(
            coalesce(last.number, 0) + 1, to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), to_jsonb(ids), to_jsonb(marks)
        )::text, 'UTF8')), 'hex'),
        ids, marks
    );
    DELETE FROM agencies_ledgerwaiting WHERE entry_id = ANY (ids);
    RETURN cardinality(ids);
END
$$;
COMMENT ON FUNCTION seal_ledger() IS
    'One block over at most 500 entries that wait and whose transactions have ended; how many it sealed. Nothing else writes blocks.';
"""

# What is the keeper's can only be given away by the keeper itself.
RIGHTS = """
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON agencies_ledgerseal, agencies_ledgerwaiting FROM cms_web;
GRANT SELECT ON agencies_ledgerentry TO cms_keeper;
GRANT SELECT, INSERT ON agencies_ledgerseal TO cms_keeper;
GRANT SELECT, INSERT, DELETE ON agencies_ledgerwaiting TO cms_keeper;
GRANT CREATE ON SCHEMA public TO cms_keeper;
ALTER FUNCTION ledger_waits() OWNER TO cms_keeper;
ALTER FUNCTION seal_ledger() OWNER TO cms_keeper;
REVOKE CREATE ON SCHEMA public FROM cms_keeper;
SET LOCAL ROLE cms_keeper;
REVOKE ALL ON FUNCTION ledger_waits(), seal_ledger() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION seal_ledger() TO cms_web;
RESET ROLE;
"""
NO_RIGHTS = "REVOKE SELECT ON agencies_ledgerentry FROM cms_keeper"


class Migration(migrations.Migration):
    dependencies = [("agencies", "0007_who_asks")]

    operations = [
        migrations.CreateModel(
            name="LedgerSeal",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("sealed_at", models.DateTimeField()),
                ("previous", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
                ("entries", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("digests", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), size=None)),
            ],
            options={"ordering": ["number"]},
        ),
        migrations.CreateModel(
            name="LedgerWaiting",
            fields=[
                ("position", models.BigAutoField(primary_key=True, serialize=False)),
                ("entry_id", models.UUIDField(unique=True)),
            ],
            options={"ordering": ["position"]},
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ledgerseal",
            trigger=pgtrigger.compiler.Trigger(
                name="a_seal_is_not_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3b3764f09cc3e99e3a4599fb36e154f29abdb2e3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_a_seal_is_not_changed_88faf",
                    table="agencies_ledgerseal",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(WAITING, NO_WAITING),
        migrations.RunSQL(SEALER, "DROP FUNCTION seal_ledger()"),
        migrations.RunSQL(RIGHTS, NO_RIGHTS),
    ]
