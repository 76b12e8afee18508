"""What the engaged agencies do, in what order, with what record."""

from responses.lifecycle.forgetting import forget_again, forget_codes, purge
from responses.lifecycle.issues import change_issue, raise_issue
from responses.lifecycle.response import (
    FOLLOW_UP_DAYS,
    NEED_HELP,
    NOTICE_TO_THE_PERSON,
    answer_follow_up,
    ask,
    conclude,
    decline,
    hand_over,
    join,
    leave,
    open_response,
    plan_step,
    propose_conclusion,
    record_contact,
    record_service,
    report_back,
    settle_step,
)
from responses.lifecycle.undoing import undo_conclusion, undo_response

__all__ = [
    "FOLLOW_UP_DAYS",
    "NEED_HELP",
    "NOTICE_TO_THE_PERSON",
    "answer_follow_up",
    "ask",
    "change_issue",
    "conclude",
    "decline",
    "forget_again",
    "forget_codes",
    "hand_over",
    "join",
    "leave",
    "open_response",
    "plan_step",
    "propose_conclusion",
    "purge",
    "raise_issue",
    "record_contact",
    "record_service",
    "report_back",
    "settle_step",
    "undo_conclusion",
    "undo_response",
]
