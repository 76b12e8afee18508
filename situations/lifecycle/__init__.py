"""How a situation changes, in what order, with what record. Nobody else assigns its stage."""

from situations.lifecycle.answers import (
    ABOUT_A_PERSON,
    ANSWERS,
    LONGEST_WHY_NOW,
    NEEDS_NO_GROUND,
    discard,
    has_overruled,
    lacking,
    missing,
    open_situation,
    owes_notice,
    save_answers,
    submit,
    write_identifiers,
    write_why_now,
)
from situations.lifecycle.filters import begin_response, conclude, correct, defer, end_early, identify, present, reject, withdraw
from situations.lifecycle.rights import LOOK_LASTS, let_in_again, look_with_reason, recuse
from situations.lifecycle.stages import forget, forgotten, purge

__all__ = [
    "ABOUT_A_PERSON",
    "ANSWERS",
    "LONGEST_WHY_NOW",
    "LOOK_LASTS",
    "NEEDS_NO_GROUND",
    "begin_response",
    "conclude",
    "correct",
    "defer",
    "discard",
    "end_early",
    "forget",
    "forgotten",
    "has_overruled",
    "identify",
    "lacking",
    "let_in_again",
    "look_with_reason",
    "missing",
    "open_situation",
    "owes_notice",
    "present",
    "purge",
    "recuse",
    "reject",
    "save_answers",
    "submit",
    "withdraw",
    "write_identifiers",
    "write_why_now",
]
