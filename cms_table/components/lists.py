"""Lists, numbers, days."""

from datetime import date

from django import template
from django.template import defaultfilters
from django.template.base import render_value_in_context
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.translation import gettext

from agencies.days import date_format
from agencies.narrowing import ANSWERS, is_narrowed, narrowed_to
from cms_table.components.forms import fields_of, form_frame

register = template.Library()


@register.inclusion_tag("components/filters.html", takes_context=True)
def filters(context, form, submit=""):
    """A list's filters: a form that asks, keeping the order and the page size the reader chose.

    It asks by its address (GET), but where words are typed: those are posted, and stand in no address.
    """
    asked = context["request"].GET
    own = {form.add_prefix(name) for name in form.fields}
    left = [(name, value) for name, values in asked.lists() if name not in {*own, "show", ANSWERS} for value in values]
    kept = [(name, value) for name, value in left if name.endswith("per_page") or not name.endswith("page")]
    return {
        "fields": fields_of(form),
        "kept": kept,
        "frame": form_frame(context) if "words" in form.fields else "",
        "narrowed": is_narrowed(form),
        "told": narrowed_to(form),
        "is_answer": ANSWERS in asked,
        "all": "?" + urlencode(kept or [("show", "all")]),  # an address that asks for nothing would show the list as it was left
        "submit": submit or gettext("Show"),
    }


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
def in_fours(letters):
    """A key or a code as it is copied by hand: 1234 5678. Where it is typed, the gaps do not count."""
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


@register.filter
def with_weekday(day):
    """A day in words with its weekday: "Tuesday, November 24, 2026", « mardi 24 novembre 2026 ». For a moment, give its local day."""
    return date_format(day, "WEEKDAY_DATE_FORMAT")


@register.filter("date", expects_localtime=True)
def in_words(day, written=None):
    """Django's own filter, which says a day as the house says it."""
    return date_format(day, written or "DATE_FORMAT") if isinstance(day, date) else defaultfilters.date(day, written)
