"""A legal hold, and the tombstone that says of each situation whose words are gone that they are."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEEPER = """
DROP FUNCTION forget_words(uuid);
CREATE FUNCTION forget_words(forgotten uuid, at_table uuid, came_to text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO situations_tombstone (situation_id, table_id, how, texts, key_fingerprint, forgotten_at, written_at)
    VALUES (
        forgotten, at_table, came_to,
        (SELECT count(*) FROM situations_sealedtext WHERE situation_id = forgotten),
        coalesce((SELECT encode(sha256(wrapped), 'hex') FROM situations_situationkey WHERE situation_id = forgotten), ''),
        table_now(), clock_timestamp()
    ) ON CONFLICT (situation_id) DO NOTHING;
    DELETE FROM situations_sealedtext WHERE situation_id = forgotten;
    DELETE FROM situations_situationkey WHERE situation_id = forgotten;
$$;
COMMENT ON FUNCTION forget_words(uuid, uuid, text) IS 'Every word of one situation and its key are gone, and its tombstone stands. Safe to run again.';
GRANT SELECT, INSERT ON situations_tombstone TO cms_keeper;
GRANT SELECT ON agencies_practiceclock TO cms_keeper;
GRANT CREATE ON SCHEMA public TO cms_keeper;
ALTER FUNCTION forget_words(uuid, uuid, text) OWNER TO cms_keeper;
REVOKE CREATE ON SCHEMA public FROM cms_keeper;
SET LOCAL ROLE cms_keeper;
REVOKE ALL ON FUNCTION forget_words(uuid, uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_words(uuid, uuid, text) TO cms_web;
RESET ROLE;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON situations_tombstone FROM cms_web;
GRANT UPDATE (kept_outside_at) ON situations_tombstone TO cms_web;
"""
AS_BEFORE = """
DROP FUNCTION forget_words(uuid, uuid, text);
CREATE FUNCTION forget_words(forgotten uuid) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM situations_sealedtext WHERE situation_id = forgotten;
    DELETE FROM situations_situationkey WHERE situation_id = forgotten;
$$;
GRANT CREATE ON SCHEMA public TO cms_keeper;
ALTER FUNCTION forget_words(uuid) OWNER TO cms_keeper;
REVOKE CREATE ON SCHEMA public FROM cms_keeper;
SET LOCAL ROLE cms_keeper;
REVOKE ALL ON FUNCTION forget_words(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_words(uuid) TO cms_web;
RESET ROLE;
REVOKE ALL ON situations_tombstone FROM cms_keeper;
REVOKE SELECT ON agencies_practiceclock FROM cms_keeper;
"""

WALLS = """
ALTER TABLE situations_legalhold ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY by_who_keeps_and_who_oversees ON situations_legalhold TO cms_web USING (
    (SELECT is_work_of_the_table())
    OR table_id = ANY ((SELECT asker_tables('keeps') || asker_tables('oversees'))::uuid[])
);
CREATE POLICY the_owner_keeps ON situations_legalhold TO cms_owner USING (true);
ALTER TABLE situations_tombstone ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY by_who_oversees ON situations_tombstone TO cms_web USING (
    (SELECT is_work_of_the_table()) OR table_id = ANY ((SELECT asker_tables('oversees'))::uuid[])
);
CREATE POLICY the_keeper_writes ON situations_tombstone TO cms_keeper USING (true);
CREATE POLICY the_owner_keeps ON situations_tombstone TO cms_owner USING (true);
"""
NO_WALLS = """
DROP POLICY by_who_keeps_and_who_oversees ON situations_legalhold;
DROP POLICY the_owner_keeps ON situations_legalhold;
DROP POLICY by_who_oversees ON situations_tombstone;
DROP POLICY the_keeper_writes ON situations_tombstone;
DROP POLICY the_owner_keeps ON situations_tombstone;
ALTER TABLE situations_legalhold NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE situations_tombstone NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0012_how_long_a_table_keeps"),
        ("situations", "0005_names_under_seal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                ("situation_id", models.UUIDField(primary_key=True, serialize=False)),
                ("table_id", models.UUIDField()),
                ("how", models.CharField(max_length=12)),
                ("texts", models.PositiveIntegerField()),
                ("key_fingerprint", models.CharField(blank=True, max_length=64)),
                ("forgotten_at", models.DateTimeField()),
                ("written_at", models.DateTimeField()),
                ("kept_outside_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-forgotten_at"],
                "indexes": [
                    models.Index(condition=models.Q(("kept_outside_at", None)), fields=["written_at"], name="tombstone_to_keep_outside")
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalHold",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("court", "An order of a court, or a matter before one"),
                            ("police", "An investigation that may lawfully ask for it"),
                            ("access", "A request for access that is not answered yet"),
                            ("complaint", "A complaint or a review by a commissioner"),
                            ("death", "A review or an inquest after a death"),
                        ],
                        max_length=16,
                        verbose_name="reason",
                    ),
                ),
                ("review_at", models.DateTimeField(verbose_name="until")),
                ("asked_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="holds", to="situations.situation"),
                ),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable")),
            ],
            options={
                "ordering": ["review_at"],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("ended_at", None)), fields=("situation",), name="one_legal_hold_at_a_time"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None), models.Q(("confirmed_by", models.F("asked_by")), _negated=True), _connector="OR"
                        ),
                        name="legal_hold_is_by_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("confirmed_by", None)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="legal_hold_confirmed_is_whole",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEPER, AS_BEFORE),
        migrations.RunSQL(WALLS, NO_WALLS),
    ]
