"""The second wall: the database itself shows a member the situations that the table let this member know, and no others.

It asks what the first wall asks (``querysets.visible_to``), in words of its own: rights that are rows, roles held at the table,
recusals. A page that forgets to ask shows nothing. Sealed words go by the cells of the matrix (docs/decisions/0022).
"""

from django.db import migrations, models

RIGHTS = """
CREATE VIEW situations_right_of_asker WITH (security_invoker = true) AS
SELECT given.situation_id, given.relation FROM situations_disclosure AS given
WHERE given.granted_at <= (SELECT table_now()) AND (given.ends_at IS NULL OR given.ends_at > (SELECT table_now()))
AND (
    (given.agency_id = (SELECT asker_agency()) AND given.table_id = ANY ((SELECT asker_tables('acts_at'))::uuid[]))
    OR (given.member_id = (SELECT asker()) AND given.relation = 'IR' AND given.table_id = ANY ((SELECT asker_tables('sits_at'))::uuid[]))
    OR (given.member_id = (SELECT asker()) AND given.relation = 'PO' AND given.table_id = ANY ((SELECT asker_tables('oversees'))::uuid[]))
);
COMMENT ON VIEW situations_right_of_asker IS 'The rights to see that hold now, by the table''s clock, for whoever asks.';
CREATE VIEW situations_out_of_asker WITH (security_invoker = true) AS
SELECT situation_id FROM situations_recusal WHERE member_id = (SELECT asker()) AND ended_at IS NULL;
COMMENT ON VIEW situations_out_of_asker IS 'The situations from which whoever asks has stepped out: these are gone for them.';
"""
NO_RIGHTS = "DROP VIEW situations_right_of_asker, situations_out_of_asker"

OVERSEEN = "table_id = ANY ((SELECT asker_tables('chairs') || asker_tables('keeps'))::uuid[])"

SITUATIONS = f"""
ALTER TABLE situations_situation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY the_table_let_them_know ON situations_situation TO cms_web USING (
    (SELECT is_work_of_the_table())
    OR (
        ((stage <> 'draft' AND {OVERSEEN})
            OR EXISTS (SELECT FROM situations_right_of_asker AS given WHERE given.situation_id = situations_situation.id))
        AND NOT EXISTS (SELECT FROM situations_out_of_asker AS out_of WHERE out_of.situation_id = situations_situation.id)
    )
);
CREATE POLICY brought_by_ones_agency ON situations_situation FOR INSERT TO cms_web WITH CHECK (
    originating_agency_id = (SELECT asker_agency()) AND table_id = ANY ((SELECT asker_tables('acts_at'))::uuid[])
);

ALTER TABLE situations_disclosure ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY rights_that_concern_them ON situations_disclosure FOR SELECT TO cms_web USING (
    agency_id = (SELECT asker_agency()) OR member_id = (SELECT asker()) OR {OVERSEEN}
);
CREATE POLICY rights_come_and_go_by_the_table ON situations_disclosure TO cms_web USING ((SELECT is_work_of_the_table()));

ALTER TABLE situations_recusal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY ones_own_and_the_tables ON situations_recusal TO cms_web USING (
    member_id = (SELECT asker()) OR {OVERSEEN} OR table_id = ANY ((SELECT asker_tables('oversees'))::uuid[])
    OR (SELECT is_work_of_the_table())
);
"""
NO_SITUATIONS = """
DROP POLICY the_table_let_them_know ON situations_situation;
DROP POLICY brought_by_ones_agency ON situations_situation;
DROP POLICY rights_that_concern_them ON situations_disclosure;
DROP POLICY rights_come_and_go_by_the_table ON situations_disclosure;
DROP POLICY ones_own_and_the_tables ON situations_recusal;
ALTER TABLE situations_situation NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE situations_disclosure NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE situations_recusal NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
"""

