"""Bring a situation: a draft that one agency knows, one idea per page, until it is before the table."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import clock, ledger
from agencies.access import OutOfOrder, Stale, require
from agencies.enums import LedgerAct
from situations import lifecycle, policies
from situations.disclosure import disclose, letter
from situations.enums import Act, Relation, Stage
from situations.forms import STEPS, SubmitForm, pickers, read, step_of
from situations.models import Situation
from situations.querysets import relations_of
from situations.views.guard import reach, saved_words


@require_http_methods(["GET", "POST"])
def open_situation(request):
    """What to have ready, and what never to write; then the draft, at its own address."""
    require(policies.may_bring(request.user, request.table))
    if request.method == "POST":
        situation = lifecycle.open_situation(request.table, agency=request.user.agency, by=request.user)
        return redirect("situations:intake", situation.pk, 1)
    drafts = Situation.objects.visible_to(request.user).brought_by(request.user.agency).drafts().filter(table=request.table)
    newest = list(drafts.order_by("-opened_at").values_list("pk", flat=True)[:2])
    goes_on = reverse("situations:check", args=newest) if len(newest) == 1 else reverse("situations:list")
    return render(request, "situations/open.html", {"form": Form(), "has_drafts": bool(newest), "goes_on": goes_on})


@require_http_methods(["GET", "POST"])
def intake(request, pk, step):
    """One step: its answers are kept, and the next one, the check page, or the list follows."""
    situation = reach(request, pk, Act.EDIT)
    form_class, known = _step(request, situation, step)
    go = "stay" if pickers.is_pressed(request.POST) else request.POST.get("go", "continue")
    typed = pickers.typed(request.typed or request.POST)
    posted = pickers.pressed(request.POST) if request.method == "POST" else None
    form = form_class(posted, situation=situation, known=known, is_finished=go == "continue", typed=typed)
    if form.is_valid():
        situation = _keep(situation, form, by=request.user)
        if go in ("continue", "leave"):
            return redirect(_onward(request, situation, step, go))
        form = form_class(situation=situation, known=known, typed=typed)  # a find, an add or a remove: the page again
    return render(
        request,
        "situations/intake.html",
        {
            "form": form,
            "known": known,
            "step": {"number": step, "of": len(STEPS), "title": form.title, "lead": form.lead, "pk": pk},
            "told": _told(situation, known, shows=[datum for datum in form_class.asks if not known.writes(datum)], to_change=False),
            "saved": saved_words(situation),
            "back": _back(request, situation, step),
        },
    )


@require_POST
def autosave(request, pk):
    """What is typed so far is kept, step by step; a script asks, and shows politely that it was done."""
    situation = reach(request, pk, Act.EDIT)
    number = request.POST.get("step", "")
    form_class, known = _step(request, situation, int(number) if number.isdecimal() else 0)
    form = form_class(request.POST, situation=situation, known=known)
    form.is_valid()  # what is valid is kept; the rest waits for its own answer
    try:
        situation = _keep(situation, form, by=request.user)
    except Stale:
        words = _("Somebody saved this meanwhile. Save to see both versions.")
        return JsonResponse({"words": words, "is_stale": True}, status=409)
    words = saved_words(situation) if not form.errors else _("Not all of it is saved yet: an answer needs your attention.")
    answer = {"saved_at": situation.saved_at.isoformat(), "version": situation.version, "words": words}
    if "why_now" in form.fields:
        answer["checked"] = {key: form.reading[key] for key in ("is_checked", "marks")}
    return JsonResponse(answer)


@require_safe
def check(request, pk):
    """Check your answers: all of them, what is missing, and the way back to each."""
    return _check_page(request, reach(request, pk, Act.EDIT), None)


@require_http_methods(["GET", "POST"])
def submit(request, pk):
    """It goes before the table's next meeting, or the page says what stands in the way."""
    if request.method == "GET":
        return redirect("situations:check", pk)
    situation = reach(request, pk, Act.SUBMIT)
    lacking = _lacking(situation, known=disclose(situation, to=request.user, only=["why_now"]))
    form = SubmitForm(request.POST, lacking=lacking)
    if not form.is_valid():
        return _check_page(request, situation, form)
    lifecycle.submit(situation, by=request.user)
    messages.success(request, _("It is before the table’s next meeting."))
    return redirect("situation", pk)


@require_http_methods(["GET", "POST"])
def discard(request, pk):
    """Are you sure? Then the draft is gone, wholly."""
    situation = reach(request, pk, Act.DISCARD)
    if request.method == "POST":
        lifecycle.discard(situation, by=request.user)
        messages.success(request, _("The draft is gone."))
        return redirect("situations:list")
    what = [_("Every answer of this draft is deleted, and cannot be brought back."), _("That a draft was discarded stays on the record.")]
    page = {"title": _("Discard this draft?"), "what": what, "form": Form(), "submit": _("Discard the draft")}
    return render(request, "components/confirm.html", page | {"cancel_url": reverse("situations:check", args=[pk])})


