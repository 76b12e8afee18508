"""What happened to one situation, as the ledger holds it: who may read a datum of the matrix reads of the acts that tell it."""

from dataclasses import dataclass
from datetime import datetime

import django_tables2 as tables
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django_tables2.data import TableQuerysetData

from agencies.days import date_format
from agencies.enums import LedgerAct
from agencies.models import Agency, LedgerEntry, Member
from agencies.names import own_name
from situations.disclosure import Disclosed
from situations.enums import Relation

# What an act tells. Looks have a page of their own; who was let into the room tells who was not (the matrix: recusals).
TOLD_BY = {
    "number_stage_dates": [
        LedgerAct.DRAFT_OPENED,
        LedgerAct.SUBMITTED,
        LedgerAct.PRESENTED,
        LedgerAct.EMERGENCY_CALLED,
        LedgerAct.ITEM_OPENED,
        LedgerAct.ITEM_CLOSED,
        LedgerAct.UNDONE,
        LedgerAct.FORGOTTEN,
        LedgerAct.PURGED,
    ],
    "profile_and_factors": [LedgerAct.DRAFT_SAVED, LedgerAct.CORRECTED],
    "positions": [LedgerAct.POSITION_TAKEN],
    "decision": [LedgerAct.ACCEPTED, LedgerAct.REJECTED, LedgerAct.DEFERRED, LedgerAct.WITHDRAWN],
    "identifiers": [LedgerAct.WRITTEN_UNDER_SEAL],
    "involvement": [LedgerAct.INVOLVEMENT_SAID, LedgerAct.DECLINED],
    "lead_and_assisting": [
        LedgerAct.RESPONSE_OPENED,
        LedgerAct.JOINED,
        LedgerAct.LEFT,
        LedgerAct.HANDED_OVER,
        LedgerAct.ASKED,
        LedgerAct.REMINDED,
    ],
    "steps": [LedgerAct.STEP_PLANNED, LedgerAct.STEP_DONE],
    "contacts_and_clock": [LedgerAct.CONTACT_RECORDED],
    "services_mobilised": [LedgerAct.SERVICE_RECORDED],
    "report_backs": [LedgerAct.REPORTED_BACK],
    "conclusion": [LedgerAct.ENDED_EARLY, LedgerAct.CONCLUSION_PROPOSED, LedgerAct.CONCLUDED],
    "follow_up": [LedgerAct.FOLLOWED_UP],
    "recusals": [LedgerAct.RECUSED, LedgerAct.STEPPED_IN],
}
# A right that began or ended tells what its relation tells.
RIGHTS = (LedgerAct.GRANTED, LedgerAct.ENDED)
TOLD_BY_A_RIGHT = {
    "originating_agency": Relation.ORIGINATOR,
    "lead_and_assisting": Relation.ENGAGED,
    "recusals": Relation.IN_THE_ROOM,
    "looks_in_the_ledger": Relation.PRIVACY_OFFICER,
}


@dataclass
class Happening:
    """One act: when, what, by whom, and whom it concerned."""

    at: datetime  # by the table's clock
    what: str
    who: str
    agency: str
    about: str


def happenings(situation, known: Disclosed):
    """The entries about the situation that this reader may read, newest first."""
    entries = LedgerEntry.objects.filter(situation_id=situation.pk)
    acts = [act for datum, told in TOLD_BY.items() if known.reads(datum) for act in told]
    relations = [relation for datum, relation in TOLD_BY_A_RIGHT.items() if known.reads(datum)]
    return entries.filter(act__in=acts) | entries.filter(act__in=RIGHTS, relation__in=relations)


def in_words(entries, *, known: Disclosed, own_agency, zone) -> list[Happening]:
    """The entries in words; two queries. Who acts for an agency that responds has no name where that may not be known."""
    entries = list(entries)
    keys = {key for each in entries for key in (each.by_id, each.audience_id, each.agency_id) if key}
    members = dict(Member.objects.filter(pk__in=keys).values_list("pk", "full_name"))
    agencies = {agency.pk: own_name(agency) for agency in Agency.objects.filter(pk__in=keys)}
    named = members | agencies

    def may_name(each) -> bool:
        return known.reads("lead_and_assisting") or each.agency_id in (None, own_agency)

    return [
        Happening(
            at=localtime(each.at, zone),
            what=each.get_act_display(),
            who=_who(each, members) if may_name(each) else "–",
            agency=agencies.get(each.agency_id, "") if may_name(each) else "–",
            about=named.get(each.audience_id, "–") if each.audience_id else "",
        )
        for each in entries
    ]


def _who(each, members: dict) -> str:
    return members.get(each.by_id, "–") if each.by_id else str(_("The table’s own clockwork"))


class WordsOfHappenings(TableQuerysetData):
    """Entries of the ledger; the database sorts and cuts, and each becomes a line for this reader."""

    def __init__(self, entries, **told):
        super().__init__(entries)
        self._told = told

    def __getitem__(self, key):
        return in_words(self.data[key], **self._told)

    def __iter__(self):
        return iter(self[:])


class HappeningList(tables.Table):
    """What happened to one situation, newest first."""

    caption = _("What happened, newest first")
    at = tables.Column(verbose_name=_("When"), attrs={"td": {"class": "num"}})
    what = tables.Column(verbose_name=_("Act"), order_by="act")
    who = tables.Column(verbose_name=_("Who"), orderable=False)
    agency = tables.Column(verbose_name=_("Agency"), orderable=False, default="")
    about = tables.Column(verbose_name=_("Concerning"), orderable=False, default="")

    class Meta:
        empty_text = _("Nothing that you may know of has happened yet.")

    def __init__(self, entries, **told):
        super().__init__(data=WordsOfHappenings(entries.order_by("-at", "-written_at"), **told))

    def render_at(self, value):
        return date_format(value, "SHORT_DATETIME_FORMAT")
