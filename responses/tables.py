"""The lists of this floor: de-identified, sorted, paged."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from responses import policies


def page_of(record, table):
    """Where the issue is changed, for whoever may."""
    return reverse("responses:change_issue", args=[record.pk]) if policies.may_change(table.member, record) else None


class IssueTable(tables.Table):
    """What stands in the way of many; whoever may change an issue opens it by its kind."""

    caption = _("Systemic issues at this table")
    issue_type = tables.Column(verbose_name=_("What stands in the way"), order_by="issue_type__position", linkify=page_of)
    line = tables.Column(verbose_name=_("In one line"), orderable=False, default="")
    state = tables.TemplateColumn(template_name="responses/_issue_state.html", verbose_name=_("Where it stands"))
    owner = tables.Column(verbose_name=_("Who takes it up"), default=_("No agency yet"))
    raised_at = tables.DateColumn(verbose_name=_("Raised"), format=None, short=False)

    class Meta:
        order_by = "-raised_at"
        empty_text = _("What stands in the way of many will be listed here.")

    def __init__(self, *args, member, **options):
        super().__init__(*args, **options)
        self.member = member
