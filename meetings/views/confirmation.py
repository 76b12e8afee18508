"""“Are you sure”, as a page of its own: before what many feel, or what cannot be taken back."""

from django.shortcuts import render
from django.utils.translation import gettext as _


def confirm(request, *, title: str, what: list[str], form, submit: str, back: str, back_words: str = "", reference: str = ""):
    """The page: what will happen, in sentences; a reason where ``form`` asks for one; ``back`` is the path that leaves all as it is.

    ``back_words`` name that path, unless it leads back to the table; ``reference`` is the situation's number, for a reader who may know it.
    """
    page = {"title": title, "what": what, "form": form, "submit": submit, "cancel_url": back, "reference": reference}
    return render(request, "components/confirm.html", page | {"back_words": back_words or _("Back to the table")})
