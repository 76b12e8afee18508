"""Bring a situation: a draft that one agency knows, one idea per page, until it is before the table."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from agencies import clock
from agencies.access import OutOfOrder, Stale, require
from situations import coaching, lifecycle, policies
from situations.disclosure import disclose, letter
from situations.enums import Act, Stage
from situations.forms import STEPS, pickers, step_of
from situations.lately import chosen_lately
from situations.models import Situation
from situations.querysets import relations_of
from situations.views.check import step_url, told, told_as_rare, what_lacks
from situations.views.guard import reach, saved_words

NOT_SAVED = gettext_lazy("Not saved: this was changed meanwhile. Choose which version stands.")


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
    settled = Settled(request.POST.get("settle", ""))
    stays = pickers.is_pressed(request.POST) or coaching.is_pressed(request.POST)
    go = "stay" if stays else "again" if settled.stands else request.POST.get("go", "continue")
    typed = pickers.typed(request.typed or request.POST)
    posted = settled.posted(pickers.pressed(coaching.pressed(request.POST, "why_now"))) if request.method == "POST" else None
    form = form_class(posted, situation=situation, known=known, is_finished=go == "continue", typed=typed)
    conflict = {"rows": [], "version": ""}
    if form.is_valid():
        try:
            situation = _keep(situation, form, by=request.user, yields=settled.stands == "theirs")
        except Stale as stale:
            conflict = {"rows": stale.differences, "version": stale.version}
        else:
            if settled.stands:
                messages.success(request, _("Your version is kept.") if settled.stands == "mine" else _("The other version is kept."))
            if go != "stay":
                return redirect(_onward(request, situation, step, go))
            form_class, known = _step(request, situation, step)  # a find, an add, a remove or a replacement: the page again
            form = form_class(situation=situation, known=known, typed=typed)
    form.lately = _lately(request, situation, form_class)
    page = _shown(request, situation, form, known=known, step=step, conflict=conflict)
    return render(request, "situations/intake.html", page, status=409 if conflict["rows"] else 200)


def _shown(request, situation, form, *, known, step: int, conflict: dict) -> dict:
    """A step as its page shows it; ``conflict`` holds two versions, where somebody else was quicker."""
    rare = told_as_rare(situation) if "why_now" in form.fields else {}
    about = {"number": step, "of": len(STEPS), "title": form.title, "lead": form.lead, "pk": situation.pk, "why": form.why, "rare": rare}
    return {
        "form": form,
        "known": known,
        "step": about,
        "told": told(situation, known, shows=[datum for datum in form.asks if not known.writes(datum)], to_change=False),
        "kept": {
            "words": _saved(situation, form, conflict),
            "minutes": _minutes(situation),
            "is_whole": not form.errors and not conflict["rows"],
        },
        "back": _back(request, situation, step),
        "conflict": conflict,
    }


class Settled:
    """Which of two versions shall stand, as the page's button says it: "mine:7" or "theirs:7", seven being the version that was shown."""

    def __init__(self, pressed: str):
        self.stands, __, shown = pressed.partition(":")
        self._shown = shown if shown.isdecimal() else ""

    def posted(self, posted):
        """What was posted, as if it had been typed over the version shown; where the other one stands, as it was typed."""
        if self.stands == "mine" and self._shown:
            posted["version"] = self._shown
        return posted


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
    except Stale as stale:
        words = NOT_SAVED
        rows = [{"label": row.label, "yours": row.yours, "theirs": row.theirs} for row in stale.differences]
        return JsonResponse({"words": words, "is_stale": True, "rows": rows, "shown": stale.version}, status=409)
    words = _saved(situation, form)
    answer = {"saved_at": situation.saved_at.isoformat(), "version": situation.version, "words": words, "is_whole": not form.errors}
    return JsonResponse(answer)


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


def _lately(request, situation, form_class) -> list[str]:
    """What this member chose lately in the step's own list, in other open situations that the member's agency brought."""
    if not form_class.remembers:
        return []
    brought = Situation.objects.visible_to(request.user).brought_by(request.user.agency).filter(table=situation.table).open()
    return chosen_lately(form_class.remembers, by=request.user, among=brought.exclude(pk=situation.pk))


def _keep(situation, form, *, by, yields=False):
    """What is typed is kept; with ``yields``, without the answers that somebody else has changed since the page was opened."""
    version, saved_at, kept = form.cleaned_data.get("version", 0), clock.now(), situation
    left_out = lifecycle.changed_since(situation, version) if yields else set()
    if "why_now" not in form.fields:
        answers = {field: value for field, value in form.answers().items() if field not in left_out}
        kept = lifecycle.save_answers(situation, version=version, by=by, **answers)
    elif "why_now" in form.cleaned_data and "why_now" not in left_out:
        text, reason = form.cleaned_data["why_now"], form.cleaned_data.get("overruled_because", "") if form.reading["marks"] else ""
        kept = lifecycle.write_why_now(situation, text=text, overruled_because=reason, version=version, by=by)
    kept.saved_at, kept.granted = saved_at, situation.granted  # as of the row that was reached
    return kept


def _onward(request, situation, step: int, go: str) -> str:
    if go == "again":
        return request.get_full_path()
    if situation.stage != Stage.DRAFT:
        messages.success(request, _("Your answers are saved."))
        return reverse("situation", args=[situation.pk])
    if go == "leave":
        messages.success(request, _("Your draft is saved. Only your agency can see it."))
        return reverse("situations:list")
    back = request.GET.get("back")
    if back == "missing" and (missing := _next_missing(request, situation, step)):
        return f"{step_url(situation, missing)}?back=missing"
    if back in ("check", "missing") or step == len(STEPS):
        return reverse("situations:check", args=[situation.pk])
    return step_url(situation, step + 1)


def _next_missing(request, situation, step: int) -> int | None:
    """The next step in which an answer is missing."""
    lacking = what_lacks(situation, known=disclose(situation, to=request.user, only=["why_now"]))
    return min((number for answer in lacking if (number := step_of(answer)) > step), default=None)


def _saved(situation, form, conflict=None) -> str:
    """When the draft was saved; or that it was not, where two versions stand beside each other or an answer has to be put right."""
    if conflict and conflict["rows"]:
        return str(NOT_SAVED)
    return _("Not all of it is saved yet: an answer needs your attention.") if form.errors else saved_words(situation)


def _minutes(situation) -> int:
    """How many minutes of the table's day have passed: a page without a line says by it since when."""
    local = localtime(clock.now(), situation.table.zone)
    return local.hour * 60 + local.minute


def _back(request, situation, step: int) -> dict:
    """Where the link above the title leads, and its words."""
    if situation.stage != Stage.DRAFT:
        return {"url": reverse("situation", args=[situation.pk]), "words": _("Back to the situation")}
    if request.GET.get("back") in ("check", "missing"):
        return {"url": reverse("situations:check", args=[situation.pk]), "words": _("Back to your answers")}
    if step > 1:
        words = _("Back to step %(number)s") % {"number": step - 1}
        return {"url": step_url(situation, step - 1), "words": words}
    return {"url": reverse("situations:list"), "words": _("Situations")}
