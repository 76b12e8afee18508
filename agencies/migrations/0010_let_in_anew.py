"""Who lost phone and codes is let in anew by two people, of whom one asks and the other confirms (docs/decisions/0023)."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0009_sign_ins"),
    ]

    operations = [
        migrations.AlterField(
            model_name="outbox",
            name="notice",
            field=models.CharField(
                choices=[
                    ("invitation", "You are invited to the table"),
                    ("agreement_due", "An agreement awaits your signature"),
                    ("meeting_moved", "A meeting was moved"),
                    ("meeting_cancelled", "A meeting was cancelled"),
                    ("emergency_called", "An emergency session is called"),
                    ("engaged", "A response awaits your agency"),
                    ("asked", "Your agency is asked to join a response"),
                    ("contact_due", "A first contact is due"),
                    ("step_due", "A step is due"),
                    ("report_back_due", "A report-back is due"),
                    ("follow_up_due", "A follow-up is due"),
                    ("help_asked", "A response asks for help"),
                    ("release_due", "A release awaits your approval"),
                    ("recovery_asked", "A member waits to be let in anew"),
                    ("new_device", "You signed in on a new device"),
                ],
                max_length=24,
            ),
        ),
        migrations.CreateModel(
            name="Recovery",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("is_asked_by_keeper", models.BooleanField()),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="confirmed")),
                ("declined_at", models.DateTimeField(null=True, verbose_name="declined")),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="recoveries", to=settings.AUTH_USER_MODEL),
                ),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable")),
            ],
            options={
                "indexes": [models.Index(fields=["member", "-asked_at"], name="recoveries_of_member")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_by", None), models.Q(("confirmed_by", models.F("asked_by")), _negated=True), _connector="OR"
                            ),
                            models.Q(("asked_by", models.F("member")), _negated=True),
                            models.Q(("confirmed_by", models.F("member")), _negated=True),
                        ),
                        name="recovery_takes_two",
                        violation_error_message="Two people let somebody in anew, and neither of them is that person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("confirmed_by", None)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="recovery_confirmed_by_iff_confirmed_at",
                        violation_error_message="A confirmation has a person and a moment, or neither.",
                    ),
                ],
            },
        ),
    ]
