"""What agencies owe, and by when: first contacts, steps, report-backs, follow-ups; by number and code, never a fact."""

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject, Least
from django.utils.translation import gettext as _

from agencies import clock
from agencies.folding import Folded
from agencies.lifecycle.reminders import Reminder
from agencies.names import OwnName
from meetings.enums import Kind
from meetings.models import Meeting
from responses.clock import due_at
from responses.disclosure import chip, clock_of, due_chip
from responses.enums import Part
from responses.models import Engagement, FollowUp, Response, Step
from responses.policies import relations_at
from situations.disclosure import Disclosed, disclose
from situations.enums import Relation, Stage
from situations.models import Situation
from situations.querysets import strongest

MOST_URGENT_FIRST = ["contact", "step", "report_back", "follow_up"]  # of what is overdue
NAMED = JSONObject(name="agency__name", lang="agency__name_language")  # of an engagement
OVERSEEING = frozenset({Relation.CHAIR, Relation.COORDINATOR})


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One thing that is owed in one situation, as a page may show it."""

    kind: str  # contact, step, report_back, follow_up
    pk: UUID  # of what the act is done to: the response, the step, the follow-up
    situation: UUID
    known: Disclosed
    reference: str
    lead: str
    assisting: list[str]
    is_lead: bool  # whether the reader's own agency leads
    due_at: datetime | None  # None: that it is overdue may be known, not since when
    due: SimpleNamespace | None
    what: str = ""  # the step, where it may be read
    day: int = 0  # of a follow-up
    reminder: Reminder | None = None  # that somebody reminded of it today

    @property
    def sort_key(self) -> float:
        """Its due time as a number; first those of which it may not be known."""
        return self.due_at.timestamp() if self.due_at else 0.0


def owed_by(member, table, *, meeting=None) -> list[Owed]:
    """What the member's agency owes at a table, the most urgent first; ``meeting`` is the next regular one. Three queries."""
    engaged = Engagement.objects.taking_part().filter(agency=member.agency_id)
    asked = FollowUp.objects.open().filter(agency=member.agency_id)
    acting = Situation.objects.filter(Exists(engaged.filter(response__situation=OuterRef("pk"))), table=table, stage=Stage.RESPONDING)
    rows = _rows(member, table).filter(pk__in=acting.values("pk").union(asked.values("response__situation"), all=True))
    situations = {row.response.pk: _Row(row, member) for row in rows}
    steps = Step.objects.planned().filter(owner=member.agency_id, response__in=list(situations)).select_related("step_type")
    follow_ups = asked.filter(response__in=list(situations))
    found: list[Owed] = []
    for row in situations.values():
        found += row.contact()
        if meeting is not None and row.reports_at(meeting):
            found.append(row.report_at(meeting))
    found += [owed for step in steps for owed in situations[step.response_id].step(step)]
    found += [owed for each in follow_ups for owed in situations[each.response_id].follow_up(each)]
    return sorted(found, key=lambda owed: owed.due_at)


def overdue(member, table) -> list[Owed]:
    """What is past its time: at the whole table for those who chair, record or coordinate it, otherwise of one's own agency.

    Of steps they know that there are some, and how many; which and since when, those who act. Three queries.
    """
    late = late_at(member, table)
    rows = _rows(member, table).filter(
        Q(response__in=late["contacts"].values("pk"))
        | Q(response__in=late["report_backs"].values("pk"))
        | Q(response__in=late["steps"].values("response"))
        | Q(response__in=late["follow_ups"].values("response"))
    )
    rows = rows.annotate(
        is_unheard=Exists(late["report_backs"].filter(situation=OuterRef("pk"))),
        last_met_at=Subquery(_met(table).values(at=Least("starts_at", "closed_at"))[:1]),
    )
    situations = {row.response.pk: _Row(row, member) for row in rows}
    found = [owed for row in situations.values() for owed in (*row.late_contact(), *row.unheard())]
    steps: dict = {}
    for step in late["steps"].filter(response__in=list(situations)).select_related("step_type"):
        steps.setdefault(step.response_id, []).append(step)
    for response, planned in steps.items():
        found += situations[response].late_steps(planned)
    for each in late["follow_ups"].filter(response__in=list(situations)):
        found += situations[each.response_id].follow_up(each)
    return sorted(found, key=lambda owed: (MOST_URGENT_FIRST.index(owed.kind), owed.sort_key, owed.reference))


def looks_at(owed: list[Owed]) -> list:
    """The situations of what is owed, each with the relation in which the reader looks: such a line says who acts, and which step."""
    return [(each.known, strongest(each.known.relations)) for each in owed]


