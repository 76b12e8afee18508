"""Who is at the table: one's own check-in, and the list that chair and recorder keep."""

from datetime import timedelta
from types import SimpleNamespace

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import Refused, require
from agencies.actor import for_the_table
from agencies.enums import Role
from agencies.folding import Folded, folded
from agencies.models import Appointment
from meetings import lifecycle, policies
from meetings.agenda import meeting_for, sitting, wall
from meetings.disclosure import room_of
from meetings.enums import Act, Kind, Mode
from meetings.forms.room import AttendanceForm, CheckInForm
from meetings.just_done import undoable
from meetings.policies import PLACES

LATE_AFTER = timedelta(minutes=5)  # a few minutes past the beginning are for finding a chair


@require_POST
def check_in(request, pk):
    """I am here, in the room or by video."""
    meeting = meeting_for(request, pk)
    require(Act.CHECK_IN in policies.permitted(request.user, meeting))
    form = CheckInForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Say whether you are in the room or on the video."))
    lifecycle.check_in(meeting, member=request.user, by=request.user, mode=form.cleaned_data["mode"])
    messages.success(request, _("You are checked in."))
    return redirect("meetings:member" if meeting.is_open else "meetings:detail", meeting.pk)


@require_POST
def check_out(request, pk):
    """I leave; what the room gave me closes."""
    meeting = meeting_for(request, pk)
    require(Act.CHECK_OUT in policies.permitted(request.user, meeting))
    lifecycle.check_out(meeting, member=request.user, by=request.user)
    messages.success(request, _("You are checked out."))
    return redirect("meetings:detail", meeting.pk)


@require_http_methods(["GET", "POST"])
def attendance(request, pk):
    """Everyone with a place at the table: who is here, since when, in the room or by video."""
    meeting = meeting_for(request, pk)
    may = policies.permitted(request.user, meeting)
    require(Act.READ_ATTENDANCE in may)
    places = places_at(meeting)
    if request.method == "POST":
        require(Act.TAKE_ATTENDANCE in may)
        row = _take(request, meeting, [place.member for place in places])
        return redirect(reverse("meetings:attendance", args=[meeting.pk]) + row)
    item = meeting.items.open().first()
    said = list(messages.get_messages(request))
    kept = {each.extra_tags: each.message for each in said if each.extra_tags}
    context = {
        "meeting": sitting(meeting, just_done=undoable(meeting, member=request.user, may=may)),
        "room": room_of(meeting, item=item),
        "agencies": by_agency(meeting, places, item=item, kept=kept),
        "messages": [each for each in said if not each.extra_tags],  # what was done to a person is said in their row
        "may": may,
    }
    return render(request, "meetings/attendance.html", context)


def _take(request, meeting, members):
    """One press: a person arrives or leaves, or everyone of the last meeting arrives; the fragment of the row to which the page returns."""
    if "as_last_time" in request.POST:
        arrived = lifecycle.check_in_as_last_time(meeting, by=request.user)
        messages.success(request, _("Checked in as last time: %(count)s.") % {"count": arrived})
        return ""
    form = AttendanceForm(request.POST, places=members)
    if not form.is_valid():
        raise Refused(_("Choose one person of the list."))
    pressed, member = form.cleaned_data["pressed"], form.cleaned_data["member"]
    if pressed == "left":
        lifecycle.check_out(meeting, member=member, by=request.user)
    else:
        lifecycle.check_in(meeting, member=member, by=request.user, mode=Mode(pressed))
    done = {"room": _("Kept: in the room."), "video": _("Kept: by video."), "left": _("Kept: left.")}[pressed]
    messages.success(request, done, extra_tags=str(member.pk))
    return f"#person-{member.pk}"


def places_at(meeting) -> list:
    """Those with a place at the table, each with their roles there; at an emergency session of the agencies that were called."""
    appointments = Appointment.objects.current().filter(table=meeting.table_id, role__in=PLACES, member__is_active=True)
    called = set(meeting.called_seats.values_list("agency_id", flat=True)) if meeting.kind == Kind.EMERGENCY else None
    places: dict = {}
    for appointment in appointments.select_related("member__agency").order_by(Folded("member__agency__name"), Folded("member__full_name")):
        member = appointment.member
        place = places.setdefault(member.pk, SimpleNamespace(member=member, roles=set()))
        place.roles.add(Role(appointment.role))
    of_the_table = set(lifecycle.WITHOUT_A_SEAT)
    return [place for place in places.values() if called is None or place.member.agency_id in called or place.roles & of_the_table]


@for_the_table("room")
def by_agency(meeting, places, *, item, kept: dict) -> list:
    """The list of a page: each agency with its people, their intervals and where they are now; last those of the table itself.

    Late is who came more than five minutes after the meeting began: its planned time, or when the chair opened it, whichever was later.
    ``kept`` says by person what was just done.
    """
    zone, begins = meeting.table.zone, max(meeting.opened_at or meeting.starts_at, meeting.starts_at)
    intervals: dict = {}
    for each in meeting.attendances.with_whether_out(item).order_by("arrived_at"):
        intervals.setdefault(each.member_id, []).append(each)
    groups: dict = {}
    for place in sorted(places, key=lambda place: (place.member.agency is None, folded(str(place.member.agency or "")))):
        agency = place.member.agency
        group = groups.setdefault(agency, SimpleNamespace(name=agency.name if agency else "", people=[]))
        group.lang = agency.name_language if agency else ""
        person = _person(place, intervals.get(place.member.pk, []), begins=begins, zone=zone)
        person.kept = kept.get(str(place.member.pk), "")
        group.people.append(person)
    return list(groups.values())


def _person(place, intervals, *, begins, zone):
    now = next((each for each in intervals if each.left_at is None), None)
    shown = [
        SimpleNamespace(
            arrived=wall(each.arrived_at, zone),
            left=wall(each.left_at, zone),
            is_late=number == 0 and each.arrived_at > begins + LATE_AFTER,
        )
        for number, each in enumerate(intervals)
    ]
    marked = [role.label for role in (Role.ALTERNATE, Role.OBSERVER, Role.CHAIR, Role.RECORDER, Role.COORDINATOR) if role in place.roles]
    return SimpleNamespace(
        pk=place.member.pk,
        name=place.member.full_name,
        marked=marked,
        is_here=now is not None,
        is_out=bool(now and now.is_out),
        is_by_video=bool(now and now.mode == Mode.VIDEO),
        intervals=shown,
    )