# Words: a row is there for whoever stands in a relation to which the matrix gives this kind at this stage, and for nobody else.
IN_A_CELL = """EXISTS (
    SELECT FROM situations_wordcell AS cell JOIN situations_situation AS about ON about.stage = cell.stage
    WHERE about.id = situations_sealedtext.situation_id AND cell.kind = situations_sealedtext.kind {and_more}
    AND (
        cell.relation IN (SELECT given.relation FROM situations_right_of_asker AS given WHERE given.situation_id = about.id)
        OR (cell.relation = 'CH' AND about.table_id = ANY ((SELECT asker_tables('chairs'))::uuid[]))
        OR (cell.relation = 'CO' AND about.table_id = ANY ((SELECT asker_tables('keeps'))::uuid[]))
    )
)"""
KNOWN = "EXISTS (SELECT FROM situations_situation AS about WHERE about.id = {row}.situation_id)"
WORDS = f"""
ALTER TABLE situations_sealedtext ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY read_in_their_cells ON situations_sealedtext FOR SELECT TO cms_web USING (
    (SELECT is_practice()) OR {IN_A_CELL.format(and_more="")}
);
CREATE POLICY written_in_their_cells ON situations_sealedtext FOR INSERT TO cms_web WITH CHECK (
    (SELECT is_practice()) OR {IN_A_CELL.format(and_more="AND cell.is_written")}
    OR (kind IN ('correction_reason', 'overrule_reason') AND {KNOWN.format(row="situations_sealedtext")})
);
CREATE POLICY written_anew_in_their_cells ON situations_sealedtext FOR UPDATE TO cms_web USING (
    (SELECT is_practice()) OR {IN_A_CELL.format(and_more="AND cell.is_written")}
);
ALTER TABLE situations_situationkey ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY key_of_what_they_know ON situations_situationkey TO cms_web USING (
    (SELECT is_practice()) OR {KNOWN.format(row="situations_situationkey")}
);
REVOKE INSERT, UPDATE, DELETE ON situations_wordcell FROM cms_web;
"""
NO_WORDS = """
DROP POLICY read_in_their_cells ON situations_sealedtext;
DROP POLICY written_in_their_cells ON situations_sealedtext;
DROP POLICY written_anew_in_their_cells ON situations_sealedtext;
DROP POLICY key_of_what_they_know ON situations_situationkey;
ALTER TABLE situations_sealedtext NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE situations_situationkey NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
"""

# Those who are not the web: who forgets, who counts codes, who migrates and saves. Each by a policy of its own.
OTHERS = """
CREATE POLICY the_keeper_forgets ON situations_sealedtext TO cms_keeper USING (true);
CREATE POLICY the_keeper_forgets ON situations_situationkey TO cms_keeper USING (true);
CREATE POLICY the_counter_counts ON situations_situation FOR SELECT TO cms_counter USING (true);
CREATE POLICY the_owner_keeps ON situations_situation TO cms_owner USING (true);
CREATE POLICY the_owner_keeps ON situations_disclosure TO cms_owner USING (true);
CREATE POLICY the_owner_keeps ON situations_recusal TO cms_owner USING (true);
CREATE POLICY the_owner_keeps ON situations_sealedtext TO cms_owner USING (true);
CREATE POLICY the_owner_keeps ON situations_situationkey TO cms_owner USING (true);
"""
NO_OTHERS = """
DROP POLICY the_keeper_forgets ON situations_sealedtext;
DROP POLICY the_keeper_forgets ON situations_situationkey;
DROP POLICY the_counter_counts ON situations_situation;
DROP POLICY the_owner_keeps ON situations_situation;
DROP POLICY the_owner_keeps ON situations_disclosure;
DROP POLICY the_owner_keeps ON situations_recusal;
DROP POLICY the_owner_keeps ON situations_sealedtext;
DROP POLICY the_owner_keeps ON situations_situationkey;
"""

# What may be asked of words without reading one: whether any is left, and when one was last written. No cell, so the keeper answers.
KEEPER = """
CREATE FUNCTION words_left(forgotten uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM situations_sealedtext WHERE situation_id = forgotten)
        OR EXISTS (SELECT FROM situations_situationkey WHERE situation_id = forgotten)
$$;
CREATE FUNCTION words_written_at(about uuid, of_kind text) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT max(written_at) FROM situations_sealedtext WHERE situation_id = about AND kind = of_kind
$$;
GRANT CREATE ON SCHEMA public TO cms_keeper;
ALTER FUNCTION words_left(uuid) OWNER TO cms_keeper;
ALTER FUNCTION words_written_at(uuid, text) OWNER TO cms_keeper;
REVOKE CREATE ON SCHEMA public FROM cms_keeper;
SET LOCAL ROLE cms_keeper;
REVOKE ALL ON FUNCTION words_left(uuid), words_written_at(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION words_left(uuid), words_written_at(uuid, text) TO cms_web;
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = [("situations", "0003_not_brought_forward"), ("agencies", "0007_who_asks")]

    operations = [
        migrations.CreateModel(
            name="WordCell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("stage", models.CharField(max_length=12)),
                ("relation", models.CharField(max_length=2)),
                ("is_written", models.BooleanField()),
            ],
        ),
        migrations.AddConstraint(
            model_name="wordcell",
            constraint=models.UniqueConstraint(fields=("kind", "stage", "relation"), name="a_cell_stands_once"),
        ),
        migrations.RunSQL(RIGHTS, NO_RIGHTS),
        migrations.RunSQL(SITUATIONS, NO_SITUATIONS),
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.RunSQL(OTHERS, NO_OTHERS),
        migrations.RunSQL(KEEPER, "DROP FUNCTION words_left(uuid), words_written_at(uuid, text)"),
    ]
