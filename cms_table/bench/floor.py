"""The floor of the bench: one page with session, sign-in, one indexed query and 25 rows. No other room knows this address."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import path

from situations.models import Situation

ROWS = 25


@login_required
def floor(request, table):
    """The newest 25 situations of a table by number, straight from their rows; reachable in the bench's own server only."""
    rows = Situation.objects.filter(table=table, sequence__isnull=False).order_by("-year", "-sequence")[:ROWS]
    return render(request, "floor.html", {"rows": rows})


urlpatterns = [path("floor/<uuid:table>/", floor)]
