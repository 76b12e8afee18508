"""How often one member may do what is rarely done often: named limits, counted in the cache that all servers share."""

from functools import wraps

from allauth.core.internal import ratelimit  # its public door counts posts only
from django.conf import settings
from django.shortcuts import render

from agencies import ledger
from agencies.enums import LedgerAct


def is_within(request, action: str) -> bool:
    """Count one more ``action`` of who is signed in, one of ``settings.LIMITS``; False, and not counted, where it is too many."""
    usage = ratelimit.consume(request, app="table", action=action, config=settings.LIMITS, user=request.user, limit_get=True)
    return usage is not None


def limited(action: str):
    """The view opens as often as ``settings.LIMITS`` says; one time more is a page that says so (429), and is on the record."""

    def decorated(view):
        @wraps(view)
        def counted(request, *args, **kwargs):
            if is_within(request, action):
                return view(request, *args, **kwargs)
            ledger.record(LedgerAct.REFUSED, by=request.user, table=request.table, codes=[request.resolver_match.view_name, "too_often"])
            response = render(request, "429.html", status=429)
            response.headers["Retry-After"] = "60"
            return response

        return counted

    return decorated
