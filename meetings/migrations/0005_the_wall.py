"""The wall: blank or not, and open on computers where nobody signs in; one that ends is told to the line that it holds.

What is told is the hash of the key, which is all that is kept of it: whoever hears it learns no key.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TOLD = """
CREATE FUNCTION meetings_wall_ends() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.key_hash <> '' THEN
        PERFORM pg_notify('sign_in_ended', OLD.key_hash);
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION meetings_wall_ends() IS 'Tells the hash of the key of a wall that was ended, once that is done.';
CREATE TRIGGER meetings_wall_ends AFTER UPDATE OF ended_at ON meetings_wallsignin
    FOR EACH ROW WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION meetings_wall_ends();
CREATE TRIGGER meetings_wall_goes AFTER DELETE ON meetings_wallsignin FOR EACH ROW EXECUTE FUNCTION meetings_wall_ends();
"""
GONE = """
DROP TRIGGER meetings_wall_ends ON meetings_wallsignin;
DROP TRIGGER meetings_wall_goes ON meetings_wallsignin;
DROP FUNCTION meetings_wall_ends();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0014_an_ended_sign_in_is_told"),
        ("meetings", "0004_what_changed_is_told"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="wall_is_blank",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="WallSignIn",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("code_hash", models.CharField(max_length=64)),
                ("code_until", models.DateTimeField()),
                ("key_hash", models.CharField(blank=True, max_length=64)),
                ("opened_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "meeting",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="wall_sign_ins", to="meetings.meeting"),
                ),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("key_hash", ""), _negated=True), fields=("key_hash",), name="a_walls_key_opens_one_wall"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("opened_at", None)),
                        fields=("code_hash",),
                        name="a_waiting_wall_code_opens_one_wall",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key_hash", ""), ("opened_at", None)),
                            models.Q(models.Q(("key_hash", ""), _negated=True), ("opened_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="wall_has_a_key_iff_it_was_opened",
                    ),
                ],
            },
        ),
        migrations.RunSQL(TOLD, GONE),
    ]
