"""What was just done at the table is kept for half a minute, so that it can be undone; for those who lead and keep the table."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

OVERSEEN = "table_id = ANY ((SELECT asker_tables('chairs') || asker_tables('keeps'))::uuid[])"
WALL = f"""
ALTER TABLE meetings_justdone ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_who_leads ON meetings_justdone TO cms_web USING ((SELECT is_work_of_the_table()) OR {OVERSEEN});
CREATE POLICY the_owner_keeps ON meetings_justdone TO cms_owner USING (true);
"""
NO_WALL = """
DROP POLICY of_who_leads ON meetings_justdone;
DROP POLICY the_owner_keeps ON meetings_justdone;
ALTER TABLE meetings_justdone NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
"""


def of(model: str, **options):
    return models.ForeignKey(on_delete=options.pop("on_delete", django.db.models.deletion.CASCADE), to=model, **options)


class Migration(migrations.Migration):
    dependencies = [("agencies", "0014_an_ended_sign_in_is_told"), ("meetings", "0005_the_wall")]

    operations = [
        migrations.CreateModel(
            name="JustDone",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("deed", models.CharField(max_length=24)),
                ("before", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("item", of("meetings.agendaitem", null=True, related_name="+")),
                ("left", of("meetings.agendaitem", null=True, related_name="+")),
                ("meeting", of("meetings.meeting", related_name="just_done")),
                ("table", of("agencies.situationtable", on_delete=django.db.models.deletion.PROTECT, related_name="+")),
            ],
            options={"ordering": ["-at"]},
        ),
        migrations.RunSQL(WALL, NO_WALL),
    ]
