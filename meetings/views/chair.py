"""The chair's console, and the acts by which the chair leads a meeting from item to item."""

from collections import Counter

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import ledger
from agencies.access import Refused, require
from agencies.models import Agency, Member
from meetings import lifecycle, policies
from meetings.agenda import agenda_of, before_the_table, item_for, meeting_for, sitting
from meetings.disclosure import answered_first, answers_of, heard, is_undecided, item_known, response_at_the_table, room_of
from meetings.enums import UNDECIDED, Act, Outcome
from meetings.forms.asking import ConfirmForm
from meetings.forms.calendar import ExtendForm
from meetings.forms.item import LeaveForm, RespondForm
from meetings.forms.room import RecuseForm
from meetings.just_done import undoable
from meetings.live import follow
from meetings.views.confirmation import confirm
from meetings.wall import shown_on_the_wall
from situations import lifecycle as situations
from situations.querysets import strongest


@require_safe
def chair(request, pk):
    """The agenda at the left, the item in the middle, the room at the right, the next step along the foot."""
    meeting = meeting_for(request, pk)
    may = policies.permitted(request.user, meeting)
    require(Act.CHAIR in may)
    moves = follow(meeting)
    agenda, row, known = agenda_of(meeting, member=request.user)
    room = room_of(meeting, item=row)
    item = None
    if known is not None:
        ledger.look(row.situation, by=request.user, relation=strongest(known.relations))
        may = may | policies.permitted_item(request.user, row, known)
        item = the_item(row, known, room, meeting, may)
    done = undoable(meeting, member=request.user, may=may)
    context = {"meeting": sitting(meeting, just_done=done), "agenda": agenda, "room": room, "item": item, "may": may, "live": moves}
    return render(request, "meetings/chair.html", context | {"form": item.form if item else None})


def the_item(item, known, room, meeting, may):
    """What stands in the middle of the console: the answers of those here, the response, or what the table decided."""
    shown = before_the_table(item, known, zone=meeting.table.zone)
    shown.is_on_the_wall = shown_on_the_wall(known.stage)
    shown.heard = None if shown.is_report_back or shown.has_ended else heard(known)
    shown.form, shown.rows, shown.response = None, [], None
    if Act.RESPOND in may or Act.DECIDE in may:
        said = answers_of(item, known)
        shown.answered = sum(agency.pk in said for agency in room.answering)  # whoever stepped out since is in the tally only
        if Act.RESPOND in may:
            shown.form = respond_form(None, item=item, room=room, said=said)
        else:
            shown.rows = [(agency, said.get(agency.pk)) for agency in answered_first(room.answering, said)]
            shown.counted = Counter(each.key.removeprefix("position:") for each in said.values())
    else:
        shown.response = response_at_the_table(known.pk, known, zone=meeting.table.zone)
    return shown


def respond_form(data, *, item, room, said):
    """The form that records the response: the agencies that can answer, and the seated ones that are not here."""
    meeting = item.meeting
    here = {agency.pk for agency in room.agencies}
    seated = Agency.objects.filter(is_active=True, seats__in=meeting.table.seats.current())
    absent = [agency for agency in seated if agency.pk not in here]
    return RespondForm(
        data,
        begins=meeting.starts_at,
        ends=meeting.ends_at,
        zone=meeting.table.zone,
        agencies=room.answering,
        said=said,
        absent=absent,
        is_unnamed=not situations.is_named(item.situation),
    )


@require_POST
def open_meeting(request, pk):
    """The meeting begins: the agenda stands."""
    meeting = meeting_for(request, pk)
    require(Act.OPEN_MEETING in policies.permitted(request.user, meeting))
    lifecycle.open_meeting(meeting, by=request.user)
    messages.success(request, _("The meeting is open. People check in by themselves, or you mark them under Attendance."))
    return redirect("meetings:chair", meeting.pk)


@require_http_methods(["GET", "POST"])
def item_open(request, pk):
    """An item of the agenda is opened, out of turn or again."""
    item, _known = item_for(request, pk)
    require(Act.OPEN_ITEM in policies.permitted(request.user, item.meeting))
    _not_while_out(item.meeting, request.user)
    asked = _ask_before_leaving(request, item.meeting, towards=item.pk)
    if asked is not None:
        return asked
    if request.method == "POST":
        lifecycle.open_item(item, by=request.user, leaving=_agreed_to_leave(request))
    return redirect("meetings:chair", item.meeting_id)


@require_http_methods(["GET", "POST"])
def item_next(request, pk):
    """What is open closes, and the next item of the agenda opens."""
    meeting = meeting_for(request, pk)
    require(Act.OPEN_ITEM in policies.permitted(request.user, meeting))
    _not_while_out(meeting, request.user)
    asked = _ask_before_leaving(request, meeting)
    if asked is not None:
        return asked
    if request.method == "POST" and lifecycle.next_item(meeting, by=request.user, leaving=_agreed_to_leave(request)) is None:
        messages.info(request, _("No further item is on the agenda."))
    return redirect("meetings:chair", meeting.pk)


def _not_while_out(meeting, member):
    """A chair who stepped out of the open item hands over until it is closed."""
    current = meeting.items.with_rights_of(member).open().first()
    if current is not None and current.is_stepped_out:
        raise Refused(_("Another chair closes this item."))


