"""A finished year before the season: copies of what was played, shifted back, and the release that the table made of it."""

from datetime import date, datetime, timedelta
from math import ceil

from agencies import outbox
from agencies.models import SituationTable
from practice import load
from practice.players.diary import hand_of
from practice.players.people import People
from practice.town import PracticeTable
from reports import lifecycle as reports
from reports.catalogue import Period
from reports.models import Release
from situations.enums import ENDED_STAGES
from situations.models import Situation

PREPARED_AFTER, APPROVED_AFTER = timedelta(days=4, hours=15), timedelta(days=6, hours=16)  # the cut-off


def release_last_year(place: PracticeTable, *, table: SituationTable, first_day: date, weeks: int, now: datetime) -> Release:
    """The season reaches back, in copies, to the first day of the last year that can be released, and that year has its release.

    The coordinator prepares it and the privacy officer approves it, as always. ``first_day`` is the season's.
    """
    period = _last_finished(table, now=now)
    copies = ceil((first_day - period.first_day) / timedelta(weeks=weeks))
    ended = Situation.objects.filter(stage__in=ENDED_STAGES).count()
    load.fill(Situation.objects.count() + copies * ended, using="default", shift=timedelta(weeks=weeks))
    people = People(place)
    coordinator, privacy_officer = people.holding("coordinator")[0], people.holding("privacy_officer")[0]
    with hand_of(coordinator, period.cut_off_at + PREPARED_AFTER):
        release = reports.prepare(table, year=period.year, by=coordinator)
    with hand_of(privacy_officer, period.cut_off_at + APPROVED_AFTER):
        release = reports.approve(release, by=privacy_officer)
    with hand_of(None, now):
        outbox.drop_waiting()
    return release


def _last_finished(table, *, now: datetime) -> Period:
    """The last year whose release could be approved by now."""
    year = now.astimezone(table.zone).year - 1
    newest = Period(year=year, zone=table.zone)
    return newest if newest.cut_off_at + APPROVED_AFTER < now else Period(year=year - 1, zone=table.zone)
