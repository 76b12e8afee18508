"""A sign-in that ends, for whatever reason, is told at once to the processes that hold a line to its browser.

What is told is a digest of the session's key: whoever hears it learns no key.
"""

from django.db import migrations

TOLD = """
CREATE FUNCTION agencies_sign_in_ends() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_notify('sign_in_ended', encode(sha256(convert_to(OLD.session_key, 'UTF8')), 'hex'));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION agencies_sign_in_ends() IS 'Tells the digest of a session key whose row is gone, once that is done.';
CREATE TRIGGER agencies_sign_in_ends AFTER DELETE ON agencies_signin FOR EACH ROW EXECUTE FUNCTION agencies_sign_in_ends();
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0013_a_letter_for_a_new_password")]

    operations = [migrations.RunSQL(TOLD, "DROP TRIGGER agencies_sign_in_ends ON agencies_signin; DROP FUNCTION agencies_sign_in_ends()")]
