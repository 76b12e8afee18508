"""What is published is frozen, and what is counted is codes: what the database lets the web and the counter do with releases."""

from django.db import migrations

# Of a release only who approves it and who takes it back is ever written after it is made; of its cells, nothing.
FROZEN = """
REVOKE UPDATE, DELETE, TRUNCATE ON reports_release, reports_releasecell FROM cms_web;
GRANT UPDATE (status, approved_at, approved_by_id, withdrawn_at, withdrawn_by_id) ON reports_release TO cms_web;
"""
THAWED = "GRANT UPDATE, DELETE ON reports_release, reports_releasecell TO cms_web"

# Column by column: a new field of a situation is not counted until a table of the catalogue needs it.
COUNTED = """
GRANT SELECT (
    id, table_id, originating_agency_id, stage, year, sequence, presented_at, ended_at,
    age_group_id, sex_gender_id, risk_factors, conclusion_reason_id, earlier_number
) ON situations_situation TO cms_counter;
GRANT SELECT (id, situation_id, accepted_at, first_contact_at) ON responses_response TO cms_counter;
GRANT SELECT (id, response_id, agency_id, standing) ON responses_engagement TO cms_counter;
GRANT SELECT (id, sector_id, agency_type_id) ON agencies_agency TO cms_counter;
"""
NOT_COUNTED = "REVOKE SELECT ON situations_situation, responses_response, responses_engagement, agencies_agency FROM cms_counter"


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0001_initial"),
        ("agencies", "0002_ground_rules"),
        ("situations", "0001_initial"),
        ("responses", "0001_initial"),
    ]

    operations = [migrations.RunSQL(FROZEN, THAWED), migrations.RunSQL(COUNTED, NOT_COUNTED)]
