import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.folding import Folded
from agencies.models.vocabulary import of_list
from meetings.enums import ItemKind, Kind, Mode, Outcome, State
from meetings.querysets import AgendaItemQuerySet, AttendanceQuerySet, JustDoneQuerySet, MeetingQuerySet, WallSignInQuerySet


def key():
    return models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)


def member(**options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


class Meeting(models.Model):
    """A sitting of the table: planned by its rhythm, or called because something cannot wait."""

    id = key()
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=9, choices=Kind, default=Kind.REGULAR)
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    rhythm_at = models.DateTimeField(null=True)  # when the rhythm placed it, so that a moved meeting is not planned again
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))  # at the latest then, every right of the room has ended
    place = models.CharField(_("place"), max_length=120, blank=True)
    called_agencies = models.ManyToManyField("agencies.Agency", through="CalledSeat", related_name="+")
    called_by = member(null=True)
    opened_at = models.DateTimeField(null=True)
    opened_by = member(null=True)
    closed_at = models.DateTimeField(null=True)
    minutes_approved_at = models.DateTimeField(null=True)
    minutes_approved_by = member(null=True)
    wall_is_blank = models.BooleanField(default=False)  # on every wall of the meeting, until somebody shows it again
    version = models.PositiveIntegerField(default=1)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["table", "state", "starts_at"], name="meeting_to_come")]  # start pages, calendar
        constraints = [
            models.UniqueConstraint(fields=["table", "rhythm_at"], name="the_rhythm_places_a_meeting_once"),
            models.UniqueConstraint(fields=["table"], condition=Q(state=State.OPEN), name="one_open_meeting_per_table"),
            models.CheckConstraint(
                name="meeting_ends_after_it_begins",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("A meeting ends after it begins."),
            ),
            models.CheckConstraint(
                name="meeting_opened_iff_it_began",
                condition=Q(state__in=[State.OPEN, State.CLOSED], opened_at__isnull=False)
                | Q(state__in=[State.PLANNED, State.CANCELLED], opened_at=None),
            ),
            models.CheckConstraint(name="meeting_closed_at_iff_closed", condition=Q(state=State.CLOSED) ^ Q(closed_at=None)),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN


class Beat(models.Model):
    """How often anything changed that a screen of the table's meetings shows; the database counts it (``live.py``)."""

    table = models.OneToOneField("agencies.SituationTable", on_delete=models.CASCADE, primary_key=True, related_name="+")
    count = models.PositiveBigIntegerField()

    def __str__(self):
        return str(self.count)


class WallSignIn(models.Model):
    """A computer on which nobody signs in shows the wall of one meeting, and nothing else, until the meeting ends."""

    id = key()
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="wall_sign_ins")
    code_hash = models.CharField(max_length=64)  # of what is typed on that computer; never the code
    code_until = models.DateTimeField()
    made_by = member()
    key_hash = models.CharField(max_length=64, blank=True)  # of what that computer's cookie holds; empty until the code was typed
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = WallSignInQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key_hash"], condition=~Q(key_hash=""), name="a_walls_key_opens_one_wall"),
            models.UniqueConstraint(
                fields=["code_hash"], condition=Q(opened_at=None, ended_at=None), name="a_waiting_wall_code_opens_one_wall"
            ),
            models.CheckConstraint(
                name="wall_has_a_key_iff_it_was_opened",
                condition=Q(key_hash="", opened_at=None) | ~Q(key_hash="") & Q(opened_at__isnull=False),
            ),
        ]

    def __str__(self):
        return str(self.meeting)


class CalledSeat(models.Model):
    """An agency that was called to an emergency session."""

    id = key()
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="called_seats")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "agency"], name="a_seat_is_called_once")]

    def __str__(self):
        return str(self.agency)


class RhythmException(models.Model):
    """A day on which the table does not sit although its rhythm says so, or sits although it does not."""

    id = key()
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="rhythm_exceptions")
    on = models.DateField(_("day"))
    is_extra = models.BooleanField(_("the table sits on this day"), default=False)

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["table", "on"], name="one_exception_per_day")]

    def __str__(self):
        return str(self.on)


class Attendance(models.Model):
    """Who is at the table, in the room or by video, from when to when."""

    id = key()
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attendances")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    mode = models.CharField(max_length=5, choices=Mode, default=Mode.ROOM)
    is_observer = models.BooleanField(default=False)
    is_alternate = models.BooleanField(default=False)
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = [Folded("agency__name"), "arrived_at"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], condition=Q(left_at=None), name="a_member_is_here_once"),
            models.CheckConstraint(name="attendance_leaves_after_arriving", condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at"))),
        ]

    def __str__(self):
        return str(self.member)


class AgendaItem(models.Model):
    """One matter of a meeting: a report-back, or a new situation."""

    id = key()
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    situation = models.ForeignKey("situations.Situation", on_delete=models.PROTECT, related_name="agenda_items")
    kind = models.CharField(max_length=11, choices=ItemKind)
    position = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=11, choices=Outcome, blank=True)
    decided_by = member(null=True)
    decided_at = models.DateTimeField(null=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "situation"], name="a_situation_stands_once_on_an_agenda"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(opened_at__isnull=False, closed_at=None), name="one_open_item_per_meeting"
            ),
            models.CheckConstraint(name="item_closes_after_it_opens", condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at"))),
            models.CheckConstraint(
                name="item_outcome_names_who_decided",
                condition=Q(outcome="", decided_by=None, decided_at=None)
                | Q(~Q(outcome=""), decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.position}"

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None


class Position(models.Model):
    """What an agency said at Filter 2."""

    id = key()
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="positions")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey("agencies.Entry", on_delete=models.PROTECT, related_name="+")
    taken_by = member()
    taken_at = models.DateTimeField()

    class Meta:
        ordering = [Folded("agency__name")]
        constraints = [
            models.UniqueConstraint(fields=["item", "agency"], name="one_position_per_agency"),
            models.CheckConstraint(name="position_is_a_position", condition=of_list("position", "position")),
        ]

    def __str__(self):
        return self.position_id


class Involvement(models.Model):
    """What an agency said at Filter 3: already engaged, recently, could help, no part."""

    id = key()
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="involvements")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    involvement = models.ForeignKey("agencies.Entry", on_delete=models.PROTECT, related_name="+")
    said_by = member()
    said_at = models.DateTimeField()

    class Meta:
        ordering = [Folded("agency__name")]
        constraints = [
            models.UniqueConstraint(fields=["item", "agency"], name="one_involvement_per_agency"),
            models.CheckConstraint(name="involvement_is_an_involvement", condition=of_list("involvement", "involvement")),
        ]

    def __str__(self):
        return self.involvement_id


class JustDone(models.Model):
    """What was just done at the table, and how it stood before, for half a minute, to undo it. Codes, keys and moments only."""

    id = key()
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="just_done")
    deed = models.CharField(max_length=24)
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, null=True, related_name="+")
    left = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, null=True, related_name="+")  # the item that was closed by opening it
    before = models.JSONField(default=dict)  # what it takes to undo it
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    objects = JustDoneQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return self.deed
