"""A newcomer goes by a guide: since when, and by which."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FirstMorning",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("guide", models.CharField(choices=[("representative", "As a representative"), ("chair", "As the chair")], max_length=14)),
                ("began_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("member", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("member", "guide"), name="one_first_morning_per_guide")],
            },
        ),
    ]
