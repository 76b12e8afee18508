"""Which key presses a control at the table, for whoever has the keys on (WCAG 2.1.4: off, alone, or together with Alt and Shift)."""

from django import template
from django.utils.html import format_html

from agencies.enums import SingleKeys

register = template.Library()


@register.simple_tag(takes_context=True)
def keys(context):
    """The reader's own choice: on, together, off; off where nobody is signed in."""
    return getattr(getattr(getattr(context, "request", None), "user", None), "single_keys", SingleKeys.OFF)


@register.simple_tag(takes_context=True)
def pressed_by(context, *letters):
    """The attributes of a control that these keys press, or go to, where they are on; several stand for the same."""
    chosen = keys(context)
    if chosen == SingleKeys.OFF:
        return ""
    named = " ".join(f"Alt+Shift+{letter.upper()}" if chosen == SingleKeys.TOGETHER else letter for letter in letters)
    return format_html(' data-key="{}" aria-keyshortcuts="{}"', " ".join(letters), named)


@register.simple_tag(takes_context=True)
def key(context, letter):
    """The hint at the end of a button, for the eye; what the control does is its words."""
    return "" if keys(context) == SingleKeys.OFF else format_html(' <kbd aria-hidden="true">{}</kbd>', letter)
