"""The recorder's screen: what agencies say who have no device, the reports, and what the table decides."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies import ledger
from agencies.access import require
from agencies.models import Agency
from meetings import lifecycle, policies
from meetings.agenda import agenda_of, before_the_table, item_for, meeting_for, sitting
from meetings.disclosure import ASKED, answers_of, heard, response_at_the_table, room_of
from meetings.enums import Act
from meetings.forms.item import AnswersForm, ReportForm
from meetings.live import follow
from situations import policies as of_situations
from situations.enums import Act as SituationAct
from situations.enums import Stage
from situations.querysets import strongest


@require_safe
def recorder(request, pk):
    """The open item as the recorder enters it."""
    meeting = meeting_for(request, pk)
    may = policies.permitted(request.user, meeting)
    require(Act.RECORD in may)
    moves = follow(meeting)
    agenda, row, known = agenda_of(meeting, member=request.user)
    room = room_of(meeting, item=row)
    item, form = None, None
    if known is not None:
        ledger.look(row.situation, by=request.user, relation=strongest(known.relations))
        may = may | policies.permitted_item(request.user, row, known)
        item, form = _item(request.user, row, known, room, may, zone=meeting.table.zone)
    context = {"meeting": sitting(meeting), "agenda": agenda, "room": room, "item": item, "form": form, "may": may, "live": moves}
    return render(request, "meetings/recorder.html", context)


def _item(member, row, known, room, may, *, zone):
    """The open item, and the one form that it now needs: answers of the agencies, or a report."""
    item, form = before_the_table(row, known, zone=zone), None
    item.heard = None if item.is_report_back or item.has_ended else heard(known)
    item.response = response_at_the_table(known.pk, known, zone=zone) if item.filter == 4 else None
    item.profile_url = ""
    if SituationAct.EDIT in of_situations.permitted(member, row.situation, known.relations) and not item.is_report_back:
        item.profile_url = reverse("situations:intake", args=[known.pk, 1])
    if may & {Act.POSITION_FOR_OTHERS, Act.INVOLVEMENT_FOR_OTHERS}:
        form = _answers_form(None, row, known, room)
    elif Act.REPORT_BACK_FOR_OTHERS in may and item.response:
        form = ReportForm(engaged=[item.response.lead, *item.response.assisting])
    return item, form


def _answers_form(data, item, known, room):
    return AnswersForm(data, agencies=room.answering, vocabulary=ASKED[known.stage][1], said=answers_of(item, known))


@require_POST
def answers(request, pk):
    """The answers of agencies without a device, as they speak; only what changed is entered."""
    item, known = item_for(request, pk)
    may = policies.permitted_item(request.user, item, known)
    require(bool(may & {Act.POSITION_FOR_OTHERS, Act.INVOLVEMENT_FOR_OTHERS}))
    form = _answers_form(request.POST, item, known, room_of(item.meeting, item=item))
    if form.is_valid():
        changed = form.changed()
        agencies = Agency.objects.in_bulk([agency.pk for agency, _answer in changed])
        for agency, answer in changed:
            _enter(item, known.stage, agency=agencies[agency.pk], answer=answer, by=request.user)
        messages.success(request, _("The answers are kept."))
    else:
        messages.error(request, _("One of the answers could not be read. Enter it once more."))
    return redirect("meetings:recorder", item.meeting_id)


def _enter(item, stage, *, agency, answer, by):
    if stage == Stage.PRESENTED:
        lifecycle.take_position(item, agency=agency, position=answer, by=by)
    else:
        lifecycle.say_involvement(item, agency=agency, involvement=answer, by=by)
