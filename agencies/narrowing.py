"""How a list is narrowed, sorted and paged; and how it stands when its reader comes back from elsewhere."""

import secrets
from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_tables2.config import RequestConfig

from agencies.days import date_format

ROWS = 25
SIZES = (25, 50, 100)
NOT_ASKED = {"csrfmiddlewaretoken", "form_token", "at_table", "typed_on", "typed", "read_in"}  # of every posted form
ANSWERS = "answers"  # in the address of a list that answers a posted search: there the reading goes on at the answer
NOTHING_FITS = _("Nothing fits what you asked for. Ask for less, or show all.")


def size_asked(request, field: str = "per_page") -> int:
    """How many rows of a page the reader asked for; what makes no sense is the usual number."""
    asked = request.GET.get(field, "")
    return int(asked) if asked in {str(size) for size in SIZES} else ROWS


def paged(table, request, *, is_narrowed: bool = False):
    """The table in the order, with the page and the number of rows that the reader asked for; what makes no sense is the first page.

    Where a narrowed list is empty it says so, instead of what will stand there one day.
    """
    RequestConfig(request, paginate=False).configure(table)
    table.paginator = Paginator(table.rows, size_asked(request, table.prefixed_per_page_field))
    table.page = table.paginator.get_page(request.GET.get(table.prefixed_page_field))
    if is_narrowed:
        table.empty_text = NOTHING_FITS
    return table


def left_as(request, *, keeps: Iterable[str], prefixes: Iterable[str] = ("",)) -> str:
    """The address at which the reader left this list, when they come back to it without asking for anything; otherwise ''.

    It is kept in the session, for each table by itself: what is named in ``keeps``, the order and the number of rows. Never
    kept is what was typed, a person, or a page of the list. Whoever asks for anything, all of it included, is remembered anew.
    A list with a field for words is asked by post: then it is the address of what was asked for, which does not hold the words.
    """
    if request.method == "POST":
        return _asked(request)
    names = [*keeps, *(f"{prefix}{field}" for prefix in prefixes for field in ("sort", "per_page"))]
    asked = QueryDict(mutable=True)
    for name in names:
        if request.GET.get(name):
            asked[name] = request.GET[name]
    here = f"{request.table.pk}{request.path}"
    kept = request.session.get("lists", {})
    before = kept.get(here, "")
    if not request.GET:
        return f"{request.path}?{before}" if before else ""
    if before != asked.urlencode():
        request.session["lists"] = kept | {here: asked.urlencode()}
    return ""


def _asked(request) -> str:
    """The address of what was posted; a mark stands in it for the words, since a name typed there would stay in histories and logs."""
    asked = QueryDict(mutable=True)
    for name, value in request.POST.items():
        if value and name not in NOT_ASKED:
            asked[name] = value
    if "words" in asked:
        mark = secrets.token_urlsafe(6)
        request.session["typed_in_list"] = [f"{request.table.pk}{request.path}", mark, asked["words"]]
        asked["words"] = mark
    asked[ANSWERS] = "1"
    return f"{request.path}?{asked.urlencode()}"


def asked_of(request) -> QueryDict:
    """What a list's form is asked: the address, with the words in the place of their mark.

    They are kept until words are typed anew or the session ends; an address with another mark asks for no words.
    """
    asked = request.GET.copy()
    if "words" in asked:
        here, mark, words = request.session.get("typed_in_list", ("", "", ""))
        asked["words"] = words if (here, mark) == (f"{request.table.pk}{request.path}", asked["words"]) else ""
    return asked


def is_narrowed(form) -> bool:
    """Whether a filter's form asks for less than all."""
    return any(form.data.get(form.add_prefix(name)) for name in form.fields)


def narrowed_to(form) -> list[tuple[str, str]]:
    """What a filter's form asks for, in words: each question and its answer. What makes no sense is not among them."""
    asked = []
    for name, field in form.fields.items():
        value = form.data.get(form.add_prefix(name))
        if not value or name in form.errors:
            continue
        words = dict(_offered(field)).get(str(value)) if hasattr(field, "choices") else _typed(form, name)
        if words:
            asked.append((str(field.label), str(words)))
    return asked


def _offered(field) -> list:
    """The answers that a field offers, those in groups included."""
    offered = []
    for value, words in field.choices:
        offered += words if isinstance(words, list | tuple) else [(str(value), words)]
    return [(str(value), words) for value, words in offered]


def _typed(form, name: str) -> str:
    value = form.cleaned_data.get(name)
    return date_format(value, "DATE_FORMAT") if hasattr(value, "isoformat") else str(value or "")
