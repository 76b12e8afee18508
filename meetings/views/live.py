"""What an open page asks by itself: whether it is still open to its reader, and whether anything changed since it was drawn."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from meetings import policies
from meetings.enums import Act
from meetings.models import Meeting


@require_safe
def live(request):
    """The count of what changed at the meeting's table; 204 when it is still the one that was ``seen``. No datum, and no look.

    Without a meeting it says only that the sign-in lasts. Asked for as a stream, it also says to the server (``cms_table.live``)
    which table and which sign-in the stream is of.
    """
    meeting = _followed(request)
    beat, table = (meeting.beat, meeting.table_id) if meeting else (0, "")
    return count(request, beat, table=table, session=request.session.session_key)


def count(request, beat: int, *, table, session: str) -> HttpResponse:
    """The answer to an open page of ``table``; ``session`` is the secret whose digest the database tells when it ends."""
    is_stream = request.method == "GET" and "text/event-stream" in request.headers.get("Accept", "")
    if not is_stream and request.GET.get("seen") == str(beat):
        return HttpResponse(status=204)
    response = HttpResponse(str(beat), content_type="text/plain")
    if is_stream:
        response["X-Live-Table"] = str(table)
        response["X-Live-Session"] = session
        response["X-Live-Beat"] = str(beat)
    return response


def _followed(request) -> Meeting | None:
    """The meeting whose page asks; None for a page of no meeting. 404 where it does not exist for the reader, or no longer."""
    asked = request.GET.get("meeting")
    if not asked:
        return None
    try:
        meeting = Meeting.objects.visible_to(request.user).with_beat().filter(pk=UUID(asked)).first()
    except ValueError:
        raise Http404 from None
    if meeting is None or not {Act.READ_AGENDA, Act.CHECK_IN} & policies.permitted(request.user, meeting):
        raise Http404
    return meeting
