"""The clock of grants and policies, the shared cache, and what the web's role may not do on the ground floor."""

from django.db import migrations

TABLE_NOW = """
CREATE FUNCTION table_now() RETURNS timestamptz LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT statement_timestamp() + coalesce(
        (SELECT make_interval(secs => coalesce(nullif(current_setting('app.clock_offset', true), '')::float8, seconds)) FROM agencies_practiceclock),
        interval '0'
    )
$$;
COMMENT ON FUNCTION table_now() IS
    'The clock of grants and policies. It can be moved only where a practice clock stands, and the web may not make one.';
"""

CACHE = """
CREATE TABLE agencies_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX agencies_cache_expires ON agencies_cache (expires);
"""

LIMITS = """
REVOKE UPDATE, DELETE, TRUNCATE ON agencies_ledgerentry FROM cms_web;
REVOKE DELETE, TRUNCATE ON agencies_entry FROM cms_web;
REVOKE INSERT, DELETE ON agencies_practiceclock FROM cms_web;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM cms_web;
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]

    operations = [
        migrations.RunSQL(TABLE_NOW, "DROP FUNCTION table_now()"),
        migrations.RunSQL(CACHE, "DROP TABLE agencies_cache"),
        migrations.RunSQL(LIMITS, migrations.RunSQL.noop),
    ]
