"""Agencies and people stand in the order in which they are looked for: accents and capitals do not count."""

from django.db import migrations

import agencies.folding


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_ledger_counts_not_brought"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="agency",
            options={"ordering": [agencies.folding.Folded("name")], "verbose_name_plural": "agencies"},
        ),
        migrations.AlterModelOptions(
            name="member",
            options={"ordering": [agencies.folding.Folded("full_name")], "verbose_name": "member"},
        ),
        migrations.AlterModelOptions(
            name="seat",
            options={"ordering": [agencies.folding.Folded("agency__name")]},
        ),
        migrations.AlterModelOptions(
            name="situationtable",
            options={"ordering": [agencies.folding.Folded("name_en")]},
        ),
    ]
