"""How a release comes to be: counted and frozen by one person, approved by another, taken back by either; with what record."""

import json
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies import clock, ledger, outbox
from agencies.access import OutOfOrder, Refused
from agencies.days import date_format
from agencies.enums import LedgerAct, Notice, Role
from agencies.models import LedgerEntry, Member, SituationTable
from reports import catalogue, counting
from reports.catalogue import Catalogue, Period
from reports.enums import Status
from reports.models import Release, ReleaseCell
from reports.suppression import ShownTable, Tier, suppress
from situations.models import NumberCounter

ONE_READING = timedelta(minutes=15)  # within it, a refresh is the same reading


@transaction.atomic
def prepare(table, *, year: int, by) -> Release:
    """Count one finished year of a table, hide and round, and freeze what may be shown; a second person then approves it.

    Raises OutOfOrder before the year's cut-off day or when the year has its release, Refused when there is too little to release.
    """
    tier = Tier.STEERING
    table = SituationTable.objects.select_for_update().get(pk=table.pk)  # of two who prepare at once, one does
    period = Period(year=year, zone=table.zone, tier=tier)
    if clock.now() < period.cut_off_at:
        raise OutOfOrder(_("%(year)s can be released from %(day)s on.") % {"year": year, "day": date_format(period.cut_off_day)})
    if Release.objects.barring_another().filter(table=table, tier=tier, period=str(period)).exists():
        raise OutOfOrder(_("%(year)s has its release already. A published year is not released a second time.") % {"year": year})
    known, rules = catalogue.read(), catalogue.RULES[tier]
    true_tables = counting.count(table, period, known)
    if any(true.universe < rules.min_universe for true in true_tables):
        raise Refused(_("Too few situations were accepted in %(year)s. No number of that year could be shown.") % {"year": year})
    shown = suppress(true_tables, rules=rules, secret=settings.RELEASE_SECRET.encode())
    release = Release(
        table=table,
        tier=tier,
        period=str(period),
        catalogue_version=catalogue.VERSION,
        config_hash=rules.config_hash,
        built_at=clock.now(),
        prepared_by=by,
    )
    cells = _cells(release, known, shown)
    release.data_hash = fingerprint(cells)
    release.save(force_insert=True)
    ReleaseCell.objects.bulk_create(cells)
    ledger.record(LedgerAct.RELEASE_PREPARED, by=by, table=table, subject=release, codes=[release.tier, release.period])
    approving = Member.objects.holding(table, Role.PRIVACY_OFFICER).exclude(pk=by.pk)
    outbox.post(Notice.RELEASE_DUE, to=approving, table=table, address=reverse("reports:release", args=[release.pk]), subject=release)
    return release


@transaction.atomic
def approve(release, *, by) -> Release:
    """A second person has read it: from now on its readers can."""
    release = _locked(release)
    if release.status != Status.PREPARED:
        raise OutOfOrder(_("This release does not wait for approval any more."))
    if release.prepared_by_id == by.pk:
        raise Refused(_("You prepared this release, so somebody else approves it."))
    release.status, release.approved_at, release.approved_by = Status.APPROVED, clock.now(), by
    release.save(update_fields=["status", "approved_at", "approved_by"])
    ledger.record(LedgerAct.RELEASE_APPROVED, by=by, table=release.table_id, subject=release, codes=[release.tier, release.period])
    return release


@transaction.atomic
def withdraw(release, *, by) -> Release:
    """It is taken back: its readers no longer find it. What was approved once is known, so its period is not released anew."""
    release = _locked(release)
    if release.status == Status.WITHDRAWN:
        raise OutOfOrder(_("This release has been withdrawn already."))
    release.status, release.withdrawn_at, release.withdrawn_by = Status.WITHDRAWN, clock.now(), by
    release.save(update_fields=["status", "withdrawn_at", "withdrawn_by"])
    ledger.record(LedgerAct.RELEASE_WITHDRAWN, by=by, table=release.table_id, subject=release, codes=[release.tier, release.period])
    return release


def years_to_prepare(table) -> list[int]:
    """The finished years of a table that can be released now, the latest first; not one in which too few were heard to show any number."""
    barred = set(Release.objects.barring_another().filter(table=table, tier=Tier.STEERING).values_list("period", flat=True))
    enough = catalogue.RULES[Tier.STEERING].min_universe
    numbered = NumberCounter.objects.filter(table=table, last__gte=enough).order_by("-year").values_list("year", flat=True)
    over = [year for year in numbered if Period(year=year, zone=table.zone).cut_off_at <= clock.now()]
    return [year for year in over if str(year) not in barred]


def record_reading(release, *, by) -> None:
    """That a member opened a release is on the record; one reading is one opening, not each refresh."""
    already = LedgerEntry.objects.filter(
        act=LedgerAct.RELEASE_READ, by_id=by.pk, subject_id=str(release.pk), at__gt=clock.now() - ONE_READING
    )
    if not already.exists():
        ledger.record(LedgerAct.RELEASE_READ, by=by, table=release.table_id, subject=release)


def record_download(release, *, by) -> None:
    """That a member took the numbers with them is on the record, each time."""
    ledger.record(LedgerAct.EXPORTED, by=by, table=release.table_id, subject=release)


def fingerprint(cells: Iterable[ReleaseCell]) -> str:
    """What a release's cells say, as one SHA-256 in hexadecimal: a cell that was changed, added or removed gives another."""
    ordered = sorted(cells, key=lambda cell: cell.position)
    places = {cell.pk: cell.position for cell in ordered}
    said = [
        (
            cell.catalogue_table,
            sorted(cell.codes),
            cell.label_en,
            cell.label_fr,
            cell.value,
            places.get(cell.denominator_id) if cell.denominator_id else None,
        )
        for cell in ordered
    ]
    return sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()


def _locked(release) -> Release:
    return Release.objects.select_for_update(of=("self",)).get(pk=release.pk)


def _cells(release: Release, known: Catalogue, shown: list[ShownTable]) -> list[ReleaseCell]:
    """The cells to be frozen, in the catalogue's order; each share points to the total of which it is one."""
    by_codes: dict[frozenset[str], ReleaseCell] = {}
    cells: list[ReleaseCell] = []
    for table, shown_table in zip(known.tables, shown, strict=True):
        for row, shown_cell in zip(table.rows, shown_table.cells, strict=True):
            cell = ReleaseCell(
                table_id=release.table_id,
                release=release,
                catalogue_table=table.id,
                position=len(cells),
                codes=sorted(row.codes),
                label_en=row.label_en,
                label_fr=row.label_fr,
                value=shown_cell.value,
                denominator=None if table.denominator is None else by_codes[table.denominator],
            )
            by_codes.setdefault(row.codes, cell)
            cells.append(cell)
    return cells
