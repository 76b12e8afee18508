"""How the ledger is read: which entries a member may read, and each in words."""

from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.enums import LedgerAct, Role
from agencies.models import Agency, Agreement, Appointment, Entry, LedgerEntry, Member
from agencies.names import own_name

MOST_ENTRIES = 2000  # a page reaches back so far; older entries are found by their day
# What an entry about a situation may say to whoever reads looks (the matrix: looks_in_the_ledger, recusals). Of every other
# act they read that somebody acted: what was done tells the stage, the decision or who responds, and those need a reason.
LOOKS = (LedgerAct.LOOKED, LedgerAct.LOOKED_WITH_REASON, LedgerAct.REVEALED, LedgerAct.PRINTED, LedgerAct.EXPORTED)
STEPS = (LedgerAct.RECUSED, LedgerAct.STEPPED_IN)
READING = (LedgerAct.LOOKED, LedgerAct.REFUSED, LedgerAct.MINUTES_READ)  # said of no situation, it is still about who looked
ACTED = "acted"  # as a choice beside the acts: what is read without its act
# What was opened, where it was a list and no situation.
LISTS = {
    "record": gettext_lazy("The record"),
    "situations": gettext_lazy("The list of situations"),
    "owed": gettext_lazy("What the agency owes and brought"),
    "overdue": gettext_lazy("What is overdue"),
    "agenda": gettext_lazy("A meeting’s agenda"),
    "wall": gettext_lazy("The wall of a meeting"),
    "looks": gettext_lazy("Who looked at what"),
}
# An agency that is asked to help and says no knows nothing of the situation, also not that it once heard it at the table.
OF_WHO_IS_ASKED = (LedgerAct.ASKED, LedgerAct.DECLINED)
SIGN_INS = (LedgerAct.SIGNED_IN, LedgerAct.SIGNED_OUT)
DOOR = "door"  # in whose name a try is recorded that nobody signed in with


def own(member):
    """The member's own entries, newest first; of a situation from which the member stepped out, that they did."""
    return _not_stepped_out(LedgerEntry.objects.filter(by_id=member.pk), member=member)


def of_the_table(table, *, member, with_looks: bool):
    """What was done at the table. With ``with_looks`` also who acted in situations that are before the table, and every look.

    What the table's own clockwork did to a situation is not here: nobody looked, and the day of it tells the stage. A draft
    is known to nobody outside its agency, so a situation is on this page from its submission on. Without ``with_looks`` an
    entry about a situation, and who opened, read or was refused what, is read by whoever made it (matrix,
    ``looks_in_the_ledger``); what is left is a coordinator's business: people, seats, agreements, meetings, words.
    """
    return _readable(LedgerEntry.objects.filter(table_id=table.pk), member=member, with_looks=with_looks)


def of_the_house(table, *, member, with_looks: bool):
    """What was done to agencies, people and words, which belong to no table, and sign-ins: by the people of this table."""
    people = Appointment.objects.filter(table=table).values("member")
    entries = LedgerEntry.objects.filter(Q(by_id__in=people) | Q(by_id=None), table_id=None)
    return _readable(entries, member=member, with_looks=with_looks)


def _readable(entries, *, member, with_looks):
    about_none = Q(situation_id=None)
    entries = _not_stepped_out(entries, member=member)
    entries = entries.exclude(~Q(by_id=member.pk), act=LedgerAct.NOT_BROUGHT)  # an agency's own count (the matrix: not_brought_forward)
    if with_looks:
        entries = entries.filter(about_none | Q(by_id__isnull=False))
        submitted = LedgerEntry.objects.filter(situation_id=OuterRef("situation_id"), act=LedgerAct.SUBMITTED)
        return entries.filter(about_none | Exists(submitted))
    return entries.filter((about_none & ~Q(act__in=READING)) | Q(by_id=member.pk))


