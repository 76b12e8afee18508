"""The record: who did what, when. Members are named; a situation only by a reference that says nothing."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from agencies import ledger as record
from agencies import policies
from agencies.enums import Act
from agencies.forms.records import LedgerFilterForm
from agencies.models import Member
from agencies.narrowing import left_as, size_asked
from agencies.record import MOST_ENTRIES, in_words, of_the_act, of_the_house, of_the_table, on_the_day, own


class NewestEntries(Paginator):
    """Pages of the newest entries: the record grows for ever, and nobody counts it for a page."""

    @property
    def count(self):
        if not hasattr(self, "_count"):
            self._count = len(self.object_list[:MOST_ENTRIES].values_list("pk"))
        return self._count


@require_safe
def ledger(request, visible_to):
    """The table's record for privacy officer and coordinator, and that they read it; for everyone, one's own entries (``?mine``).

    ``visible_to`` gives the situations that a member may know of now.
    """
    may = policies.permitted(request.user, request.table)
    is_own = "mine" in request.GET
    if not is_own and Act.READ_RECORD not in may:
        asked = request.GET.copy()
        asked["mine"] = ""
        return redirect(f"{request.path}?{asked.urlencode()}")
    people = None
    if not is_own:
        if before := left_as(request, keeps=["place", "act"]):
            return redirect(before)
        record.look_at_a_list(request.table, by=request.user, of="record")
        people = list(Member.objects.at_table(request.table).values_list("pk", "full_name"))
    form = LedgerFilterForm(request.GET, people=people, with_looks=Act.READ_LOOKS in may)
    asked = form.cleaned_data if form.is_valid() else {}
    if is_own:
        entries = own(request.user)
    elif asked.get("place") == "house":
        entries = of_the_house(request.table, member=request.user, with_looks=Act.READ_LOOKS in may)
    else:
        entries = of_the_table(request.table, member=request.user, with_looks=Act.READ_LOOKS in may)
    if asked.get("act"):
        entries = of_the_act(entries, asked["act"], member=request.user)
    if asked.get("person"):
        entries = entries.filter(by_id=asked["person"])
    if asked.get("day"):
        entries = on_the_day(entries, asked["day"], request.table)
    page = NewestEntries(entries, size_asked(request)).get_page(request.GET.get("page"))
    return render(
        request,
        "agencies/ledger.html",
        {
            "page": page,
            "rows": in_words(page.object_list, to=request.user, visible_to=visible_to),
            "filter_form": form,
            "is_own": is_own,
            "may": may,
            "is_cut": page.paginator.count == MOST_ENTRIES,
        },
    )
