"""Statutory periods: how long, counted how, and the day they end on, which can explain itself (TC-2 to TC-8)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from decisions.articles import Article
from decisions.clock import SHANGHAI
from decisions.workdays import Calendar, Reckoned, calendar


class Unit(StrEnum):
    """What a period is counted in, named as the parameter files name it."""

    DAYS = "calendar days"
    WORKING_DAYS = "working days"
    MONTHS = "months"
    YEARS = "years"


IN_CHINESE = {Unit.DAYS: "日", Unit.WORKING_DAYS: "个工作日", Unit.MONTHS: "个月", Unit.YEARS: "年"}


@dataclass(frozen=True)
class Period:
    """A length of time in one unit; months and years end on the corresponding day, or the month's last (TC-3)."""

    value: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError(f"a period cannot be {self.value} {self.unit} long")

    def __str__(self) -> str:
        return f"{self.value}{IN_CHINESE[self.unit]}"

    def after(self, start: date, *, article: Article | None = None, event: str = "", basis: str = "") -> "Due":
        """The last day of the period when it runs from the day after `start`; off a rest day it rolls later (TC-4)."""
        return self._due(start, 1, article=article, event=event, basis=basis)

    def before(self, day: date, *, article: Article | None = None, event: str = "", basis: str = "") -> "Due":
        """The latest day that leaves the whole period before `day`; off a rest day it rolls earlier (TC-8)."""
        return self._due(day, -1, article=article, event=event, basis=basis)

    def _due(self, start: date, sign: int, *, article: Article | None, event: str, basis: str) -> "Due":
        known = calendar()
        raw, end = self._reckon(start, sign, known)
        first, last = (start, end.day) if sign > 0 else (end.day, start)
        in_working_days = self.unit == Unit.WORKING_DAYS
        return Due(
            day=end.day,
            raw_day=raw,
            start=start,
            period=self,
            is_backward=sign < 0,
            article=article,
            event=event,
            basis=basis,
            unannounced=end.unannounced,
            makeup=tuple(d for d in known.makeup_days(first, last) if d != start) if in_working_days else (),
            holidays=tuple(d for d in known.holidays(first, last) if d != start) if in_working_days else (),
        )

    def _reckon(self, start: date, sign: int, known: Calendar) -> tuple[date, Reckoned]:
        if isinstance(start, datetime):
            raise TypeError(f"a period runs from a date, not from a moment: {start!r}")
        if self.unit == Unit.WORKING_DAYS:
            end = (known.add_workdays if sign > 0 else known.subtract_workdays)(start, self.value)
            return end.day, end
        raw = self._shift(start, sign)
        return raw, (known.roll_forward if sign > 0 else known.roll_back)(raw)

    def _shift(self, start: date, sign: int) -> date:
        if self.unit == Unit.DAYS:
            return start + timedelta(days=sign * self.value)
        months = sign * self.value * (12 if self.unit == Unit.YEARS else 1)
        year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
        return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Due:
    """The day a period ends on, at 24:00, with all that led to it."""

    day: date
    raw_day: date
    start: date
    period: Period
    is_backward: bool = False
    article: Article | None = None
    event: str = ""
    basis: str = ""
    unannounced: tuple[int, ...] = ()
    makeup: tuple[date, ...] = ()
    holidays: tuple[date, ...] = ()

    @property
    def rolled(self) -> bool:
        """Whether the last day fell on a rest day and was moved."""
        return self.day != self.raw_day

    @property
    def provisional(self) -> bool:
        """Whether the day may still move, a year's arrangement being unknown."""
        return bool(self.unannounced)

    @property
    def ends_at(self) -> datetime:
        """The moment the day is over: its 24:00 in Shanghai (TC-4)."""
        return datetime.combine(self.day + timedelta(days=1), time(0), SHANGHAI)

    def __str__(self) -> str:
        return self.explain()

    def explain(self) -> str:
        """One sentence saying which day it is, from what, by which article, and what moved it."""
        said = (self._origin(), self._moved(), self._worked(), self._free(), self._uncertain())
        return f"{self._say(self.day)} 24:00：" + "；".join(filter(None, said))

    def _origin(self) -> str:
        source = str(self.article) if self.article else self.basis
        counted = f"前{self.period}" if self.is_backward else f"次日起满{self.period}"
        return f"{self._say(self.start)}{self.event}{counted}" + (f"（{source}）" if source else "")

    def _moved(self) -> str:
        if not self.rolled:
            return ""
        verb = "提前" if self.is_backward else "顺延"
        return f"期限末日{self._say(self.raw_day)}为休息日，{verb}至{self._say(self.day)}"

    def _worked(self) -> str:
        return f"{'、'.join(map(self._say, self.makeup))}调休上班，计入工作日" if self.makeup else ""

    def _free(self) -> str:
        return f"{'、'.join(self._stretches())}放假，不计入" if self.holidays else ""

    def _uncertain(self) -> str:
        years = "、".join(f"{year}年" for year in self.unannounced)
        return f"{years}放假安排尚未公布，日期为暂定" if years else ""

    def _stretches(self) -> list[str]:
        stretches: list[list[date]] = []
        for day in self.holidays:
            if stretches and day - stretches[-1][-1] == timedelta(days=1):
                stretches[-1].append(day)
            else:
                stretches.append([day])
        return [self._say(days[0]) + (f"至{self._say(days[-1])}" if len(days) > 1 else "") for days in stretches]

    def _say(self, day: date) -> str:
        year = f"{day.year}年" if self.day.year != self.start.year else ""
        return f"{year}{day.month}月{day.day}日"
