"""The draft's last page and what may follow it: it goes before the table, it is gone, or it is printed."""

from django.contrib import messages
from django.forms import Form
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies import ledger
from agencies.enums import LedgerAct
from agencies.models.vocabulary import labels
from situations import lifecycle, policies, rarity
from situations.disclosure import disclose
from situations.enums import Act, Relation, Stage
from situations.forms import STEPS, SubmitForm, field_of, read, step_of
from situations.views.guard import reach, saved_words


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
    lacking = what_lacks(situation, known=disclose(situation, to=request.user, only=["why_now"]))
    form = SubmitForm(request.POST, lacking=lacking)
    if not form.is_valid():
        return _check_page(request, situation, form)
    lifecycle.submit(situation, by=request.user)
    messages.success(request, _("It is submitted. It stays at Filter 1 until the table hears it."))
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
    return render(request, "situations/print_answers.html", {"known": known, "told": told(situation, known, to_change=False)})


def what_lacks(situation, *, known) -> dict[str, str]:
    """What stands in the way of submitting: answers that are missing, and marked words nobody has answered for."""
    lacking = lifecycle.lacking(situation, why_now=known.why_now)
    if known.why_now and read(known.why_now)["marks"] and not lifecycle.has_overruled(situation):
        lacking["why_now"] = _("Some words of “why now” could tell who it is. Write them in another way, or say why they must stay.")
    return lacking


def told(situation, known, *, shows=policies.ASKED, to_change=True) -> dict:
    """Which answers a page tells, and, for each, where it is changed; the earlier number to the agency that wrote it only."""
    steps = [(number, datum, answer) for number, form in enumerate(STEPS, start=1) for datum in form.asks for answer in form.asks[datum]]
    return {
        "shows": [datum for datum in shows if known.reads(datum)],
        "earlier_number": situation.earlier_number if Relation.ORIGINATOR in known.relations else "",
        "change": {
            answer: f"{step_url(situation, number)}?back=check#{field_of(answer)}" if to_change and known.writes(datum) else ""
            for number, datum, answer in steps
        },
    }


def _check_page(request, situation, form):
    known = disclose(situation, to=request.user)
    lacking = what_lacks(situation, known=known) if situation.stage == Stage.DRAFT else {}
    return render(
        request,
        "situations/check.html",
        {
            "known": known,
            "told": {**told(situation, known), "rare": told_as_rare(situation)},
            "needed": [_asked(situation, answer, words) for answer, words in lacking.items()],
            "form": form,
            "is_checked": not known.why_now or read(known.why_now)["is_checked"],
            "notice_owed": lifecycle.owes_notice(situation),
            "saved": saved_words(situation),
        },
    )


def told_as_rare(situation) -> dict:
    """What the page advises where few share the draft's answers; empty where many do, or where it can no longer be changed."""
    if situation.stage != Stage.DRAFT:
        return {}
    asked = ("discussion_type_id", "age_group_id", "sex_gender_id", "language_of_service_id")
    found = rarity.rare([*(getattr(situation, answer) for answer in asked), *situation.study_flags])
    if found is None:
        return {}
    said = labels(found.keys)
    answers = " · ".join(said[key] for key in found.keys)
    return {"answers": answers, "a_year": found.a_year, "year": rarity.SITUATIONS_A_YEAR, "url": f"{step_url(situation, 1)}?back=check"}


def step_url(situation, number: int) -> str:
    return reverse("situations:intake", args=[situation.pk, number])


def _asked(situation, answer: str, words) -> dict:
    """What is missing, and the way to it; from there the way leads on to whatever else is missing, and back here."""
    return {"answer": answer, "words": words, "url": f"{step_url(situation, step_of(answer))}?back=missing#{field_of(answer)}"}
