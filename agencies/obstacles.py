"""What keeps a member from the table, in one sentence each, and whom to ask."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from agencies import clock
from agencies.clock import TableNow
from agencies.days import date_format
from agencies.enums import AGENCY_ROLES, KEEPING_ROLES, Role
from agencies.folding import Folded
from agencies.lifecycle.agreements import SOON
from agencies.models import Agreement, AgreementSignature, Appointment, Member
from agencies.names import own_name, sentence_with


@dataclass
class Obstacle:
    """One thing in the way: where, why, and, when the member can remove it, the agreement to sign."""

    table: str
    sentence: str
    agreement_id: object = None


def obstacles_of(member) -> list[Obstacle]:
    """Everything that keeps a role of the member's from counting now, the member's own doing first."""
    standing = member.standing
    unsigned = _unsigned(member, standing) if standing.unsigned else []
    found = unsigned + [Obstacle(str(table), _unseated(member, table)) for table in standing.unseated_tables]
    if not standing.held:
        found += _without_a_role(member)
    return sorted(found, key=lambda obstacle: obstacle.agreement_id is None)


def _day(moment, table) -> str:
    return date_format(localtime(moment, table.zone), "DATE_FORMAT")


def _unseated(member, table) -> str:
    if member.agency is None:
        return _("Your role here is held for an agency, and you are entered without one.")
    if not member.agency.is_active:
        return sentence_with(_("%(agency)s is entered as no longer active."), agency=own_name(member.agency))
    return sentence_with(_("%(agency)s has no seat at this table now."), agency=own_name(member.agency))


def _unsigned(member, standing) -> list[Obstacle]:
    own = Q(agency=None, signed_by=member) | Q(agency__isnull=False, agency=member.agency_id)
    signatures = list(AgreementSignature.objects.filter(own).select_related("agreement").order_by("expires_at"))
    expired = {each.agreement_id: each.expires_at for each in signatures}
    earlier = {(each.table_id, each.agreement.kind) for each in signatures}
    leads_at = {each.table_id for each in standing.held if each.role == Role.AGENCY_LEAD}
    found = []
    for agreement in standing.unsigned:
        words = {"agreement": agreement, "day": _day(expired[agreement.pk], agreement.table) if agreement.pk in expired else ""}
        if agreement.is_for_members:
            sentence = _members_sentence(words, is_renewed=(agreement.table_id, agreement.kind) in earlier)
        else:
            sentence = _agencys_sentence(words | {"agency": own_name(member.agency)})
        is_own = agreement.is_for_members or agreement.table_id in leads_at
        found.append(Obstacle(str(agreement.table), sentence, agreement.pk if is_own else None))
    return found


def lapsing_of(member) -> list[Obstacle]:
    """What will stand in the way within 30 days: signatures, the member's or the agency's, that expire and are not renewed. One query."""
    held = member.standing.held
    leads_at = {each.table_id for each in held if each.role == Role.AGENCY_LEAD}
    own = Q(agency=None, signed_by=member, table__in={each.table_id for each in held})
    agencys = Q(agency__isnull=False, agency=member.agency_id, table__in={each.table_id for each in held if each.role in AGENCY_ROLES})
    same = Q(agency=OuterRef("agency")) | Q(agency=None, signed_by=OuterRef("signed_by"))
    renewed = AgreementSignature.objects.filter(same, agreement=OuterRef("agreement"), expires_at__gt=OuterRef("expires_at"))
    soon = AgreementSignature.objects.filter(own | agencys, expires_at__gt=TableNow(), expires_at__lte=TableNow() + SOON)
    lapsing = soon.filter(~Exists(renewed), agreement__in=Agreement.objects.newest().order_by().values("pk"))
    found = []
    for signature in lapsing.select_related("agreement__table").order_by("expires_at"):
        agreement, table = signature.agreement, signature.agreement.table
        words = {"agency": own_name(member.agency), "agreement": agreement, "day": _day(signature.expires_at, table)}
        sentence = (
            _("Your signature under “%(agreement)s” expires on %(day)s.") % words
            if agreement.is_for_members
            else sentence_with(
                _("The signature of %(agency)s under “%(agreement)s” expires on %(day)s. The agency’s lead signs it."), **words
            )
        )
        is_own = agreement.is_for_members or agreement.table_id in leads_at
        found.append(Obstacle(str(table), sentence, agreement.pk if is_own else None))
    return found


def _members_sentence(words, *, is_renewed: bool) -> str:
    if words["day"]:
        return _("Your signature under “%(agreement)s” expired on %(day)s.") % words
    if is_renewed:
        return _("There is a new version, “%(agreement)s”. You have not signed it yet.") % words
    return _("You have not signed “%(agreement)s” yet.") % words


def _agencys_sentence(words) -> str:
    if words["day"]:
        return sentence_with(
            _("The signature of %(agency)s under “%(agreement)s” expired on %(day)s. The agency’s lead signs it."), **words
        )
    return sentence_with(_("%(agency)s has not signed “%(agreement)s”. The agency’s lead signs it."), **words)


def _without_a_role(member) -> list[Obstacle]:
    held = list(Appointment.objects.filter(member=member).select_related("table").order_by("-starts_at"))
    now = clock.now()
    to_come = [each for each in held if each.starts_at > now and each.ends_at != each.starts_at]
    if to_come:
        return [
            Obstacle(str(each.table), _("You stand in here from %(day)s.") % {"day": _day(each.starts_at, each.table)}) for each in to_come
        ]
    if not held:
        return [Obstacle("", _("You hold no role at a table yet."))]
    last = max(held, key=lambda each: each.ends_at or now)
    words = {"role": last.get_role_display(), "day": _day(last.ends_at or now, last.table)}
    if last.role == Role.ALTERNATE:
        return [Obstacle(str(last.table), _("The days on which you stood in as an alternate ended on %(day)s.") % words)]
    return [Obstacle(str(last.table), _("Your role (%(role)s) ended on %(day)s.") % words)]


def whom_to_ask(member) -> list[dict]:
    """Those who can help: the coordinators of the member's tables (or, where there is none, administrators), and the agency's lead.

    Each a dict of ``name``, ``email``, ``telephone`` and ``role``.
    """
    tables = set(Appointment.objects.filter(member=member).values_list("table", flat=True))
    current = Appointment.objects.current().filter(member__is_active=True).exclude(member=member)
    keeping = current.filter(role__in=KEEPING_ROLES)
    if tables:
        keeping = keeping.filter(table__in=tables)
    leading = current.filter(role=Role.AGENCY_LEAD, member__agency=member.agency_id, member__agency__isnull=False)
    appointments = list((keeping | leading).select_related("member").order_by(Folded("member__full_name")))
    is_coordinated = any(each.role == Role.COORDINATOR for each in appointments)
    asked: dict[object, dict] = {}
    for each in appointments:
        if each.role == Role.ADMINISTRATOR and is_coordinated:
            continue
        asked.setdefault(each.member_id, _card(each.member, each.get_role_display()))
    return list(asked.values())


def _card(person: Member, role: str) -> dict:
    return {"name": person.full_name, "email": person.email, "telephone": person.telephone, "role": role}
