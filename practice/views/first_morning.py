"""A newcomer's first morning at the practice table: a guide, step by step, and what went beyond a filter."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import Refused, require
from practice import first_morning as mornings
from practice import lifecycle, progress
from practice.enums import BEGINS, Guide, Wish
from practice.forms import WishForm
from practice.players import morning as laid_out

BEGIN_WITH = {guide: wish for wish, guide in BEGINS.items()}


@require_http_methods(["GET", "POST"])
def first_morning(request, page_words):
    """The guides that fit who is signed in; ``page_words`` says of a view what its page is about, which only the roof knows."""
    form = WishForm(request.POST or None)
    if form.is_valid():
        try:
            messages.success(request, _fulfil(request, form.cleaned_data["wish"]))
        except Refused as refusal:  # a sentence that teaches; there is nothing typed to go back to
            messages.warning(request, refusal.sentence)
        return redirect("first_morning")
    meeting = mornings.meeting_now(request.table, member=request.user)
    begun = mornings.begun(request.user)
    context = {
        "guides": [
            _guide(request, guide, begun.get(guide), meeting, page_words) for guide in mornings.may_follow(request.user, request.table)
        ],
        "meeting": _meeting(meeting),
        "wishes": {wish.name: wish for wish in (Wish.GO_ON, Wish.LAY_OUT)},
        "is_laid_out": laid_out.is_laid_out(request.table, meeting=meeting),
        "has_begun": bool(begun),
        "playing": progress.current() if progress.is_going_on() else None,
        "form": form,
    }
    return render(request, "practice/first_morning.html", context)


def _fulfil(request, wish: Wish) -> str:
    """Do what the newcomer asks for; returns what happened, in a sentence."""
    may = mornings.may_follow(request.user, request.table)
    if wish in BEGINS:
        require(BEGINS[wish] in may)
        if progress.is_going_on():  # the season acts with this very sign-in: its acts would count as the newcomer's
            raise Refused(_("The practice season is still being played. Begin when it is complete."))
        lifecycle.begin(BEGINS[wish], by=request.user)
        return _("Your first morning begins. What you do from now on counts.")
    require(bool(may))
    if wish == Wish.GO_ON:
        return laid_out.go_on(request.table, learner=request.user)
    laid_out.lay_out(request.table, learner=request.user)
    return _("Four new situations wait for the table, and a meeting can be opened now.")


def _meeting(meeting) -> dict | None:
    if meeting is None:
        return None
    return {"url": reverse("meetings:detail", args=[meeting.pk]), "is_open": meeting.is_open, "starts": meeting.starts_at}


def _guide(request, guide: Guide, begun, meeting, page_words) -> dict:
    said = {"label": guide.label, "wish": BEGIN_WITH[guide], "began_at": begun.began_at if begun else None}
    if begun is None:
        return said
    entries = mornings.own_entries(request.user, begun.began_at)
    steps = mornings.told(guide, entries, meeting=meeting)
    return said | {
        "steps": steps,
        "done": sum(step["is_done"] for step in steps),
        "next": mornings.next_of(steps),
        "beyond": mornings.beyond(entries, member=request.user, page_words=page_words),
        "within": mornings.within(entries),
    }