def _not_stepped_out(entries, *, member):
    """Without those about a situation from which the member stepped out, but for the stepping out itself.

    The ground floor cannot ask the situation; the record says it as well: the last time, out or in again.
    """
    steps = LedgerEntry.objects.filter(situation_id=OuterRef("situation_id"), audience_id=member.pk, act__in=STEPS)
    last = Subquery(steps.order_by("-at", "-written_at").values("act")[:1])
    own_step = Q(act__in=STEPS, audience_id=member.pk)
    return entries.annotate(last_step=last).filter(own_step | Q(last_step=None) | ~Q(last_step=LedgerAct.RECUSED))


def _said_to(member):
    """The entries whose act the member reads in words, when others' acts in situations are among them."""
    return Q(situation_id=None) | Q(act__in=[*LOOKS, *STEPS]) | Q(by_id=member.pk)


def of_the_act(entries, act: str, *, member):
    """Those of one act, as far as the member reads acts; ``acted`` are those that are read without one."""
    return entries.exclude(_said_to(member)) if act == ACTED else entries.filter(_said_to(member), act=act)


def on_the_day(entries, day, table):
    """Those of one day, by the table's clock."""
    begins, ends = (datetime.combine(each, time.min, tzinfo=table.zone) for each in (day, day + timedelta(days=1)))
    return entries.filter(at__gte=begins, at__lt=ends)


def in_words(entries, *, to, visible_to) -> list[dict]:
    """Each entry as ``to`` is shown it; at most five queries for however many entries.

    What somebody else did in a situation, but for looks and stepping out, is said without the act and whom it concerned.

    ``situation`` is the key, for the privacy officer's way to it; ``reference`` is what everyone else reads, or ''.
    ``visible_to`` gives the situations that a member may know of now, which this floor cannot ask; the roof brings it.
    """
    entries = list(entries)
    keys = {str(key) for each in entries for key in (each.by_id, each.audience_id, each.agency_id, each.subject_id) if key}
    uuids = [key for key in keys if ":" not in key]
    names = {str(pk): name for pk, name in Member.objects.filter(pk__in=uuids).values_list("pk", "full_name")}
    agencies = {str(agency.pk): own_name(agency) for agency in Agency.objects.filter(pk__in=uuids)}
    agreements = {str(agreement.pk): str(agreement) for agreement in Agreement.objects.filter(pk__in=uuids)}
    words = {entry.pk: entry.label for entry in Entry.objects.filter(pk__in=keys - {*uuids})}
    known = names | agencies | agreements | words
    about = {each.situation_id for each in entries if each.situation_id}
    visible = set(visible_to(to).filter(pk__in=about).values_list("pk", flat=True)) if about else set()
    return [
        {
            "at": each.at,
            "act": each.get_act_display() if _is_said(each, to) else _("Acted in a situation"),
            "by": names.get(str(each.by_id), "") if each.by_id else _job(each.by_job),
            "agency": agencies.get(str(each.agency_id), ""),
            "about": _about(each, known) if _is_said(each, to) else "",
            "situation": each.situation_id,
            "reference": _reference(each, to) if each.situation_id in visible and each.act not in OF_WHO_IS_ASKED else "",
        }
        for each in entries
    ]


def _job(name: str) -> str:
    return _("Someone at the door") if name == DOOR else _("The table’s own clockwork")


def _is_said(each, to) -> bool:
    return each.situation_id is None or each.act in (*LOOKS, *STEPS) or each.by_id == to.pk


def _reference(each, to) -> str:
    """What tells this reader, and nobody else, that two entries are about the same situation; it leads nowhere."""
    return salted_hmac("the record's reference", f"{to.pk} {each.situation_id}", algorithm="sha256").hexdigest()[:8]


def _about(each, known) -> str:
    """Whom or what an entry concerns besides a situation: names, and the role where one was given or ended."""
    if each.act == LedgerAct.LOOKED and each.situation_id is None:
        return str(next((LISTS[code] for code in each.codes if code in LISTS), ""))
    said = [known.get(str(key), "") for key in (each.subject_id, each.audience_id) if key]
    if each.act in (LedgerAct.ROLE_GIVEN, LedgerAct.ROLE_ENDED):
        said += [str(Role(code).label) for code in each.codes if code in Role.values]
    return ", ".join(dict.fromkeys(word for word in said if word))
