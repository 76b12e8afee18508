"""When the table sits: the meetings to come and past, one meeting's page, and what the coordinator changes."""

from datetime import timedelta
from types import SimpleNamespace

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies import clock
from agencies.access import require
from agencies.days import date_format
from agencies.models import Agency
from agencies.narrowing import is_narrowed, left_as, size_asked
from meetings import lifecycle, policies
from meetings.agenda import agenda_of, meeting_for, sitting
from meetings.disclosure import room_of
from meetings.enums import Act, Kind, Mode
from meetings.forms.asking import ConfirmForm
from meetings.forms.calendar import ExceptionForm, MeetingFilterForm, MoveForm, PlanForm
from meetings.live import follow
from meetings.models import Meeting, RhythmException
from meetings.views.confirmation import confirm

SHOWN_AHEAD = timedelta(weeks=12)


@require_safe
def meeting_list(request):
    """The meetings to come, with the days on which the table rests; and those past, also those that did not take place."""
    may = policies.permitted_at(request.user, request.table)
    require(Act.READ_CALENDAR in may)
    if before := left_as(request, keeps=["kind"]):
        return redirect(before)
    form = MeetingFilterForm(request.GET)
    meetings = Meeting.objects.visible_to(request.user).filter(table=request.table).select_related("table")
    if form.is_valid() and form.cleaned_data["kind"]:
        meetings = meetings.filter(kind=form.cleaned_data["kind"])
    to_come = _sittings(meetings.to_come(), request, "page")
    past = _sittings(meetings.past_or_missed(), request, "past")
    context = {
        "filter_form": form,
        "is_narrowed": is_narrowed(form),
        "to_come": to_come,
        "days": list(to_come) if is_narrowed(form) else _days(to_come, request.table),
        "past": past,
        "past_days": list(past),
        "may": may,
    }
    return render(request, "meetings/list.html", context)


def _sittings(meetings, request, field):
    """One page of the list: the plain facts of each meeting."""
    page = Paginator(meetings, size_asked(request)).get_page(request.GET.get(field))
    page.object_list = [sitting(meeting) for meeting in page]
    return page


def _days(page, table):
    """The meetings of a page, and between them the days on which the table rests, in the order of the calendar."""
    days = list(page)
    if not days:
        return []
    first = localtime(clock.now(), table.zone).date() if page.number == 1 else days[0].on
    rests = _rests(table, first, days[-1].on)
    return sorted([*days, *rests], key=lambda day: day.on)


def _rests(table, first, last):
    """The days on which the table would have sat, with the holiday's name in the reader's language."""
    return [
        SimpleNamespace(on=rest.on, is_rest=True, holiday=rest.holiday.name_in(get_language()) if rest.holiday else "")
        for rest in lifecycle.rhythm_of(table).rests(first, last)
    ]


@require_safe
def detail(request, pk):
    """One meeting: when, where, what comes before it, who is expected."""
    meeting = meeting_for(request, pk)
    may = policies.permitted(request.user, meeting)
    moves = follow(meeting)
    agenda = agenda_of(meeting, member=request.user, only=())[0] if Act.READ_AGENDA in may else None
    context = {
        "meeting": sitting(meeting),
        "agenda": agenda,
        "here": Mode(meeting.here).label if meeting.here else "",
        "expected": expected_at(meeting) if Act.READ_ATTENDANCE in may else [],
        "room": room_of(meeting) if Act.READ_ATTENDANCE in may and meeting.is_open else None,
        "may": may,
        "acts_for_agency": request.user.standing.acts_for_agency_at(meeting.table_id),
        "live": moves if may & {Act.READ_AGENDA, Act.CHECK_IN} else None,
    }
    return render(request, "meetings/detail.html", context)


def expected_at(meeting) -> list:
    """The agencies that have a seat; at an emergency session those that were called."""
    seats = meeting.called_seats if meeting.kind == Kind.EMERGENCY else meeting.table.seats.current()
    agencies = Agency.objects.filter(is_active=True, pk__in=seats.values("agency"))
    return [SimpleNamespace(name=agency.name, lang=agency.name_language) for agency in agencies]


