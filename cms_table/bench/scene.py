"""Who opens which page in the bench: a meeting is under way, an item is at Filter 2, everyone is signed in."""

import contextlib
import time
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.urls import reverse

from agencies import clock
from agencies.access import Refused
from agencies.actor import also_between_transactions, for_the_table
from agencies.models import Member, PracticeClock, SituationTable
from agencies.sessions import SessionStore
from meetings import lifecycle as meetings
from meetings.enums import ItemKind
from meetings.models import AgendaItem, Meeting
from practice.town import MAIN_TABLE, SIGN_INS
from reports import lifecycle as reports
from reports.models import Release
from situations import lifecycle as situations
from situations.enums import Relation, Stage
from situations.models import Situation

LASTS = 480  # minutes that the meeting is extended by: longer than any run


@dataclass(frozen=True)
class Page:
    """One page to be measured: its name, who reads it, its address, the reader's session, and how many times the floor it may cost."""

    name: str
    reader: str
    path: str
    session: str
    most: float = 2.0


def set_the_scene() -> dict:
    """Open a meeting and sign the readers in; the pages, and the address and session of the floor, as plain values."""
    seconds = PracticeClock.objects.values_list("seconds", flat=True).first() or 0.0
    with clock.moved_by(seconds), also_between_transactions(), for_the_table("practice"):
        table = SituationTable.objects.get(name_en=MAIN_TABLE.name_en)
        people = {role: Member.objects.get(email=email) for role, email in SIGN_INS.items()}
        pages = [asdict(page) for page in pages_of(table, people)]
        held, everywhere = Situation.objects.filter(table=table).count(), Situation.objects.count()
        session = sign_in(people["representative"], table, backend="django.contrib.auth.backends.ModelBackend")
    floor = {"path": f"/floor/{table.pk}/", "session": session}
    return {"pages": pages, "floor": floor, "situations": everywhere, "of_the_table": held}


def pages_of(table: SituationTable, people: dict[str, Member]) -> list[Page]:
    """The busiest pages, each with the reader who opens it most."""
    representative, coordinator, chair = people["representative"], people["coordinator"], people["chair"]
    signed_in = {member.pk: sign_in(member, table) for member in people.values()}
    meeting = a_meeting_under_way(table, chair=chair, attending=[representative])

    def page(name: str, reader: str, view: str, *about: object, most: float = 2.0, query: str = "") -> Page:
        return Page(name, reader.replace("_", " "), reverse(view, args=about) + query, signed_in[people[reader].pk], most)

    situation = a_response_of(representative, table)
    release = a_release(table, prepared_by=coordinator, approved_by=people["privacy_officer"])
    of_releases = page("A release", "steering", "reports:release", release.pk) if release else page("Releases", "steering", "reports:list")
    return [
        page("First page", "representative", "start"),
        page("First page: the desk", "coordinator", "start"),
        page("Situations, what one's agency may know of", "representative", "situations:list", most=3),
        page("Situations, all of the table", "coordinator", "situations:list", most=3),
        page("One situation, in a response", "representative", "situation", situation.pk),
        page("The meeting", "representative", "meetings:detail", meeting.pk),
        page("The chair's console, Filter 2", "chair", "meetings:chair", meeting.pk),
        page("A member at the table", "representative", "meetings:member", meeting.pk),
        page("Intake, risk factors", "representative", "situations:intake", a_draft_of(representative, table).pk, 2),
        page("Directory", "representative", "agencies:directory", most=3),
        page("Systemic issues", "representative", "responses:issues", most=3),
        of_releases,
    ]


def sign_in(member: Member, table: SituationTable, *, backend: str = settings.AUTHENTICATION_BACKENDS[0]) -> str:
    """The key of a fresh session in which the member is signed in and sits at the table."""
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = backend
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session["table"] = str(table.pk)
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(member.pk)
    session["began"] = session["renewed"] = time.time()
    session.create()
    return str(session.session_key)


def a_meeting_under_way(table: SituationTable, *, chair: Member, attending: list[Member]) -> Meeting:
    """The meeting of today is open, those of the last one are there again, and a new situation is before the table."""
    meeting = Meeting.objects.filter(table=table).under_way().first() or meetings.open_meeting(
        Meeting.objects.filter(table=table).planned().filter(starts_at__lt=clock.now() + timedelta(hours=1)).latest("starts_at"), by=chair
    )
    meetings.check_in_as_last_time(meeting, by=chair)
    for member in attending:
        meetings.check_in(meeting, member=member, by=member)
    meetings.extend(meeting, minutes=LASTS, by=chair)
    new = AgendaItem.objects.filter(meeting=meeting, kind=ItemKind.NEW, outcome="")
    new = new.exclude(situation__recusals__member__in=[chair, *attending])
    meetings.open_item(new.order_by("position")[0], by=chair)
    return meeting


def a_response_of(member: Member, table: SituationTable) -> Situation:
    """A situation in whose response the member's agency takes part, with the most risk factors."""
    engaged = Situation.objects.visible_to(member).filter(table=table, stage=Stage.RESPONDING).granted_as(member, Relation.ENGAGED)
    return max(engaged, key=lambda situation: len(situation.risk_factors))


def a_draft_of(member: Member, table: SituationTable) -> Situation:
    """A draft of the member's agency, with risk factors chosen."""
    drafts = Situation.objects.visible_to(member).filter(table=table).drafts()
    return drafts.exclude(risk_factors=[]).first() or drafts.first() or situations.open_situation(table, agency=member.agency, by=member)


def a_release(table: SituationTable, *, prepared_by: Member, approved_by: Member) -> Release | None:
    """The latest release that the steering committee reads; one is prepared where none is, if a year holds enough."""
    release = Release.objects.filter(table=table, approved_at__isnull=False, withdrawn_at=None).order_by("-period").first()
    if release is not None:
        return release
    for year in reports.years_to_prepare(table):
        with contextlib.suppress(Refused):  # too little was accepted in that year
            return reports.approve(reports.prepare(table, year=year, by=prepared_by), by=approved_by)
    return None
