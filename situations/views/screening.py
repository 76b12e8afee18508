"""Filter 1 in one's own agency: how many situations were considered and not brought forward."""

from types import SimpleNamespace

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from agencies.access import require
from agencies.days import date_format
from situations import lifecycle, policies
from situations.enums import Act, NotBroughtReason
from situations.forms.screening import LESS, CountForm
from situations.models import NotBroughtForward


@require_http_methods(["GET", "POST"])
def not_brought(request):
    """The agency's own counts of this month and the last; a press counts one more, or takes one back."""
    require(Act.COUNT_NOT_BROUGHT in policies.permitted_at(request.user, request.table))
    form = CountForm(request.POST or None)
    if form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("reason", "month")}
        verb = lifecycle.take_back_not_brought if form.cleaned_data["way"] == LESS else lifecycle.count_not_brought
        verb(request.table, agency=request.user.agency, by=request.user, **asked)
        messages.success(request, _("One is taken back.") if form.cleaned_data["way"] == LESS else _("One more is counted."))
        return redirect("situations:not_brought")
    return render(request, "situations/not_brought.html", {"months": _months(request)})


def _months(request) -> list:
    """The months that can be changed, each with what is counted for every reason, those without one first."""
    months = lifecycle.months_open(request.table)
    rows = NotBroughtForward.objects.of(request.user.agency, request.table).filter(month__in=months)
    counted = {(row.month, row.reason): row.how_many for row in rows}
    reasons = [("", _("No reason noted")), *NotBroughtReason.choices]
    return [
        SimpleNamespace(
            value=month.isoformat(),
            name=date_format(month, "YEAR_MONTH_FORMAT"),
            total=_total(sum(how_many for (each, _reason), how_many in counted.items() if each == month)),
            lines=[SimpleNamespace(reason=reason, words=words, how_many=counted.get((month, reason), 0)) for reason, words in reasons],
        )
        for month in months
    ]


def _total(how_many: int) -> str:
    if not how_many:
        return _("Nothing is counted in this month.")
    return ngettext(
        "%(count)d situation was considered and not brought forward.",
        "%(count)d situations were considered and not brought forward.",
        how_many,
    ) % {"count": how_many}
