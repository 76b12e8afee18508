"""The lists of this floor: de-identified, sorted, paged."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


def page_of(record):
    """Where the issue is changed, for whoever may."""
    return reverse("responses:change_issue", args=[record.pk]) if record.may_change else None


class IssueTable(tables.Table):
    """What stands in the way of many; whoever may change an issue opens it by its kind. Its rows are of ``disclose_issue``."""

    caption = _("Systemic issues at this table")
    issue_type = tables.Column(verbose_name=_("What stands in the way"), order_by="place", linkify=page_of)
    line = tables.Column(verbose_name=_("In one line"), orderable=False, default="")
    state = tables.TemplateColumn(template_name="responses/_issue_state.html", verbose_name=_("Where it stands"))
    owner = tables.Column(verbose_name=_("Who takes it up"), default=_("No agency yet"))
    raised_at = tables.DateColumn(verbose_name=_("Raised"), format=None, short=False)
    changed_at = tables.DateColumn(verbose_name=_("Last change"), format=None, short=False, default=_("Not yet"))

    class Meta:
        order_by = "-raised_at"
        empty_text = _("What stands in the way of many will be listed here.")
