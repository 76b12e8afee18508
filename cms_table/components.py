"""The parts of a page: each is shown in every state at ``/components/``.

Settings load these tags for every template. A part sees its arguments, not the page; only the form, the
pager and the error summary look at the page, for its request and its forms.
"""

import math
import uuid
from copy import copy
from datetime import date

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_form
from crispy_forms.utils import render_crispy_form
from django import template
from django.conf import settings
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.forms.utils import ErrorDict
from django.template import defaultfilters
from django.template.base import render_value_in_context
from django.template.loader import render_to_string
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.translation import gettext, pgettext

from agencies.days import date_format
from agencies.narrowing import is_narrowed, narrowed_to
from cms_table import typed
from cms_table.sentences import sentences

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


# 1. States: a word, a shape, then a colour -------------------------------------------------------------------
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
    """How far something has come, in words and as a bar; ``percent`` 0 to 100."""
    return format_html(
        '<label class="playing"><span>{}</span><progress max="100" value="{}">{} %</progress></label>', words, int(percent), int(percent)
    )


@register.simple_tag
def practising():
    """Whether this is a practice table: for pages that must stand without a context."""
    return getattr(settings, "PRACTICE", False)


# 2. Blocks -------------------------------------------------------------------------------------------------------
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
def reference_only(content, reference):
    """What is inside never reaches paper: only its reference prints."""
    return format_html('<div class="reference-only"><p class="print-reference">{}</p>{}</div>', reference, content)


# 3. Forms ----------------------------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def form_token(context):
    """A token of its own for every form that is shown: its second post finds the first one's result.

    With it goes the table at which the device is, not the page's: a form that was opened at one table acts at no other;
    and to whom it was shown, on which page, so that what is typed into it finds back there (typed.py).
    """
    request = getattr(context, "request", None)
    table, token = getattr(request, "device_table", None), uuid.uuid4()
    page = "" if request is None else getattr(request, "read_at", None) or request.get_full_path()
    shown = typed.shown(getattr(request, "user", None), token=token, page=page) if page else ""
    return format_html(
        '<input type="hidden" name="form_token" value="{}"><input type="hidden" name="at_table" value="{}">'
        '<input type="hidden" name="typed_on" value="{}">',
        token, table.pk if table else "", shown,
    )  # fmt: skip


def _fields(form):
    """The form's fields, by its own layout if it has one."""
    helper = getattr(form, "helper", None)
    if helper is None:
        return as_crispy_form(form)
    helper = copy(helper)
    helper.form_tag, helper.disable_csrf = False, True
    return render_crispy_form(form, helper)


@register.simple_tag(takes_context=True)
def form_frame(context, form=None):
    """What stands inside every posting ``<form method="post" novalidate>``: the guard against forgery, the token, the fields."""
    guard = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', context.get("csrf_token", ""))
    return format_html("{}{}{}", guard, form_token(context), "" if form is None else _fields(form))


@register.simple_block_tag(takes_context=True)
def table_form(context, content, form, submit, *, cancel="", cancel_url="", action=""):
    """A whole posting form with one primary button; what the block holds stands between the fields and the button."""
    return render_to_string(
        "components/form.html",
        {
            "frame": form_frame(context, form),
            "content": content,
            "submit": submit,
            "cancel": cancel or gettext("Cancel"),
            "cancel_url": cancel_url,
            "action": action,
            "multipart": form.is_multipart(),
        },
    )


@register.inclusion_tag("components/filters.html", takes_context=True)
def filters(context, form, submit=""):
    """A list's filters: a form that asks (GET), keeping the order and the page size the reader chose."""
    asked = context["request"].GET
    own = {form.add_prefix(name) for name in form.fields}
    left = [(name, value) for name, values in asked.lists() if name not in {*own, "show"} for value in values]
    kept = [(name, value) for name, value in left if name.endswith("per_page") or not name.endswith("page")]
    return {
        "fields": _fields(form),
        "kept": kept,
        "narrowed": is_narrowed(form),
        "told": narrowed_to(form),
        "all": "?" + urlencode(kept or [("show", "all")]),  # an address that asks for nothing would show the list as it was left
        "submit": submit or gettext("Show"),
    }


@register.simple_tag(takes_context=True)
def typed_again(context):
    """After a change of language: what was typed stands in the page's forms again, unchecked. Stands before all that shows a form."""
    typed = getattr(getattr(context, "request", None), "typed", None)
    unbound = _forms(context.flatten().values(), is_bound=False) if typed else []
    for form in unbound:
        if len(unbound) == 1 or any(form.add_prefix(name) in typed for name in form.fields):
            form.data, form.is_bound, form.cleaned_data, form._errors = typed, True, {}, ErrorDict()
    return ""


@register.simple_tag(takes_context=True)
def envelope(context):
    """What was typed before this page and not sent, sealed, as a hidden field: for the form that leads back to it; otherwise nothing."""
    request = getattr(context, "request", None)
    letters = typed.carried(request) if request is not None else ""
    return format_html('<input type="hidden" name="typed" value="{}">', letters) if letters else ""


