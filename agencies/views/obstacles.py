"""What stands in a member's way, and whom to ask."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.obstacles import lapsing_of, obstacles_of, whom_to_ask


@require_safe
def obstacles(request):
    """Why nothing, or not everything, counts: in one sentence each; and who can help.

    A table that was lost on this device is forgotten here, where it is read, so that the next page is one of another table.
    """
    page = render(
        request,
        "agencies/obstacles.html",
        {
            "obstacles": obstacles_of(request.user),
            "lapsing": lapsing_of(request.user),
            "people": whom_to_ask(request.user),
            "is_barred": request.user.standing.is_barred,
        },
    )
    if request.session.get("table") not in {str(table.pk) for table in request.user.standing.tables}:
        request.session.pop("table", None)
    return page
