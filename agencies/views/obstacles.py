"""What stands in a member's way, and whom to ask."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.obstacles import lapsing_of, obstacles_of, whom_to_ask


@require_safe
def obstacles(request):
    """Why nothing, or not everything, counts: in one sentence each; and who can help."""
    return render(
        request,
        "agencies/obstacles.html",
        {
            "obstacles": obstacles_of(request.user),
            "lapsing": lapsing_of(request.user),
            "people": whom_to_ask(request.user),
            "is_barred": request.user.standing.is_barred,
        },
    )
