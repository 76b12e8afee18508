"""How the ledger is read: which entries a member may read, and each in words."""

from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from agencies.enums import LedgerAct, Role
from agencies.models import Agency, Agreement, Appointment, Entry, LedgerEntry, Member

MOST_ENTRIES = 2000  # a page reaches back so far; older entries are found by their day
SIGN_INS = (LedgerAct.SIGNED_IN, LedgerAct.SIGNED_OUT)


def own(member):
    """The member's own entries, newest first."""
    return LedgerEntry.objects.filter(by_id=member.pk)


def of_the_table(table, *, member, with_looks: bool):
    """What was done at the table. With ``with_looks`` also what was done to situations that are before the table, and every look.

    A draft is known to nobody outside its agency, so a situation is on this page from its submission on. Without
    ``with_looks`` an entry about a situation is read by whoever made it (matrix, ``looks_in_the_ledger``).
    """
    return _readable(LedgerEntry.objects.filter(table_id=table.pk), member=member, with_looks=with_looks)


def of_the_house(table, *, member, with_looks: bool):
    """What was done to agencies, people and words, which belong to no table, and sign-ins: by the people of this table."""
    people = Appointment.objects.filter(table=table).values("member")
    entries = LedgerEntry.objects.filter(Q(by_id__in=people) | Q(by_id=None), table_id=None)
    return _readable(entries, member=member, with_looks=with_looks)


def _readable(entries, *, member, with_looks):
    about_none = Q(situation_id=None)
    if with_looks:
        submitted = LedgerEntry.objects.filter(situation_id=OuterRef("situation_id"), act=LedgerAct.SUBMITTED)
        return entries.filter(about_none | Exists(submitted))
    return entries.filter(about_none | Q(by_id=member.pk))


def on_the_day(entries, day, table):
    """Those of one day, by the table's clock."""
    begins, ends = (datetime.combine(each, time.min, tzinfo=table.zone) for each in (day, day + timedelta(days=1)))
    return entries.filter(at__gte=begins, at__lt=ends)


def in_words(entries) -> list[dict]:
    """Each entry as a reader is shown it; at most four queries for however many entries.

    ``situation`` is the key, for the privacy officer's way to it, ``reference`` its first eight signs.
    """
    entries = list(entries)
    keys = {str(key) for each in entries for key in (each.by_id, each.audience_id, each.agency_id, each.subject_id) if key}
    uuids = [key for key in keys if ":" not in key]
    names = {str(pk): name for pk, name in Member.objects.filter(pk__in=uuids).values_list("pk", "full_name")}
    agencies = {str(pk): name for pk, name in Agency.objects.filter(pk__in=uuids).values_list("pk", "name")}
    agreements = {str(agreement.pk): str(agreement) for agreement in Agreement.objects.filter(pk__in=uuids)}
    words = {entry.pk: entry.label for entry in Entry.objects.filter(pk__in=keys - {*uuids})}
    known = names | agencies | agreements | words
    return [
        {
            "at": each.at,
            "act": each.get_act_display(),
            "by": names.get(str(each.by_id), "") if each.by_id else _("The table’s own clockwork"),
            "agency": agencies.get(str(each.agency_id), ""),
            "about": _about(each, known),
            "situation": each.situation_id,
            "reference": str(each.situation_id)[:8] if each.situation_id else "",
        }
        for each in entries
    ]


def _about(each, known) -> str:
    """Whom or what an entry concerns besides a situation: names, and the role where one was given or ended."""
    said = [known.get(str(key), "") for key in (each.subject_id, each.audience_id) if key]
    if each.act in (LedgerAct.ROLE_GIVEN, LedgerAct.ROLE_ENDED):
        said += [str(Role(code).label) for code in each.codes if code in Role.values]
    return ", ".join(dict.fromkeys(word for word in said if word))
