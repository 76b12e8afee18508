"""Which days the table sits: weekdays and a wall clock, less the holidays and the days that the table took out.

A rhythm is a rule, never a list of moments, so that 13:30 stays 13:30 when the clocks change. There is no database here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

YEARS_AHEAD = 5
OBSERVED = " (observed)"


class HolidayOption(StrEnum):
    """A day on which some tables rest and others sit; each table chooses."""

    TRUTH_AND_RECONCILIATION = "truth_and_reconciliation"
    BOXING_DAY = "boxing_day"
    EASTER_MONDAY = "easter_monday"
    CIVIC_HOLIDAY = "civic_holiday"
    REMEMBRANCE_DAY = "remembrance_day"


DEFAULT_OPTIONS = frozenset({HolidayOption.TRUTH_AND_RECONCILIATION, HolidayOption.BOXING_DAY})

# The library's English name, Ontario's French name, and the choice it belongs to (None: every table rests).
# The French is ours because the library keeps some names in English.
HOLIDAYS = {
    "New Year's Day": ("Jour de l’An", None),
    "Family Day": ("Jour de la Famille", None),
    "Good Friday": ("Vendredi saint", None),
    "Easter Monday": ("Lundi de Pâques", HolidayOption.EASTER_MONDAY),
    "Victoria Day": ("Fête de la Reine", None),
    "Canada Day": ("Fête du Canada", None),
    "Civic Holiday": ("Congé civique", HolidayOption.CIVIC_HOLIDAY),
    "Labour Day": ("Fête du Travail", None),
    "National Day for Truth and Reconciliation": (
        "Journée nationale de la vérité et de la réconciliation",
        HolidayOption.TRUTH_AND_RECONCILIATION,
    ),
    "Thanksgiving Day": ("Action de grâces", None),
    "Remembrance Day": ("Jour du Souvenir", HolidayOption.REMEMBRANCE_DAY),
    "Christmas Day": ("Noël", None),
    "Boxing Day": ("Lendemain de Noël", HolidayOption.BOXING_DAY),
}


class Holiday(NamedTuple):
    """A day of rest, named in both languages."""

    on: date
    name_en: str
    name_fr: str
    option: HolidayOption | None

    def name_in(self, language: str | None) -> str:
        """The name in a language such as ``fr-ca``; English where the language is another or none."""
        return self.name_fr if (language or "").startswith("fr") else self.name_en


class Sitting(NamedTuple):
    """One time that the table sits, in UTC."""

    starts_at: datetime
    ends_at: datetime


class Rest(NamedTuple):
    """A day on which the table would have sat: for a holiday, or, without one, because the table took the day out."""

    on: date
    holiday: Holiday | None


@cache
def ontario_holidays(year: int) -> tuple[Holiday, ...]:
    """Ontario's holidays of a year with the days in lieu of those on a weekend, in the order of the calendar."""
    # Imported here because it costs a quarter of a second, which only the calendar's first page should pay.
    from holidays import country_holidays  # noqa: PLC0415

    calendar = country_holidays("CA", subdiv="ON", years=year, language="en_CA", categories=("public", "government", "optional"))
    found = []
    for on in sorted(calendar):
        for name in calendar.get_list(on):
            kept = name.removesuffix(OBSERVED)
            if kept not in HOLIDAYS:
                continue  # a day proclaimed since this list was written has no French name yet; a test names it when the library brings it
            french, option = HOLIDAYS[kept]
            in_lieu = name != kept
            name_en = f"{kept} (observed)" if in_lieu else kept
            found.append(Holiday(on, name_en.replace("'", "’"), f"{french} (reporté)" if in_lieu else french, option))
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """When a table sits, as it would say it: "Tuesdays and Thursdays at 13:30, for two hours, but not on holidays".

    ``weekdays`` count from Monday, 0. ``starts_at`` is the wall clock of ``zone``. The table never sits on ``skipped``, sits on
    ``extra`` even on a holiday, and rests on Ontario's statutory holidays and on those of ``options``.
    Raises ValueError with a sentence for a rule that no table could follow.
    """

    weekdays: Iterable[int]
    starts_at: time
    length_minutes: int
    zone: ZoneInfo
    options: Iterable[str] = DEFAULT_OPTIONS
    skipped: Iterable[date] = ()
    extra: Iterable[date] = ()

    def __post_init__(self):
        for field in ("weekdays", "skipped", "extra"):
            object.__setattr__(self, field, frozenset(getattr(self, field)))
        object.__setattr__(self, "options", frozenset(HolidayOption(option) for option in self.options))
        if not self.weekdays <= frozenset(range(7)):
            raise ValueError("A weekday is a number from 0, Monday, to 6, Sunday.")
        if self.starts_at.tzinfo is not None:
            raise ValueError("The start is a time on the wall, without a zone; the zone is its own field.")
        if self.length_minutes < 1:
            raise ValueError("A meeting lasts at least a minute.")

    def holidays(self, first: date, last: date) -> list[Holiday]:
        """The holidays that this table keeps, from ``first`` to ``last``, both included."""
        return [
            holiday
            for year in range(first.year, last.year + 1)
            for holiday in ontario_holidays(year)
            if first <= holiday.on <= last and (holiday.option is None or holiday.option in self.options)
        ]

    def sittings(self, first: date, last: date) -> list[Sitting]:
        """Every sitting whose local day is from ``first`` to ``last``, both included, earliest first, in UTC."""
        return list(self._sittings(first, last))

    def rests(self, first: date, last: date) -> list[Rest]:
        """The days from ``first`` to ``last`` on which the weekday says "sit" and the calendar or the table says "rest"."""
        kept = self._kept(first, last)
        return [
            Rest(day, kept.get(day))
            for day in _days(first, last)
            if day.weekday() in self.weekdays and (day in self.skipped or (day in kept and day not in self.extra))
        ]

    def next_after(self, moment: datetime) -> Sitting | None:
        """The first sitting that starts later than ``moment``; None when there is none within five years."""
        today = moment.astimezone(self.zone).date()
        # A start that the clocks skip just before midnight falls on the next day, hence the day before.
        for sitting in self._sittings(today - timedelta(days=1), today + timedelta(days=366 * YEARS_AHEAD)):
            if sitting.starts_at > moment:
                return sitting
        return None

    def _sittings(self, first: date, last: date) -> Iterator[Sitting]:
        for day in _days(first, last):
            if self._sits_on(day):
                starts_at = self._in_utc(day)
                # The length is true minutes: a meeting over the change of the clocks is not an hour longer or shorter.
                yield Sitting(starts_at, starts_at + timedelta(minutes=self.length_minutes))

    def _sits_on(self, day: date) -> bool:
        if day in self.skipped:
            return False
        return day in self.extra or (day.weekday() in self.weekdays and day not in self._kept(day, day))

    def _kept(self, first: date, last: date) -> dict[date, Holiday]:
        kept: dict[date, Holiday] = {}
        for holiday in self.holidays(first, last):
            kept.setdefault(holiday.on, holiday)
        return kept

    def _in_utc(self, day: date) -> datetime:
        """The start of that day's sitting.

        A wall time that occurs twice (November) is the first of the two. One that the clocks skip (March) is read with the
        offset of before, so that the table sits as long after midnight as ever: 2:30 becomes 3:30 on the wall.
        """
        return datetime.combine(day, self.starts_at.replace(fold=0), tzinfo=self.zone).astimezone(UTC)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