@require_http_methods(["GET", "POST"])
def plan(request):
    """The rhythm's sittings are laid further into the calendar."""
    require(Act.PLAN in policies.permitted_at(request.user, request.table))
    form = PlanForm(request.POST or None, table=request.table)
    if form.is_valid():
        planned = lifecycle.plan_meetings(request.table, until=form.cleaned_data["until"], by=request.user)
        messages.success(
            request,
            ngettext("One meeting was added.", "%(count)s meetings were added.", planned) % {"count": planned}
            if planned
            else _("The calendar already reaches that far."),
        )
        return redirect("meetings:list")
    last = Meeting.objects.visible_to(request.user).filter(table=request.table, kind=Kind.REGULAR).to_come().last()
    return render(request, "meetings/plan.html", {"form": form, "last": sitting(last).on if last else None})


@require_http_methods(["GET", "POST"])
def exceptions(request):
    """The days on which the calendar differs from the rhythm, and the holidays to come."""
    table = request.table
    require(Act.PLAN in policies.permitted_at(request.user, table))
    form = ExceptionForm(request.POST or None, table=table)
    if form.is_valid():
        lifecycle.add_exception(table, **form.cleaned_data, by=request.user)
        messages.success(request, _("The calendar is changed. Those concerned are told by mail."))
        return redirect("meetings:exceptions")
    today = localtime(clock.now(), table.zone).date()
    listed = RhythmException.objects.filter(table=table, on__gte=today)
    context = {
        "form": form,
        "exceptions": [SimpleNamespace(pk=each.pk, on=each.on, is_extra=each.is_extra) for each in listed],
        "rests": [rest for rest in _rests(table, today, today + timedelta(days=365)) if rest.holiday],
    }
    return render(request, "meetings/exceptions.html", context)


@require_http_methods(["GET", "POST"])
def remove_exception(request, pk):
    """The day is again as the rhythm says."""
    require(Act.PLAN in policies.permitted_at(request.user, request.table))
    exception = get_object_or_404(RhythmException, table=request.table, pk=pk)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        lifecycle.remove_exception(exception, by=request.user)
        messages.success(request, _("The calendar is changed. Those concerned are told by mail."))
        return redirect("meetings:exceptions")
    what = [_("On %(day)s the table meets, or rests, as its rhythm says.") % {"day": date_format(exception.on, "DATE_FORMAT")}]
    back = reverse("meetings:exceptions")
    return confirm(
        request,
        title=_("Remove this exception"),
        what=what,
        form=form,
        submit=_("Remove the exception"),
        back=back,
        back_words=_("Exceptions"),
    )


@require_http_methods(["GET", "POST"])
def move(request, pk):
    """The meeting is at another time; everyone is told by mail."""
    meeting = meeting_for(request, pk)
    require(Act.MOVE in policies.permitted(request.user, meeting))
    form = MoveForm(request.POST or None, table=meeting.table, begins=meeting.starts_at, initial={"version": meeting.version})
    if form.is_valid():
        chosen = form.cleaned_data
        lifecycle.move_meeting(meeting, starts_at=chosen["starts_at"], version=chosen["version"], by=request.user)
        messages.success(request, _("The meeting is moved. Everyone is told by mail."))
        return redirect("meetings:detail", meeting.pk)
    return render(request, "meetings/move.html", {"meeting": sitting(meeting), "form": form})


@require_http_methods(["GET", "POST"])
def cancel(request, pk):
    """The table does not sit that day; everyone is told by mail."""
    meeting = meeting_for(request, pk)
    require(Act.CANCEL in policies.permitted(request.user, meeting))
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        lifecycle.cancel_meeting(meeting, by=request.user)
        messages.success(request, _("The meeting is cancelled. Everyone is told by mail."))
        return redirect("meetings:detail", meeting.pk)
    what = [_("What was submitted waits for the next meeting."), _("Everyone who is expected is told by mail.")]
    back = reverse("meetings:detail", args=[meeting.pk])
    return confirm(
        request,
        title=_("Cancel this meeting"),
        what=what,
        form=form,
        submit=_("Cancel the meeting"),
        back=back,
        back_words=_("The meeting"),
    )
