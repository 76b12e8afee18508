"""What the table says and decides on the open item: Filter 2, Filter 3, the report-back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger
from agencies.access import Refused
from agencies.enums import LedgerAct
from agencies.models import Entry
from meetings.enums import Deed, Outcome, State
from meetings.lifecycle.done import keep, outcome_of
from meetings.lifecycle.items import at_the_table
from meetings.lifecycle.room import lock_where_it_may_be_heard
from meetings.models import AgendaItem, Involvement, Position
from responses import lifecycle as responses
from situations import disclosure
from situations import lifecycle as situations
from situations.enums import Relation, Stage

# --- Filter 2 ----------------------------------------------------------------------------------------------------------------


def _are_here(item, agencies) -> None:
    here = set(item.meeting.attendances.present().filter(agency__in=agencies).values_list("agency_id", flat=True))
    for agency in agencies:
        if agency.pk not in here:
            raise Refused(_("%(agency)s is not at the table.") % {"agency": agency})


@transaction.atomic
def take_positions(item, *, said: dict, by) -> None:
    """Agencies say whether they find the risk acute: ``said`` by agency. They can say otherwise until the table decides."""
    item = at_the_table(item, Stage.PRESENTED)
    _are_here(item, said)
    now = clock.now()
    Position.objects.bulk_create(
        [
            Position(table_id=item.table_id, item=item, agency=agency, position_id=position, taken_by=by, taken_at=now)
            for agency, position in said.items()
        ],
        update_conflicts=True,
        unique_fields=["item", "agency"],
        update_fields=["position", "taken_by", "taken_at"],
    )
    _keep_what_was_said(LedgerAct.POSITION_TAKEN, item, said, by=by)


def _keep_what_was_said(act, item, said: dict, *, by) -> None:
    ledger.LedgerEntry.objects.bulk_create(
        ledger.entry(act, by=by, situation=item.situation, audience=agency, codes=[answer]) for agency, answer in said.items()
    )


def take_position(item, *, agency, position: str, by) -> None:
    """An agency says whether it finds the risk acute; it can say otherwise until the table decides."""
    take_positions(item, said={agency: position}, by=by)


def tally_of(item) -> dict[str, int]:
    """How many agencies said what, as the decision keeps it."""
    said = list(item.positions.values_list("position_id", flat=True))
    return {"met": said.count("position:MET"), "not_met": said.count("position:NOT"), "question": said.count("position:ASK")}


def _so_far(item) -> dict:
    """What is decided on the item and its situation before an act, so that it can be undone."""
    return outcome_of(item) | {"situation": situations.decided_so_far(item.situation)}


def _decided(item, outcome: Outcome, *, by) -> AgendaItem:
    item.outcome, item.decided_by, item.decided_at = outcome, by, clock.now()
    item.save()
    return item


def _there_is_a_table(item) -> None:
    """Nobody decides alone: at least one agency has checked in, at an emergency session too. To defer, or to keep open, decides nothing."""
    if not item.meeting.attendances.present().filter(agency__isnull=False).exists():
        raise Refused(_("No agency is at the table. Check in who is here first, then decide."))


@transaction.atomic
def accept(item, *, by) -> AgendaItem:
    """The table finds the risk acute: Filter 3 opens for those in the room; observers go out."""
    item = at_the_table(item, Stage.PRESENTED)
    _there_is_a_table(item)
    keep(item.meeting, Deed.ACCEPTED, item=item, before=_so_far(item))
    item.situation = situations.identify(item.situation, tally=tally_of(item), by=by)
    for observer in item.meeting.attendances.present().filter(is_observer=True).select_related("member"):
        disclosure.end(item.situation, relation=Relation.IN_THE_ROOM, of=observer.member, by=by)
    return _decided(item, Outcome.ACCEPTED, by=by)


@transaction.atomic
def reject(item, *, criteria_not_met: list[str], reason: str, by) -> AgendaItem:
    """The table does not find the risk acute: it is forgotten, here and below, in this transaction."""
    item = at_the_table(item, Stage.PRESENTED)
    _there_is_a_table(item)
    if not criteria_not_met:
        raise Refused(_("Say which criteria are not met."))
    keep(item.meeting, Deed.REJECTED, item=item)
    item.situation = situations.reject(item.situation, criteria_not_met=criteria_not_met, reason=reason, tally=tally_of(item), by=by)
    forget(item.situation)
    return _decided(item, Outcome.REJECTED, by=by)


@transaction.atomic
def defer(item, *, reason: str, by) -> AgendaItem:
    """The table hears it again another day; it keeps its number."""
    item = at_the_table(item, Stage.PRESENTED)
    keep(item.meeting, Deed.DEFERRED, item=item, before=_so_far(item))
    item.situation = situations.defer(item.situation, reason=reason, tally=tally_of(item), by=by)
    return _decided(item, Outcome.DEFERRED, by=by)


@transaction.atomic
def withdraw(situation, *, reason: str, by) -> None:
    """The originator takes it back, before the meeting or at the table: forgotten on every floor."""
    lock_where_it_may_be_heard(situation)
    items = situation.agenda_items.filter(meeting__state__in=[State.PLANNED, State.OPEN])
    item = items.open().first()
    situations.withdraw(situation, reason=reason, by=by)
    forget(situation)
    items.filter(opened_at=None).delete()
    if item is not None:
        _decided(item, Outcome.WITHDRAWN, by=by)


def forget(situation) -> None:
    """Who said what of a situation that was not accepted is gone; the tally is part of the decision and stays."""
    Position.objects.filter(item__situation=situation).delete()
    Involvement.objects.filter(item__situation=situation).delete()


# --- Filter 3 ----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def say_involvements(item, *, said: dict, by) -> None:
    """Agencies say how they stand to what was named: ``said`` by agency. Silence never blocks."""
    item = at_the_table(item, Stage.IDENTIFYING)
    _are_here(item, said)
    now = clock.now()
    Involvement.objects.bulk_create(
        [
            Involvement(table_id=item.table_id, item=item, agency=agency, involvement_id=involvement, said_by=by, said_at=now)
            for agency, involvement in said.items()
        ],
        update_conflicts=True,
        unique_fields=["item", "agency"],
        update_fields=["involvement", "said_by", "said_at"],
    )
    _keep_what_was_said(LedgerAct.INVOLVEMENT_SAID, item, said, by=by)


def say_involvement(item, *, agency, involvement: str, by) -> None:
    """An agency says how it stands to what was named; silence never blocks."""
    say_involvements(item, said={agency: involvement}, by=by)


@transaction.atomic
def respond(item, *, lead, assisting: list, by, huddle_at: datetime | None = None, asked: list = ()) -> AgendaItem:
    """Filter 4: one lead, the assisting agencies, the huddle's time; from now on only they know."""
    item = at_the_table(item, Stage.IDENTIFYING)
    _there_is_a_table(item)
    keep(item.meeting, Deed.RESPONDED, item=item, before=_so_far(item))
    responses.open_response(item.situation, lead=lead, assisting=assisting, asked=asked, huddle_at=huddle_at, by=by)
    return _decided(item, Outcome.RESPONDING, by=by)


