"""A recusal is undone by who oversees privacy, and not by themselves for themselves; a hold is gone for whoever stepped out."""

from django.db import migrations

OVERSEES = "table_id = ANY ((SELECT asker_tables('oversees'))::uuid[])"
OVERSEEN = "table_id = ANY ((SELECT asker_tables('chairs') || asker_tables('keeps'))::uuid[])"
KEPT_OR_OVERSEEN = "table_id = ANY ((SELECT asker_tables('keeps') || asker_tables('oversees'))::uuid[])"

RECUSALS = f"""
DROP POLICY ones_own_and_the_tables ON situations_recusal;
CREATE POLICY ones_own_and_the_tables ON situations_recusal FOR SELECT TO cms_web USING (
    member_id = (SELECT asker()) OR {OVERSEEN} OR {OVERSEES}
);
CREATE POLICY let_in_again_by_who_oversees ON situations_recusal TO cms_web USING (
    ({OVERSEES} AND member_id <> (SELECT asker())) OR (SELECT is_work_of_the_table())
);
"""
RECUSALS_BEFORE = f"""
DROP POLICY let_in_again_by_who_oversees ON situations_recusal;
DROP POLICY ones_own_and_the_tables ON situations_recusal;
CREATE POLICY ones_own_and_the_tables ON situations_recusal TO cms_web USING (
    member_id = (SELECT asker()) OR {OVERSEEN} OR {OVERSEES} OR (SELECT is_work_of_the_table())
);
"""

HOLDS = f"""
DROP POLICY by_who_keeps_and_who_oversees ON situations_legalhold;
CREATE POLICY by_who_keeps_and_who_oversees ON situations_legalhold TO cms_web USING (
    (SELECT is_work_of_the_table())
    OR ({KEPT_OR_OVERSEEN}
        AND NOT EXISTS (SELECT FROM situations_out_of_asker AS out_of WHERE out_of.situation_id = situations_legalhold.situation_id))
);
"""
HOLDS_BEFORE = f"""
DROP POLICY by_who_keeps_and_who_oversees ON situations_legalhold;
CREATE POLICY by_who_keeps_and_who_oversees ON situations_legalhold TO cms_web USING ((SELECT is_work_of_the_table()) OR {KEPT_OR_OVERSEEN});
"""


class Migration(migrations.Migration):
    dependencies = [("situations", "0006_forgetting")]

    operations = [migrations.RunSQL(RECUSALS, RECUSALS_BEFORE), migrations.RunSQL(HOLDS, HOLDS_BEFORE)]
