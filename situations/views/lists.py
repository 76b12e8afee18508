"""The situations a member may know of, and who looked at what one's agency brought."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from agencies import ledger, spreadsheets
from agencies.access import require
from agencies.enums import LedgerAct
from agencies.limits import limited
from agencies.narrowing import NOTHING_FITS, is_narrowed, left_as, paged
from agencies.step_up import stepped_up
from situations import policies, sheets
from situations.disclosure import disclose
from situations.enums import Act, Relation
from situations.models import Situation
from situations.querysets import relations_of, strongest
from situations.tables import LookList, SituationFilter, SituationList
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
        return _sheet_of_looks(request, situation, entries, may_know_who_acts=may_know_who_acts)
    table = paged(LookList(entries, zone=zone, may_know_who_acts=may_know_who_acts), request)
    context = {"table": table, "pk": pk, "is_own": situation.originating_agency_id == request.user.agency_id}
    return render(request, "situations/looks.html", context)


@stepped_up(is_download=True)
@limited("export")
def _sheet_of_looks(request, situation, entries, *, may_know_who_acts):
    """Every look at the one situation: who saw what, when, at which stage; that the sheet left is on the record."""
    rows = sheets.rows(
        entries.order_by("at", "written_at").iterator(),
        zone=situation.table.zone,
        situation_of=lambda each: situation.reference or str(each.situation_id)[:8],
        is_named=lambda each: may_know_who_acts or each.relation != Relation.ENGAGED,
        names_are_sealed=situation.table.names_are_sealed,
    )
    sheet = spreadsheets.written_csv([sheets.heads(), *rows])
    relation = strongest(relations_of(situation, request.user))
    ledger.record(LedgerAct.EXPORTED, by=request.user, situation=situation, relation=relation, codes=["looks"])
    return spreadsheets.download(sheet, filename="looks.csv")


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
