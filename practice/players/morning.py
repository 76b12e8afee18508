"""A morning for a newcomer: situations that wait, a meeting about to begin, and the others at the table, who go on when asked."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies import clock
from agencies.access import Refused
from agencies.actor import for_the_table
from agencies.models import LedgerEntry
from agencies.turns import Turn, wait_until_the_transaction_ends
from meetings import lifecycle as meetings
from meetings.enums import ItemKind, Kind, Outcome
from meetings.models import AgendaItem, Meeting
from practice.players import bringing
from practice.players.diary import hand_of
from practice.players.people import People
from practice.seasons import Season
from practice.signins import NOT_RENEWED
from practice.town import AGENCIES, AGENCY_INDEX, TABLES, PracticeTable
from situations.enums import Stage
from situations.models import Recusal

FRESH = 4  # new situations wait for the table at least
BEGINS_IN = timedelta(minutes=10)
ROUND = timedelta(minutes=5)
CALENDAR_REACHES = timedelta(weeks=6)
COME = 9  # agencies, besides the newcomer's
HELP = 3  # of them could help
STILL_CHAIRING = timedelta(minutes=10)  # real minutes since the last act of whoever chairs
HUDDLE = timedelta(minutes=20)


def place_of(table) -> PracticeTable:
    """The invented town's plan of the table. Refused at a table at which nobody of it sits."""
    place = next((place for place in TABLES if place.name_en == table.name_en), None)
    if place is None:
        raise Refused(_("Nobody of the invented town sits at this table."))
    return place


def begins_soon(table) -> Meeting | None:
    """The regular meeting that is under way, or can be opened now."""
    to_come = Meeting.objects.to_come().filter(table=table, kind=Kind.REGULAR)
    return to_come.filter(starts_at__lte=clock.now() + meetings.CHECK_IN_FROM).select_related("table").first()


@for_the_table("practice")
def is_laid_out(table, *, meeting) -> bool:
    """Whether a newcomer finds a meeting about to begin, or under way, and something new to hear at it."""
    _report_backs, unfinished, new = meetings.awaiting(table)
    on_it = meeting is not None and meeting.is_open and meeting.items.before_the_table().filter(kind=ItemKind.NEW, opened_at=None).exists()
    return meeting is not None and (on_it or new.exists() or unfinished.exists())


@transaction.atomic
@for_the_table("practice")
def lay_out(table, *, learner) -> None:
    """Four new situations wait at least, and a meeting can be opened; what is there already stays. About a second."""
    wait_until_the_transaction_ends(Turn.MORNING)
    place = place_of(table)
    people = People(place)
    if begins_soon(table) is None:
        _set_the_table(table, by=people.holding("coordinator")[0])
    _report_backs, _unfinished, new = meetings.awaiting(table)
    _bring(place, table, people, count=FRESH - new.count(), learner=learner)


def _set_the_table(table, *, by) -> None:
    """The next meeting of the calendar is today, in ten minutes: so the coordinator decides."""
    now = clock.now()
    starts_at = now + BEGINS_IN
    starts_at += (ROUND - timedelta(minutes=starts_at.minute % 5, seconds=starts_at.second, microseconds=starts_at.microsecond)) % ROUND
    for _try in range(2):
        later = Meeting.objects.planned().filter(table=table, kind=Kind.REGULAR, starts_at__gt=now).order_by("starts_at").first()
        if later is not None:
            with hand_of(by, now):
                meetings.move_meeting(later, starts_at=starts_at, by=by)
            return
        with hand_of(by, now):
            meetings.plan_meetings(table, until=(now + CALENDAR_REACHES).astimezone(table.zone).date(), by=by)
    raise Refused(_("No meeting could be planned."))


