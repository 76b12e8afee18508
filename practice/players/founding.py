"""The invented town takes its places: tables, agencies, people, roles, agreements and who signed them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from agencies import clock
from agencies import lifecycle as agencies
from agencies.enums import AgreementKind, Role
from agencies.models import Agency, Agreement, Member, Seat, SituationTable
from meetings import lifecycle as meetings
from practice import codes, town
from practice.players.diary import hand_of
from practice.signins import NOT_RENEWED, WITHOUT_A_SEAT
from practice.town import AGENCIES, PEOPLE, Person, PracticeTable, closed_days

BY = "practice"
BEFORE_THE_SEASON = timedelta(days=14)
SIGNED_EVERY = timedelta(days=300)  # a signature is valid for a year

CONFIDENTIALITY = (
    "I speak at this table only of what is needed to lower an acutely elevated risk.\n\n"
    "What I hear at the table I use only for the response in which my agency takes part. I note no name at the table. "
    "What does not concern my agency I leave there.\n\n"
    "I step out when I know the person. Every look is recorded, and I may be asked about mine.",
    "Je ne parle à cette table que de ce qu’il faut pour réduire un risque extrêmement élevé.\n\n"
    "Ce que j’y entends ne sert qu’à l’intervention à laquelle mon organisme participe. Je n’y note aucun nom. "
    "Ce qui ne concerne pas mon organisme reste à la table.\n\n"
    "Je me retire lorsque je connais la personne. Chaque consultation est inscrite, et l’on peut m’interroger sur les miennes.",
)
INFORMATION_SHARING = (
    "The agencies of this table share personal information only as the law allows each of them, and only through the four filters.\n\n"
    "Each agency brings a situation only when it cannot lower the risk alone. A name is said to those who must act, and to no one else. "
    "Each agency keeps its own records under its own rules.\n\n"
    "This agreement is signed by the agency’s lead and renewed every year.",
    "Les organismes de cette table n’échangent de renseignements personnels que selon la loi qui régit chacun, et par les "
    "quatre filtres.\n\n"
    "Un organisme n’apporte une situation que s’il ne peut réduire seul le risque. Un nom est dit à ceux qui doivent agir, et à "
    "personne d’autre. Chaque organisme tient ses propres dossiers selon ses propres règles.\n\n"
    "La personne responsable de l’organisme signe cette entente, qui se renouvelle chaque année.",
)


AGREEMENTS = {AgreementKind.CONFIDENTIALITY: CONFIDENTIALITY, AgreementKind.INFORMATION_SHARING: INFORMATION_SHARING}


@transaction.atomic
def found(places: Iterable[PracticeTable], *, first_day: date, until: datetime, password: str) -> dict[str, SituationTable]:
    """Everyone has their place two weeks before the season's first day; returns the tables by slug. ``until`` is the season's end."""
    founded_at = datetime.combine(first_day, time(15), UTC) - BEFORE_THE_SEASON
    founded_at = min(founded_at, until - timedelta(days=400))  # so long ago that a signature can have run out
    with hand_of(None, founded_at):
        tables = {place.slug: _table(place, until=until) for place in places}
        for agency in AGENCIES:
            _seat(agency, places, tables)
        for number, person in enumerate((*PEOPLE, WITHOUT_A_SEAT)):
            _invite(person, places, tables, telephone=f"705-555-{100 + number:04}", until=until)
        for table in tables.values():
            for kind, (text_en, text_fr) in AGREEMENTS.items():
                agencies.publish_agreement(table, kind=kind, text_en=text_en, text_fr=text_fr, by=BY)
    # Hashed once and given to all: argon2 takes a tenth of a second by design, and these people do not exist.
    invited = Member.objects.filter(email__endswith=f"@{town.MAIL_DOMAIN}")
    invited.update(password=make_password(password), joined_at=founded_at)
    codes.give_phones(invited)
    return tables


def _table(place: PracticeTable, *, until: datetime) -> SituationTable:
    same = ("name_en", "name_fr", "name_oj", "time_zone", "number_prefix", "starts_at", "length_minutes", "place", "decision_rule")
    table = agencies.create_table(
        **{field: getattr(place, field) for field in (*same, "naming", "retention_days")}, weekdays=list(place.weekdays), by=BY
    )
    for year in range(until.year - 1, until.year + 2):
        for day in closed_days(year):
            # Holidays are in the rhythm; the days around them are this town's own.
            if day > clock.now().date() and meetings.rhythm_of(table).sittings(day, day):
                meetings.add_exception(table, on=day, is_extra=False, by=BY)
    return table


def _seat(agency: town.Agency, places: Iterable[PracticeTable], tables: dict[str, SituationTable]) -> None:
    row = agencies.add_agency(
        name=agency.name,
        sector=f"sector:{agency.sector}",
        agency_type=f"agency_type:{agency.agency_type}",
        name_language=f"{agency.language}-CA",
        by=BY,
    )
    for place in places:
        if agency.slug in place.seats:
            agencies.give_seat(tables[place.slug], agency=row, by=BY)


def _invite(person: Person, places: Iterable[PracticeTable], tables: dict[str, SituationTable], *, telephone: str, until: datetime) -> None:
    agency = Agency.objects.get(name=_name_of(person.agency)) if person.agency else None
    for place in places:
        roles = set(person.roles_at(place))
        if not roles:
            continue
        if "agency_lead" in person.roles and person.agency in place.seats:
            roles.add("agency_lead")  # who leads an agency signs for it at every table
        member = agencies.invite(
            email=person.email,
            full_name=person.full_name,
            agency=agency,
            language=f"{person.language}-ca",
            telephone=telephone,
            table=tables[place.slug],
            roles=sorted(roles - {"alternate"}),
            by=BY,
        )
        if "alternate" in roles:
            _delegate(member, table=tables[place.slug], until=until)


def _delegate(member, *, table, until: datetime) -> None:
    """An alternate stands in for a representative of the same agency, until half a year from now."""
    replaced = Member.objects.filter(agency=member.agency, appointments__table=table, appointments__role=Role.REPRESENTATIVE)
    agencies.delegate(
        to=member,
        stands_in_for=replaced.order_by("full_name").first(),
        table=table,
        starts_at=clock.now(),
        ends_at=until + timedelta(days=180),
        by=BY,
    )


def _name_of(slug: str) -> str:
    return next(agency.name for agency in AGENCIES if agency.slug == slug)


# --- signatures ----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def sign(*, first_day: date, until: datetime, one_lapses_at: datetime) -> None:
    """Everyone signs before the season, and again before the year is over; one agency's last signature runs out at ``one_lapses_at``."""
    last_of_one = one_lapses_at.replace(year=one_lapses_at.year - 1, day=min(one_lapses_at.day, 28))
    signed_at = datetime.combine(first_day, time(15), UTC) - timedelta(days=5)
    while signed_at < until:
        _everyone_signs(signed_at, last_of_one=last_of_one)
        signed_at += SIGNED_EVERY
    with hand_of(None, last_of_one):
        for agreement in Agreement.objects.newest().filter(kind=AgreementKind.INFORMATION_SHARING):
            for member in _signing(agreement).filter(agency__name=_name_of(NOT_RENEWED)):
                agencies.sign_agreement(agreement, by=member)


def _everyone_signs(at: datetime, *, last_of_one: datetime) -> None:
    """Every member signs for themself and every lead for the agency."""
    with hand_of(None, at):
        for agreement in Agreement.objects.newest().select_related("table"):
            for member in _signing(agreement):
                if agreement.is_for_members or at <= last_of_one or member.agency.name != _name_of(NOT_RENEWED):
                    agencies.sign_agreement(agreement, by=member)


def _signing(agreement):
    """Those who sign this agreement: the table's members, or the leads of the agencies that sit there, each agency once."""
    there = Member.objects.active().filter(appointments__table=agreement.table_id).select_related("agency")
    if agreement.is_for_members:
        return there.distinct()
    seated = Seat.objects.current().filter(table=agreement.table_id)
    return there.filter(appointments__role=Role.AGENCY_LEAD, agency__in=seated.values("agency")).distinct()
