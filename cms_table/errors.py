"""Pages for what does not open: with the ways through the house for who is signed in, otherwise pages that stand by themselves."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render


def _refused(request, number: int, **said):
    is_signed_in = getattr(request, "user", None) is not None and request.user.is_authenticated and hasattr(request, "table")
    return render(request, f"pages/{number}.html" if is_signed_in else f"{number}.html", said, status=number)


@login_not_required
def stale_form(request, reason=""):
    """The page was open too long, or in another browser: nothing was done, and the form can be opened again."""
    return _refused(request, 403, is_stale_form=True)


def not_yours(request, exception):
    """What the reader may know of, and not do."""
    return _refused(request, 403, is_stale_form=False)


def not_here(request, exception):
    """What the reader may not know of, or what is nowhere: the same answer to both, at the same table."""
    if hasattr(request, "device_table"):
        request.table = request.device_table
    return _refused(request, 404)
