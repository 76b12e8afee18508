"""What the checker marks in words that are not saved yet; a script asks while one types."""

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from situations import coaching


@require_POST
def coach(request):
    """The marks of the words sent; nothing of them is kept, and they are about no situation in particular."""
    reading = coaching.read(request.POST.get("text", ""))
    return JsonResponse({key: reading[key] for key in ("is_checked", "marks")})
