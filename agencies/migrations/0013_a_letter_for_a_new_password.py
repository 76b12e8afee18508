"""Whoever forgot a password is sent the letter by the timers, so that the request takes as long for everybody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0012_how_long_a_table_keeps"),
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
                    ("new_password", "Your link to a new password"),
                ],
                max_length=24,
            ),
        ),
    ]
