"""The words of the response."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Part(TextChoices):
    """What an agency is in a response."""

    LEAD = "lead", _("Lead")
    ASSISTING = "assisting", _("Assisting")


class Standing(TextChoices):
    """Where an agency's engagement stands."""

    ASKED = "asked", pgettext_lazy("engagement", "Asked to join")
    ENGAGED = "engaged", pgettext_lazy("engagement", "Takes part")
    DECLINED = "declined", pgettext_lazy("engagement", "Declined")
    LEFT = "left", pgettext_lazy("engagement", "Left")


class StepState(TextChoices):
    PLANNED = "planned", pgettext_lazy("step", "Planned")
    DONE = "done", pgettext_lazy("step", "Done")
    DROPPED = "dropped", pgettext_lazy("step", "No longer needed")


class IssueState(TextChoices):
    """Where a systemic issue stands."""

    RAISED = "raised", pgettext_lazy("systemic issue", "Raised")
    TAKEN_UP = "taken_up", pgettext_lazy("systemic issue", "Taken up")
    SOLVED = "solved", pgettext_lazy("systemic issue", "Solved")
    SET_ASIDE = "set_aside", pgettext_lazy("systemic issue", "Set aside")


class Act(TextChoices):
    """What a member may do in a response, and with the systemic issues beside it."""

    CONTACT = "contact"
    PLAN_STEP = "plan_step"
    FINISH_STEP = "finish_step"
    SERVICE = "service"
    REPORT_BACK = "report_back"
    PROPOSE = "propose"
    ASK = "ask"
    HAND_OVER = "hand_over"
    LEAVE = "leave"
    FOLLOW_UP = "follow_up"
    ANSWER_ASKED = "answer_asked"
    WRITE_PLAN = "write_plan"
    READ_OVERDUE = "read_overdue"
    REMIND = "remind"
    READ_ISSUES = "read_issues"
    RAISE_ISSUE = "raise_issue"
    CHANGE_ISSUE = "change_issue"
