"""“Are you sure”, as a page of its own: before what many feel, or what cannot be taken back."""

from django.shortcuts import render


def confirm(request, *, title: str, what: list[str], form, submit: str, back: str):
    """The page: what will happen, in sentences; a reason where ``form`` asks for one; ``back`` is the path that leaves all as it is."""
    return render(request, "components/confirm.html", {"title": title, "what": what, "form": form, "submit": submit, "cancel_url": back})