@transaction.atomic
def end_early(item, *, reason: str, by) -> AgendaItem:
    """Nobody else need act: words and identifiers are forgotten at once."""
    item = at_the_table(item, Stage.IDENTIFYING)
    _there_is_a_table(item)
    keep(item.meeting, Deed.ENDED_EARLY, item=item)
    situations.end_early(item.situation, reason=reason, by=by)
    return _decided(item, Outcome.ENDED_EARLY, by=by)


# --- report-backs --------------------------------------------------------------------------------------------------------------


@transaction.atomic
def hear_report(item, *, agency, report: str, by) -> AgendaItem:
    """The table hears the coded update of an agency that responds, and keeps the situation open."""
    item = at_the_table(item, Stage.RESPONDING)
    responses.report_back(item.situation.response, agency=agency, report=report, by=by)
    return keep_open(item, by=by)


@transaction.atomic
def keep_open(item, *, by) -> AgendaItem:
    """The table keeps the response going; what was reported, an engaged agency or the recorder has entered."""
    item = at_the_table(item, Stage.RESPONDING)
    keep(item.meeting, Deed.KEPT_OPEN, item=item, before=outcome_of(item))
    return _decided(item, Outcome.KEPT_OPEN, by=by)


@transaction.atomic
def conclude(item, *, reason: str, factors_lowered: list[str], by) -> AgendaItem:
    """The table ends the response, on the lead's proposal."""
    item = at_the_table(item, Stage.RESPONDING)
    _there_is_a_table(item)
    if not Entry.objects.filter(pk=reason, marks__contains=["accepted"]).exists():
        raise Refused(_("Choose a reason that fits a situation the table had accepted."))
    keep(item.meeting, Deed.CONCLUDED, item=item, before=_so_far(item))
    responses.conclude(item.situation.response, reason=reason, factors_lowered=factors_lowered, by=by)
    return _decided(item, Outcome.CONCLUDED, by=by)
