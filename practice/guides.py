"""The steps of a first morning: what to do, why, where, and by which act on the record it is done."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from agencies.enums import LedgerAct
from agencies.models import LedgerEntry
from agencies.record import LISTS
from practice.enums import Guide

AGENDA = "agenda"  # of a meeting's page, as it is named on the record
assert AGENDA in LISTS


@dataclass(frozen=True)
class Step:
    """One step. ``place`` is the name of the page; with ``of_meeting`` its address asks for the meeting. Done by one of ``acts``."""

    words: str
    why: str
    place: str
    acts: tuple[LedgerAct, ...]
    of_meeting: str = ""  # the meeting that is "now", or the one that was "closed" last
    counts: Callable[[LedgerEntry], bool] = lambda entry: True

    def is_done_by(self, entry) -> bool:
        return entry.act in self.acts and self.counts(entry)


def _somebody_else(entry) -> bool:
    return entry.audience_id != entry.by_id


REPRESENTATIVE = (
    Step(
        _("Bring a situation: start a draft"),
        _("A draft is known to your agency alone. That is the first filter."),
        "situations:open",
        (LedgerAct.DRAFT_OPENED,),
    ),
    Step(
        _("Say why now, in words that tell nobody who it is"),
        _("The whole room hears these words. The form marks what could give someone away."),
        "situations:list",
        (LedgerAct.DRAFT_SAVED,),
        counts=lambda entry: "why_now" in entry.codes,
    ),
    Step(
        _("Check your answers and submit it to the table"),
        _("Only then is it on the agenda. Until the table opens it, nobody else reads it."),
        "situations:list",
        (LedgerAct.SUBMITTED,),
    ),
    Step(
        _("Read the agenda"),
        _("It says which agency brought a situation, and not what it is about."),
        "meetings:detail",
        (LedgerAct.LOOKED,),
        of_meeting="now",
        counts=lambda entry: AGENDA in entry.codes,
    ),
    Step(
        _("Check in at the meeting"),
        _("Only who is in the room hears what is said there."),
        "meetings:detail",
        (LedgerAct.ARRIVED,),
        of_meeting="now",
    ),
    Step(
        _("Hear a situation, and say whether the risk is acute"),
        _("That is the second filter: you hear it without a name. You may change your answer until the table decides."),
        "meetings:member",
        (LedgerAct.POSITION_TAKEN,),
        of_meeting="now",
    ),
    Step(
        _("Say how your agency is involved"),
        _("That is the third filter: just enough is said to find who must act. “Could help” binds nobody."),
        "meetings:member",
        (LedgerAct.INVOLVEMENT_SAID,),
        of_meeting="now",
    ),
    Step(
        _("At the door: record what happened"),
        _("That is the fourth filter: only the agencies that respond know. The first contact stops the 48-hour clock."),
        "start",
        (LedgerAct.CONTACT_RECORDED,),
    ),
    Step(
        _("Plan a step for your agency"),
        _("A step says what, who and by when, as a code. There is no place for a story."),
        "start",
        (LedgerAct.STEP_PLANNED,),
    ),
    Step(
        _("Report back"),
        _("One coded sentence is what the table hears by number at its next meeting."),
        "start",
        (LedgerAct.REPORTED_BACK,),
    ),
)

CHAIR = (
    Step(
        _("Open the meeting"),
        _("From now on those who are checked in are the room. You can do so from one hour before it begins."),
        "meetings:chair",
        (LedgerAct.MEETING_OPENED,),
        of_meeting="now",
    ),
    Step(
        _("Take attendance"),
        _("Only who is in the room hears anything, and the table decides only where an agency is there."),
        "meetings:attendance",
        (LedgerAct.ARRIVED,),
        of_meeting="now",
    ),
    Step(
        _("Present an item"),
        _("A report-back is heard by number. A new situation gets its number now, and the room hears it without a name."),
        "meetings:chair",
        (LedgerAct.ITEM_OPENED,),
        of_meeting="now",
    ),
    Step(
        _("Ask someone to step out"),
        _("Who knows the person must not hear it. The others see only “out of the room”."),
        "meetings:chair",
        (LedgerAct.RECUSED,),
        of_meeting="now",
        counts=_somebody_else,
    ),
    Step(
        _("Record that the risk is found acute"),
        _("You record what the table decided. Only now may it be said who the person is, and never on your screen."),
        "meetings:chair",
        (LedgerAct.ACCEPTED,),
        of_meeting="now",
    ),
    Step(
        _("Record who leads and who assists"),
        _("From that moment only those agencies know. The room’s view closes."),
        "meetings:chair",
        (LedgerAct.RESPONSE_OPENED,),
        of_meeting="now",
    ),
    Step(
        _("Defer one, or record that one is not accepted"),
        _("What is deferred keeps its number. What is not accepted is forgotten in the same moment."),
        "meetings:chair",
        (LedgerAct.DEFERRED, LedgerAct.REJECTED),
        of_meeting="now",
    ),
    Step(
        _("Close the meeting"),
        _("Every right of the room ends. What was not heard waits for the next meeting."),
        "meetings:chair",
        (LedgerAct.MEETING_CLOSED,),
        of_meeting="now",
    ),
    Step(
        _("Read the minutes and approve them"),
        _("They wrote themselves, from numbers and codes. Approving says that it was so."),
        "meetings:minutes",
        (LedgerAct.MINUTES_APPROVED,),
        of_meeting="closed",
    ),
)

STEPS = {Guide.REPRESENTATIVE: REPRESENTATIVE, Guide.CHAIR: CHAIR}
