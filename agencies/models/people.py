import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agencies.enums import AGENCY_ROLES, TABLE_ROLES, Language, MailChoice, Role, SingleKeys
from agencies.folding import Folded
from agencies.models.agencies import Agency, CurrentQuerySet, Seat
from agencies.models.agreements import Agreement
from agencies.models.tables import SituationTable


class MemberQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def holding(self, table, *roles):
        """Those who hold one of these roles at the table now."""
        held = Appointment.objects.current().filter(table=table, role__in=roles)
        return self.active().filter(pk__in=held.values("member"))

    def at_table(self, table):
        """Those who hold or held a role at the table, or act for an agency that is seated there."""
        held = Appointment.objects.filter(table=table)
        seated = Seat.objects.current().filter(table=table)
        return self.filter(Q(pk__in=held.values("member")) | Q(agency__in=seated.values("agency")))

    def acting_for(self, agency, table):
        """Those who act for an agency at a table now: to whom its mail goes."""
        return self.holding(table, *AGENCY_ROLES).filter(agency=agency)


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):
    def create_user(self, email, password=None, **fields):
        """A member with this address; without a password until the invitation is opened."""
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member


class Member(AbstractBaseUser):
    """A person who acts for an agency, or for the table."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("full name"), max_length=120)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="members", verbose_name=_("agency"))
    telephone = models.CharField(_("telephone at work"), max_length=32, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=Language, default=Language.ENGLISH)
    mail = models.CharField(_("mail"), max_length=8, choices=MailChoice, default=MailChoice.AT_ONCE)
    mail_hour = models.PositiveSmallIntegerField(_("hour of the daily mail"), default=8)  # by the table's wall clock
    mail_daily = ArrayField(models.CharField(max_length=24), verbose_name=_("in the daily mail"), default=list, blank=True)
    single_keys = models.CharField(_("keys at the table"), max_length=8, choices=SingleKeys, default=SingleKeys.ON)
    calendar_key = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    invited_at = models.DateTimeField(null=True, blank=True, editable=False)
    joined_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = [Folded("full_name")]
        verbose_name = _("member")
        constraints = [
            models.CheckConstraint(
                name="member_daily_mail_has_an_hour",
                condition=Q(mail_hour__lte=23),
                violation_error_message=_("The hour lies between 0 and 23."),
            )
        ]

    def __str__(self):
        return self.full_name

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.full_name.split(" ")[0]

    @cached_property
    def standing(self) -> "Standing":
        """How this person stands to the tables now; asked once for each time the member is fetched."""
        return Standing(self)


@dataclass(frozen=True)
class Held:
    """A role that a member holds at a table now, with what decides whether it counts: the agency's seat and the signatures."""

    role: Role
    is_seated: bool
    lacks_own: bool
    lacks_agencys: bool
    counts: bool
    table: SituationTable

    @property
    def table_id(self) -> uuid.UUID:
        return self.table.pk

    @property
    def is_for_agency(self) -> bool:
        return self.role in AGENCY_ROLES


# What every page asks first. The rule of what counts is the view's: the second wall reads the same (migration 0007).
OF_THE_TABLE = [field.attname for field in SituationTable._meta.concrete_fields]
HELD_NOW = " ".join(
    [
        "SELECT held.role, held.is_seated, held.lacks_own, held.lacks_agencys, held.counts,",
        ", ".join(f"sits.{name}" for name in OF_THE_TABLE),
        "FROM agencies_standing AS held JOIN agencies_situationtable AS sits ON sits.id = held.table_id",
        "WHERE held.member_id = %s ORDER BY held.role, held.starts_at",
    ]
)


def _held_by(member) -> list[Held]:
    with connection.cursor() as cursor:
        cursor.execute(HELD_NOW, [member.pk])
        rows = cursor.fetchall()
    return [Held(Role(row[0]), *row[1:5], table=SituationTable.from_db("default", OF_THE_TABLE, row[5:])) for row in rows]


class Standing:
    """What a member is at each table now: the roles that count, and what keeps others from counting.

    A role for an agency counts while the agency has its seat; any role counts while the agreements that the table has
    published are signed and have not expired. One query, since every page asks it.
    """

    def __init__(self, member):
        self._member = member
        self.held = _held_by(member) if member.is_active else []
        self.roles = frozenset((each.table_id, each.role) for each in self.held if each.counts)
        # By the name in English, in French too: at which table somebody sits must not depend on the language of the page.
        by_name = attrgetter("name_en")
        self.unseated_tables = sorted({each.table for each in self.held if each.is_for_agency and not each.is_seated}, key=by_name)
        self.tables = sorted({each.table for each in self.held if each.counts}, key=by_name)

    @cached_property
    def unsigned(self) -> list[Agreement]:
        """The agreements, at every table at which a role is held, that lack the member's signature or the agency's."""
        lacking = {each.table_id for each in self.held if each.lacks_own or each.lacks_agencys}
        if not lacking:
            return []
        for_agency_at = {each.table_id for each in self.held if each.is_for_agency and each.is_seated}
        agreements = Agreement.objects.filter(table__in=lacking).lacking(self._member).select_related("table")
        return [each for each in agreements if each.is_for_members or each.table_id in for_agency_at]

    def holds(self, table_id, *roles) -> bool:
        """Whether one of these roles is held at this table."""
        return any((table_id, role) in self.roles for role in roles)

    def tables_as(self, *roles) -> set:
        """The ids of the tables at which one of these roles is held."""
        return {table_id for table_id, role in self.roles if role in roles}

    def roles_at(self, table_id) -> set:
        return {role for held_at, role in self.roles if held_at == table_id}

    def acts_for_agency_at(self, table_id) -> bool:
        """Whether the member acts at this table for an agency that is seated there."""
        return self.holds(table_id, *AGENCY_ROLES)

    @property
    def seated_tables(self) -> set:
        """The ids of the tables at which the member acts for a seated agency."""
        return self.tables_as(*AGENCY_ROLES)

    @property
    def is_barred(self) -> bool:
        """Whether nothing at all counts, so that every page leads to the one that says why."""
        return not self.roles


class Appointment(models.Model):
    """A role held at a table, from when to when; for an alternate, the dated delegation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="appointments")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(_("role"), max_length=16, choices=Role)
    stands_in_for = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = CurrentQuerySet.as_manager()

    class Meta:
        ordering = ["role", "starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["table", "member", "role"], condition=Q(ends_at=None), name="one_open_appointment_per_role"),
            models.CheckConstraint(name="appointment_ends_after_it_starts", condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at"))),
            models.CheckConstraint(
                name="an_alternate_has_an_end",
                condition=~Q(role=Role.ALTERNATE) | Q(ends_at__isnull=False),
                violation_error_message=_("A delegation to an alternate has a last day."),
            ),
        ]

    def __str__(self):
        return f"{self.member}: {self.get_role_display()}"

    @property
    def last_moment(self) -> datetime | None:
        """Just before the end: the day of it, by the table's clock, is the last day. None while no end is set."""
        return self.ends_at - timedelta(microseconds=1) if self.ends_at else None

    @property
    def is_of_the_table(self) -> bool:
        return self.role in TABLE_ROLES
