"""One meeting, minute by minute: who comes and goes, what is heard, what each agency says, what the table decides."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from agencies import ledger
from agencies.actor import acting_as
from agencies.models import Member
from meetings import lifecycle as meetings
from meetings.enums import Mode
from meetings.models import AgendaItem, Meeting
from practice.players.diary import hand_of
from practice.players.people import People
from practice.seasons import PlannedAttendance, PlannedPresentation, PlannedSituation
from practice.seasons.dice import Dice
from practice.town import STREETS
from situations import lifecycle as situations
from situations.enums import Relation

ANSWERING = 3  # so many answer on their own device; for the others the recorder enters what they say
LOOKING = 3  # so many open the situation on their own device
MINUTES_OF_A_REPORT, MINUTES_OF_A_NEW_ONE, SLOWEST = 1.2, 6.75, 6.0
ENDS_IN = timedelta(minutes=4)  # from here on the chair extends


class Sitting:
    """A meeting under way; ``minute`` is how far it has come, ``here`` who speaks for which agency now.

    The first of ``chairs`` chairs; where that one has stepped out of a situation, the next does for it.
    """

    def __init__(self, meeting: Meeting, *, chairs: list[Member], people: People, dice: Dice, turn: int):
        self.meeting, self.people, self.dice = meeting, people, dice
        self.chairs, self.chair = chairs, chairs[0]
        self.recorder = people.holding("recorder")[0]
        self.minute: datetime = meeting.starts_at
        self.decided_at: datetime = meeting.starts_at  # when the table last found a risk acute
        self.here: dict[int, Member] = {}
        self.pace = 1.0
        self._moves: list[tuple[datetime, int, Member, Mode | None]] = []
        self._turn = turn

    # --- coming, going, opening, closing -----------------------------------------------------------------------------------------

    def begin(self, attendance: Iterable[PlannedAttendance], *, observers: int = 0) -> None:
        """Those who are on time check in, and the chair opens the meeting."""
        starts_at = self.meeting.starts_at
        for member in (self.chair, self.recorder, *self.people.holding("observer")[:observers]):
            self._moves.append((starts_at - timedelta(minutes=self.dice.whole(9, 20)), -1, member, Mode.ROOM))
        for planned in attendance:
            member = self.people.alternate(planned.agency) if planned.by_alternate else self.people.speaker(planned.agency, self._turn)
            arrives = timedelta(minutes=planned.arrives_after or -self.dice.whole(1, 12))
            self._moves.append((starts_at + arrives, planned.agency, member, Mode.VIDEO if planned.by_video else Mode.ROOM))
            if planned.leaves_after is not None:
                self._moves.append((starts_at + timedelta(minutes=planned.leaves_after), planned.agency, member, None))
        self._moves.sort(key=lambda move: move[:2], reverse=True)
        self._move_until(starts_at)
        with hand_of(self.chair, starts_at):
            self.meeting = meetings.open_meeting(self.meeting, by=self.chair)

    def share_the_time(self, *, reports: int, new: int) -> None:
        """The less there is to hear, the longer each is heard, up to a measure."""
        planned = (self.meeting.ends_at - self.meeting.starts_at) / timedelta(minutes=1)
        self.pace = min(max((planned - 5) / (MINUTES_OF_A_REPORT * reports + MINUTES_OF_A_NEW_ONE * new or 1), 1.0), SLOWEST)

    def close(self) -> None:
        """The chair closes the meeting, and finds the next day that the minutes say what happened."""
        self._pass(minutes=1)
        self.chair = self.chairs[0]
        with hand_of(self.chair, self.minute):
            meetings.close_meeting(self.meeting, by=self.chair)

    def _move_until(self, moment: datetime) -> None:
        while self._moves and self._moves[-1][0] <= moment:
            at, agency, member, mode = self._moves.pop()
            with hand_of(member, at), transaction.atomic():  # who counts is asked by the moved clock, which a transaction knows
                if mode is None:
                    self.here.pop(agency, None)
                    meetings.check_out(self.meeting, member=member, by=member)
                elif agency < 0:
                    meetings.check_in(self.meeting, member=member, by=member, mode=mode)
                elif member.standing.acts_for_agency_at(self.meeting.table_id):
                    meetings.check_in(self.meeting, member=member, by=member, mode=mode)
                    self.here[agency] = member

    def _pass(self, *, minutes: float) -> None:
        """Time passes: some come late, some leave, and the chair extends where it would run over."""
        self.minute += timedelta(minutes=minutes * self.pace)
        self._move_until(self.minute)
        if self.minute > self.meeting.ends_at - ENDS_IN:
            with hand_of(self.chair, self.minute):
                self.meeting = meetings.extend(self.meeting, minutes=30, by=self.chair)

    # --- items -------------------------------------------------------------------------------------------------------------------

    def item_of(self, situation_id) -> AgendaItem | None:
        return self.meeting.items.select_related("situation__table").filter(situation=situation_id).first()

    def _open(self, item: AgendaItem) -> AgendaItem:
        item.meeting = self.meeting
        self._find_chair(item)
        with hand_of(self.chair, self.minute):
            item = meetings.open_item(item, by=self.chair)
            item.meeting = self.meeting
            for member in list(self.here.values())[:LOOKING]:
                with acting_as(member):
                    ledger.look(item.situation, by=member, relation=Relation.IN_THE_ROOM)
        return item

    def _find_chair(self, item: AgendaItem) -> None:
        out = set(item.situation.recusals.filter(ended_at=None).values_list("member_id", flat=True))
        self.chair = next(chair for chair in self.chairs if chair.pk not in out)

    def hear_report(self, item: AgendaItem, *, agency, code: str, concluding: dict | None = None) -> None:
        """The lead, or the recorder for it, says a coded sentence; where the lead proposed a conclusion, the table concludes."""
        item = self._open(item)
        self._pass(minutes=self.dice.between(0.7, 1.6))
        with hand_of(self.recorder, self.minute):
            meetings.hear_report(item, agency=agency, report=f"report_back_code:{code}", by=self.recorder)
        if concluding is not None:
            self._pass(minutes=0.5)
            with hand_of(self.chair, self.minute):
                meetings.conclude(item, by=self.chair, **concluding)

    def hear(self, item: AgendaItem, planned: PlannedSituation, presentation: PlannedPresentation, *, originator: Member) -> AgendaItem:
        """Filter 2, and Filter 3 where the risk is found acute, up to who acts; the item as the table left it."""
        item = self._open(item)
        self._pass(minutes=self.dice.between(1, 2))
        knows = self.here.get(planned.recused) if planned.recused is not None else None
        if knows is not None:
            with hand_of(knows, self.minute):
                meetings.step_out(item, member=knows, by=knows)
            self._find_chair(item)
        self._pass(minutes=self.dice.between(1, 3))
        self._say(meetings.take_positions, item, {agency: f"position:{code}" for agency, code in presentation.positions})
        self._pass(minutes=self.dice.between(0.5, 1.5))
        return self._decide(item, planned, presentation, originator=originator)

    def _say(self, verb, item: AgendaItem, answers: dict[int, str]) -> None:
        """A few answer on their own device, the recorder enters the others; who came too late for it, or had to leave, says nothing."""
        heard = {agency: answer for agency, answer in answers.items() if agency in self.here}
        for agency in self.dice.several(dict.fromkeys(heard, 1), ANSWERING):
            member = self.here[agency]
            with hand_of(member, self.minute):
                verb(item, said={member.agency: heard.pop(agency)}, by=member)
        if heard:
            with hand_of(self.recorder, self.minute):
                verb(item, said={self.here[agency].agency: answer for agency, answer in heard.items()}, by=self.recorder)

    def _decide(self, item: AgendaItem, planned: PlannedSituation, presentation: PlannedPresentation, *, originator: Member) -> AgendaItem:
        by, reason = self.chair, presentation.reason
        with hand_of(by, self.minute):
            if presentation.decision == "rejected":
                not_met = [f"criterion:{code}" for code in presentation.criteria_not_met]
                return meetings.reject(item, criteria_not_met=not_met, reason=f"conclusion_reason:{reason}", by=by)
            if presentation.decision == "deferred":
                return meetings.defer(item, reason=f"deferral_reason:{reason}", by=by)
        if presentation.decision == "withdrawn":
            with hand_of(originator, self.minute):
                meetings.withdraw(item.situation, reason=f"withdrawal_reason:{reason}", by=originator)
            return item
        self.decided_at = self.minute
        with hand_of(by, self.minute):
            item = meetings.accept(item, by=by)
        item.meeting = self.meeting
        return self._name_who_acts(item, planned, originator=originator)

    def _reveal(self, situation) -> None:
        """A few who are in the room read on their own device who it is, and look in their own records."""
        for member in list(self.here.values())[:LOOKING]:
            with hand_of(member, self.minute), transaction.atomic():
                if situations.opening_of(situation, member=member) is not None:  # who stepped out is not in the room
                    situations.reveal(situation, by=member)

    def _name_who_acts(self, item: AgendaItem, planned: PlannedSituation, *, originator: Member) -> AgendaItem:
        self._pass(minutes=self.dice.between(1, 2))
        if self.meeting.table.names_are_sealed:
            with hand_of(originator, self.minute):
                situations.write_identifiers(item.situation, **invented_identifiers(self.dice), by=originator)
            self._pass(minutes=0.2)
            self._reveal(item.situation)
        self._say(meetings.say_involvements, item, {agency: f"involvement:{code}" for agency, code in planned.involvement})
        self._pass(minutes=self.dice.between(0.5, 1))
        with hand_of(self.chair, self.minute):
            if planned.ended_early:
                return meetings.end_early(item, reason=f"early_end_reason:{planned.ended_early}", by=self.chair)
            response = planned.response
            return meetings.respond(
                item,
                lead=self.people.agency(response.lead),
                assisting=[self.people.agency(index) for index in response.assisting],
                huddle_at=self.minute + timedelta(minutes=response.huddle_after_minutes),
                by=self.chair,
            )


# Who is named under seal at the sister table: nobody could be called so.
GIVEN = ("Biscuit", "Button", "Marmalade", "Moufle", "Noisette", "Pickle", "Pompon", "Teaspoon")
FAMILY = ("of the Attic", "of the Left Sock", "du Grenier", "of the Upside-Down Boat", "de la Théière", "of the Third Drawer")


def invented_identifiers(dice: Dice) -> dict[str, str]:
    """A name, a birth date and an address, as they are written under seal where names cannot be spoken."""
    born = f"{dice.whole(1950, 2010)}-{dice.whole(1, 12):02}-{dice.whole(1, 28):02}"
    name = f"{dice.one_of(GIVEN)} {dice.one_of(FAMILY)}"
    return {"name": name, "born": born, "address": f"{dice.whole(1, 99)} {dice.one_of(STREETS)}"}
