"""The words of the meeting."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from situations.enums import Stage


class Kind(TextChoices):
    REGULAR = "regular", _("Regular meeting")
    EMERGENCY = "emergency", _("Emergency session")


class State(TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "Planned")
    OPEN = "open", pgettext_lazy("meeting", "Under way")
    CLOSED = "closed", pgettext_lazy("meeting", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")


class Mode(TextChoices):
    ROOM = "room", _("In the room")
    VIDEO = "video", _("By video")


class ItemKind(TextChoices):
    REPORT_BACK = "report_back", _("Report-back")
    NEW = "new", _("New situation")


# At which stages the table hears an item that it does not present for the first time.
COMES_AGAIN = {ItemKind.NEW: {Stage.PRESENTED, Stage.IDENTIFYING}, ItemKind.REPORT_BACK: {Stage.RESPONDING}}


class Outcome(TextChoices):
    """What an agenda item came to, as the minutes say it."""

    ACCEPTED = "accepted", pgettext_lazy("item", "Accepted")
    REJECTED = "rejected", pgettext_lazy("item", "Not accepted")
    DEFERRED = "deferred", pgettext_lazy("item", "Deferred")
    WITHDRAWN = "withdrawn", pgettext_lazy("item", "Withdrawn")
    ENDED_EARLY = "ended_early", pgettext_lazy("item", "Accepted, ended early")
    RESPONDING = "responding", pgettext_lazy("item", "Accepted, response recorded")
    KEPT_OPEN = "kept_open", pgettext_lazy("item", "Kept open")
    CONCLUDED = "concluded", pgettext_lazy("item", "Concluded")


class Deed(StrEnum):
    """What was just done at the table; how a page says it stands in ``just_done.py``."""

    MEETING_OPENED = "meeting_opened"
    EXTENDED = "extended"
    ARRIVED = "arrived"
    MOVED = "moved"  # from the room to the video, or back
    DEPARTED = "departed"
    OPENED = "opened"
    CLOSED = "closed"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    RESPONDED = "responded"
    KEPT_OPEN = "kept_open"
    CONCLUDED = "concluded"
    REJECTED = "rejected"
    ENDED_EARLY = "ended_early"
    STEPPED_OUT = "stepped_out"


# What forgets, and what keeps something from somebody who knows the person: no press undoes it.
FINAL = frozenset({Deed.REJECTED, Deed.ENDED_EARLY, Deed.STEPPED_OUT})

UNDECIDED = ("", Outcome.ACCEPTED)  # an item that still asks something of the table: nothing is decided, or nobody acts yet


class Act(TextChoices):
    """What a member may do with the calendar, in a meeting, or with the item that is open."""

    READ_CALENDAR = "read_calendar"
    PLAN = "plan"
    READ_ACTIVITY = "read_activity"
    READ_AGENDA = "read_agenda"
    READ_ATTENDANCE = "read_attendance"
    CHAIR = "chair"
    RECORD = "record"
    OPEN_MEETING = "open_meeting"
    CLOSE_MEETING = "close_meeting"
    EXTEND = "extend"
    UNDO = "undo"
    MOVE = "move"
    CANCEL = "cancel"
    CHECK_IN = "check_in"
    CHECK_OUT = "check_out"
    SHOW_WALL = "show_wall"
    SIGN_IN_WALL = "sign_in_wall"
    TAKE_ATTENDANCE = "take_attendance"
    OPEN_ITEM = "open_item"
    POSITION = "position"
    POSITION_FOR_OTHERS = "position_for_others"
    DECIDE = "decide"
    INVOLVEMENT = "involvement"
    INVOLVEMENT_FOR_OTHERS = "involvement_for_others"
    RESPOND = "respond"
    END_EARLY = "end_early"
    REPORT_BACK = "report_back"
    REPORT_BACK_FOR_OTHERS = "report_back_for_others"
    KEEP_OPEN = "keep_open"
    CONCLUDE = "conclude"
    RECUSE_OTHERS = "recuse_others"
    READ_MINUTES = "read_minutes"
    APPROVE_MINUTES = "approve_minutes"
