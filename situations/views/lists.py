"""The situations a member may know of, and who looked at what one's agency brought."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from agencies import ledger, spreadsheets
from agencies.access import require
from agencies.enums import LedgerAct
from agencies.narrowing import NOTHING_FITS, is_narrowed, left_as, paged
from situations import policies
from situations.disclosure import disclose
from situations.enums import Act, Relation
from situations.models import Situation
from situations.tables import LookList, SituationFilter, SituationList, named_looks
from situations.views.guard import reach

EMPTY = {
    "table": gettext_lazy("What the agencies bring will stand here, once it is submitted."),
    "brought": gettext_lazy("What your agency brings will stand here."),
    "responds": gettext_lazy("Where your agency leads or assists will stand here."),
}


@require_safe
def situation_list(request):
    """What one's agency brought, where it responds, or, for those who prepare the meeting, all of the table."""
    may = policies.permitted_at(request.user, request.table)
    require(bool(may))
    if before := left_as(request, keeps=["of", "stage", "agency", "year"]):
        return redirect(before)
    parts = _parts(may)
    part = request.GET.get("of") if request.GET.get("of") in parts else next(iter(parts))
    rows = Situation.objects.visible_to(request.user).filter(table=request.table).with_saved_at()
    rows = rows.select_related("table", "originating_agency")
    asked = SituationFilter(request.GET, queryset=rows, table=request.table, reader=request.user, asks_agency=part != "brought")
    found = _of(asked.qs, part, member=request.user)
    table = paged(SituationList(found, to=request.user, caption=parts[part]), request)
    ledger.look_at_a_list(request.table, by=request.user, of="situations")
    return render(
        request,
        "situations/list.html",
        {
            "table": table,
            "filter_form": asked.form,
            "parts": [{"url": f"?of={name}", "words": words, "is_here": name == part} for name, words in parts.items()],
            "empty": NOTHING_FITS if is_narrowed(asked.form) else EMPTY[part],
            "may_bring": policies.may_bring(request.user, request.table),
        },
    )


@require_http_methods(["GET", "POST"])
def looks(request, pk):
    """The looks at what one's agency brought; the whole list as a sheet, which is on the record too."""
    situation = reach(request, pk, Act.READ_LOOKS)
    entries, zone = ledger.looks(situation.pk), situation.table.zone
    may_know_who_acts = disclose(situation, to=request.user, words=False, only=()).reads("lead_and_assisting")
    if request.method == "POST":
        heads = [_("When"), _("Who"), _("Agency"), _("In which relation")]
        read = named_looks(list(entries), zone=zone, may_know_who_acts=may_know_who_acts)
        rows = [[f"{look.at:%Y-%m-%d %H:%M}", look.who, look.agency, look.relation] for look in read]
        ledger.record(LedgerAct.EXPORTED, by=request.user, situation=situation, relation=Relation.ORIGINATOR, codes=["looks"])
        return spreadsheets.download(spreadsheets.written_csv([heads, *rows]), filename="looks.csv")
    table = paged(LookList(entries, zone=zone, may_know_who_acts=may_know_who_acts), request)
    return render(request, "situations/looks.html", {"table": table, "back": reverse("situation", args=[pk])})


def _parts(may) -> dict[str, str]:
    """The lists that are open, and their captions; the first is the one shown unasked."""
    parts = {}
    if Act.READ_TABLES_LIST in may:
        parts["table"] = _("All situations of the table")
    if Act.READ_AGENCYS_LIST in may:
        parts |= {"brought": _("What your agency brought"), "responds": _("Where your agency responds")}
    return parts


def _of(situations, part: str, *, member):
    if part == "brought":
        return situations.brought_by(member.agency)
    if part == "responds":
        return situations.granted_as(member, Relation.ENGAGED)
    return situations
