"""Pages for what does not open: with the ways through the house for who is signed in, otherwise pages that stand by themselves."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template
from django.views.decorators.csrf import requires_csrf_token

from cms_table import keeping, typed
from cms_table.tries import limited


def _refused(request, number: int, **said):
    request.read_at = typed.page_of(request.POST) or None  # the page to come back to, in either language
    is_signed_in = getattr(request, "user", None) is not None and request.user.is_authenticated and hasattr(request, "table")
    return render(request, f"pages/{number}.html" if is_signed_in else f"{number}.html", said, status=number)


@login_not_required
def stale_form(request, reason=""):
    """The page was open too long, or in another browser: nothing was done, and the form opens again with what was typed."""
    envelope = request.POST.get("typed") or typed.enveloped(request.POST)
    member = getattr(request, "user", None)
    if envelope and member is not None and typed.opened(envelope, member=member):
        return keeping.lead_on(request, envelope, status=403)
    if envelope and member is not None and not member.is_authenticated:
        return keeping.sign_in_page(request, envelope)
    return _refused(request, 403, is_stale_form=True)


def not_yours(request, exception):
    """What the reader may know of, and not do."""
    return _refused(request, 403, is_stale_form=False)


def not_here(request, exception):
    """What the reader may not know of, or what is nowhere: the same answer to both, at the same table."""
    if hasattr(request, "device_table"):
        request.table = request.device_table
    return _refused(request, 404)


@login_not_required
def too_many(request):
    """A limit refused it; that it did is on the record, by the page and not by what was typed."""
    limited(member=request.user if request.user.is_authenticated else None, code=request.resolver_match.view_name or "")
    return render(request, "429.html", status=429)


@requires_csrf_token
def broken(request):
    """Something failed on our side; the page asks nothing of the database, and keeps what was typed."""
    return HttpResponseServerError(get_template("500.html").render(keeping.plainly(request)))
