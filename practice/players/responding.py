"""Filter 4 and after, acted out: what lead and assisting agencies do until the words are forgotten, and once more at 30 and 90 days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from agencies import ledger
from agencies.actor import for_the_table
from practice.players.diary import Diary, by_daylight, hand_of
from practice.players.people import People
from practice.seasons import PlannedContact, PlannedFollowUp, PlannedResponse, PlannedService, PlannedStep
from practice.seasons.dice import Dice
from practice.seasons.planned import CONTACT_MADE
from practice.town import AGENCY_INDEX
from responses import lifecycle as responses
from responses.enums import StepState
from responses.models import FollowUp, Response, Step
from situations import lifecycle as situations
from situations.enums import Relation
from situations.models import Situation

BY_ITSELF = "tick"  # in a real installation the timers forget what is due
NOTICE = "STP-11"
ASKED_IN_VAIN = timedelta(days=20)  # without an answer for so long, the coordinator writes down that none came
OWES_AN_ANSWER, LATELY = AGENCY_INDEX["loon-call"], timedelta(days=10)  # follow-ups due lately wait for whoever tries the sign-ins
A_MOMENT = timedelta(minutes=1)
AFTER_THE_HUDDLE = timedelta(minutes=40)  # somebody writes down what was said
# A plan in words, at the sister table only.
PLANS = (
    "Two go together, after supper. They ask for the kettle first and for the rest later.",
    "Ring twice and wait: the stairs are long. The neighbour with the parrot knows the way.",
    "On va à deux, le matin. On apporte du bois et on parle du chat avant de parler du reste.",
    "Meet at the boat shed, not at the house. One speaks; the other looks after the little ones.",
)
# What happens now and then in a response, in turn: of twelve responses, each of these happens in one.
TURNS = {1: "joins", 4: "declines", 7: "leaves", 10: "hands_over"}


@dataclass(eq=False)
class UnderWay:
    """One response as its agencies act it out; ``lead`` and ``engaged`` are agencies' places in the town."""

    planned: PlannedResponse
    situation: Situation
    response: Response
    people: People
    diary: Diary
    dice: Dice
    ordinal: int
    seats: tuple[int, ...]
    proposes_at: datetime | None  # a conclusion

    def __post_init__(self):
        self.lead = self.planned.lead
        self.engaged = list(self.planned.engaged)
        self.zone = self.situation.table.zone
        self.is_over = False
        self.steps: list[tuple[PlannedStep, Step]] = []

    def begin(self, at: datetime) -> None:
        """Write down all that follows the table's decision at ``at``."""
        self.situation.refresh_from_db(fields=["responding_at"])  # from then on those who act know; at a sealed table it takes longer
        meets_at = max(at + timedelta(minutes=self.planned.huddle_after_minutes), self.situation.responding_at + A_MOMENT)
        self._note(meets_at, self._plan_steps)
        if self.situation.table.names_are_sealed:
            self._note(meets_at + AFTER_THE_HUDDLE, self._write_plan)
        for contact in self.planned.contacts:
            self._note(self._daylight(at + timedelta(hours=contact.hours)), partial(self._contact, contact))
        for service in self.planned.services:
            self._note(self._daylight(at + timedelta(hours=service.hours)), partial(self._service, service))
        for step in self.planned.steps:
            if step.done_hours is not None:
                done_at = max(self._daylight(at + timedelta(hours=step.done_hours)), meets_at + timedelta(minutes=10))
                self._note(done_at, partial(self._settle, step))
        if self.proposes_at is not None:
            self._note(self.proposes_at, self._propose)
        turns: dict[str, Callable[[datetime], None]] = {
            "joins": self._ask,
            "declines": self._ask,
            "leaves": self._leave,
            "hands_over": self._hand_over,
        }
        turn = TURNS.get(self.ordinal % 12)
        if turn:
            self._note(self._daylight(at + timedelta(hours={"joins": 2, "declines": 2, "leaves": 50, "hands_over": 44}[turn])), turns[turn])

    def member_of(self, agency: int):
        """Who acts for an engaged agency; for one that has left, the lead does."""
        return self.people.speaker(self._acting(agency), self.ordinal)

    def conclude(self, at: datetime, *, follow_ups: tuple[PlannedFollowUp, ...]) -> None:
        """The table concluded at ``at``: what is asked later, and when the words are forgotten."""
        self.is_over = True
        forgets(self.situation, ended_at=at, diary=self.diary)
        answers = {answer.asked_after_days: answer for answer in follow_ups}
        refused = "FUP-06" if any(answer.code == "FUP-06" for answer in follow_ups) else ""
        for row in FollowUp.objects.filter(response=self.response):
            due_at = at + timedelta(days=row.day)
            planned = answers.get(row.day)
            if planned is None:
                self.diary.note(self._daylight(due_at + ASKED_IN_VAIN), partial(self._answer, row, refused or "FUP-05", None))
            elif self.lead != OWES_AN_ANSWER or due_at < self.diary.until - LATELY:
                answered_at = self._daylight(at + timedelta(days=planned.answered_after_days, hours=2))
                self.diary.note(answered_at, partial(self._answer, row, planned.code, self.lead))

    def _note(self, at: datetime, act: Callable[[datetime], None]) -> None:
        self.diary.note(at, partial(self._unless_over, act))

    def _unless_over(self, act: Callable[[datetime], None], at: datetime) -> None:
        if not self.is_over:
            act(at)

    def _daylight(self, at: datetime) -> datetime:
        return by_daylight(at, self.zone)

    def _acting(self, agency: int) -> int:
        return agency if agency in self.engaged else self.lead

    # --- acts, each at its moment ------------------------------------------------------------------------------------------------

    def _plan_steps(self, at: datetime) -> None:
        owed = {step.step_type_id: step for step in self.response.steps.all()}  # what the law owes the person is planned already
        lead = self.member_of(self.lead)
        with hand_of(lead, at):
            ledger.look(self.situation, by=lead, relation=Relation.ENGAGED)
            for planned in self.planned.steps:
                key = f"step_type:{planned.code}"
                step = owed.get(key) if planned.code == NOTICE else None
                if step is None:
                    due_at = self.response.accepted_at + timedelta(hours=planned.due_hours)
                    owner = self.people.agency(self._acting(planned.agency))
                    step = responses.plan_step(self.response, step_type=key, owner=owner, due_at=due_at, by=lead)
                self.steps.append((planned, step))

    def _write_plan(self, at: datetime) -> None:
        """Who leads reads once more who it is, and writes the plan in words."""
        lead = self.member_of(self.lead)
        with hand_of(lead, at), transaction.atomic():
            situations.reveal(self.situation, by=lead)
            situations.write_plan(self.situation, text=PLANS[self.ordinal % len(PLANS)], by=lead)

    def _settle(self, planned: PlannedStep, at: datetime, state: StepState = StepState.DONE) -> None:
        step = next((step for one, step in self.steps if one is planned), None)
        if step is None:
            return  # the agencies have not met yet, or the step went when its agency left
        self.steps = [(one, kept) for one, kept in self.steps if one is not planned]
        member = self.member_of(planned.agency)
        with hand_of(member, at):
            responses.settle_step(step, state=state, by=member)

    def _contact(self, contact: PlannedContact, at: datetime) -> None:
        member = self.member_of(contact.agency)
        with hand_of(member, at):
            ledger.look(self.situation, by=member, relation=Relation.ENGAGED)
            responses.record_contact(self.response, agency=member.agency, result=f"contact_result:{contact.result}", by=member)
            if contact.result in CONTACT_MADE and self.planned.consent_after_contact:
                situations.save_answers(self.situation, by=member, consent=f"consent:{self.planned.consent_after_contact}")

    def _service(self, service: PlannedService, at: datetime) -> None:
        member = self.member_of(service.agency)
        with hand_of(member, at):
            responses.record_service(
                self.response,
                service=f"service:{service.service}",
                mobilization=f"mobilization_type:{service.mobilization}",
                agency=None if service.mobilization == "MOB-05" else self.people.agency(service.agency),
                by=member,
            )

    def _ask(self, at: datetime) -> None:
        """An agency that does not act yet is asked; the next morning it answers."""
        asked = self.dice.one_of([seat for seat in self.seats if seat not in self.engaged])
        member = self.member_of(self.lead)
        with hand_of(member, at):
            engagement = responses.ask(self.response, agency=self.people.agency(asked), by=member)
        self._note(self._daylight(at + timedelta(hours=18)), partial(self._answer_asked, asked, engagement))

    def _answer_asked(self, asked: int, engagement, at: datetime) -> None:
        member = self.people.speaker(asked)
        with hand_of(member, at):
            if TURNS[self.ordinal % 12] == "joins":
                responses.join(engagement, by=member)
                self.engaged.append(asked)
            else:
                responses.decline(engagement, by=member)

    def _leave(self, at: datetime) -> None:
        """The last of the assisting agencies has done its part; what it had planned is no longer needed."""
        leaving = next((agency for agency in reversed(self.engaged) if agency != self.lead), None)
        if leaving is None:
            return
        member = self.member_of(leaving)
        for planned in [planned for planned, step in self.steps if step.owner_id == member.agency_id]:
            self._settle(planned, at, StepState.DROPPED)
        with hand_of(member, at):
            responses.leave(self.response, agency=member.agency, by=member)
        self.engaged.remove(leaving)

    def _hand_over(self, at: datetime) -> None:
        """An assisting agency turned out to be the one that is welcome: it leads from now on."""
        successor = next((agency for agency in self.engaged if agency != self.lead), None)
        if successor is None:
            return
        member = self.member_of(self.lead)
        with hand_of(member, at):
            responses.hand_over(self.response, to=self.people.agency(successor), by=member)
        self.lead = successor

    def _propose(self, at: datetime) -> None:
        """Before the meeting the lead settles what is left, and proposes how it ended."""
        conclusion = self.planned.conclusion
        for planned in [planned for planned, _step in self.steps]:
            self._settle(planned, at, StepState.DROPPED)
        member = self.member_of(self.lead)
        with hand_of(member, at):
            responses.propose_conclusion(
                self.response,
                reason=f"conclusion_reason:{conclusion.reason}",
                factors_lowered=[f"risk_factor:{code}" for code in conclusion.factors_lowered],
                by=member,
            )

    def _answer(self, follow_up: FollowUp, code: str, agency: int | None, at: datetime) -> None:
        member = self.people.holding("coordinator")[0] if agency is None else self.people.speaker(agency, self.ordinal)
        with hand_of(member, at):
            responses.answer_follow_up(follow_up, answer=f"follow_up_code:{code}", by=member)


def forgets(situation: Situation, *, ended_at: datetime, diary: Diary) -> None:
    """As many days after the end as the table keeps words, they are gone."""
    diary.note(ended_at + timedelta(days=situation.table.retention_days, hours=1), partial(_forget, situation))


def _forget(situation: Situation, at: datetime) -> None:
    with hand_of(None, at), for_the_table(BY_ITSELF):
        responses.purge(situation, by=BY_ITSELF)
