"""What is past its time, by number: of the whole table for its own people, of one's own agency for the others."""

from collections import Counter
from types import SimpleNamespace

from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from agencies import ledger
from agencies.access import require
from agencies.narrowing import is_narrowed, left_as, paged
from meetings.forms.overdue import OverdueFilterForm
from meetings.lifecycle import chasing
from meetings.owed import OVERSEEING, looks_at, overdue
from meetings.tables import OverdueTable
from responses import policies
from responses.enums import Act
from responses.policies import relations_at

# Sentences for two and more; the number is said before anything is sent.
REMIND_OF = {
    "contact": lambda count: ngettext("Remind of %(count)d first contact", "Remind of all %(count)d first contacts", count),
    "step": lambda count: ngettext("Remind of %(count)d step", "Remind of all %(count)d steps", count),
    "report_back": lambda count: ngettext("Remind of %(count)d report-back", "Remind of all %(count)d report-backs", count),
    "follow_up": lambda count: ngettext("Remind of %(count)d follow-up", "Remind of all %(count)d follow-ups", count),
}


@require_safe
def overdue_list(request):
    """First contacts past 48 hours, steps, report-backs not given at the last meeting, follow-ups: all, or of one kind."""
    standing, table = request.user.standing, request.table
    require(Act.READ_OVERDUE in policies.permitted_at(standing, table.pk))
    if before := left_as(request, keeps=["kind"]):
        return redirect(before)
    form = OverdueFilterForm(request.GET)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    found = [owed for owed in overdue(request.user, table) if kind in ("", owed.kind)]
    may_remind = Act.REMIND in policies.permitted_at(standing, table.pk)
    if may_remind:
        found = chasing.with_reminders(found, table=table)
    rows = paged(OverdueTable(found, exclude=() if may_remind else ("reminder",)), request, is_narrowed=is_narrowed(form))
    on_the_page = [row.record for row in rows.paginated_rows]
    ledger.look_at_a_list(table, by=request.user, of="overdue", shown=looks_at(on_the_page))
    is_whole = bool(relations_at(standing, table.pk) & OVERSEEING)
    remindable = _remindable(found) if may_remind else []
    return render(request, "meetings/overdue.html", {"table": rows, "filter_form": form, "is_whole": is_whole, "remindable": remindable})


def _remindable(found) -> list:
    """The kinds of which there are several that nobody reminded of today, each with how many."""
    fresh = Counter(owed.kind for owed in found if owed.reminder is None)
    return [SimpleNamespace(kind=kind, words=REMIND_OF[kind](count) % {"count": count}) for kind, count in fresh.items() if count > 1]
