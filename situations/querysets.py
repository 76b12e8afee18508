"""Which situations may this member know of? One answer, here."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from agencies.clock import TableNow
from agencies.enums import AGENCY_ROLES, LedgerAct, Role
from agencies.models import LedgerEntry
from situations.enums import ACCEPTED_STAGES, ENDED_STAGES, HELD_STAGES, OPEN_STAGES, STRONGEST_FIRST, Relation, Stage

OVERSEEING = (Role.CHAIR, Role.RECORDER, Role.COORDINATOR)  # who prepare and keep the meeting: they know of all that is before the table


class DisclosureQuerySet(models.QuerySet):
    def given_to(self, member):
        """The rights that hold now, by the table's clock, for this member or the agency that the member acts for at the situation's table.

        Each audience is asked for rights without an end and for those that end later: so the index of an audience and an end answers,
        however many rights there have been.
        """
        agency = Q(agency=member.agency_id, table__in=member.standing.tables_as(*AGENCY_ROLES))
        in_the_room = Q(member=member, relation=Relation.IN_THE_ROOM, table__in=member.standing.tables_as(*AGENCY_ROLES, Role.OBSERVER))
        with_a_reason = Q(member=member, relation=Relation.PRIVACY_OFFICER, table__in=member.standing.tables_as(Role.PRIVACY_OFFICER))
        held = Q(pk=None)  # nobody: without it a member without any role would make the query empty, and its array None
        for audience in (agency, in_the_room, with_a_reason):
            held |= (audience & Q(ends_at=None)) | (audience & Q(ends_at__gt=TableNow()))
        return self.filter(held, granted_at__lte=TableNow())


class SituationQuerySet(models.QuerySet):
    def visible_to(self, member):
        """The situations to which the member stands in a relation now, each row carrying its ``granted`` relations.

        Rights are rows (``Disclosure``) or roles held at the situation's table; a recusal ends them all, whatever else
        the member is. Source: four-filters, "The right to see is a row".
        """
        rights = self.model.disclosures.rel.related_model.objects.given_to(member)
        overseen = Q(table__in=member.standing.tables_as(*OVERSEEING)) & ~Q(stage=Stage.DRAFT)
        return (
            self.filter(Q(pk__in=rights.values("situation")) | overseen)
            .not_stepped_out_by(member)
            .annotate(granted=ArraySubquery(rights.filter(situation=OuterRef("pk")).values("relation").distinct()))
        )

    def lookable_by(self, member):
        """The situations at which the member may look as privacy officer, once a reason is given; drafts are not among them."""
        return self.filter(table__in=member.standing.tables_as(Role.PRIVACY_OFFICER)).exclude(stage=Stage.DRAFT).not_stepped_out_by(member)

    def holdable_by(self, member):
        """Those whose words may still be held back at the tables that the member coordinates or oversees."""
        tables = member.standing.tables_as(Role.COORDINATOR, Role.PRIVACY_OFFICER)
        return self.filter(table__in=tables, stage__in=HELD_STAGES).not_stepped_out_by(member)

    def not_stepped_out_by(self, member):
        """Those from which the member has not stepped out; what a list or a count may hold for this reader."""
        recused = self.model.recusals.rel.related_model.objects.filter(member=member, ended_at=None)
        return self.exclude(pk__in=recused.values("situation"))

    def with_saved_at(self):
        """Each row carrying ``saved_at``, when an answer of Filter 1 was last kept."""
        kept = LedgerEntry.objects.filter(situation_id=OuterRef("pk"), act__in=[LedgerAct.DRAFT_OPENED, LedgerAct.DRAFT_SAVED])
        return self.annotate(saved_at=Subquery(kept.order_by("-at").values("at")[:1]))

    def granted_as(self, member, relation):
        """Those that are granted to the member, or the member's agency, in this relation now."""
        rights = self.model.disclosures.rel.related_model.objects.given_to(member).filter(relation=relation)
        return self.filter(pk__in=rights.values("situation"))

    def brought_by(self, agency):
        return self.filter(originating_agency=agency)

    def drafts(self):
        return self.filter(stage=Stage.DRAFT)

    def awaiting_the_table(self):
        return self.filter(stage=Stage.SUBMITTED)

    def responding(self):
        return self.filter(stage=Stage.RESPONDING)

    def open(self):
        return self.filter(stage__in=OPEN_STAGES)

    def ended(self):
        return self.filter(stage__in=ENDED_STAGES)

    def accepted(self):
        """Those in which the table found the risk acute; what figures count."""
        return self.filter(stage__in=ACCEPTED_STAGES)

    def numbered(self, number):
        """Those that carry this ``Number``; without a year, of whichever year."""
        return self.filter(sequence=number.sequence, **({"year": number.year} if number.year is not None else {}))


class NotBroughtForwardQuerySet(models.QuerySet):
    def of(self, agency, table):
        """An agency's own counts at a table; no other agency's are ever shown to it."""
        return self.filter(agency=agency, table=table)


def relations_of(situation, member) -> frozenset:
    """In which relations the member stands to a row of ``visible_to``: those granted, and those of the roles held."""
    held = {Relation(code) for code in situation.granted}
    standing = member.standing
    if standing.holds(situation.table_id, Role.CHAIR):
        held.add(Relation.CHAIR)
    if standing.holds(situation.table_id, Role.RECORDER, Role.COORDINATOR):
        held.add(Relation.COORDINATOR)
    return frozenset(held)


def strongest(relations) -> Relation:
    """The relation under which a look is recorded."""
    return next(relation for relation in STRONGEST_FIRST if relation in relations)