@register.inclusion_tag("components/typed.html", takes_context=True)
def what_was_typed(context, page=""):
    """On a page that comes in place of an act: the way back to the form, with what was typed in it. Nothing where nothing was."""
    request = getattr(context, "request", None)
    if request is None:
        return {"envelope": ""}
    return {
        "envelope": typed.carried(request) or typed.enveloped(request.POST),
        "page": page or typed.page_of(request.POST),
        "has_file": bool(getattr(request, "has_file", request.FILES)),
    }


@register.simple_block_tag
def held(content):
    """A part of the page that is written before what stands above it: ``{% held as body %}``."""
    return content


@register.filter
def has_typed_form(body):
    """Whether a part of a page holds the form, called ``typed``, whose words the other language keeps."""
    return 'id="typed"' in body


register.filter("sentences", sentences)


def _forms(values, *, is_bound=True):
    """The bound forms among a page's values, once each, in the order in which the page was given them; or the unbound ones."""
    seen = []
    for value in values:
        if isinstance(value, (list, tuple)):
            candidates = _forms(value, is_bound=is_bound)
        elif isinstance(value, BaseFormSet) and value.is_bound:
            candidates = [value, *value.forms]
        else:
            candidates = [value] if isinstance(value, BaseForm) and value.is_bound == is_bound else []
        seen += [form for form in candidates if not any(form is one for one in seen)]
    return seen


def _target(field):
    """The id that a link to a field leads to: in a group of answers, the first."""
    if field.is_hidden:
        return ""
    return field.id_for_label or f"{field.auto_id}_0"


def _errors(forms):
    """What the forms ask to be put right, in page order: pairs of the id to go to (or none) and the words."""
    found = []
    for form in forms:
        if isinstance(form, BaseFormSet):
            found += [("", words) for words in form.non_form_errors()]
            continue
        found += [("", words) for words in form.non_field_errors()]
        for field in (form[name] for name in form.fields if name in form.errors):
            found += [(_target(field), words) for words in sentences(field)]
    return found


@register.simple_tag(takes_context=True)
def error_summary(context, *forms):
    """First on a page whose form has errors: how many, each a link to its field. Without arguments it finds the page's own forms."""
    errors = _errors(_forms(forms or context.flatten().values()))
    return render_to_string("components/error_summary.html", {"errors": errors}) if errors else ""


@register.simple_tag(takes_context=True)
def title_prefix(context, *forms):
    """ "Error: " at the beginning of the page's title when one of its forms has an error."""
    return pgettext("beginning of a page title", "Error:") + " " if _errors(_forms(forms or context.flatten().values())) else ""


# 4. Lists, numbers, days ---------------------------------------------------------------------------------------------
@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context, page, *, page_field="page", size_field="per_page", sizes=(25, 50, 100)):
    """Which rows of how many, the pages, and how many rows a page holds. ``page``: of Django's paginator."""
    asked, paginator = context["request"].GET, page.paginator

    def address(**changes):
        query = asked.copy()
        for name, value in changes.items():
            query[name] = value
        return "?" + query.urlencode()

    def one(number):
        if number == paginator.ELLIPSIS:
            return {"number": number, "address": ""}
        words = gettext("Page %(number)s") % {"number": number}
        return {"number": number, "address": address(**{page_field: number}), "words": words, "current": number == page.number}

    several = paginator.num_pages > 1
    return {
        "name": page_field,
        "count": paginator.count,
        "words": gettext("%(first)s to %(last)s of %(count)s")
        % {"first": grouped(page.start_index()), "last": grouped(page.end_index()), "count": grouped(paginator.count)},
        "pages": [one(number) for number in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)] if several else [],
        "previous": address(**{page_field: page.previous_page_number()}) if page.has_previous() else "",
        "next": address(**{page_field: page.next_page_number()}) if page.has_next() else "",
        "sizes": [
            {"number": size, "address": address(**{size_field: size, page_field: 1}), "current": size == paginator.per_page}
            for size in sizes
        ]
        if paginator.count > min(sizes)
        else [],
    }


@register.simple_tag(takes_context=True)
def table_rows(context, table):
    """The rows of a list: in Python, for a template per cell made a page of 25 rows cost twice as much. The first column names the row."""
    (_name, naming), *asking = [(column.header, column.attrs["td"].as_html()) for column in table.columns]

    def row_of(row):
        name, *facts = (render_value_in_context(cell, context) for _column, cell in row.items())
        answers = ((header, attributes, fact) for (header, attributes), fact in zip(asking, facts, strict=True))
        return format_html(
            '<tr role="row"><th role="rowheader" scope="row" {}>{}</th>{}</tr>',
            naming,
            name,
            format_html_join("", '<td role="cell" data-label="{}" {}>{}</td>', answers),
        )

    return format_html_join("\n", "{}", ((row_of(row),) for row in table.paginated_rows))


@register.filter
def grouped(number):
    """A count as it is written in the page's language: 1,234 or 1 234."""
    return formats.number_format(number, force_grouping=True)


@register.filter
def with_weekday(day):
    """A day in words with its weekday: "Tuesday, November 24, 2026", « mardi 24 novembre 2026 ». For a moment, give its local day."""
    return date_format(day, "WEEKDAY_DATE_FORMAT")


@register.filter("date", expects_localtime=True)
def in_words(day, written=None):
    """Django's own filter, which says a day as the house says it."""
    return date_format(day, written or "DATE_FORMAT") if isinstance(day, date) else defaultfilters.date(day, written)
