"""How tables, agencies and seats change."""

from django.db import transaction

from agencies import clock, ledger
from agencies.enums import LedgerAct
from agencies.models import Agency, Seat, SituationTable
from agencies.versions import refuse_stale


@transaction.atomic
def create_table(*, by, **settings) -> SituationTable:
    """A new table; whether names are spoken or sealed there is chosen now, for good."""
    table = SituationTable(**settings)
    table.full_clean()
    table.save(force_insert=True)
    ledger.record(LedgerAct.TABLE_CHANGED, by=by, table=table, subject=table)
    return table


@transaction.atomic
def change_table(table, *, by, version: int | None = None, **settings) -> SituationTable:
    """The table's settings change; ``naming`` cannot. Raises ``Stale`` when somebody else changed them since ``version``."""
    table = SituationTable.objects.select_for_update().get(pk=table.pk)
    settings.pop("naming", None)
    refuse_stale(table, version=version, changes=settings)
    for field, value in settings.items():
        setattr(table, field, value)
    table.version += 1
    table.full_clean()
    table.save()
    ledger.record(LedgerAct.TABLE_CHANGED, by=by, table=table, subject=table, codes=sorted(settings))
    return table


@transaction.atomic
def add_agency(*, name: str, sector: str, agency_type: str, by, name_language: str = "en-CA", table=None) -> Agency:
    """A partner organisation; with ``table`` it gets its seat there at once."""
    agency = Agency.objects.create(name=name, name_language=name_language, sector_id=sector, agency_type_id=agency_type)
    ledger.record(LedgerAct.AGENCY_CHANGED, by=by, subject=agency, table=table)
    if table is not None:
        give_seat(table, agency=agency, by=by)
    return agency


@transaction.atomic
def change_agency(agency, *, by, version: int | None = None, **changes) -> Agency:
    """The agency's name, sector or kind change, or it is no longer active. Raises ``Stale`` as ``change_table`` does."""
    agency = Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    refuse_stale(agency, version=version, changes=changes)
    for field, value in changes.items():
        setattr(agency, field, value)
    agency.version += 1
    agency.save()
    ledger.record(LedgerAct.AGENCY_CHANGED, by=by, subject=agency, codes=sorted(changes))
    return agency


@transaction.atomic
def give_seat(table, *, agency, by) -> Seat:
    """The agency has its place at the table from now on."""
    seat, is_new = Seat.objects.get_or_create(table=table, agency=agency, ends_at=None, defaults={"starts_at": clock.now()})
    if is_new:
        ledger.record(LedgerAct.SEAT_CHANGED, by=by, table=table, subject=seat, audience=agency)
    return seat


@transaction.atomic
def end_seat(seat, *, by) -> None:
    """The agency leaves the table; its people come to no page of it any more."""
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    if seat.ends_at is None:
        seat.ends_at = clock.now()
        seat.save()
        ledger.record(LedgerAct.SEAT_CHANGED, by=by, table=seat.table_id, subject=seat, audience=seat.agency_id)
