"""Installations that were begun while the admin site was installed lose its log: it kept names, and nobody could read it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("agencies", "0004_release_due")]

    operations = [migrations.RunSQL("DROP TABLE IF EXISTS django_admin_log", migrations.RunSQL.noop)]
