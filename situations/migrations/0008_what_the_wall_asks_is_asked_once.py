"""The wall's own questions are asked as the owner, and planned once: a policy within a policy within a policy cost 30 ms to plan.

``situations_right_of_asker`` and ``situations_out_of_asker`` name whoever asks themselves, and show nobody else's rights and recusals. So
the policies of the tables below them added nothing but time. The barrier keeps whatever a question adds from running before that.
Functions in PL/pgSQL are not written out anew into each plan, as those in SQL are.
"""

from django.db import migrations

AS_THE_OWNER = """
ALTER VIEW situations_right_of_asker SET (security_invoker = false, security_barrier = true);
ALTER VIEW situations_out_of_asker SET (security_invoker = false, security_barrier = true);
"""
AS_WHO_ASKS = """
ALTER VIEW situations_right_of_asker SET (security_invoker = true, security_barrier = false);
ALTER VIEW situations_out_of_asker SET (security_invoker = true, security_barrier = false);
"""

PLANNED = """
CREATE OR REPLACE FUNCTION asker() RETURNS uuid LANGUAGE plpgsql STABLE AS
    $$ BEGIN RETURN nullif(current_setting('app.member', true), '')::uuid; END $$;
CREATE OR REPLACE FUNCTION asker_agency() RETURNS uuid LANGUAGE plpgsql STABLE AS
    $$ BEGIN RETURN nullif(current_setting('app.agency', true), '')::uuid; END $$;
CREATE OR REPLACE FUNCTION asker_tables(standing text) RETURNS uuid[] LANGUAGE plpgsql STABLE AS
    $$ BEGIN RETURN coalesce(nullif(current_setting('app.' || standing, true), ''), '{}')::uuid[]; END $$;
CREATE OR REPLACE FUNCTION is_work_of_the_table() RETURNS boolean LANGUAGE plpgsql STABLE AS
    $$ BEGIN RETURN coalesce(current_setting('app.work', true), '') <> ''; END $$;
"""
WRITTEN_OUT = """
CREATE OR REPLACE FUNCTION asker() RETURNS uuid LANGUAGE sql STABLE AS
    $$ SELECT nullif(current_setting('app.member', true), '')::uuid $$;
CREATE OR REPLACE FUNCTION asker_agency() RETURNS uuid LANGUAGE sql STABLE AS
    $$ SELECT nullif(current_setting('app.agency', true), '')::uuid $$;
CREATE OR REPLACE FUNCTION asker_tables(standing text) RETURNS uuid[] LANGUAGE sql STABLE AS
    $$ SELECT coalesce(nullif(current_setting('app.' || standing, true), ''), '{}')::uuid[] $$;
CREATE OR REPLACE FUNCTION is_work_of_the_table() RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT coalesce(current_setting('app.work', true), '') <> '' $$;
"""


class Migration(migrations.Migration):
    dependencies = [("situations", "0007_who_stepped_out_stays_out")]

    operations = [migrations.RunSQL(AS_THE_OWNER, AS_WHO_ASKS), migrations.RunSQL(PLANNED, WRITTEN_OUT)]