def _bring(place: PracticeTable, table, people: People, *, count: int, learner) -> None:
    """Agencies other than the newcomer's bring ``count`` situations, which the season never had."""
    now = clock.now()
    seated = [slug for slug in place.seats if slug != NOT_RENEWED]
    others = {AGENCY_INDEX[slug] for slug in seated if learner.agency is None or AGENCIES[AGENCY_INDEX[slug]].name != learner.agency.name}
    season = Season(int(now.timestamp()), now.astimezone(table.zone).date(), 4, 400, table=place)
    fitting = [planned for planned in season.situations if planned.originator in others and planned.earlier is None]
    for number, planned in enumerate(fitting[: max(count, 0)]):
        member = people.speaker(planned.originator, number)
        if not member.standing.acts_for_agency_at(table.pk):
            continue
        at = now - timedelta(minutes=40 - 5 * number)
        row = bringing.write_draft(planned, table=table, agency=member.agency, by=member, at=at)
        bringing.submit(row, by=member, at=at + timedelta(minutes=12))


# --- the others at the table -----------------------------------------------------------------------------------------------------


@transaction.atomic
@for_the_table("practice")
def go_on(table, *, learner) -> str:
    """The others do what comes next, one thing at a time, and leave to the newcomer what is the newcomer's; returns what they did."""
    meeting = begins_soon(table)
    if meeting is None:
        raise Refused(_("No meeting begins within the hour. Lay out another morning first."))
    others = Others(meeting, learner=learner)
    if not meeting.is_open:
        return others.come()
    item = meeting.items.open().select_related("situation__table", "situation__originating_agency").first()
    if item is None or item.outcome not in ("", Outcome.ACCEPTED):
        return others.present()
    item.meeting = meeting
    did = others.answer(item)
    has_stepped_out = Recusal.objects.filter(situation=item.situation_id, member=learner, ended_at=None).exists()
    return _("The others went on. What is said while you are out of the room is not told to you.") if has_stepped_out else did


