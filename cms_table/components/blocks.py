"""Boxes, facts, lists without entries, and rows of buttons."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext

from cms_table.components.states import shape

register = template.Library()


@register.simple_block_tag
def panel(content, heading):
    """A box for what stands aside: the next meeting, one's own answer."""
    return format_html('<section class="panel"><h2>{}</h2>{}</section>', heading, content)


@register.simple_block_tag
def section(content, heading, *, more="", more_url="", id=""):
    """A part of the page under an ink line; ``more`` stands at the right, as a link when ``more_url`` is given."""
    aside = (
        format_html('<a class="small" href="{}">{}</a>', more_url, more)
        if more_url
        else format_html('<span class="small soft">{}</span>', more)
        if more
        else ""
    )
    named = format_html(' id="{}" tabindex="-1"', id) if id else ""  # a link to the part leads to its heading, and is read there
    return format_html('<section><div class="head-line"><h2{}>{}</h2>{}</div>{}</section>', named, heading, aside, content)


@register.simple_block_tag
def note(content, heading="", *, level=2):
    """Help beside what it explains."""
    title = format_html('<h{0} class="dense">{1}</h{0}>', int(level), heading) if heading else ""
    return format_html('<div class="note">{}{}</div>', title, content)


@register.simple_tag
def empty(words, action="", url=""):
    """An empty list says what will appear there, and may offer the one thing to do."""
    link = format_html('<div class="actions"><a class="btn" href="{}">{}</a></div>', url, action) if url else ""
    return format_html('<div class="empty"><p>{}</p>{}</div>', words, link)


@register.simple_block_tag
def summary(content):
    """A list of facts: what is asked at the left, the answer beside it. Holds ``summary_row``."""
    return format_html('<dl class="summary">{}</dl>', content)


@register.simple_block_tag
def summary_row(content, label, *, change_url=""):
    """One fact of a ``summary``; with ``change_url`` it ends in "Change"."""
    change = ""
    if change_url:
        change = format_html(
            '<dd class="change"><a href="{}">{}<span class="visually-hidden"> ({})</span></a></dd>', change_url, gettext("Change"), label
        )
    return format_html("<div><dt>{}</dt><dd>{}</dd>{}</div>", label, content, change)


@register.simple_block_tag
def figure(content, finding, about=""):
    """A figure: its finding as heading, the denominator and period, then the drawing and the same numbers as a table."""
    said_about = format_html("<p>{}</p>", about) if about else ""
    return format_html('<figure class="figure"><figcaption><h2>{}</h2>{}</figcaption>{}</figure>', finding, said_about, content)


@register.simple_tag
def nothing(words=""):
    """Where there is no answer: a dash for the eye, a word for the ear; ``words`` where it is not that there is none."""
    return format_html('<span aria-hidden="true">–</span><span class="visually-hidden">{}</span>', words or pgettext("no answer", "None"))


@register.simple_tag
def back(url, words):
    """The way back, above the title."""
    return format_html('<a class="back" href="{}"><span aria-hidden="true">‹\xa0</span>{}</a>', url, words)


@register.simple_block_tag
def buttons(content):
    """A row of verbs: at most one ``btn btn-primary``, the others ``btn``, leaving and discarding ``btn btn-link``."""
    return format_html('<div class="actions">{}</div>', content)


@register.simple_tag
def choice(words, name, value, *, pressed=False, key=""):
    """One of several equal answers to one question, large; ``key`` is a hint for the keyboard. Stands in ``<div class="choices">``."""
    hint = format_html("<kbd>{}</kbd>", key) if key else ""
    mark = shape("done") if pressed else ""
    return format_html(
        '<button type="submit" class="btn btn-lg choice" name="{}" value="{}" aria-pressed="{}">{}{}{}</button>',
        name,
        value,
        "true" if pressed else "false",
        mark,
        words,
        hint,
    )


@register.simple_tag
def step_heading(step, of, title):
    """ "Step 2 of 5: Risk factors": in intake the stepper is the heading, and the title of the page."""
    return gettext("Step %(step)s of %(of)s: %(title)s") % {"step": step, "of": of, "title": title}


@register.simple_block_tag
def held(content):
    """A part of the page that is written before what stands above it: ``{% held as body %}``."""
    return content
