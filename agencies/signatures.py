"""Which agreements are signed, by whom, until when: one's own, and everyone's."""

from agencies import clock
from agencies.directory import seated_at
from agencies.enums import AGENCY_ROLES, Role
from agencies.folding import folded
from agencies.lifecycle.agreements import SOON
from agencies.models import Agreement, AgreementSignature, Appointment, Member
from agencies.names import own_name

# In the order in which a coordinator wants to see them.
STATES = ("missing", "expired", "soon", "signed")
AWAITED = STATES[:3]


def _state(signature, now) -> str:
    if signature is None:
        return "missing"
    if signature.expires_at <= now:
        return "expired"
    return "soon" if signature.expires_at <= now + SOON else "signed"


def _newest(signatures, key) -> dict:
    """The signature that lasts longest of each signer."""
    return {key(signature): signature for signature in sorted(signatures, key=lambda each: each.expires_at)}


def own(member) -> list[dict]:
    """The newest agreements of the tables at which the member holds a role: what, where, how it stands, whether the member signs it."""
    held = member.standing.held
    for_agency_at = {each.table_id for each in held if each.role in AGENCY_ROLES}
    leads_at = {each.table_id for each in held if each.role == Role.AGENCY_LEAD}
    agreements = Agreement.objects.filter(table__in={each.table_id for each in held}).newest().select_related("table")
    signatures = AgreementSignature.objects.filter(agreement__in=[agreement.pk for agreement in agreements])
    by_member = _newest(signatures.filter(agency=None, signed_by=member), lambda each: each.agreement_id)
    by_agency = _newest(signatures.filter(agency=member.agency_id), lambda each: each.agreement_id) if for_agency_at else {}
    rows = []
    for agreement in agreements:
        if not agreement.is_for_members and agreement.table_id not in for_agency_at:
            continue
        signature = (by_member if agreement.is_for_members else by_agency).get(agreement.pk)
        rows.append(
            {
                "pk": agreement.pk,
                "name": str(agreement),
                "table": str(agreement.table),
                "is_for_members": agreement.is_for_members,
                "state": _state(signature, clock.now()),
                "expires_at": signature.expires_at if signature else None,
                "may_sign": agreement.is_for_members or agreement.table_id in leads_at,
            }
        )
    return rows


def everyones(agreement) -> list[dict]:
    """A row for each member, or each seated agency, that has to sign: who, how it stands, since and until when, by whom."""
    signatures = list(agreement.signatures.select_related("signed_by"))
    if agreement.is_for_members:
        current = Appointment.objects.current().filter(table=agreement.table_id)
        signers = Member.objects.active().filter(pk__in=current.values("member")).select_related("agency")
        signed = _newest(signatures, lambda each: each.signed_by_id)
        return [_row(each.pk, each.full_name, own_name(each.agency), signed.get(each.pk)) for each in signers]
    signed = _newest(signatures, lambda each: each.agency_id)
    return [_row(each.pk, own_name(each), "", signed.get(each.pk)) for each in seated_at(agreement.table)]


def _row(pk, name, agency, signature) -> dict:
    state = _state(signature, clock.now())
    return {
        "pk": pk,
        "name": name,
        "name_folded": folded(name),
        "agency": agency,
        "state": state,
        "place": STATES.index(state),
        "signed_at": signature.signed_at if signature else None,
        "expires_at": signature.expires_at if signature else None,
        "signed_by": signature.signed_by.full_name if signature else "",
    }


def awaited_from(agreement, rows) -> tuple[list[Member], list[str]]:
    """Whose signature is awaited, among ``rows``; and the agencies for which nobody can sign, because they have no lead."""
    awaited = {row["pk"]: row["name"] for row in rows if row["state"] in AWAITED}
    if agreement.is_for_members:
        return list(Member.objects.filter(pk__in=awaited)), []
    leads = list(Member.objects.holding(agreement.table_id, Role.AGENCY_LEAD).filter(agency__in=awaited))
    led = {lead.agency_id for lead in leads}
    return leads, [name for pk, name in awaited.items() if pk not in led]
