"""A member may also sign in at their agency (docs/decisions/0024)."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0010_let_in_anew"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgencySignIn",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("issuer", models.CharField(max_length=200)),
                ("subject", models.CharField(max_length=255)),
                ("linked_at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="agency_sign_ins", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["linked_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("issuer", "subject"), name="a_name_is_linked_once"),
                    models.UniqueConstraint(fields=("member", "issuer"), name="a_member_has_one_name_at_each_agency"),
                ],
            },
        ),
    ]
