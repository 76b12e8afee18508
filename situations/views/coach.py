"""What the checker marks in words that are not saved yet; a script asks while one types."""

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from agencies.access import require
from situations import coaching, policies

LONGEST_TYPED = 1_000  # characters; more than any field that is read while one types can keep


@require_POST
def coach(request):
    """The marks of the words sent; nothing of them is kept, and they are about no situation in particular."""
    require(policies.may_write_words(request.user, request.table))
    reading = coaching.read(request.POST.get("text", ""), most=LONGEST_TYPED)
    return JsonResponse({key: reading[key] for key in ("is_checked", "marks")})
