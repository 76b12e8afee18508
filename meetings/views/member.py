"""A member follows the meeting on their own device: one question at a time."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import ledger
from agencies.access import Refused, require
from agencies.models.vocabulary import Vocabulary, choices
from agencies.names import own_name
from meetings import lifecycle, policies
from meetings.agenda import agenda_of, before_the_table, item_for, meeting_for, sitting
from meetings.disclosure import own_answer, response_at_the_table
from meetings.enums import Act
from meetings.forms.asking import ConfirmForm
from meetings.forms.item import AnswerForm
from meetings.live import follow
from meetings.models import Meeting
from meetings.views.confirmation import confirm
from situations import lifecycle as situations
from situations import policies as of_situations
from situations.disclosure import disclose
from situations.enums import Act as SituationAct
from situations.querysets import strongest
from situations.views.guard import reach


@require_safe
def member(request, pk):
    """The item that is open, what is asked of the member's agency, and its answer so far."""
    meeting = meeting_for(request, pk)
    may = policies.permitted(request.user, meeting)
    require(Act.CHECK_IN in may or Act.READ_AGENDA in may)
    moves = follow(meeting)
    agenda, row, known = agenda_of(meeting, member=request.user, only=["decision"])
    here = bool(meeting.here)
    item, question = None, None
    if known is not None:
        ledger.look(row.situation, by=request.user, relation=strongest(known.relations))
        may = may | policies.permitted_item(request.user, row, known)
        item = before_the_table(row, known, zone=meeting.table.zone)
        with_it = of_situations.permitted(request.user, row.situation, known.relations)
        item.can_step_out = SituationAct.STEP_OUT in with_it
        item.can_reveal, item.can_write = SituationAct.REVEAL in with_it, SituationAct.WRITE_IDENTIFIERS in with_it
        item.is_named = item.can_reveal and situations.is_named(row.situation)
        item.response = None if item.filter < 4 else response_at_the_table(known.pk, known, zone=meeting.table.zone)
        question = question_of(request.user, row, known, may) if here else None
    context = {"meeting": sitting(meeting), "agenda": agenda, "here": here, "item": item, "question": question, "may": may, "live": moves}
    return render(request, "meetings/member.html", context)


def question_of(member, item, known, may):
    """What the open filter asks of the member's agency: the answers, the one that stands, where it is posted; None for nothing."""
    asked = {
        Act.POSITION: (_("Is the risk acute?"), Vocabulary.POSITION, "meetings:position"),
        Act.INVOLVEMENT: (_("Is your agency involved?"), Vocabulary.INVOLVEMENT, "meetings:involvement"),
    }
    act = next((each for each in asked if each in may), None)
    if act is None:
        return None
    words, vocabulary, address = asked[act]
    given = own_answer(item, known, agency_id=member.agency_id)
    return {
        "words": words,
        "is_position": act == Act.POSITION,
        "answers": choices(vocabulary),
        "given": given,
        "url": reverse(address, args=[item.pk]),
        "agency": own_name(member.agency),
    }


@require_POST
def position(request, pk):
    """The agency's position at Filter 2; it can be changed until the table decides."""
    item, known = item_for(request, pk)
    require(Act.POSITION in policies.permitted_item(request.user, item, known))
    answer = _answer(request, Vocabulary.POSITION)
    lifecycle.take_position(item, agency=request.user.agency, position=answer, by=request.user)
    messages.success(request, _("Your agency’s answer is kept."))
    return redirect("meetings:member", item.meeting_id)


@require_POST
def involvement(request, pk):
    """How the agency is involved, at Filter 3; silence never blocks."""
    item, known = item_for(request, pk)
    require(Act.INVOLVEMENT in policies.permitted_item(request.user, item, known))
    answer = _answer(request, Vocabulary.INVOLVEMENT)
    lifecycle.say_involvement(item, agency=request.user.agency, involvement=answer, by=request.user)
    messages.success(request, _("Your agency’s answer is kept."))
    return redirect("meetings:member", item.meeting_id)


def _answer(request, vocabulary) -> str:
    form = AnswerForm(request.POST, vocabulary=vocabulary)
    if not form.is_valid():
        raise Refused(_("Choose one of the answers."))
    return form.cleaned_data["answer"]


@require_http_methods(["GET", "POST"])
def step_out(request, pk):
    """A member who knows the person steps out: the situation vanishes for them."""
    situation = reach(request, pk, SituationAct.STEP_OUT)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        situations.recuse(situation, member=request.user, by=request.user)
        messages.success(request, _("You stepped out. The others see only that you are out of the room."))
        return redirect(_after_stepping_out(request.user, situation))
    what = [
        _("The situation vanishes for you, whatever else you are."),
        _("The others see only that you are out of the room. The record says when you stepped out, and no reason."),
        _("You cannot take it back yourself. If it was a mistake, only the privacy officer lets you in again."),
    ]
    back = reverse("situation", args=[situation.pk])
    page = {"title": _("I know this person: step out"), "what": what, "form": form, "submit": _("Step out"), "back": back}
    return confirm(request, **page, back_words=_("The situation"), reference=number_for(request.user, situation))


def number_for(member, situation) -> str:
    """The situation's number for a member who may know it; '' otherwise."""
    known = disclose(situation, to=member, words=False, only=())
    return known.reference if known.reads("number_stage_dates") else ""


def _after_stepping_out(member, situation) -> str:
    """The meeting under way, if there is one; otherwise the first page."""
    meeting = Meeting.objects.visible_to(member).under_way().filter(table=situation.table_id).first()
    return reverse("meetings:detail", args=[meeting.pk]) if meeting else reverse("start")
