"""States of a page: a word, a shape, then a colour."""

import math

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext

register = template.Library()

# One path each, 16 by 16: the same in a badge, in forced colours and on paper.
SHAPES = {
    "done": "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zM3.56 9.04l3.27 3.27 5.74-6.2-1.54-1.42-4.26 4.6-1.73-1.73z",
    "here": "M2 1l12 7-12 7z",
    "half": "M8 .2a7.8 7.8 0 1 0 0 15.6A7.8 7.8 0 0 0 8 .2zM8 2.2v11.6A5.8 5.8 0 0 1 8 2.2z",
    "wait": "M8 .2a7.8 7.8 0 1 0 0 15.6A7.8 7.8 0 0 0 8 .2zm0 2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2z",
    "owed": "M8 1l7.5 14H.5z",
    "still": "M1 6.5h14v3H1z",
    "held": "M4 7V5a4 4 0 0 1 8 0v2h2v8H2V7zm2 0h4V5a2 2 0 0 0-4 0z",
    "up": "M8 1l5.5 6L12 8.4 9 5.2V15H7V5.2L4 8.4 2.5 7z",
    "down": "M8 15l5.5-6L12 7.6l-3 3.2V1H7v9.8L4 7.6 2.5 9z",
}
STATES = ("done", "here", "wait", "owed", "still")
# Django's message levels, in the words of a page.
LEVELS = {"success": "done", "info": "here", "warning": "wait", "error": "owed", "debug": "still"}


def _state(word):
    state = LEVELS.get(word, word)
    if state not in STATES:
        raise template.TemplateSyntaxError(f"{word!r} is not a state of a page: {', '.join(STATES)}.")
    return state


@register.simple_tag
def shape(name):
    """A state's shape: done, here, half (under way), wait, owed, still, held (withheld), up, down. Never without words beside it."""
    return format_html(
        '<svg class="shape" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path fill-rule="evenodd" d="{}"/></svg>', SHAPES[name]
    )


@register.simple_tag
def badge(words, state, shape_name=""):
    """Where something stands. ``state``: done, here, wait, owed, still; ``shape_name`` where the state's own does not fit (half, held)."""
    state = _state(state)
    return format_html('<span class="badge is-{}">{}{}</span>', state, shape(shape_name or state), words)


@register.simple_tag
def said(words, state, shape_name=""):
    """What an agency said, in a row of answers: like a badge, without its ground."""
    state = _state(state)
    return format_html('<span class="said is-{}">{}<span>{}</span></span>', state, shape(shape_name or state), words)


@register.simple_tag
def clock(words, state="wait", left=None):
    """A clock: a pie that empties and the words. ``left``: the share of time left, 0 to 1; none once it ran out or stopped."""
    state = _state(state)
    drawn = shape(state) if left is None else _dial(min(max(float(left), 0), 1))
    return format_html('<span class="clock is-{}">{}<span>{}</span></span>', state, drawn, words)


def _dial(left):
    turn = 2 * math.pi * min(left, 0.999)
    x, y = 10 + 7 * math.sin(turn), 10 - 7 * math.cos(turn)
    return format_html(
        '<svg class="dial" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><circle cx="10" cy="10" r="8.5"/><path d="{}"/></svg>',
        f"M10 10V3A7 7 0 {int(left > 0.5)} 1 {x:.2f} {y:.2f}z",
    )


@register.inclusion_tag("components/stage_strip.html")
def stage_strip(current, *, ended=False):
    """The four filters. ``current``: 1 to 4, the filter that is open, or, when ``ended``, the last one that was."""
    filters = (
        (gettext("Filter 1: Bring"), gettext("One agency knows")),
        (gettext("Filter 2: Decide"), gettext("Heard without a name")),
        (gettext("Filter 3: Who acts"), gettext("Just enough is said")),
        (gettext("Filter 4: Respond"), gettext("Only those who act")),
    )
    words = {
        "past": ("done", pgettext("a filter", "done")),
        "now": ("here", pgettext("a filter", "now")),
        "later": ("wait", pgettext("a filter", "later")),
        "closed": ("still", pgettext("a filter", "not opened")),
    }

    def stands(place):
        if place < current or (ended and place == current):
            return "past"
        if ended:
            return "closed"
        return "now" if place == current else "later"

    shown = []
    for place, (whole, known) in enumerate(filters, start=1):
        number, colon, word = whole.partition(":")  # on a phone only the number is drawn
        state = stands(place)
        shape_name, state_word = words[state]
        shown.append(
            {"number": number, "word": colon + word, "known": known, "state": state, "shape": shape_name, "state_word": state_word}
        )
    return {"filters": shown}


@register.inclusion_tag("components/withheld.html")
def withheld(title, why, opens="", *, level=3):
    """What is withheld has a place on the page: its title, why, and what opens it. ``level``: of its heading."""
    return {"title": title, "why": why, "opens": opens, "level": level}


@register.simple_block_tag
def notice(content, state):
    """What the page has to say after an act: a state, or the level of a message. ``<div class="actions">`` may follow inside."""
    state = _state(state)
    return format_html('<div class="notice is-{}">{}<div>{}</div></div>', state, shape(state), content)


@register.simple_tag
def saved(words="", *, is_kept=True):
    """ "Saved 10:42", above the buttons of a draft; empty until something is saved, so that a script can say it politely."""
    kind = "saved" if is_kept else "saved not-kept"  # the tick stands for what is kept only
    return format_html('<p class="{}" role="status">{}<span>{}</span></p>', kind, shape("done") if words else "", words)


@register.simple_tag
def progress(words, percent):
    """How far something has come, in words for the eye and as a bar that says them to the ear; ``percent`` 0 to 100."""
    return format_html(
        '<span class="playing"><span aria-hidden="true">{0}</span><progress max="100" value="{1}" aria-label="{0}">{1} %</progress></span>',
        words,
        int(percent),
    )


@register.simple_tag
def practising():
    """Whether this is a practice table: for pages that must stand without a context."""
    return getattr(settings, "PRACTICE", False)
