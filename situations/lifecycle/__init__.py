"""How a situation changes, in what order, with what record. Nobody else assigns its stage."""

from situations.lifecycle.answers import (
    ABOUT_A_PERSON,
    ANSWERS,
    LONGEST_WHY_NOW,
    NEEDS_NO_GROUND,
    changed_since,
    discard,
    has_overruled,
    lacking,
    missing,
    open_situation,
    owes_notice,
    save_answers,
    submit,
    write_why_now,
)
from situations.lifecycle.filters import begin_response, conclude, correct, defer, end_early, identify, present, reject, withdraw
from situations.lifecycle.forgetting import ask_for_hold, confirm_hold, end_hold, forget_again, forget_codes
from situations.lifecycle.rights import LOOK_LASTS, let_in_again, look_with_reason, recuse
from situations.lifecycle.screening import count_not_brought, months_open, take_back_not_brought
from situations.lifecycle.stages import forget, forgotten, purge
from situations.lifecycle.turning import turn_wrapping_key
from situations.lifecycle.under_seal import LONGEST_PLAN, is_named, opening_of, reveal, version_of, write_identifiers, write_plan
from situations.lifecycle.undoing import decided_so_far, undo

__all__ = [
    "ABOUT_A_PERSON",
    "ANSWERS",
    "LONGEST_PLAN",
    "LONGEST_WHY_NOW",
    "LOOK_LASTS",
    "NEEDS_NO_GROUND",
    "ask_for_hold",
    "begin_response",
    "changed_since",
    "conclude",
    "confirm_hold",
    "correct",
    "count_not_brought",
    "decided_so_far",
    "defer",
    "discard",
    "end_early",
    "end_hold",
    "forget",
    "forget_again",
    "forget_codes",
    "forgotten",
    "has_overruled",
    "identify",
    "is_named",
    "lacking",
    "let_in_again",
    "look_with_reason",
    "missing",
    "months_open",
    "open_situation",
    "opening_of",
    "owes_notice",
    "present",
    "purge",
    "recuse",
    "reject",
    "reveal",
    "save_answers",
    "submit",
    "take_back_not_brought",
    "turn_wrapping_key",
    "undo",
    "version_of",
    "withdraw",
    "write_identifiers",
    "write_plan",
    "write_why_now",
]
