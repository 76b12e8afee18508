"""A season from its first day to this moment, at one table after another."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from agencies import clock, outbox
from meetings import lifecycle as meetings
from practice.players import founding
from practice.players.diary import Diary, hand_of
from practice.players.last_year import release_last_year
from practice.players.season_at_table import SeasonAtTable
from practice.players.today import CALENDAR_REACHES, leave_open, set_the_table
from practice.seasons import Season
from practice.town import MAIN_TABLE, SISTER_TABLE, PracticeTable

YEAR = 52  # weeks
PLANNED_ON = 6  # weeks after now for which the season is rolled too, so that what is open has a way to go
# How many situations a year each table has; the first is the one at which a newcomer sits down.
TOWN = {MAIN_TABLE: 200, SISTER_TABLE: 30}
SEED = 7
LAPSED_SINCE = timedelta(minutes=20)  # one agency's agreement has run out: after the last meeting that was played


def play(
    *,
    password: str,
    seed: int = SEED,
    weeks: int = YEAR,
    now: datetime | None = None,
    town: dict[PracticeTable, int] = TOWN,
    tell: Callable[[float], None] = lambda percent: None,
) -> None:
    """Found the town and play ``weeks`` up to ``now``; ``tell`` hears after each day how far it has come, in percent.

    The same seed, weeks, moment and town give the same coded facts. Of a season of a year the main table has one release, too: the
    last finished year is filled with copies of the season.
    """
    until = now or clock.now()
    tell(0)
    places = list(town)
    first_day = until.astimezone(ZoneInfo(places[0].time_zone)).date() - timedelta(weeks=weeks)
    tables = founding.found(places, first_day=first_day, until=until, password=password)
    # All signatures of the season first, so that every sign-in counts at once, while the season is still being played.
    founding.sign(first_day=first_day, until=until, one_lapses_at=until - LAPSED_SINCE)
    diary = Diary(until=until)
    acting = [
        SeasonAtTable(
            Season(seed + number, first_day, weeks + PLANNED_ON, a_year, table=place),
            table=tables[place.slug],
            diary=diary,
            is_live=number == 0,
        )
        for number, (place, a_year) in enumerate(town.items())
    ]
    leave_open(acting[0], until)
    first = datetime.combine(first_day, time(5), UTC)
    for one in acting:
        one.write_down(first)
    for at in diary.live_through():
        tell(max(100 * (at - first) / (until - first), 0))
    if weeks >= YEAR:  # a shorter season has too little for a year's figures
        release_last_year(places[0], table=tables[places[0].slug], first_day=first_day, weeks=weeks, now=until)
    _come_to_now(acting, now or clock.now())


def _come_to_now(acting: list[SeasonAtTable], now: datetime) -> None:
    """The tables meet again from today on, and the mail of the past, which went nowhere, is not sent now."""
    for one in acting:
        if one.is_live:
            set_the_table(one, now)
        with hand_of(None, now):
            meetings.plan_meetings(one.table, until=(now + CALENDAR_REACHES).date(), by="tick")
    with hand_of(None, now):
        outbox.drop_waiting()
