"""A newcomer's first morning, as the record tells it: which steps are done, and what went beyond a filter."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies import clock, ledger, record
from agencies.enums import LedgerAct, Role
from meetings import lifecycle as meetings
from meetings.enums import Kind
from meetings.models import Meeting
from practice.enums import Guide
from practice.guides import STEPS, Step
from practice.models import FirstMorning
from situations import deidentification, disclosure
from situations.enums import LookReason
from situations.models import Situation
from situations.querysets import relations_of, strongest


def may_follow(member, table) -> list[Guide]:
    """The guides that fit what the member is at the table: one's own role is practised with one's own sign-in."""
    fitting = {
        Guide.REPRESENTATIVE: member.standing.acts_for_agency_at(table.pk),
        Guide.CHAIR: member.standing.holds(table.pk, Role.CHAIR),
    }
    return [guide for guide, fits in fitting.items() if fits]


def begun(member) -> dict[str, FirstMorning]:
    """The guides that the member goes by, each with since when."""
    return {each.guide: each for each in FirstMorning.objects.filter(member=member)}


def own_entries(member, since) -> list:
    """What the record holds of the member since then, oldest first; nothing of a situation from which the member stepped out."""
    return list(record.own(member).filter(written_at__gte=since).order_by("at", "written_at"))


def meeting_now(table, *, member) -> Meeting | None:
    """The regular meeting that is under way, or that can be opened within the hour."""
    soon = Meeting.objects.visible_to(member).to_come().filter(table=table, kind=Kind.REGULAR)
    return soon.filter(starts_at__lte=clock.now() + meetings.CHECK_IN_FROM).first()


def told(guide: Guide, entries, *, meeting) -> list[dict]:
    """The steps of a guide: what, why, where (empty while no meeting is near), and whether the record says that it is done."""
    closed = next((entry.subject_id for entry in reversed(entries) if entry.act == LedgerAct.MEETING_CLOSED), None)
    keys = {"now": meeting.pk if meeting else None, "closed": closed}
    return [
        {
            "words": step.words,
            "why": step.why,
            "is_done": any(step.is_done_by(entry) for entry in entries),
            "url": _address(step, keys),
        }
        for step in STEPS[guide]
    ]


def next_of(steps: list[dict]) -> dict | None:
    """The first step that is open after the last one done; where none is, the first open one; None when all are done."""
    last = max((place for place, step in enumerate(steps) if step["is_done"]), default=-1)
    return next((step for step in [*steps[last + 1 :], *steps] if not step["is_done"]), None)


def _address(step: Step, keys: dict) -> str:
    if not step.of_meeting:
        return reverse(step.place)
    key = keys[step.of_meeting]
    return reverse(step.place, args=[key]) if key else ""


def beyond(entries, *, member, page_words) -> list[dict]:
    """What the member did that went past what the table had decided: a sentence each, and what it names, without a word of a situation.

    ``page_words`` gives, by the name of a view, what its page is about: the roof knows the pages.
    """
    found = [*_refused(entries, page_words), *_looked_with_a_reason(entries), *_on_paper(entries)]
    return found + _marked_words(entries, member=member) + _about_ones_own(entries, member=member)


def _of(entries, *acts) -> list:
    return [entry for entry in entries if entry.act in acts]


def _refused(entries, page_words) -> list[dict]:
    pages = list(dict.fromkeys(str(page_words(code)) for entry in _of(entries, LedgerAct.REFUSED) for code in entry.codes))
    if not pages:
        return []
    return [
        {"words": _("You tried to open a page that the table has not opened for you. That you tried is on the record."), "named": pages}
    ]


def _looked_with_a_reason(entries) -> list[dict]:
    reasons = [code for entry in _of(entries, LedgerAct.LOOKED_WITH_REASON) for code in entry.codes if code in LookReason.values]
    if not reasons:
        return []
    named = [str(LookReason(reason).label) for reason in dict.fromkeys(reasons)]
    return [
        {"words": _("You looked at a situation that is not open for you, with a reason. Who brought it can read that."), "named": named}
    ]


def _on_paper(entries) -> list[dict]:
    if not _of(entries, LedgerAct.PRINTED):
        return []
    return [{"words": _("You printed answers. Paper knows no filter: keep it with you, and shred it."), "named": []}]


def _marked_words(entries, *, member) -> list[dict]:
    """The kinds of words, not the words, that the checker still marks in what the member wrote last; to read it again is a look."""
    written = [entry.situation_id for entry in _of(entries, LedgerAct.DRAFT_SAVED) if "why_now" in entry.codes][-1:]
    situation = Situation.objects.visible_to(member).filter(pk__in=written).select_related("table").first() if written else None
    known = disclosure.disclose(situation, to=member, only=["why_now"]) if situation else None
    words = getattr(known, "why_now", "") if known is not None and known.reads("why_now") else ""
    if not words:
        return []
    ledger.look(situation, by=member, relation=strongest(relations_of(situation, member)))
    try:
        marks = deidentification.marks(words, language=get_language() or "en")
    except deidentification.CannotCheck:
        return [{"words": _("“Why now” of what you brought could not be checked. Read it once more yourself."), "named": []}]
    kinds = list(dict.fromkeys(str(mark.explanation) for mark in marks))
    if not kinds:
        return []
    return [{"words": _("“Why now” of what you brought still holds marked words. Everyone in the room hears them."), "named": kinds}]


def _about_ones_own(entries, *, member) -> list[dict]:
    answered = {entry.situation_id for entry in _of(entries, LedgerAct.POSITION_TAKEN) if entry.audience_id == member.agency_id}
    if not answered or member.agency_id is None:
        return []
    if not Situation.objects.visible_to(member).filter(pk__in=answered, originating_agency=member.agency_id).exists():
        return []
    return [
        {
            "words": _(
                "You said that the risk of what your own agency brought is acute or not. That is allowed; the others’ answers tell more."
            ),
            "named": [],
        }
    ]


def within(entries) -> list[str]:
    """What a newcomer may worry about, and need not: it stayed within the filters."""
    accepted = {entry.situation_id for entry in _of(entries, LedgerAct.ACCEPTED)}
    stepped_out = any(entry.audience_id == entry.by_id for entry in _of(entries, LedgerAct.RECUSED))
    said = []
    if accepted:
        said.append(_("You recorded “accepted”. An agency that had not answered did not hold it up: silence does not block."))
    if stepped_out:
        said.append(_("You stepped out. Nobody is told why, and what followed is not shown to you, here neither."))
    if _of(entries, LedgerAct.REJECTED):
        said.append(_("One was not accepted. Its words are gone for everyone, for you too; its number and the decision stay."))
    return said
