import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Situation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("presented", "Filter 2: before the table"),
                            ("rejected", "Not accepted"),
                            ("withdrawn", "Withdrawn"),
                            ("identifying", "Filter 3: who must act"),
                            ("ended_early", "Ended early"),
                            ("responding", "Filter 4: responding"),
                            ("concluded", "Concluded"),
                            ("purged", "Concluded, words forgotten"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("year", models.PositiveSmallIntegerField(null=True)),
                ("sequence", models.PositiveIntegerField(null=True)),
                ("opened_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("presented_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("responding_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("purged_at", models.DateTimeField(null=True)),
                (
                    "affected_persons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="others affected, by age group",
                    ),
                ),
                (
                    "risk_factors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), blank=True, default=list, size=None, verbose_name="risk factors"
                    ),
                ),
                (
                    "protective_factors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), blank=True, default=list, size=None, verbose_name="protective factors"
                    ),
                ),
                (
                    "study_flags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), blank=True, default=list, size=None, verbose_name="study flags"
                    ),
                ),
                (
                    "attempts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), blank=True, default=list, size=None, verbose_name="what was tried"
                    ),
                ),
                ("emergency_checks", models.JSONField(blank=True, default=dict, verbose_name="emergency checks")),
                (
                    "criteria",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="criteria of acutely elevated risk",
                    ),
                ),
                (
                    "discussed_before",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
                        max_length=8,
                        verbose_name="discussed before",
                    ),
                ),
                (
                    "earlier_number",
                    models.CharField(
                        blank=True,
                        max_length=16,
                        validators=[
                            django.core.validators.RegexValidator("^([A-Za-z]{1,8}-)?\\d{4}-\\d{1,6}$", "Write the number like 2026-031.")
                        ],
                        verbose_name="earlier number",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accepted: acutely elevated risk"),
                            ("rejected", "Not accepted"),
                            ("deferred", "Deferred to a later meeting"),
                        ],
                        max_length=8,
                        verbose_name="decision",
                    ),
                ),
                (
                    "criteria_not_met",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), blank=True, default=list, size=None, verbose_name="criteria not met"
                    ),
                ),
                ("tally_met", models.PositiveSmallIntegerField(default=0)),
                ("tally_not_met", models.PositiveSmallIntegerField(default=0)),
                ("tally_question", models.PositiveSmallIntegerField(default=0)),
                (
                    "factors_lowered",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), blank=True, default=list, size=None, verbose_name="factors lowered"
                    ),
                ),
                (
                    "age_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.entry",
                        verbose_name="age group",
                    ),
                ),
                (
                    "conclusion_reason",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.entry",
                        verbose_name="conclusion",
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.entry",
                        verbose_name="consent",
                    ),
                ),
                (
                    "decision_reason",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.entry",
                        verbose_name="reason",
                    ),
                ),
                (
                    "discussion_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.entry",
                        verbose_name="kind of situation",
                    ),
                ),
                (
                    "language_of_service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.entry",
                        verbose_name="language of service",
                    ),
                ),
                (
                    "legal_ground",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.entry",
                        verbose_name="legal ground",
                    ),
                ),
                (
                    "originating_agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="situations_brought", to="agencies.agency"),
                ),
                (
                    "sex_gender",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.entry",
                        verbose_name="sex or gender",
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="situations", to="agencies.situationtable"),
                ),
            ],
            options={
                "ordering": ["-opened_at"],
            },
        ),
        migrations.CreateModel(
            name="SealedText",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("why_now", "Why now"),
                            ("correction_reason", "Reason for a correction"),
                            ("overrule_reason", "Why a mark was overruled"),
                            ("identifiers", "Name, birth date, address"),
                            ("plan", "Plan"),
                        ],
                        max_length=20,
                    ),
                ),
                ("ciphertext", models.BinaryField()),
                ("written_at", models.DateTimeField()),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable")),
                (
                    "written_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("situation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="situations.situation")),
            ],
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("recused_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="recusals", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "recused_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable")),
                (
                    "situation",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="recusals", to="situations.situation"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("OR", "Your agency brought it"),
                            ("IR", "You are in the room"),
                            ("EN", "Your agency responds"),
                            ("CH", "You chair the table"),
                            ("CO", "You coordinate or record"),
                            ("SC", "You are on the steering committee"),
                            ("AD", "You administer the installation"),
                            ("PO", "You look as privacy officer"),
                        ],
                        max_length=2,
                    ),
                ),
                ("granted_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable")),
                (
                    "situation",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="disclosures", to="situations.situation"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NumberCounter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("table", "year"), name="one_counter_per_table_and_year")],
            },
        ),
        migrations.CreateModel(
            name="SituationKey",
            fields=[
                (
                    "situation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="situations.situation",
                    ),
                ),
                ("wrapped", models.BinaryField()),
                ("wrapped_with", models.CharField(max_length=32)),
                ("created_at", models.DateTimeField()),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable")),
            ],
        ),
        migrations.AddIndex(
            model_name="situation",
            index=models.Index(fields=["table", "stage", "submitted_at"], name="situation_agenda"),
        ),
        migrations.AddIndex(
            model_name="situation",
            index=models.Index(fields=["originating_agency", "-opened_at"], name="situation_brought"),
        ),
        migrations.AddIndex(
            model_name="situation",
            index=models.Index(fields=["table", "-year", "-sequence"], name="situation_by_number"),
        ),
        migrations.AddIndex(
            model_name="situation",
            index=models.Index(condition=models.Q(("purged_at", None)), fields=["ended_at"], name="situation_to_purge"),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.UniqueConstraint(fields=("table", "year", "sequence"), name="situation_number_once_per_table_and_year"),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sequence", None), ("year", None)),
                    models.Q(("sequence__isnull", False), ("year__isnull", False)),
                    _connector="OR",
                ),
                name="situation_number_is_whole",
                violation_error_message="A number has a year and a sequence, or is not given yet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "stage__in",
                            frozenset(["concluded", "ended_early", "identifying", "presented", "purged", "rejected", "responding"]),
                        ),
                        _negated=True,
                    ),
                    models.Q(("presented_at__isnull", False), ("sequence__isnull", False)),
                    _connector="OR",
                ),
                name="situation_presented_has_its_number",
                violation_error_message="A situation before the table has a number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", False),
                        ("stage__in", frozenset(["concluded", "ended_early", "purged", "rejected", "withdrawn"])),
                    ),
                    models.Q(
                        models.Q(("stage__in", frozenset(["concluded", "ended_early", "purged", "rejected", "withdrawn"])), _negated=True),
                        ("ended_at", None),
                    ),
                    _connector="OR",
                ),
                name="situation_ended_at_iff_ended",
                violation_error_message="A situation has an end exactly when it has ended.",
            ),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage", "purged"), ("purged_at", None), _connector="XOR"), name="situation_purged_at_iff_purged"
            ),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage__in", frozenset(["rejected", "withdrawn"])), _negated=True),
                    models.Q(
                        ("affected_persons", []),
                        ("age_group", None),
                        ("attempts", []),
                        ("conclusion_reason", None),
                        ("criteria", []),
                        ("discussed_before", ""),
                        ("earlier_number", ""),
                        ("emergency_checks", {}),
                        ("factors_lowered", []),
                        ("language_of_service", None),
                        ("protective_factors", []),
                        ("risk_factors", []),
                        ("sex_gender", None),
                        ("study_flags", []),
                    ),
                    _connector="OR",
                ),
                name="situation_forgotten_holds_nothing_of_the_person",
                violation_error_message="Of a situation that was not accepted, nothing of the person stays.",
            ),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.StartsWith(models.F("discussion_type"), models.Value("discussion_type:")),
                name="situation_discussion_type_is_of_its_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.StartsWith(models.F("age_group"), models.Value("age_group:")),
                name="situation_age_group_is_of_its_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.StartsWith(models.F("sex_gender"), models.Value("sex_gender:")),
                name="situation_sex_gender_is_of_its_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.StartsWith(models.F("language_of_service"), models.Value("language_of_service:")),
                name="situation_language_of_service_is_of_its_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.StartsWith(models.F("consent"), models.Value("consent:")),
                name="situation_consent_is_of_its_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.StartsWith(models.F("legal_ground"), models.Value("legal_ground:")),
                name="situation_legal_ground_is_of_its_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Regex(
                    models.Func(
                        models.F("affected_persons"), models.Value(" "), function="array_to_string", output_field=models.TextField()
                    ),
                    models.Value("^(age_group:[^ ]+ ?)*$"),
                ),
                name="situation_affected_persons_are_of_their_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Regex(
                    models.Func(models.F("risk_factors"), models.Value(" "), function="array_to_string", output_field=models.TextField()),
                    models.Value("^(risk_factor:[^ ]+ ?)*$"),
                ),
                name="situation_risk_factors_are_of_their_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Regex(
                    models.Func(
                        models.F("protective_factors"), models.Value(" "), function="array_to_string", output_field=models.TextField()
                    ),
                    models.Value("^(protective_factor:[^ ]+ ?)*$"),
                ),
                name="situation_protective_factors_are_of_their_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Regex(
                    models.Func(models.F("study_flags"), models.Value(" "), function="array_to_string", output_field=models.TextField()),
                    models.Value("^(study_flag:[^ ]+ ?)*$"),
                ),
                name="situation_study_flags_are_of_their_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Regex(
                    models.Func(models.F("attempts"), models.Value(" "), function="array_to_string", output_field=models.TextField()),
                    models.Value("^(attempt:[^ ]+ ?)*$"),
                ),
                name="situation_attempts_are_of_their_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Regex(
                    models.Func(models.F("criteria"), models.Value(" "), function="array_to_string", output_field=models.TextField()),
                    models.Value("^(criterion:[^ ]+ ?)*$"),
                ),
                name="situation_criteria_are_of_their_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Regex(
                    models.Func(
                        models.F("criteria_not_met"), models.Value(" "), function="array_to_string", output_field=models.TextField()
                    ),
                    models.Value("^(criterion:[^ ]+ ?)*$"),
                ),
                name="situation_criteria_not_met_are_of_their_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Regex(
                    models.Func(
                        models.F("factors_lowered"), models.Value(" "), function="array_to_string", output_field=models.TextField()
                    ),
                    models.Value("^(risk_factor:[^ ]+ ?)*$"),
                ),
                name="situation_factors_lowered_are_of_their_list",
            ),
        ),
        migrations.AddIndex(
            model_name="sealedtext",
            index=models.Index(fields=["situation"], name="sealed_text_of_situation"),
        ),
        migrations.AddConstraint(
            model_name="sealedtext",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ["why_now", "identifiers", "plan"])),
                fields=("situation", "kind"),
                name="one_sealed_text_per_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("situation", "member"), name="one_recusal_at_a_time"
            ),
        ),
        migrations.AddIndex(
            model_name="disclosure",
            index=models.Index(fields=["agency", "ends_at", "situation"], name="disclosure_to_agency"),
        ),
        migrations.AddIndex(
            model_name="disclosure",
            index=models.Index(fields=["member", "ends_at", "situation"], name="disclosure_to_member"),
        ),
        migrations.AddIndex(
            model_name="disclosure",
            index=models.Index(fields=["situation", "relation"], name="disclosure_of_situation"),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency__isnull", False), ("member", None)),
                    models.Q(("agency", None), ("member__isnull", False)),
                    _connector="OR",
                ),
                name="disclosure_has_one_audience",
                violation_error_message="A right to see is given to a member or to an agency.",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at", None), ("ends_at__gte", models.F("granted_at")), _connector="OR"),
                name="disclosure_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency__isnull", False), ("relation__in", ["OR", "EN"])),
                    models.Q(("member__isnull", False), ("relation__in", ["IR", "PO"])),
                    _connector="OR",
                ),
                name="agencies_originate_and_engage_members_sit",
            ),
        ),
    ]
