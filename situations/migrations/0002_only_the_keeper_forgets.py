"""Words are deleted by one function that belongs to the keeper; the web's role may not delete a word or a key itself."""

from django.db import migrations

FORGET_WORDS = """
CREATE FUNCTION forget_words(forgotten uuid) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM situations_sealedtext WHERE situation_id = forgotten;
    DELETE FROM situations_situationkey WHERE situation_id = forgotten;
$$;
GRANT SELECT, DELETE ON situations_sealedtext, situations_situationkey TO cms_keeper;
GRANT CREATE ON SCHEMA public TO cms_keeper;
ALTER FUNCTION forget_words(uuid) OWNER TO cms_keeper;
REVOKE CREATE ON SCHEMA public FROM cms_keeper;
SET LOCAL ROLE cms_keeper;
REVOKE ALL ON FUNCTION forget_words(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_words(uuid) TO cms_web;
RESET ROLE;
REVOKE DELETE, TRUNCATE ON situations_sealedtext, situations_situationkey FROM cms_web;
"""


class Migration(migrations.Migration):
    dependencies = [("situations", "0001_initial")]

    operations = [migrations.RunSQL(FORGET_WORDS, "DROP FUNCTION forget_words(uuid)")]