def late_at(member, table) -> dict:
    """The rows that are late at a table, as querysets: contacts and report_backs (of responses), steps, follow_ups."""
    visible = Situation.objects.visible_to(member).filter(table=table).values("pk")
    contacts = Response.objects.without_contact().filter(situation__in=visible)
    unheard = _unheard_at(table).filter(situation__in=visible)
    steps = Step.objects.overdue().filter(response__situation__in=visible, response__situation__stage=Stage.RESPONDING)
    follow_ups = FollowUp.objects.due().filter(response__situation__in=visible)
    if not relations_at(member.standing, table.pk) & OVERSEEING:
        engaged = Engagement.objects.taking_part().filter(agency=member.agency_id)
        contacts = contacts.filter(pk__in=engaged.values("response"))
        unheard = unheard.filter(pk__in=engaged.filter(part=Part.LEAD).values("response"))
        steps, follow_ups = steps.filter(owner=member.agency_id), follow_ups.filter(agency=member.agency_id)
    return {"contacts": contacts, "steps": steps, "report_backs": unheard, "follow_ups": follow_ups}


def _met(table):
    return Meeting.objects.past().filter(table=table, kind=Kind.REGULAR)


def _unheard_at(table):
    """The responses that stood before the last meeting and of which the table has had no report since the one before it."""
    before_it = Subquery(_met(table).values("closed_at")[1:2])
    unheard = Response.objects.unheard_since(Coalesce(before_it, OuterRef("accepted_at")))
    return unheard.filter(situation__responding_at__lt=Subquery(_met(table).values("opened_at")[:1]))


def _rows(member, table):
    """The situations that the member may know of, with who leads, who assists, and whether the table had a report since it last met."""
    acting = Engagement.objects.taking_part().filter(response__situation=OuterRef("pk"))
    since = Coalesce(Subquery(_met(table).values("closed_at")[:1]), OuterRef("accepted_at"))
    return (
        Situation.objects.visible_to(member)
        .filter(table=table)
        .select_related("table", "response")
        .annotate(
            lead=Subquery(acting.filter(part=Part.LEAD).values(named=NAMED)[:1]),
            lead_id=Subquery(acting.filter(part=Part.LEAD).values("agency")[:1]),
            assisting=ArraySubquery(acting.filter(part=Part.ASSISTING).order_by(Folded("agency__name")).values(named=NAMED)),
            owes_report=Exists(Response.objects.unheard_since(since).filter(situation=OuterRef("pk"))),
        )
    )


class _Row:
    """One situation of a list of what is owed."""

    def __init__(self, row, member):
        self.row, self.response = row, row.response
        self.known = disclose(row, to=member, words=False, only=())
        self.is_lead = row.lead_id == member.agency_id and row.lead_id is not None

    def owed(self, kind, pk, *, due_at, due=None, **more) -> Owed:
        due = due or (due_at and due_chip(due_at, zone=self.row.table.zone, now=clock.now()))
        return Owed(
            kind=kind,
            pk=pk,
            situation=self.row.pk,
            known=self.known,
            reference=self.known.reference,
            lead=OwnName(**self.row.lead) if self.row.lead else "",
            assisting=[OwnName(**named) for named in self.row.assisting],
            is_lead=self.is_lead,
            due_at=due_at,
            due=due,
            **more,
        )

    def contact(self) -> list[Owed]:
        is_owed = self.known.stage == Stage.RESPONDING and self.response.first_contact_at is None
        if not is_owed or not self.known.reads("contacts_and_clock"):
            return []
        running = clock_of(self.response)
        return [self.owed("contact", self.response.pk, due_at=due_at(self.response.accepted_at), due=chip(running))]

    def late_contact(self) -> list[Owed]:
        return [owed for owed in self.contact() if owed.due_at < clock.now()]

    def reports_at(self, meeting) -> bool:
        """Whether the agency reports at this meeting: it leads, and the response stood before the meeting."""
        stood = meeting.opened_at is None or self.response.accepted_at < meeting.opened_at
        return self.is_lead and stood and self.row.owes_report and self.known.writes("report_backs")

    def report_at(self, meeting) -> Owed:
        due = SimpleNamespace(words=_("at the table now"), state="here", left=None) if meeting.is_open else None
        return self.owed("report_back", self.response.pk, due_at=meeting.starts_at, due=due)

    def unheard(self) -> list[Owed]:
        if not self.row.is_unheard or not self.known.reads("report_backs"):
            return []
        return [self.owed("report_back", self.response.pk, due_at=self.row.last_met_at)]

    def step(self, step) -> list[Owed]:
        if not self.known.reads("steps"):
            return []
        return [self.owed("step", step.pk, due_at=step.due_at, what=step.step_type.label)]

    def late_steps(self, steps) -> list[Owed]:
        if self.known.reads("steps"):
            return [owed for step in steps for owed in self.step(step)]
        return [self.owed("step", self.response.pk, due_at=None)] if self.known.knows_of("steps") else []

    def follow_up(self, follow_up) -> list[Owed]:
        if not self.known.reads("follow_up"):
            return []
        return [self.owed("follow_up", follow_up.pk, due_at=follow_up.due_at, day=follow_up.day)]
