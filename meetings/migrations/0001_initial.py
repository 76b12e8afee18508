import uuid

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
            name="CalledSeat",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency")),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable")),
            ],
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("regular", "Regular meeting"), ("emergency", "Emergency session")], default="regular", max_length=9
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("open", "Under way"), ("closed", "Closed"), ("cancelled", "Cancelled")],
                        default="planned",
                        max_length=9,
                    ),
                ),
                ("rhythm_at", models.DateTimeField(null=True)),
                ("starts_at", models.DateTimeField(verbose_name="begins")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="place")),
                ("opened_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("minutes_approved_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("called_agencies", models.ManyToManyField(related_name="+", through="meetings.CalledSeat", to="agencies.agency")),
                (
                    "called_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "minutes_approved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="agencies.situationtable"),
                ),
            ],
            options={
                "ordering": ["starts_at"],
            },
        ),
        migrations.AddField(
            model_name="calledseat",
            name="meeting",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="called_seats", to="meetings.meeting"),
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("mode", models.CharField(choices=[("room", "In the room"), ("video", "By video")], default="room", max_length=5)),
                ("is_observer", models.BooleanField(default=False)),
                ("is_alternate", models.BooleanField(default=False)),
                ("arrived_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"),
                ),
                (
                    "member",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="attendances", to=settings.AUTH_USER_MODEL),
                ),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable")),
                (
                    "meeting",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="attendances", to="meetings.meeting"),
                ),
            ],
            options={
                "ordering": ["agency__name", "arrived_at"],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("report_back", "Report-back"), ("new", "New situation")], max_length=11)),
                ("position", models.PositiveSmallIntegerField()),
                ("opened_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accepted"),
                            ("rejected", "Not accepted"),
                            ("deferred", "Deferred"),
                            ("withdrawn", "Withdrawn"),
                            ("ended_early", "Accepted, ended early"),
                            ("responding", "Accepted, response recorded"),
                            ("kept_open", "Kept open"),
                            ("concluded", "Concluded"),
                        ],
                        max_length=11,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="agenda_items", to="situations.situation"),
                ),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable")),
                ("meeting", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="items", to="meetings.meeting")),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("taken_at", models.DateTimeField()),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency")),
                (
                    "item",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="positions", to="meetings.agendaitem"),
                ),
                ("position", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.entry")),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable")),
                ("taken_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["agency__name"],
            },
        ),
        migrations.CreateModel(
            name="RhythmException",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("on", models.DateField(verbose_name="day")),
                ("is_extra", models.BooleanField(default=False, verbose_name="the table sits on this day")),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rhythm_exceptions", to="agencies.situationtable"
                    ),
                ),
            ],
            options={
                "ordering": ["on"],
            },
        ),
        migrations.CreateModel(
            name="Involvement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("said_at", models.DateTimeField()),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency")),
                ("involvement", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.entry")),
                (
                    "item",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="involvements", to="meetings.agendaitem"),
                ),
                ("said_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable")),
            ],
            options={
                "ordering": ["agency__name"],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "agency"), name="one_involvement_per_agency"),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.StartsWith(models.F("involvement"), models.Value("involvement:")),
                        name="involvement_is_an_involvement",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["table", "state", "starts_at"], name="meeting_to_come"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(fields=("table", "rhythm_at"), name="the_rhythm_places_a_meeting_once"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(condition=models.Q(("state", "open")), fields=("table",), name="one_open_meeting_per_table"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="meeting_ends_after_it_begins",
                violation_error_message="A meeting ends after it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("opened_at__isnull", False), ("state__in", ["open", "closed"])),
                    models.Q(("opened_at", None), ("state__in", ["planned", "cancelled"])),
                    _connector="OR",
                ),
                name="meeting_opened_iff_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "closed"), ("closed_at", None), _connector="XOR"), name="meeting_closed_at_iff_closed"
            ),
        ),
        migrations.AddConstraint(
            model_name="calledseat",
            constraint=models.UniqueConstraint(fields=("meeting", "agency"), name="a_seat_is_called_once"),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at", None)), fields=("meeting", "member"), name="a_member_is_here_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(("left_at", None), ("left_at__gte", models.F("arrived_at")), _connector="OR"),
                name="attendance_leaves_after_arriving",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(fields=("meeting", "situation"), name="a_situation_stands_once_on_an_agenda"),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None), ("opened_at__isnull", False)), fields=("meeting",), name="one_open_item_per_meeting"
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_at", None), ("closed_at__gte", models.F("opened_at")), _connector="OR"),
                name="item_closes_after_it_opens",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None), ("outcome", "")),
                    models.Q(models.Q(("outcome", ""), _negated=True), ("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="item_outcome_names_who_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.UniqueConstraint(fields=("item", "agency"), name="one_position_per_agency"),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.StartsWith(models.F("position"), models.Value("position:")),
                name="position_is_a_position",
            ),
        ),
        migrations.AddConstraint(
            model_name="rhythmexception",
            constraint=models.UniqueConstraint(fields=("table", "on"), name="one_exception_per_day"),
        ),
    ]
