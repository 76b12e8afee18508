"""What an agency screens at Filter 1 and does not bring forward is counted by month; nothing else of it is kept."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_ledger_counts_not_brought"),
        ("situations", "0002_only_the_keeper_forgets"),
    ]

    operations = [
        migrations.CreateModel(
            name="NotBroughtForward",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("month", models.DateField(verbose_name="month")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_acute", "The risk is not acutely elevated"),
                            ("alone", "Our agency can act alone"),
                            ("connected", "Already connected to the services that are needed"),
                            ("not_tried", "We have not yet tried what we can do ourselves"),
                            ("asked_not", "The person asked not to be brought"),
                        ],
                        max_length=9,
                        verbose_name="reason",
                    ),
                ),
                ("how_many", models.PositiveIntegerField(default=0, verbose_name="how many")),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency")),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.situationtable")),
            ],
            options={
                "ordering": ["month", "reason"],
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "table", "month", "reason"), name="not_brought_is_counted_once"),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)),
                        name="not_brought_is_counted_by_month",
                        violation_error_message="A month is named by its first day.",
                    ),
                ],
            },
        ),
    ]
