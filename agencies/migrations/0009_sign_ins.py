"""Sessions know their member (docs/decisions/0024); a device that the table did not know is told of by mail."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0008_the_ledger_is_sealed"),
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
                    ("new_device", "You signed in on a new device"),
                ],
                max_length=24,
            ),
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                ("session_key", models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key")),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("mark", models.UUIDField(null=True)),
                ("device", models.CharField(blank=True, max_length=40)),
                ("began_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
                "indexes": [models.Index(fields=["member", "-seen_at"], name="sign_ins_of_member")],
            },
        ),
    ]
