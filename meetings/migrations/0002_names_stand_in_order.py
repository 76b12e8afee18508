"""Agencies and people stand in the order in which they are looked for: accents and capitals do not count."""

from django.db import migrations

import agencies.folding


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0001_initial"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="attendance",
            options={"ordering": [agencies.folding.Folded("agency__name"), "arrived_at"]},
        ),
        migrations.AlterModelOptions(
            name="involvement",
            options={"ordering": [agencies.folding.Folded("agency__name")]},
        ),
        migrations.AlterModelOptions(
            name="position",
            options={"ordering": [agencies.folding.Folded("agency__name")]},
        ),
    ]
