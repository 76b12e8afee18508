"""The list of releases: by year, with where each stands."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ReleaseTable(tables.Table):
    """The releases that a member may read, the latest year first."""

    caption = _("Releases of this table")
    period = tables.Column(verbose_name=_("Year"), linkify=lambda record: reverse("reports:release", args=[record.pk]))
    tier = tables.Column(verbose_name=_("For"), accessor="get_tier_display", orderable=False)
    status = tables.TemplateColumn(template_name="reports/_status.html", verbose_name=_("Where it stands"))
    built_at = tables.DateColumn(verbose_name=_("Prepared"), format=None, short=False)
    approved_at = tables.DateColumn(verbose_name=_("Approved"), format=None, short=False, default=_("Not yet"))

    class Meta:
        order_by = "-period"
        empty_text = _("Each year’s figures will be listed here once they are released.")
