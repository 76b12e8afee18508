"""What awaits a member has a page of its own, mail comes when the member wants it, and a calendar can follow the meetings."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import agencies.clock


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_ground_rules"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="outbox",
            name="one_waiting_mail_per_cause",
        ),
        migrations.AddField(
            model_name="member",
            name="calendar_key",
            field=models.CharField(blank=True, editable=False, max_length=64, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="member",
            name="mail",
            field=models.CharField(
                choices=[
                    ("at_once", "At once"),
                    ("daily", "Once a day, in one mail"),
                    ("by_kind", "Once a day for what I choose here, the rest at once"),
                ],
                default="at_once",
                max_length=8,
                verbose_name="mail",
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="mail_daily",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=24), blank=True, default=list, size=None, verbose_name="in the daily mail"
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="mail_hour",
            field=models.PositiveSmallIntegerField(default=8, verbose_name="hour of the daily mail"),
        ),
        migrations.AddField(
            model_name="outbox",
            name="created_at",
            field=models.DateTimeField(default=agencies.clock.now),
        ),
        migrations.AddField(
            model_name="outbox",
            name="read_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="outbox",
            name="reminded_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        # What was laid in before its moment was kept is as old as the moment for which it waits, or waited.
        migrations.RunSQL("UPDATE agencies_outbox SET created_at = least(send_at, created_at)", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="ledgerentry",
            name="act",
            field=models.CharField(
                choices=[
                    ("signed_in", "Signed in"),
                    ("signed_out", "Signed out"),
                    ("refused", "Was refused a page"),
                    ("table_changed", "Changed the table’s settings"),
                    ("agency_changed", "Changed an agency"),
                    ("seat_changed", "Changed a seat"),
                    ("member_invited", "Invited a member"),
                    ("member_changed", "Changed a member"),
                    ("membership_ended", "Ended a membership"),
                    ("role_given", "Gave a role"),
                    ("role_ended", "Ended a role"),
                    ("agreement_published", "Published an agreement"),
                    ("agreement_signed", "Signed an agreement"),
                    ("imported", "Imported agencies and people"),
                    ("entry_changed", "Changed a vocabulary entry"),
                    ("exported", "Exported a list"),
                    ("clock_moved", "Moved the practice clock"),
                    ("reminded", "Reminded an agency"),
                    ("reminder_taken_back", "Took a reminder back"),
                    ("draft_opened", "Opened a draft"),
                    ("draft_saved", "Saved a draft"),
                    ("draft_discarded", "Discarded a draft"),
                    ("submitted", "Submitted"),
                    ("looked", "Looked"),
                    ("looked_with_reason", "Looked, with a reason"),
                    ("revealed", "Revealed"),
                    ("printed", "Printed"),
                    ("granted", "A right to see began"),
                    ("ended", "A right to see ended"),
                    ("recused", "Stepped out of a situation"),
                    ("stepped_in", "Was let into a situation again"),
                    ("presented", "Presented"),
                    ("accepted", "Accepted"),
                    ("rejected", "Not accepted"),
                    ("deferred", "Deferred"),
                    ("withdrawn", "Withdrawn"),
                    ("ended_early", "Ended early"),
                    ("forgotten", "Forgotten"),
                    ("corrected", "Corrected"),
                    ("purged", "Purged"),
                    ("response_opened", "Response recorded"),
                    ("joined", "Joined the response"),
                    ("left", "Left the response"),
                    ("handed_over", "Handed over the lead"),
                    ("asked", "Asked an agency to join"),
                    ("declined", "Declined to join"),
                    ("step_planned", "Planned a step"),
                    ("step_done", "Finished a step"),
                    ("contact_recorded", "Recorded a contact"),
                    ("service_recorded", "Recorded a service"),
                    ("reported_back", "Reported back"),
                    ("conclusion_proposed", "Proposed a conclusion"),
                    ("concluded", "Concluded"),
                    ("followed_up", "Answered a follow-up"),
                    ("issue_raised", "Raised a systemic issue"),
                    ("issue_changed", "Changed a systemic issue"),
                    ("meeting_planned", "Planned a meeting"),
                    ("meeting_moved", "Moved a meeting"),
                    ("meeting_cancelled", "Cancelled a meeting"),
                    ("emergency_called", "Called an emergency session"),
                    ("meeting_opened", "Opened a meeting"),
                    ("meeting_extended", "Extended a meeting"),
                    ("meeting_closed", "Closed a meeting"),
                    ("arrived", "Came to the table"),
                    ("departed", "Left the table"),
                    ("item_opened", "Opened an agenda item"),
                    ("item_closed", "Closed an agenda item"),
                    ("position_taken", "Took a position"),
                    ("involvement_said", "Said how it is involved"),
                    ("minutes_read", "Read the minutes"),
                    ("minutes_approved", "Approved the minutes"),
                    ("release_prepared", "Prepared a release"),
                    ("release_approved", "Approved a release"),
                    ("release_withdrawn", "Withdrew a release"),
                    ("release_read", "Read a release"),
                ],
                max_length=24,
            ),
        ),
        migrations.AddIndex(
            model_name="outbox",
            index=models.Index(condition=models.Q(("dropped_at", None)), fields=["recipient", "-created_at"], name="outbox_of_member"),
        ),
        migrations.AddIndex(
            model_name="outbox",
            index=models.Index(fields=["subject_id", "-created_at"], name="outbox_of_subject"),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(("mail_hour__lte", 23)),
                name="member_daily_mail_has_an_hour",
                violation_error_message="The hour lies between 0 and 23.",
            ),
        ),
        migrations.AddConstraint(
            model_name="outbox",
            constraint=models.UniqueConstraint(
                condition=models.Q(("dropped_at", None), ("reminded_by", None), ("sent_at", None)),
                fields=("notice", "recipient", "subject_id"),
                name="one_waiting_mail_per_cause",
            ),
        ),
        migrations.AddConstraint(
            model_name="outbox",
            constraint=models.UniqueConstraint(
                condition=models.Q(("dropped_at", None), ("reminded_by__isnull", False), ("sent_at", None)),
                fields=("notice", "recipient", "subject_id"),
                name="one_waiting_reminder_per_cause",
            ),
        ),
    ]
