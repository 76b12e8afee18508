"""A member says whether letters act at the table: alone, together with Alt and Shift, or not at all (WCAG 2.1.4)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agencies", "0014_an_ended_sign_in_is_told")]

    operations = [
        migrations.AddField(
            model_name="member",
            name="single_keys",
            field=models.CharField(
                choices=[("on", "A letter alone"), ("together", "The letter together with Alt and Shift"), ("off", "No keys")],
                default="on",
                max_length=8,
                verbose_name="keys at the table",
            ),
        ),
    ]
