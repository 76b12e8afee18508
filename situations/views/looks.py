"""Who looked at what: at what one's agency brought, by one's own people, of the whole table; and what happened to one situation."""

from datetime import datetime, time, timedelta
from functools import partial
from types import SimpleNamespace

from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import clock, ledger, spreadsheets
from agencies.access import require
from agencies.enums import LedgerAct
from agencies.limits import limited
from agencies.models import Member
from agencies.narrowing import is_narrowed, left_as, paged
from agencies.step_up import stepped_up
from situations import looks, policies, sheets
from situations.disclosure import disclose
from situations.enums import Act, Unusual
from situations.forms.incident import IncidentForm
from situations.happened import HappeningList, happenings
from situations.look_list import ANY_MARK, RULES, WITH_A_REASON, LookFilterForm, LooksList, Part, told_of
from situations.views.guard import reach

UNASKED = timedelta(days=30)  # how far the list goes back when no day is chosen
WHOSE = {
    Part.TABLE: (Act.READ_LOOKS_OF_TABLE, looks.of_the_table),
    Part.BROUGHT: (Act.READ_LOOKS_AT_BROUGHT, looks.at_what_was_brought),
    Part.PEOPLE: (Act.READ_LOOKS_OF_PEOPLE, looks.by_ones_people),
}


@require_safe
def all_looks(request):
    """The looks of the last 30 days, or of the days that are chosen; the privacy officer's with what is unusual about them."""
    part, parts = _part(request)
    if before := left_as(request, keeps=["of", "mark", "act"]):
        return redirect(before)
    form, found = _found(request, part)
    ledger.look_at_a_list(request.table, by=request.user, of="looks")
    table = LooksList(found, to=request.user, zone=request.table.zone, caption=_caption(part), part=part)
    paged(table, request, is_narrowed=is_narrowed(form))
    context = {
        "table": table,
        "filter_form": form,
        "parts": parts,
        "export": f"{reverse('situations:export_looks')}?{request.GET.urlencode()}",
        "rules": [SimpleNamespace(name=rule.label, words=RULES[rule]) for rule in Unusual] if part == Part.TABLE else [],
        "head": ledger.head() if part == Part.TABLE else None,
    }
    return render(request, "situations/all_looks.html", context)


@require_POST
@stepped_up(is_download=True)
@limited("export")
def export_looks(request):
    """The same looks, all of them, as a sheet; that it left is on the record."""
    part, _parts_of_the_list = _part(request)
    _form, found = _found(request, part, is_marked=False)
    told = told_of(set(found.order_by().values_list("situation_id", flat=True).distinct()), to=request.user)
    rows = sheets.rows(
        found.order_by("at", "written_at").iterator(),
        zone=request.table.zone,
        situation_of=partial(_whole_reference, told=told, part=part),
        is_named=partial(told.is_named, part=part),
        names_are_sealed=request.table.names_are_sealed,
    )
    return _sheet(request, list(rows), codes=["looks", part])


@require_http_methods(["GET", "POST"])
def incident(request):
    """Who saw what, when, at which stage, between two moments: the sheet that a suspected breach needs, with the reason on the record."""
    require(Act.READ_LOOKS_OF_TABLE in policies.permitted_with_looks(request.user, request.table))
    form = IncidentForm(request.POST if request.method == "POST" else None, people=_people(request.table))
    if form.is_valid():
        return _incident_sheet(request, **form.cleaned_data)
    return render(request, "situations/incident.html", {"form": form, "back": reverse("situations:all_looks")})


@stepped_up
@limited("export")
def _incident_sheet(request, *, since, until, person, situation, reason):
    found = looks.of_the_table(request.user, request.table)
    # Without one situation also what was opened and is of none: lists, minutes.
    found = looks.at_one(found, situation) if situation else looks.with_lists(found, request.table)
    found = found.filter(at__gte=since, at__lt=until)
    if person:
        found = found.filter(by_id=person)
    rows = sheets.rows(
        found.order_by("at", "written_at").iterator(),
        zone=request.table.zone,
        situation_of=lambda each: str(each.situation_id or ""),
        is_named=lambda each: True,
        names_are_sealed=request.table.names_are_sealed,
    )
    return _sheet(request, list(rows), codes=["incident", reason])


@require_safe
def happened(request, pk):
    """What happened to one situation, as far as its reader may know it: for the agency that brought it, and a look with a reason."""
    situation = reach(request, pk, Act.READ_LOOKS)
    known = disclose(situation, to=request.user, words=False, only=())
    table = HappeningList(happenings(situation, known), known=known, own_agency=situation.originating_agency_id, zone=situation.table.zone)
    back = reverse("situation", args=[pk])
    return render(request, "situations/happened.html", {"table": paged(table, request), "back": back})


def _part(request):
    """Which list is asked for, and those that are open; the first that is open stands unasked."""
    may = policies.permitted_with_looks(request.user, request.table)
    require(bool(may))
    open_parts = [part for part, (act, _entries) in WHOSE.items() if act in may]
    asked = request.GET.get("of")
    part = Part(asked) if asked in open_parts else open_parts[0]
    return part, [{"url": f"?of={each}", "words": _caption(each), "is_here": each == part} for each in open_parts]


def _caption(part: Part) -> str:
    return {
        Part.TABLE: _("All looks at this table"),
        Part.BROUGHT: _("Looks at what your agency brought"),
        Part.PEOPLE: _("What your people looked at"),
    }[part]


def _found(request, part: Part, *, is_marked: bool = True):
    """The form that narrows the list, and the looks that it asks for, with their marks where these are shown or asked for."""
    member, table = request.user, request.table
    form = LookFilterForm(request.GET, people=_people(table, agency=member.agency if part == Part.PEOPLE else None), part=part)
    asked = form.cleaned_data if form.is_valid() else {}
    found = WHOSE[part][1](member, table)
    today = localtime(clock.now(), table.zone).date()
    until = asked.get("until") or today
    since = asked.get("since") or until - UNASKED
    begins, ends = (datetime.combine(day, time.min, tzinfo=table.zone) for day in (since, until + timedelta(days=1)))
    found = found.filter(at__gte=begins, at__lt=ends)
    if asked.get("person"):
        told = looks.named_to(member) if part == Part.BROUGHT else Q()
        found = found.filter(told, by_id=asked["person"])
    if asked.get("act"):
        found = found.filter(act=asked["act"])
    mark = asked.get("mark", "")
    if mark or (is_marked and part == Part.TABLE):
        found = _unusual(looks.marked(found, zone=table.zone), mark)
    return form, found


def _unusual(found, mark: str):
    if mark == WITH_A_REASON:
        return found.filter(act=LedgerAct.LOOKED_WITH_REASON)
    if mark == ANY_MARK:
        return found.filter(Q(*[(str(rule), True) for rule in Unusual], _connector=Q.OR))
    return found.filter(**{mark: True}) if mark else found


def _people(table, *, agency=None) -> list:
    people = Member.objects.at_table(table)
    people = people.filter(agency=agency) if agency is not None else people
    return list(people.values_list("pk", "full_name"))


def _whole_reference(each, *, told, part: Part) -> str:
    return str(each.situation_id) if part == Part.TABLE else told.reference(each, part)


def _sheet(request, rows: list, *, codes):
    ledger.record(LedgerAct.EXPORTED, by=request.user, table=request.table, codes=[*codes, f"rows:{len(rows)}"])
    today = localtime(clock.now(), request.table.zone).date()
    return spreadsheets.download(spreadsheets.written_csv([sheets.heads(), *rows]), filename=f"{codes[0]}-{today}.csv")
