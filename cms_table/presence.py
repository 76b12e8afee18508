"""Who is here: when somebody acted last, how long a page may lie there unused, and on which device somebody signs in."""

import time
import uuid

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from agencies import lifecycle, outbox
from agencies.devices import device_of
from agencies.enums import LedgerAct, Notice, Role
from agencies.models import Appointment, LedgerEntry
from meetings.models import Meeting

RENEWED_AFTER = 60  # seconds; a session is not written for each of its pages
KNOWN_FOR = 90 * 24 * 3600  # seconds for which a device stays known to the table
KNOWN_AT_MOST = 8  # people who share a device
ACTS = "X-Somebody"  # with it a page says that its reader moved or typed: static/js/table.js


def somebody_acted(request) -> bool:
    """Whether a person asked for this, and no script by itself: a refresh, a draft that saves itself, a line that is looked after.

    Browsers say which page a person asked for (Fetch Metadata, ``Sec-Fetch-User``), but only where the line is safe; of the
    others a script is known by not asking for a page.
    """
    if ACTS in request.headers:
        return True
    if "Sec-Fetch-Mode" in request.headers:
        return request.headers.get("Sec-Fetch-User") == "?1"
    return "text/html" in request.headers.get("Accept", "text/html")


def idle_seconds(member) -> int:
    """How long a page of the member's may lie unused: longer while they are checked in at a meeting under way, chair it or record it."""
    serving = Appointment.objects.current().filter(member=member, role__in=[Role.CHAIR, Role.RECORDER])
    is_checked_in = Q(attendances__member=member, attendances__left_at=None)
    is_at_a_meeting = Meeting.objects.under_way().filter(is_checked_in | Q(table__in=serving.values("table"))).exists()
    return settings.IDLE_SECONDS_IN_A_MEETING if is_at_a_meeting else settings.IDLE_SECONDS


def renew(request) -> None:
    """The member is here now; how long they may be away is asked anew. By the server's own clock, which nobody moves."""
    session, now = request.session, time.time()
    if now - session.get("renewed", 0) > RENEWED_AFTER:
        session.setdefault("began", now)
        session["renewed"] = now
    elif request.method != "POST":
        return
    idle = idle_seconds(request.user)
    if session.get("idle") != idle:
        session["idle"] = idle


def roles_mark(member) -> str:
    """What the member is at every table, as a few letters that change when it does."""
    return salted_hmac("cms_table.presence.roles", " ".join(sorted(f"{table}{role}" for table, role in member.standing.roles))).hexdigest()[
        :8
    ]


def change_key_with_roles(request, member) -> None:
    """A session that could do something else a moment ago goes on under another key (ASVS 5.0, 7.2.4)."""
    session, mark = request.session, roles_mark(member)
    if session.get("roles") != mark:
        if "roles" in session:
            session.cycle_key()
        session["roles"] = mark


def begin(request, member, response) -> None:
    """A sign-in begins: it has a name of its own, and a device that the table did not know is told of by mail."""
    session, now = request.session, time.time()
    agent = request.headers.get("User-Agent", "")
    session.update({"began": now, "renewed": now, "mark": str(uuid.uuid4()), "device": device_of(agent)})
    session.save()
    lifecycle.end_the_oldest(member, by=member)
    known, mark = _known(request), _mark(member)
    has_been_here = LedgerEntry.objects.filter(act=LedgerAct.SIGNED_IN, by_id=member.pk).exists()
    if has_been_here and not any(constant_time_compare(each, mark) for each in known):
        table = member.standing.tables[0] if member.standing.tables else None
        outbox.post(Notice.NEW_DEVICE, to=[member], table=table, address=reverse("agencies:sign_ins"), subject=None)
    kept = [each for each in known if each != mark][-KNOWN_AT_MOST + 1 :]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        ".".join([*kept, mark]),
        max_age=KNOWN_FOR,
        samesite="Lax",
        httponly=True,
        secure=settings.PRODUCTION,
    )


def _known(request) -> list[str]:
    return [each for each in request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "").split(".") if len(each) == 32][:KNOWN_AT_MOST]


def _mark(member) -> str:
    """What a device keeps of a member: only the server could have made it, and nobody can read from it whose it is."""
    return salted_hmac("cms_table.presence.device", str(member.pk), algorithm="sha256").hexdigest()[:32]
