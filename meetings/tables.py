"""The lists of this floor: de-identified, sorted, paged."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _


class OverdueTable(tables.Table):
    """What is past its time, one line for each thing, by number; its rows are ``Owed``."""

    caption = _("Past its time, by number")
    reference = tables.Column(
        verbose_name=_("Situation"), linkify=("situation", {"pk": tables.A("situation")}), attrs={"td": {"class": "num"}}
    )
    kind = tables.TemplateColumn(template_name="meetings/_overdue_kind.html", verbose_name=_("What is overdue"))
    lead = tables.Column(verbose_name=_("Lead"))
    due = tables.TemplateColumn(template_name="meetings/_overdue_due.html", verbose_name=_("Due"), order_by="sort_key")
    reminder = tables.TemplateColumn(template_name="meetings/_overdue_reminder.html", verbose_name=_("Reminder"), orderable=False)

    class Meta:
        empty_text = _("Nothing is overdue. What passes its time will be listed here.")
