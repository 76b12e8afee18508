"""Names and plans in words have a place at sealed tables only; and whether a wrapping key is still needed, asked of the keeper."""

from django.db import migrations

AT_SEALED_TABLES = """
CREATE POLICY names_and_plans_at_sealed_tables ON situations_sealedtext AS RESTRICTIVE FOR INSERT TO cms_web WITH CHECK (
    kind NOT IN ('identifiers', 'plan')
    OR EXISTS (SELECT FROM agencies_situationtable AS sits WHERE sits.id = table_id AND sits.naming = 'sealed')
);
"""

IS_WRAPPED = """
CREATE FUNCTION is_wrapped(by_key text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM situations_situationkey WHERE by_key IS NULL OR wrapped_with = by_key)
$$;
GRANT CREATE ON SCHEMA public TO cms_keeper;
ALTER FUNCTION is_wrapped(text) OWNER TO cms_keeper;
REVOKE CREATE ON SCHEMA public FROM cms_keeper;
SET LOCAL ROLE cms_keeper;
REVOKE ALL ON FUNCTION is_wrapped(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_wrapped(text) TO cms_web;
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = [("situations", "0004_the_second_wall")]

    operations = [
        migrations.RunSQL(AT_SEALED_TABLES, "DROP POLICY names_and_plans_at_sealed_tables ON situations_sealedtext"),
        migrations.RunSQL(IS_WRAPPED, "DROP FUNCTION is_wrapped(text)"),
    ]