def _agreed_to_leave(request):
    """The key of the item that the chair agreed to leave without a decision; "" when nothing was asked."""
    answered = LeaveForm(request.POST)
    return answered.cleaned_data["leaving"] if answered.is_valid() else ""


def _ask_before_leaving(request, meeting, *, towards=None):
    """The page that asks whether the open item is left without a decision; None where it is decided, or the chair has answered."""
    if not meeting.is_open or sitting(meeting).is_over_time:
        return None  # the act itself says why it is refused
    current = meeting.items.known_to(request.user).open().select_related("situation__table", "situation__originating_agency").first()
    if current is None or current.pk == towards or not is_undecided(current):
        return None
    if _agreed_to_leave(request) == current.pk:
        return None
    if request.method == "POST":
        return redirect(request.path)  # the question has an address of its own
    known = item_known(current, to=request.user, only=())
    ledger.look(current.situation, by=request.user, relation=strongest(known.relations))
    reference = known.reference if known.reads("number_stage_dates") else ""
    situation = {"situation": reference or _("This item")}
    if current.outcome == Outcome.ACCEPTED:
        title, submit = _("Go on without a response?"), _("Go on without a response")
        what = [_("%(situation)s is accepted, but no response is recorded yet: nobody acts.") % situation, _the_clock_runs()]
    else:
        title, submit = _("Go on without a decision?"), _("Go on without a decision")
        what = [_("%(situation)s has no decision yet.") % situation]
    what.append(_("If you go on, it can be opened again today from the agenda. What is not decided today comes again at the next meeting."))
    form = LeaveForm(initial={"leaving": current.pk})
    back = reverse("meetings:chair", args=[meeting.pk])
    return confirm(request, title=title, what=what, form=form, submit=submit, back=back, reference=reference)


def _the_clock_runs():
    return _("The 48 hours to the first contact run from the acceptance on, also without a response.")


@require_POST
def extend(request, pk):
    """The meeting runs over, and the rights of the room with it."""
    meeting = meeting_for(request, pk)
    require(Act.EXTEND in policies.permitted(request.user, meeting))
    form = ExtendForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Choose 15 or 30 minutes."))
    lifecycle.extend(meeting, minutes=form.cleaned_data["minutes"], by=request.user)
    messages.success(request, _("The meeting is extended."))
    return redirect("meetings:chair", meeting.pk)


@require_http_methods(["GET", "POST"])
def close(request, pk):
    """The meeting is over; what was not heard waits for the next one."""
    meeting = meeting_for(request, pk)
    require(Act.CLOSE_MEETING in policies.permitted(request.user, meeting))
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        lifecycle.close_meeting(meeting, by=request.user)
        messages.success(request, _("The meeting is closed. Its minutes are written."))
        return redirect("meetings:minutes", meeting.pk)
    what = [
        _("Everyone leaves the table, and what the room could see closes. The meeting cannot be opened again."),
        _("What was not heard waits for the next meeting."),
    ]
    undecided = meeting.items.filter(outcome__in=UNDECIDED, opened_at__isnull=False)
    accepted = undecided.known_to(request.user).filter(outcome=Outcome.ACCEPTED).count()  # of one that a chair stepped out of, no stage
    if accepted:
        what += [
            ngettext(
                "One accepted situation has no response yet: nobody acts. It comes again at the next meeting.",
                "%(count)d accepted situations have no response yet: nobody acts. They come again at the next meeting.",
                accepted,
            )
            % {"count": accepted},
            _the_clock_runs(),
        ]
    if undecided.count() > accepted:
        what.append(_("An item was opened and is not finished. It comes again at the next meeting."))
    back = reverse("meetings:chair", args=[meeting.pk])
    return confirm(request, title=_("Close the meeting"), what=what, form=form, submit=_("Close the meeting"), back=back)


@require_http_methods(["GET", "POST"])
def recuse(request, pk):
    """Somebody who knows the person is asked to step out: the situation vanishes for them."""
    item, known = item_for(request, pk)
    require(Act.RECUSE_OTHERS in policies.permitted_item(request.user, item, known))
    form = RecuseForm(request.POST or None, present=present_for(item))
    is_chair = Act.CHAIR in policies.permitted(request.user, item.meeting)
    back = reverse("meetings:chair" if is_chair else "meetings:member", args=[item.meeting_id])
    if form.is_valid():
        lifecycle.step_out(item, member=form.cleaned_data["member"], by=request.user)
        messages.success(request, _("They are out of the room for this item."))
        return redirect(back)
    what = [
        _("The situation vanishes for them, whatever else they are. The others see only “out of the room”."),
        _("You cannot take it back. If it was a mistake, only the privacy officer lets them in again."),
    ]
    page = {"title": _("Ask someone to step out"), "what": what, "form": form, "submit": _("Take them out of the room"), "back": back}
    return confirm(request, **page, reference=known.reference if known.reads("number_stage_dates") else "")


def present_for(item):
    """Those who are at the table and in the room for the item."""
    present = item.meeting.attendances.present().with_whether_out(item).filter(is_out=False)
    return Member.objects.filter(pk__in=present.values("member")).select_related("agency")
