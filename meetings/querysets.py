"""Which meetings, arrivals and items."""

from datetime import timedelta
from functools import reduce
from operator import or_

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from agencies.clock import TableNow
from meetings.enums import COMES_AGAIN, Kind, State
from situations.enums import Stage
from situations.models import Recusal, Situation

CHECK_IN_FROM = timedelta(hours=1)  # before the meeting begins; from then on it can be opened, too
ENDS_BY_ITSELF_AFTER = timedelta(hours=4)  # past its planned end; until then the chair can extend it, or still open it late


def rights_of(member, *, situation: str) -> dict:
    """Annotations that say how a member stands to the situation a row names: ``granted`` (null where it does not exist for them)."""
    visible = Situation.objects.visible_to(member).filter(pk=OuterRef(situation))
    stepped_out = Recusal.objects.filter(situation=OuterRef(situation), member=member, ended_at=None)
    return {"granted": Subquery(visible.values("granted")), "is_stepped_out": Exists(stepped_out)}


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, member):
        """The meetings of the member's tables; an emergency session only for the seats that were called, and the table's own people.

        Whoever stepped out of the situation for which a session is called does not learn of it, unless they had come to it.
        """
        standing = member.standing
        seated = standing.seated_tables
        of_the_table = {table for table, _role in standing.roles} - seated
        items, attendances = self.model.items.rel.related_model.objects, self.model.attendances.rel.related_model.objects
        stepped_out = Recusal.objects.filter(member=member, ended_at=None).values("situation")
        is_out = Exists(items.filter(meeting=OuterRef("pk"), situation__in=stepped_out))
        has_come = Exists(attendances.filter(meeting=OuterRef("pk"), member=member))
        called = Q(kind=Kind.REGULAR) | (Q(called_agencies=member.agency_id) & (~is_out | has_come))
        overseeing = standing.tables_as("chair", "recorder", "coordinator", "privacy_officer")
        return self.filter(
            Q(table__in=overseeing) | Q(table__in=of_the_table, kind=Kind.REGULAR) | (Q(table__in=seated) & called)
        ).distinct()

    def planned(self):
        return self.filter(state=State.PLANNED)

    def under_way(self):
        return self.filter(state=State.OPEN)

    def to_come(self):
        """Under way, or planned and not past its planned end, soonest first."""
        return self.filter(Q(state=State.OPEN) | Q(state=State.PLANNED, ends_at__gt=TableNow())).order_by("starts_at")

    def forgotten(self):
        """Under way, though their planned end passed four hours ago: nobody closed them, and they end by themselves."""
        return self.filter(state=State.OPEN, ends_at__lte=TableNow() - ENDS_BY_ITSELF_AFTER)

    def past(self):
        """Closed, latest first."""
        return self.filter(state=State.CLOSED).order_by("-starts_at")

    def past_or_missed(self):
        """Closed, or never opened, latest first."""
        return self.filter(Q(state=State.CLOSED) | Q(state=State.PLANNED, ends_at__lte=TableNow())).order_by("-starts_at")

    def with_whether_next(self):
        """Each regular meeting with whether it is the table's next one: the one whose agenda is already known."""
        sooner = self.model.objects.to_come().filter(table=OuterRef("table"), kind=Kind.REGULAR, starts_at__lt=OuterRef("starts_at"))
        is_to_come = Q(state=State.OPEN) | Q(ends_at__gt=TableNow())
        return self.annotate(is_next=~Exists(sooner.order_by()) & is_to_come)

    def with_presence_of(self, member):
        """Each with ``here``: the member's own mode, in the room or by video, while they are checked in; null otherwise."""
        own = self.model.attendances.rel.related_model.objects.present().filter(meeting=OuterRef("pk"), member=member)
        return self.annotate(here=Subquery(own.order_by().values("mode")[:1]))

    def with_beat(self):
        """Each with ``beat``: how often anything changed at its table that a screen shows."""
        of_the_table = apps.get_model("meetings", "Beat").objects.filter(table=OuterRef("table"))
        return self.annotate(beat=Coalesce(Subquery(of_the_table.values("count")), 0))


class WallSignInQuerySet(models.QuerySet):
    def holding(self):
        """Those that nobody ended, of a meeting that is under way, or can be opened."""
        soon = Q(meeting__starts_at__lte=TableNow() + CHECK_IN_FROM, meeting__ends_at__gt=TableNow() - ENDS_BY_ITSELF_AFTER)
        return self.filter(Q(meeting__state=State.OPEN) | (Q(meeting__state=State.PLANNED) & soon), ended_at=None)

    def waiting(self):
        """Those whose code can still be typed."""
        return self.holding().filter(opened_at=None, code_until__gt=TableNow())

    def opened(self):
        """Those that show their wall on some computer now."""
        return self.holding().exclude(opened_at=None)

    def of(self, key_hash: str):
        """The one that shows a wall on the computer whose cookie has this hash; none when it has ended."""
        return self.opened().filter(key_hash=key_hash)


class AttendanceQuerySet(models.QuerySet):
    def present(self):
        """Those who are here now."""
        return self.filter(left_at=None)

    def with_whether_out(self, item):
        """Each with whether the person is out of the room for the item that is open (None: no item is)."""
        if item is None:
            return self.annotate(is_out=Value(False))
        return self.annotate(is_out=Exists(Recusal.objects.filter(situation=item.situation_id, member=OuterRef("member"), ended_at=None)))


class AgendaItemQuerySet(models.QuerySet):
    def open(self):
        """The one that is before the table now."""
        return self.filter(opened_at__isnull=False, closed_at=None)

    def before_the_table(self):
        """Those whose situation stands where the table can hear it: submitted, or coming again as what it stands on the agenda for."""
        again = [Q(kind=kind, situation__stage__in=stages) for kind, stages in COMES_AGAIN.items()]
        return self.filter(reduce(or_, again, Q(situation__stage=Stage.SUBMITTED)))

    def with_rights_of(self, member):
        """Each item with how the member stands to its situation now; see ``rights_of``."""
        return self.annotate(**rights_of(member, situation="situation"))

    def known_to(self, member):
        """The items of the member's meetings whose situation exists for them now; with ``granted``."""
        meetings = self.model.meeting.field.related_model.objects.visible_to(member)
        return self.with_rights_of(member).filter(meeting__in=meetings.values("pk"), granted__isnull=False)


class JustDoneQuerySet(models.QuerySet):
    def standing(self):
        """What was not undone, the last first."""
        return self.filter(undone_at=None).order_by("-at")

    def with_whether_out(self, member):
        """Each with whether the member stepped out of a situation that it concerns."""
        recused = Recusal.objects.filter(
            Q(situation=OuterRef("item__situation")) | Q(situation=OuterRef("left__situation")), member=member, ended_at=None
        )
        return self.annotate(is_out=Exists(recused))
