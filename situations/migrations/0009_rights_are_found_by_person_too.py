"""Whether somebody was in the room is found by one look at the index: a member of a year's meetings holds thousands of such rights."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("situations", "0008_what_the_wall_asks_is_asked_once")]

    operations = [
        migrations.RemoveIndex(model_name="disclosure", name="disclosure_of_situation"),
        migrations.AddIndex(
            model_name="disclosure",
            index=models.Index(fields=["situation", "relation", "member"], name="disclosure_of_situation"),
        ),
    ]
