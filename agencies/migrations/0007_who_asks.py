"""How a person stands to the tables, as the database knows it; and who asks, said once at each transaction's start.

``agencies_standing`` is the one rule of which roles count: the pages read it, and the second wall does. What it says is kept in
settings of the transaction (``app.…``), so that a policy costs no question of its own. Nobody set sees nothing.
"""

from django.db import migrations

LACKING = """
CREATE VIEW agencies_lacking WITH (security_invoker = true) AS
SELECT member.id AS member_id, agreement.id AS agreement_id, agreement.table_id, agreement.kind = 'confidentiality' AS is_for_members
FROM agencies_member AS member CROSS JOIN agencies_agreement AS agreement
WHERE NOT EXISTS (
    SELECT FROM agencies_agreement AS newer
    WHERE newer.table_id = agreement.table_id AND newer.kind = agreement.kind AND newer.number > agreement.number
) AND NOT EXISTS (
    SELECT FROM agencies_agreementsignature AS signed
    WHERE signed.agreement_id = agreement.id AND signed.expires_at > table_now()
    AND CASE WHEN agreement.kind = 'confidentiality'
        THEN signed.agency_id IS NULL AND signed.signed_by_id = member.id
        ELSE signed.agency_id = member.agency_id END
);
COMMENT ON VIEW agencies_lacking IS
    'Of each agreement the newest version, for each member who has not signed or renewed it, or whose agency has not.';
"""

STANDING = """
CREATE VIEW agencies_standing WITH (security_invoker = true) AS
SELECT *, NOT lacks_own AND (role NOT IN ('representative', 'alternate', 'agency_lead') OR (is_seated AND NOT lacks_agencys)) AS counts
FROM (
    SELECT held.member_id, member.agency_id, held.table_id, held.role, held.starts_at,
        EXISTS (
            SELECT FROM agencies_seat AS seat JOIN agencies_agency AS agency ON agency.id = seat.agency_id
            WHERE seat.table_id = held.table_id AND seat.agency_id = member.agency_id AND agency.is_active
            AND seat.starts_at <= table_now() AND (seat.ends_at IS NULL OR seat.ends_at > table_now())
        ) AS is_seated,
        EXISTS (
            SELECT FROM agencies_lacking AS lacking
            WHERE lacking.member_id = held.member_id AND lacking.table_id = held.table_id AND lacking.is_for_members
        ) AS lacks_own,
        EXISTS (
            SELECT FROM agencies_lacking AS lacking
            WHERE lacking.member_id = held.member_id AND lacking.table_id = held.table_id AND NOT lacking.is_for_members
        ) AS lacks_agencys
    FROM agencies_appointment AS held JOIN agencies_member AS member ON member.id = held.member_id
    WHERE member.is_active AND held.starts_at <= table_now() AND (held.ends_at IS NULL OR held.ends_at > table_now())
) AS held;
COMMENT ON VIEW agencies_standing IS
    'Every role that is held now. It counts while the agency has its seat and the agreements of the table are signed.';
"""

WHO_ASKS = """
CREATE FUNCTION who_asks(asking text, clock_offset text, work text, is_local boolean DEFAULT true) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    held record;
BEGIN
    PERFORM set_config('app.member', asking, is_local), set_config('app.work', work, is_local),
        set_config('app.clock_offset', clock_offset, is_local);
    SELECT max(agency_id::text) AS agency,
        array_agg(table_id) FILTER (WHERE role IN ('representative', 'alternate', 'agency_lead')) AS acts_at,
        array_agg(table_id) FILTER (WHERE role IN ('representative', 'alternate', 'agency_lead', 'observer')) AS sits_at,
        array_agg(table_id) FILTER (WHERE role = 'chair') AS chairs,
        array_agg(table_id) FILTER (WHERE role IN ('recorder', 'coordinator')) AS keeps,
        array_agg(table_id) FILTER (WHERE role = 'privacy_officer') AS oversees
    INTO held FROM agencies_standing WHERE member_id = nullif(asking, '')::uuid AND counts;
    PERFORM set_config('app.agency', coalesce(held.agency, ''), is_local),
        set_config('app.acts_at', coalesce(held.acts_at::text, '{}'), is_local),
        set_config('app.sits_at', coalesce(held.sits_at::text, '{}'), is_local),
        set_config('app.chairs', coalesce(held.chairs::text, '{}'), is_local),
        set_config('app.keeps', coalesce(held.keeps::text, '{}'), is_local),
        set_config('app.oversees', coalesce(held.oversees::text, '{}'), is_local);
END
$$;
COMMENT ON FUNCTION who_asks(text, text, text, boolean) IS
    'Said at the start of each transaction: which member asks, by which clock, for which work of the table itself.';

CREATE FUNCTION asker() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('app.member', true), '')::uuid $$;
CREATE FUNCTION asker_agency() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('app.agency', true), '')::uuid $$;
CREATE FUNCTION asker_tables(standing text) RETURNS uuid[] LANGUAGE sql STABLE AS
    $$ SELECT coalesce(nullif(current_setting('app.' || standing, true), ''), '{}')::uuid[] $$;
CREATE FUNCTION is_work_of_the_table() RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT coalesce(current_setting('app.work', true), '') <> '' $$;
CREATE FUNCTION is_practice() RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT current_setting('app.work', true) = 'practice' AND EXISTS (SELECT FROM agencies_practiceclock)
$$;
COMMENT ON FUNCTION is_practice() IS
    'Whether an invented town is being played; only where a practice clock stands, and the web may not make one.';
"""
GONE = """
DROP FUNCTION who_asks(text, text, text, boolean), asker(), asker_agency(), asker_tables(text), is_work_of_the_table(), is_practice();
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0006_ledger_acts_are_asked_for")]

    operations = [
        migrations.RunSQL(LACKING, "DROP VIEW agencies_lacking"),
        migrations.RunSQL(STANDING, "DROP VIEW agencies_standing"),
        migrations.RunSQL(WHO_ASKS, GONE),
    ]
