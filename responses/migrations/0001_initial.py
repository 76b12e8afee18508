import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("situations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Response",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("accepted_at", models.DateTimeField()),
                ("huddle_at", models.DateTimeField(blank=True, null=True, verbose_name="huddle")),
                ("first_contact_at", models.DateTimeField(null=True)),
                (
                    "proposed_factors_lowered",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), blank=True, default=list, size=None, verbose_name="factors lowered"
                    ),
                ),
                ("proposed_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposed_reason",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.entry",
                        verbose_name="proposed conclusion",
                    ),
                ),
                (
                    "situation",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="response", to="situations.situation"),
                ),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable")),
            ],
            options={
                "ordering": ["accepted_at"],
            },
        ),
        migrations.CreateModel(
            name="ReportBack",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency")),
                (
                    "recorded_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.entry", verbose_name="report"
                    ),
                ),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable")),
                (
                    "response",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="report_backs", to="responses.response"),
                ),
            ],
            options={
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("day", models.PositiveSmallIntegerField(choices=[(30, "after 30 days"), (90, "after 90 days")])),
                ("due_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency")),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.entry",
                        verbose_name="answer",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable")),
                (
                    "response",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="follow_ups", to="responses.response"),
                ),
            ],
            options={
                "ordering": ["due_at"],
            },
        ),
        migrations.CreateModel(
            name="Engagement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("part", models.CharField(choices=[("lead", "Lead"), ("assisting", "Assisting")], max_length=9)),
                (
                    "standing",
                    models.CharField(
                        choices=[("asked", "Asked to join"), ("engaged", "Takes part"), ("declined", "Declined"), ("left", "Left")],
                        default="engaged",
                        max_length=8,
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="engagements", to="agencies.agency"),
                ),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable")),
                (
                    "response",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="engagements", to="responses.response"),
                ),
            ],
            options={
                "ordering": ["-part", "since"],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(verbose_name="when")),
                ("recorded_at", models.DateTimeField()),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency")),
                (
                    "recorded_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.entry", verbose_name="result"
                    ),
                ),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable")),
                (
                    "response",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="responses.response"),
                ),
            ],
            options={
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="ServiceMobilised",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                        verbose_name="by which agency",
                    ),
                ),
                (
                    "mobilization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.entry", verbose_name="how far"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "response",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="services", to="responses.response"),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.entry", verbose_name="service"
                    ),
                ),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable")),
            ],
            options={
                "ordering": ["recorded_at"],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("due_at", models.DateTimeField(verbose_name="due")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("done", "Done"), ("dropped", "No longer needed")], default="planned", max_length=8
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency", verbose_name="who does it"
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("response", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="responses.response")),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "step_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.entry", verbose_name="step"
                    ),
                ),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable")),
            ],
            options={
                "ordering": ["due_at"],
            },
        ),
        migrations.CreateModel(
            name="SystemicIssue",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("line", models.CharField(blank=True, max_length=160, verbose_name="in one line, without anything about a person")),
                (
                    "state",
                    models.CharField(
                        choices=[("raised", "Raised"), ("taken_up", "Taken up"), ("solved", "Solved"), ("set_aside", "Set aside")],
                        default="raised",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("raised_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "issue_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.entry", verbose_name="kind"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                        verbose_name="who takes it up",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "raised_for",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"),
                ),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable")),
            ],
            options={
                "ordering": ["-raised_at"],
            },
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(condition=models.Q(("first_contact_at", None)), fields=["table", "accepted_at"], name="response_clock_runs"),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_contact_at", None), ("first_contact_at__gte", models.F("accepted_at")), _connector="OR"),
                name="response_contact_follows_acceptance",
                violation_error_message="A first contact comes after the table’s decision.",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("proposed_at", None), models.Q(("proposed_at__isnull", False), ("proposed_by__isnull", False)), _connector="XOR"
                ),
                name="response_proposal_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.StartsWith(models.F("proposed_reason"), models.Value("conclusion_reason:")),
                name="response_proposal_is_a_conclusion",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportback",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.StartsWith(models.F("report"), models.Value("report_back_code:")),
                name="report_is_a_report_back",
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(condition=models.Q(("answered_at", None)), fields=["agency", "due_at"], name="follow_up_owed"),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.UniqueConstraint(fields=("response", "day"), name="each_follow_up_is_asked_once"),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.StartsWith(models.F("answer"), models.Value("follow_up_code:")),
                name="follow_up_is_a_follow_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", None), ("answered_at", None), ("answered_by", None)),
                    models.Q(("answer__isnull", False), ("answered_at__isnull", False), ("answered_by__isnull", False)),
                    _connector="OR",
                ),
                name="follow_up_answer_is_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="engagement",
            index=models.Index(fields=["agency", "standing"], name="engagement_of_agency"),
        ),
        migrations.AddConstraint(
            model_name="engagement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("part", "lead"), ("standing", "engaged")), fields=("response",), name="one_lead_per_response"
            ),
        ),
        migrations.AddConstraint(
            model_name="engagement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("standing__in", ["engaged", "asked"])), fields=("response", "agency"), name="an_agency_takes_part_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="engagement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("standing__in", ["left", "declined"]), ("until__isnull", False)),
                    models.Q(("standing__in", ["asked", "engaged"]), ("until", None)),
                    _connector="OR",
                ),
                name="engagement_until_iff_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.StartsWith(models.F("result"), models.Value("contact_result:")),
                name="contact_result_is_a_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicemobilised",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.StartsWith(models.F("service"), models.Value("service:")), name="service_is_a_service"
            ),
        ),
        migrations.AddConstraint(
            model_name="servicemobilised",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.StartsWith(models.F("mobilization"), models.Value("mobilization_type:")),
                name="mobilization_is_a_kind_of_mobilization",
            ),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(condition=models.Q(("state", "planned")), fields=["owner", "due_at"], name="step_owed"),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.StartsWith(models.F("step_type"), models.Value("step_type:")),
                name="step_is_a_kind_of_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at", None), ("settled_by", None), ("state", "planned")),
                    models.Q(models.Q(("state", "planned"), _negated=True), ("settled_at__isnull", False), ("settled_by__isnull", False)),
                    _connector="OR",
                ),
                name="step_settled_iff_not_planned",
                violation_error_message="A step is settled by someone at a time, or still planned.",
            ),
        ),
        migrations.AddConstraint(
            model_name="systemicissue",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.StartsWith(models.F("issue_type"), models.Value("systemic_issue_type:")),
                name="issue_is_a_kind_of_issue",
            ),
        ),
    ]
