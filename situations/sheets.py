"""Looks as a sheet: who saw what, when, at which stage, for whom, as codes and references; never a value."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from agencies import ledger
from agencies.enums import LedgerAct
from agencies.models import Agency, Member
from situations.disclosure import REVEALED, SEALED_ONLY, letter
from situations.enums import Stage
from situations.tables import looked_as

# What a line of a list can tell besides number, stage, dates and who brought it (docs/decisions/0015).
IN_A_LINE = ("number_stage_dates", "originating_agency", "lead_and_assisting", "steps", "contacts_and_clock", "follow_up")
# A datum that is the same at every stage is of no one situation.
OF_ONE_SITUATION = [datum for datum, by_stage in REVEALED.items() if len({tuple(row.items()) for row in by_stage.values()}) > 1]


def heads() -> list[str]:
    return [
        _("Moment (UTC)"),
        _("By the table’s clock"),
        _("Act"),
        _("Who"),
        _("Agency"),
        _("In which relation"),
        _("Situation"),
        _("Act, code"),
        _("Relation, code"),
        _("Stage, code"),
        _("Reason or list, code"),
        _("What could be read, codes"),
        _("Entry"),
    ]


def rows(entries: Iterable, *, zone, situation_of: Callable, is_named: Callable, names_are_sealed: bool) -> Iterator[list[str]]:
    """One row for each entry. ``situation_of`` gives its reference for this reader; ``is_named`` whether its taker may be told.

    Names come from the directory as it is now; the entry holds the key, so that the row can be found and verified.
    """
    members = dict(Member.objects.values_list("pk", "full_name"))
    agencies = dict(Agency.objects.values_list("pk", "name"))
    kinds: dict = {}  # what many entries say alike is worked out once: a year holds hundreds of thousands
    for each in entries:
        kind = (each.act, each.relation, *each.codes)
        if kind not in kinds:
            kinds[kind] = _said_alike(each, names_are_sealed=names_are_sealed)
        act, relation, *codes = kinds[kind]
        named = is_named(each)
        yield [
            f"{each.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            f"{localtime(each.at, zone):%Y-%m-%d %H:%M}",
            act,
            members.get(each.by_id, "") if named else "–",
            agencies.get(each.agency_id, "") if named else "–",
            relation,
            situation_of(each),
            *codes,
            str(each.pk),
        ]


def _said_alike(each, *, names_are_sealed: bool) -> list[str]:
    """What an entry of this act, relation and codes says: act and relation in words, then its codes."""
    stage = next((code for code in each.codes if code in Stage.values), "")
    rest = " ".join(code for code in each.codes if code != stage)
    readable = " ".join(could_be_read(each, stage, names_are_sealed=names_are_sealed))
    return [str(LedgerAct(each.act).label), looked_as(each), each.act, each.relation, stage, rest, readable]


def could_be_read(each, stage: str, *, names_are_sealed: bool) -> list[str]:
    """What the matrix gives this relation at this stage: what the page could show, by the names of the matrix."""
    if each.act == LedgerAct.REVEALED:
        return ["identifiers"]
    if not stage or each.act != LedgerAct.LOOKED:
        return []
    given = [datum for datum in OF_ONE_SITUATION if letter(datum, stage, [each.relation]) in "RLW"]
    if ledger.IN_A_LIST in each.codes:
        return [datum for datum in given if datum in IN_A_LINE]
    return [datum for datum in given if datum != "identifiers" and (names_are_sealed or datum not in SEALED_ONLY)]