class Others:
    """Those who are at the table beside a newcomer: a chair where the newcomer is none, the recorder, and some agencies."""

    def __init__(self, meeting: Meeting, *, learner):
        self.meeting, self.table, self.learner = meeting, meeting.table, learner
        self.place = place_of(self.table)
        self.people = People(self.place)
        self.recorder = self.people.holding("recorder")[0]
        self.chair = next(member for member in reversed(self.people.holding("chair")) if member.pk != learner.pk)
        self.learner_chairs = learner.standing.holds(self.table.pk, "chair")
        self.now = clock.now()

    def come(self) -> str:
        """They check in; unless the newcomer is the one who chairs, the chair opens the meeting."""
        arrived = self._check_in()
        if self.learner_chairs:
            return ngettext("%(count)s agency checked in.", "%(count)s agencies checked in.", arrived) % {"count": arrived}
        with hand_of(self.chair, self.now):
            meetings.open_meeting(self.meeting, by=self.chair)
        return _("The others checked in, and the chair opened the meeting.")

    def _check_in(self) -> int:
        """Up to nine agencies are here besides the newcomer's, and the recorder."""
        here = set(self.meeting.attendances.present().values_list("member_id", flat=True))
        mine = self.learner.agency.name if self.learner.agency else ""
        speakers = [self.people.speaker(AGENCY_INDEX[slug]) for slug in self.place.seats if slug != NOT_RENEWED]
        fitting = [speaker for speaker in speakers if speaker.agency.name != mine and speaker.standing.acts_for_agency_at(self.table.pk)]
        coming = fitting[:: max(len(fitting) // COME, 1)][:COME]
        staff = [self.recorder] if self.learner_chairs else [self.recorder, self.chair]
        for member in [*staff, *coming]:
            if member.pk not in here:
                with hand_of(member, self.now):
                    meetings.check_in(self.meeting, member=member, by=member)
        return len([member for member in coming if member.pk not in here])

    def present(self) -> str:
        """The chair opens a new situation that another agency brought, or closes the meeting when there is none left."""
        if self.learner_chairs:
            if self.meeting.attendances.present().filter(agency__isnull=False).exists():
                raise Refused(_("It is your turn: open an item at the table."))
            return self.come()
        self._let_who_chairs_chair()
        meetings.refresh_agenda(self.meeting)
        waiting = self.meeting.items.before_the_table().filter(kind=ItemKind.NEW, opened_at=None).select_related("situation__table")
        item = waiting.exclude(situation__originating_agency=self.learner.agency).order_by("position").first() or waiting.first()
        if item is None or self.meeting.ends_at <= self.now:
            with hand_of(self.chair, self.now):
                meetings.close_meeting(self.meeting, by=self.chair)
            return _("The chair closed the meeting. What was not heard waits for the next.")
        if not self.meeting.attendances.present().filter(member=self.learner).exists():
            raise Refused(_("Check in first: who is not in the room hears nothing."))
        self._check_in()
        item.meeting = self.meeting
        with hand_of(self.chair, self.now):
            meetings.open_item(item, by=self.chair)
        return _("The chair presented a new situation. Follow the meeting and give your agency’s answer.")

    def _let_who_chairs_chair(self) -> None:
        """Whoever opened the meeting and is still acting in it goes on chairing; another newcomer may be that person."""
        opened_by = self.meeting.opened_by_id
        if opened_by in (self.chair.pk, None):
            return
        lately = LedgerEntry.objects.filter(by_id=opened_by, written_at__gt=_real_now() - STILL_CHAIRING)
        if lately.exists():
            raise Refused(
                _("Somebody else chairs this meeting just now. Follow it; when nothing happens for ten minutes, the others go on.")
            )

    def answer(self, item: AgendaItem) -> str:
        """The others answer the question that is asked; once they have, and the newcomer too, the chair records what the table decided."""
        if item.kind != ItemKind.NEW:
            raise Refused(_("A report-back is heard. It is the chair’s turn."))
        is_asked_who_acts = item.situation.stage == Stage.IDENTIFYING
        answers = item.involvements if is_asked_who_acts else item.positions
        answered = set(answers.values_list("agency_id", flat=True))
        here = self.meeting.attendances.present().filter(agency__isnull=False).exclude(agency=self.learner.agency)
        silent = [each.agency for each in here.select_related("agency").order_by("agency__name") if each.agency_id not in answered]
        if silent:
            self._say(item, silent, is_asked_who_acts=is_asked_who_acts)
            return _("The other agencies answered. Give your agency’s answer, if you have not.")
        if self.learner_chairs:
            raise Refused(_("The others have answered. It is the chair’s turn."))
        self._let_who_chairs_chair()
        with hand_of(self.chair, self.now):
            if not is_asked_who_acts:
                meetings.accept(item, by=self.chair)
                return _("The table found the risk acute. Now say how your agency is involved.")
            helping = [each.agency for each in answers.filter(involvement="involvement:HELP").select_related("agency")]
            lead = self._lead(item, helping)
            assisting = [agency for agency in helping if agency.pk != lead.pk]
            meetings.respond(item, lead=lead, assisting=assisting, huddle_at=self.now + HUDDLE, by=self.chair)
        if lead.pk == self.learner.agency_id:
            return _("The chair recorded the response: your agency leads. Your first page says what it owes.")
        return _("The chair recorded the response.")

    def _lead(self, item: AgendaItem, helping: list):
        """The newcomer's agency leads if it is here, so that there is something to do; otherwise the first that could help."""
        is_here = self.meeting.attendances.present().filter(member=self.learner, agency__isnull=False).exists()
        return self.learner.agency if is_here else next(iter(helping), item.situation.originating_agency)

    def _say(self, item: AgendaItem, silent: list, *, is_asked_who_acts: bool) -> None:
        if is_asked_who_acts:
            said = {agency: "involvement:HELP" if place < HELP else "involvement:NONE" for place, agency in enumerate(silent)}
        else:
            said = {agency: "position:ASK" if place == 0 else "position:MET" for place, agency in enumerate(silent)}
        verb = meetings.say_involvements if is_asked_who_acts else meetings.take_positions
        with hand_of(self.recorder, self.now):
            verb(item, said=said, by=self.recorder)


def _real_now():
    return clock.now() - timedelta(seconds=clock.offset_seconds())
