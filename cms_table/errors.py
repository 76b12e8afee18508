"""Pages for what goes wrong before a view is reached."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render


@login_not_required
def stale_form(request, reason=""):
    """The page was open too long, or in another browser: nothing was done, and the form can be opened again."""
    return render(request, "403.html", {"is_stale_form": True}, status=403)
