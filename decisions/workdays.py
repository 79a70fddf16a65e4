"""Working days: Monday to Friday as the State Council's yearly notice moves them (TC-6); without one, provisional."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache

import chinese_calendar

ONE_DAY = timedelta(days=1)
# A year's notice may also arrange the last days of December before it, as those for 2007, 2008, 2012 and 2019 did.
NEXT_NOTICE_RULES_FROM = (12, 25)
TITLE = "国务院办公厅关于{}年部分节假日安排的通知"


@dataclass(frozen=True)
class YearNotice:
    """What the State Council's notice for one year says: its days off, its make-up working days, its title."""

    year: int
    holidays: frozenset[date]
    makeup: frozenset[date]
    title: str = ""

    def __post_init__(self) -> None:
        if both := self.holidays & self.makeup:
            raise ValueError(f"{min(both)} is both a day off and a make-up day")
        if weekdays := [day for day in self.makeup if day.weekday() < 5]:
            raise ValueError(f"{min(weekdays)} is no weekend day, so it cannot be a make-up day")
        if astray := [day for day in self.holidays | self.makeup if year_of_notice(day) != self.year != day.year]:
            raise ValueError(f"{min(astray)} does not belong in the notice for {self.year}")


def year_of_notice(day: date) -> int:
    """The last year whose notice may still arrange this day: the next year's for the end of December."""
    return day.year + ((day.month, day.day) >= NEXT_NOTICE_RULES_FROM)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was counted, with the years consulted for which no notice was known."""

    unannounced: tuple[int, ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether the answer may still change when a missing notice appears."""
        return bool(self.unannounced)


@dataclass(frozen=True)
class Reckoned(Answer):
    """A day that was counted out."""

    day: date


@dataclass(frozen=True)
class Counted(Answer):
    """A number of working days."""

    workdays: int


@dataclass(frozen=True)
class Calendar:
    """The yearly notices known at one time, and the arithmetic over them; the day counted from is never included."""

    notices: tuple[YearNotice, ...] = ()

    def with_notice(self, notice: YearNotice) -> "Calendar":
        """The same calendar with this notice in place of any other for its year."""
        return Calendar((*(known for known in self.notices if known.year != notice.year), notice))

    def has_notice(self, year: int) -> bool:
        """Whether the arrangement for this year is known."""
        return year in self._years

    def is_workday(self, day: date) -> bool:
        """Whether work is done on this day; Monday to Friday where no notice says otherwise."""
        if isinstance(day, datetime):
            raise TypeError(f"working days are counted in dates, not moments: {day!r}")
        return self._arranged.get(day, day.weekday() < 5)

    def unannounced(self, first: date, last: date) -> tuple[int, ...]:
        """The years without notice that may still arrange a day between the two, both included."""
        return tuple(year for year in range(first.year, year_of_notice(last) + 1) if year not in self._years)

    def makeup_days(self, first: date, last: date) -> tuple[date, ...]:
        """The weekend days between the two, both included, that are worked."""
        return tuple(sorted(day for day, works in self._arranged.items() if works and first <= day <= last))

    def holidays(self, first: date, last: date) -> tuple[date, ...]:
        """The days between the two, both included, that a notice gives off."""
        return tuple(sorted(day for day, works in self._arranged.items() if not works and first <= day <= last))

    def roll_forward(self, day: date) -> Reckoned:
        """The day itself when it is worked, else the next working day (TC-4)."""
        return self._count_out(day, 0, ONE_DAY)

    def roll_back(self, day: date) -> Reckoned:
        """The day itself when it is worked, else the working day before it (TC-8)."""
        return self._count_out(day, 0, -ONE_DAY)

    def next_workday(self, day: date) -> Reckoned:
        """The first working day after this one."""
        return self._count_out(day, 1, ONE_DAY)

    def previous_workday(self, day: date) -> Reckoned:
        """The last working day before this one."""
        return self._count_out(day, 1, -ONE_DAY)

    def add_workdays(self, start: date, number: int) -> Reckoned:
        """The last of this many working days after the start; with none to count, the start rolled forward."""
        return self._count_out(start, number, ONE_DAY)

    def subtract_workdays(self, start: date, number: int) -> Reckoned:
        """The first of this many working days before the start; with none to count, the start rolled back."""
        return self._count_out(start, number, -ONE_DAY)

    def workdays_between(self, start: date, end: date) -> Counted:
        """How many working days after the start the end lies, itself included; negative when it lies before."""
        if start == end:
            return Counted(0)
        step = ONE_DAY if start < end else -ONE_DAY
        days = [start + step * number for number in range(1, abs((end - start).days) + 1)]
        worked = sum(map(self.is_workday, days))
        return Counted(worked if start < end else -worked, unannounced=self.unannounced(min(days), max(days)))

    @cached_property
    def _years(self) -> frozenset[int]:
        return frozenset(notice.year for notice in self.notices)

    @cached_property
    def _arranged(self) -> dict[date, bool]:
        arranged: dict[date, bool] = {}
        for notice in sorted(self.notices, key=lambda notice: notice.year):
            arranged |= dict.fromkeys(notice.holidays, False) | dict.fromkeys(notice.makeup, True)
        return arranged

    def _count_out(self, start: date, number: int, step: timedelta) -> Reckoned:
        if number < 0:
            raise ValueError(f"cannot count {number} working days; count in the other direction")
        first = start + step if number else start
        reached = self._walk(first, step)
        for _ in range(number - 1):
            reached = self._walk(reached + step, step)
        return Reckoned(reached, unannounced=self.unannounced(min(first, reached), max(first, reached)))

    def _walk(self, day: date, step: timedelta) -> date:
        while not self.is_workday(day):
            day += step
        return day


Provider = Callable[[], Iterable[YearNotice]]

_provider: Provider | None = None
_chosen: ContextVar[Calendar | None] = ContextVar("decisions.workdays", default=None)


def calendar() -> Calendar:
    """The calendar in use: the packaged notices, and over them those the provider has imported."""
    return _chosen.get() or _assembled(tuple(_provider()) if _provider else ())


def set_provider(provider: Provider | None) -> None:
    """Name the place where imported notices are kept; it is asked at every use, so it should be quick."""
    global _provider
    _provider = provider


@contextmanager
def using(chosen: Calendar) -> Iterator[Calendar]:
    """Let the enclosed code count by this calendar."""
    token = _chosen.set(chosen)
    try:
        yield chosen
    finally:
        _chosen.reset(token)


@lru_cache(maxsize=8)
def _assembled(imported: tuple[YearNotice, ...]) -> Calendar:
    assembled = packaged()
    for notice in imported:
        assembled = assembled.with_notice(notice)
    return assembled


@lru_cache(maxsize=1)
def packaged() -> Calendar:
    """The notices that came with the installation (package `chinesecalendar`, 2004 on)."""

    def of(year: int, days: Iterable[date]) -> frozenset[date]:
        return frozenset(day for day in days if day.year == year)

    off, worked = chinese_calendar.holidays, chinese_calendar.workdays
    years = sorted({day.year for day in off})
    return Calendar(tuple(YearNotice(year, of(year, off), of(year, worked), TITLE.format(year)) for year in years))
