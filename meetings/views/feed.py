"""When the table meets, for a member's own calendar programme: hours, and nothing else."""

from datetime import timedelta

from allauth.core.internal import ratelimit  # its public door counts posts only
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.urls import get_resolver
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from agencies import clock
from agencies.actor import acting_as
from agencies.lifecycle import hash_of
from agencies.models import Member
from meetings.enums import State
from meetings.models import Meeting

PAST, AHEAD = timedelta(days=90), timedelta(days=366)


@login_not_required
@require_safe
def feed(request, key):
    """The calendar of whoever made this address; 404 for one that was revoked, or whose member has left."""
    if not ratelimit.consume(request, app="allauth.account", action="calendar", key=hash_of(key), limit_get=True):
        answer = HttpResponse(status=429, headers={"Retry-After": "60"})
        answer._has_been_logged = True  # Django would write the address into the log, and it is still good
        return answer
    member = Member.objects.active().filter(calendar_key=hash_of(key)).first()
    if member is None:
        # The same page as of any address that is nowhere, but as an answer: what is raised would take back that this was counted.
        return get_resolver().resolve_error_handler(404)(request, Http404())
    with acting_as(member), translation.override(member.language):
        answer = HttpResponse(calendar_of(member), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="table.ics"'
    return answer


def calendar_of(member) -> bytes:
    """The meetings of the member's tables from three months ago to a year ahead, in the language of the moment (RFC 5545)."""
    now = clock.now()
    meetings = Meeting.objects.visible_to(member).filter(starts_at__gte=now - PAST, starts_at__lt=now + AHEAD).select_related("table")
    calendar = Calendar()
    calendar.add("prodid", "-//The Table//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("The table"))
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for meeting in meetings:
        calendar.add_component(_event(meeting, now))
    calendar.add_missing_timezones(first_date=(now - PAST - timedelta(days=366)).date(), last_date=(now + AHEAD).date())
    return calendar.to_ical()


def _event(meeting, now) -> Event:
    """One meeting: begin and end by its table's wall clock. What kind of session it is, and of which table, is not said."""
    zone = meeting.table.zone
    event = Event()
    event.add("uid", salted_hmac("calendar", str(meeting.pk), algorithm="sha256").hexdigest()[:32])  # not the key of its page
    event.add("sequence", meeting.version)
    event.add("dtstamp", now)
    event.add("dtstart", meeting.starts_at.astimezone(zone))
    event.add("dtend", meeting.ends_at.astimezone(zone))
    event.add("summary", _("Meeting of the table"))
    event.add("status", "CANCELLED" if meeting.state == State.CANCELLED else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event