@require_safe
def print_answers(request, pk):
    """One's own answers on paper, until the meeting decides; so that bringing it again is not typing it again."""
    situation = reach(request, pk, Act.PRINT_ANSWERS)
    ledger.record(LedgerAct.PRINTED, by=request.user, situation=situation, relation=Relation.ORIGINATOR)
    known = disclose(situation, to=request.user)
    return render(request, "situations/print_answers.html", {"known": known, "told": _told(situation, known, to_change=False)})


def _step(request, situation, number: int):
    """The form of a step, and what of its data this member may know and write; a step that is closed now says so."""
    if not 0 < number <= len(STEPS):
        raise Http404
    form_class = STEPS[number - 1]
    relations = relations_of(situation, request.user)
    told = [datum for datum in form_class.asks if datum == "why_now" or letter(datum, situation.stage, relations) != "W"]
    known = disclose(situation, to=request.user, only=told)  # what is written stands in the form, as codes
    if not any(known.writes(datum) for datum in form_class.asks):
        raise OutOfOrder(
            _("This situation stands at “%(stage)s”; these answers can no longer be changed.") % {"stage": situation.get_stage_display()}
        )
    return form_class, known


def _keep(situation, form, *, by):
    version, saved_at = form.cleaned_data.get("version", 0), clock.now()
    if "why_now" not in form.fields:
        situation = lifecycle.save_answers(situation, version=version, by=by, **form.answers())
    elif "why_now" in form.cleaned_data:
        text, reason = form.cleaned_data["why_now"], form.cleaned_data.get("overruled_because", "") if form.reading["marks"] else ""
        situation = lifecycle.write_why_now(situation, text=text, overruled_because=reason, version=version, by=by)
    situation.saved_at = saved_at
    return situation


def _onward(request, situation, step: int, go: str) -> str:
    if situation.stage != Stage.DRAFT:
        messages.success(request, _("Your answers are saved."))
        return reverse("situation", args=[situation.pk])
    if go == "leave":
        messages.success(request, _("Your draft is saved. Only your agency can see it."))
        return reverse("situations:list")
    if request.GET.get("back") == "check" or step == len(STEPS):
        return reverse("situations:check", args=[situation.pk])
    return reverse("situations:intake", args=[situation.pk, step + 1])


def _back(request, situation, step: int) -> dict:
    """Where the link above the title leads, and its words."""
    if situation.stage != Stage.DRAFT:
        return {"url": reverse("situation", args=[situation.pk]), "words": _("Back to the situation")}
    if request.GET.get("back") == "check":
        return {"url": reverse("situations:check", args=[situation.pk]), "words": _("Back to your answers")}
    if step > 1:
        words = _("Back to step %(number)s") % {"number": step - 1}
        return {"url": reverse("situations:intake", args=[situation.pk, step - 1]), "words": words}
    return {"url": reverse("situations:list"), "words": _("Situations")}


def _lacking(situation, *, known) -> dict[str, str]:
    """What stands in the way of submitting: answers that are missing, and marked words nobody has answered for."""
    lacking = lifecycle.lacking(situation, why_now=known.why_now)
    if known.why_now and read(known.why_now)["marks"] and not lifecycle.has_overruled(situation):
        lacking["why_now"] = _("Some words of “why now” could tell who it is. Write them in another way, or say why they must stay.")
    return lacking


def _told(situation, known, *, shows=policies.ASKED, to_change=True) -> dict:
    """Which answers a page tells, and, for each, where it is changed; the earlier number to the agency that wrote it only."""
    steps = [(number, datum, answer) for number, form in enumerate(STEPS, start=1) for datum in form.asks for answer in form.asks[datum]]
    return {
        "shows": [datum for datum in shows if known.reads(datum)],
        "earlier_number": situation.earlier_number if Relation.ORIGINATOR in known.relations else "",
        "change": {
            answer: f"{reverse('situations:intake', args=[situation.pk, number])}?back=check" if to_change and known.writes(datum) else ""
            for number, datum, answer in steps
        },
    }


def _check_page(request, situation, form):
    known = disclose(situation, to=request.user)
    lacking = _lacking(situation, known=known) if situation.stage == Stage.DRAFT else {}
    return render(
        request,
        "situations/check.html",
        {
            "known": known,
            "told": _told(situation, known),
            "needed": [{"answer": answer, "step": step_of(answer), "words": words} for answer, words in lacking.items()],
            "form": form,
            "is_checked": not known.why_now or read(known.why_now)["is_checked"],
            "notice_owed": lifecycle.owes_notice(situation),
            "saved": saved_words(situation),
        },
    )
