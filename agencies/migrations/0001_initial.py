import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import agencies.models.tables


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Agency",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name, as the agency writes it")),
                (
                    "name_language",
                    models.CharField(
                        choices=[("en-CA", "English"), ("fr-CA", "French"), ("oj", "Anishinaabemowin")],
                        default="en-CA",
                        max_length=5,
                        verbose_name="language of the name",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name_plural": "agencies",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("information_sharing", "Information-sharing agreement"),
                            ("confidentiality", "Confidentiality agreement"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("text_en", models.TextField(verbose_name="text in English")),
                ("text_fr", models.TextField(verbose_name="text in French")),
                ("valid_months", models.PositiveSmallIntegerField(default=12, verbose_name="valid for how many months")),
                ("published_at", models.DateTimeField(verbose_name="published")),
            ],
            options={
                "ordering": ["table", "kind", "-number"],
            },
        ),
        migrations.CreateModel(
            name="Outbox",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "notice",
                    models.CharField(
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
                        ],
                        max_length=24,
                    ),
                ),
                ("address", models.CharField(max_length=200)),
                ("subject_id", models.UUIDField(null=True)),
                ("moment", models.DateTimeField(null=True)),
                ("send_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name_plural": "outbox",
                "ordering": ["send_at"],
            },
        ),
        migrations.CreateModel(
            name="PracticeClock",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("seconds", models.FloatField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["agency__name"],
            },
        ),
        migrations.CreateModel(
            name="SituationTable",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name_en", models.CharField(max_length=120, verbose_name="name in English")),
                ("name_fr", models.CharField(max_length=120, verbose_name="name in French")),
                ("name_oj", models.CharField(blank=True, max_length=120, verbose_name="name in Anishinaabemowin")),
                (
                    "time_zone",
                    models.CharField(
                        default="America/Toronto",
                        max_length=40,
                        validators=[agencies.models.tables.validate_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                (
                    "number_prefix",
                    models.CharField(
                        blank=True,
                        help_text="Stands before each number, such as RMT in RMT-2026-031. May stay empty.",
                        max_length=8,
                        verbose_name="number prefix",
                    ),
                ),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        default=list,
                        help_text="0 is Monday.",
                        size=None,
                        verbose_name="meets on",
                    ),
                ),
                ("starts_at", models.TimeField(default="13:30", verbose_name="meetings begin at")),
                ("length_minutes", models.PositiveSmallIntegerField(default=120, verbose_name="length in minutes")),
                (
                    "place",
                    models.CharField(
                        blank=True, help_text="Where the table sits, such as a room, or by video.", max_length=120, verbose_name="place"
                    ),
                ),
                (
                    "decision_rule",
                    models.CharField(
                        choices=[("consensus", "Consensus"), ("vote", "Vote")],
                        default="consensus",
                        max_length=12,
                        verbose_name="decision rule",
                    ),
                ),
                (
                    "naming",
                    models.CharField(
                        choices=[("spoken", "Names are spoken, never written"), ("sealed", "Names are written under seal")],
                        default="spoken",
                        max_length=8,
                        verbose_name="names",
                    ),
                ),
                (
                    "retention_days",
                    models.PositiveSmallIntegerField(
                        default=30, help_text="Between 0 and 90.", verbose_name="days until a concluded situation’s words are forgotten"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "ordering": ["name_en"],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail address")),
                ("full_name", models.CharField(max_length=120, verbose_name="full name")),
                ("telephone", models.CharField(blank=True, max_length=32, verbose_name="telephone at work")),
                (
                    "language",
                    models.CharField(
                        choices=[("en-ca", "English"), ("fr-ca", "French")], default="en-ca", max_length=5, verbose_name="language"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("invited_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("joined_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="agencies.agency",
                        verbose_name="agency",
                    ),
                ),
            ],
            options={
                "verbose_name": "member",
                "ordering": ["full_name"],
            },
        ),
        migrations.CreateModel(
            name="AgreementSignature",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("signed_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="agencies.agency"
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="agencies.agreement"),
                ),
                (
                    "signed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ["-signed_at"],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("representative", "Representative"),
                            ("alternate", "Alternate"),
                            ("observer", "Observer"),
                            ("agency_lead", "Agency lead"),
                            ("chair", "Chair"),
                            ("recorder", "Recorder"),
                            ("coordinator", "Coordinator"),
                            ("steering", "Steering committee"),
                            ("privacy_officer", "Privacy officer"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=16,
                        verbose_name="role",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="from")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appointments", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "stands_in_for",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["role", "starts_at"],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.CharField(editable=False, max_length=64, primary_key=True, serialize=False)),
                (
                    "vocabulary",
                    models.CharField(
                        choices=[
                            ("age_group", "Age groups"),
                            ("agency_type", "Kinds of agency"),
                            ("attempt", "What was tried"),
                            ("conclusion_reason", "Conclusion reasons"),
                            ("consent", "Consent"),
                            ("contact_result", "Results of a contact"),
                            ("criterion", "Criteria of acutely elevated risk"),
                            ("deferral_reason", "Deferral reasons"),
                            ("discussion_type", "Kinds of situation"),
                            ("early_end_reason", "Reasons to end early"),
                            ("emergency_check", "Emergency checks"),
                            ("follow_up_code", "Follow-up answers"),
                            ("involvement", "Involvement"),
                            ("language_of_service", "Languages of service"),
                            ("legal_ground", "Legal grounds"),
                            ("mobilization_type", "How a service was mobilized"),
                            ("position", "Positions"),
                            ("protective_factor", "Protective factors"),
                            ("report_back_code", "Report-back answers"),
                            ("risk_factor", "Risk factors"),
                            ("sector", "Sectors"),
                            ("service", "Services"),
                            ("sex_gender", "Sex or gender"),
                            ("step_type", "Kinds of step"),
                            ("study_flag", "Study flags"),
                            ("systemic_issue_type", "Kinds of systemic issue"),
                            ("withdrawal_reason", "Withdrawal reasons"),
                        ],
                        editable=False,
                        max_length=24,
                        verbose_name="list",
                    ),
                ),
                ("code", models.CharField(max_length=24, verbose_name="code")),
                ("label_en", models.CharField(max_length=160, verbose_name="label in English")),
                ("label_fr", models.CharField(max_length=160, verbose_name="label in French")),
                ("help_en", models.CharField(blank=True, max_length=240, verbose_name="help in English")),
                ("help_fr", models.CharField(blank=True, max_length=240, verbose_name="help in French")),
                ("synonyms_en", models.CharField(blank=True, max_length=240, verbose_name="also found as (English)")),
                ("synonyms_fr", models.CharField(blank=True, max_length=240, verbose_name="also found as (French)")),
                ("group_code", models.CharField(blank=True, editable=False, max_length=120, verbose_name="group")),
                ("group_en", models.CharField(blank=True, max_length=120, verbose_name="group in English")),
                ("group_fr", models.CharField(blank=True, max_length=120, verbose_name="group in French")),
                ("is_sensitive", models.BooleanField(default=False, verbose_name="sensitive: needs twenty before it is published")),
                (
                    "marks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32), blank=True, default=list, editable=False, size=None
                    ),
                ),
                ("rtd_code", models.CharField(blank=True, max_length=32, null=True, verbose_name="provincial code")),
                ("is_verified", models.BooleanField(default=False, verbose_name="a source confirms the label")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="place in the list")),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="retired")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name": "vocabulary entry",
                "verbose_name_plural": "vocabulary entries",
                "ordering": ["vocabulary", "position", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("vocabulary", "code"), name="entry_code_once_per_list"),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("label_en", ""), _negated=True), models.Q(("label_fr", ""), _negated=True)),
                        name="entry_says_it_in_both_languages",
                        violation_error_message="An entry has a label in English and in French.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("id", django.db.models.functions.text.Concat(models.F("vocabulary"), models.Value(":"), models.F("code")))
                        ),
                        name="entry_key_is_list_and_code",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="agency",
            name="agency_type",
            field=models.ForeignKey(
                limit_choices_to={"vocabulary": "agency_type"},
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.entry",
                verbose_name="kind of agency",
            ),
        ),
        migrations.AddField(
            model_name="agency",
            name="sector",
            field=models.ForeignKey(
                limit_choices_to={"vocabulary": "sector"},
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.entry",
                verbose_name="sector",
            ),
        ),
        migrations.CreateModel(
            name="FormToken",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("token", models.UUIDField()),
                ("result", models.CharField(blank=True, max_length=200)),
                ("posted_at", models.DateTimeField()),
                ("member", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("written_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("at", models.DateTimeField(editable=False)),
                (
                    "act",
                    models.CharField(
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
                ("by_id", models.UUIDField(null=True)),
                ("by_job", models.CharField(blank=True, max_length=24)),
                ("agency_id", models.UUIDField(null=True)),
                ("table_id", models.UUIDField(null=True)),
                ("situation_id", models.UUIDField(null=True)),
                ("subject", models.CharField(blank=True, max_length=24)),
                ("subject_id", models.CharField(blank=True, max_length=64)),
                ("audience_id", models.UUIDField(null=True)),
                ("relation", models.CharField(blank=True, max_length=2)),
                ("codes", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), default=list, size=None)),
            ],
            options={
                "ordering": ["-at", "-written_at"],
                "indexes": [
                    models.Index(fields=["situation_id", "-at"], name="ledger_of_situation"),
                    models.Index(fields=["by_id", "-at"], name="ledger_of_member"),
                    models.Index(fields=["table_id", "-at"], name="ledger_of_table"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("by_id__isnull", False), models.Q(("by_job", ""), _negated=True), _connector="OR"),
                        name="ledger_names_who_acts",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ledgerentry",
            trigger=pgtrigger.compiler.Trigger(
                name="ledger_is_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="cb0a2905c36371cb50981927fbb7a4e6598c9dff",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_ledger_is_append_only_d3dcc",
                    table="agencies_ledgerentry",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="outbox",
            name="recipient",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name="practiceclock",
            constraint=models.CheckConstraint(condition=models.Q(("id", 1)), name="there_is_one_clock"),
        ),
        migrations.AddField(
            model_name="seat",
            name="agency",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="agencies.agency"),
        ),
        migrations.AddConstraint(
            model_name="situationtable",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name_en", ""), _negated=True), models.Q(("name_fr", ""), _negated=True)),
                name="table_is_named_in_both_languages",
                violation_error_message="A table has a name in English and in French.",
            ),
        ),
        migrations.AddConstraint(
            model_name="situationtable",
            constraint=models.CheckConstraint(
                condition=models.Q(("retention_days__lte", 90)),
                name="table_retention_at_most_90_days",
                violation_error_message="Words are kept for at most 90 days after a conclusion.",
            ),
        ),
        migrations.AddConstraint(
            model_name="situationtable",
            constraint=models.CheckConstraint(
                condition=models.Q(("length_minutes__gte", 15), ("length_minutes__lte", 480)),
                name="table_meeting_between_15_minutes_and_8_hours",
                violation_error_message="A meeting lasts between 15 minutes and 8 hours.",
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="table",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="agencies.situationtable"),
        ),
        migrations.AddField(
            model_name="outbox",
            name="table",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable"),
        ),
        migrations.AddField(
            model_name="appointment",
            name="table",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="appointments", to="agencies.situationtable"),
        ),
        migrations.AddField(
            model_name="agreementsignature",
            name="table",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable"),
        ),
        migrations.AddField(
            model_name="agreement",
            name="table",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="agreements", to="agencies.situationtable"),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.StartsWith(models.F("sector"), models.Value("sector:")), name="agency_sector_is_a_sector"
            ),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.StartsWith(models.F("agency_type"), models.Value("agency_type:")),
                name="agency_type_is_a_kind_of_agency",
            ),
        ),
        migrations.AddConstraint(
            model_name="formtoken",
            constraint=models.UniqueConstraint(fields=("member", "token"), name="a_form_counts_once"),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_at", None)), fields=("table", "agency"), name="one_open_seat_per_agency_and_table"
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at", None), ("ends_at__gte", models.F("starts_at")), _connector="OR"),
                name="seat_ends_after_it_starts",
            ),
        ),
        migrations.AddIndex(
            model_name="outbox",
            index=models.Index(condition=models.Q(("dropped_at", None), ("sent_at", None)), fields=["send_at"], name="outbox_waiting"),
        ),
        migrations.AddConstraint(
            model_name="outbox",
            constraint=models.UniqueConstraint(
                condition=models.Q(("dropped_at", None), ("sent_at", None)),
                fields=("notice", "recipient", "subject_id"),
                name="one_waiting_mail_per_cause",
            ),
        ),
        migrations.AddConstraint(
            model_name="outbox",
            constraint=models.CheckConstraint(
                condition=models.Q(("sent_at", None), ("dropped_at", None), _connector="OR"), name="mail_is_sent_or_dropped_not_both"
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_at", None)), fields=("table", "member", "role"), name="one_open_appointment_per_role"
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at", None), ("ends_at__gte", models.F("starts_at")), _connector="OR"),
                name="appointment_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("role", "alternate"), _negated=True), ("ends_at__isnull", False), _connector="OR"),
                name="an_alternate_has_an_end",
                violation_error_message="A delegation to an alternate has a last day.",
            ),
        ),
        migrations.AddIndex(
            model_name="agreementsignature",
            index=models.Index(fields=["signed_by", "expires_at"], name="signature_of_member"),
        ),
        migrations.AddIndex(
            model_name="agreementsignature",
            index=models.Index(fields=["agency", "expires_at"], name="signature_of_agency"),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(fields=("table", "kind", "number"), name="agreement_versions_count_up"),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("text_en", ""), _negated=True), models.Q(("text_fr", ""), _negated=True)),
                name="agreement_is_written_in_both_languages",
                violation_error_message="An agreement is written in English and in French.",
            ),
        ),
    ]
