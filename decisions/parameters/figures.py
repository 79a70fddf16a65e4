"""One figure or need of one jurisdiction from one day on, with where it comes from and how sure that is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from decisions.articles import Article
from decisions.parameters.keys import COMMENTS, FLAG, KEYS, OPINIONS, PERIODS, PERSONS, SHARES, YEARLY_DAY, Need, Sense
from decisions.parameters.keys import SHARE_EXCEEDED as EXCEEDED
from decisions.periods import Due, Period, Unit

BOUNDS = {Sense.MINIMUM: "不少于", Sense.MAXIMUM: "不超过", Sense.FREE: ""}
COUNTED = {PERSONS: "人", OPINIONS: "份", COMMENTS: "条"}


class Hardness(StrEnum):
    """What follows when a figure is not kept."""

    HARD = "hard"  # refused
    GENERALLY = "generally"  # refused unless a reason is recorded
    BUDGET = "budget"  # never refused: shown as overdue and chased


class Status(StrEnum):
    """How well the figure is verified, as the fact sheet marks it."""

    VERIFIED = "V"
    SECONDARY = "Vs"
    MEMORY = "M"
    OWN = "I"


@dataclass(frozen=True)
class Source:
    """Where a figure or need stands: jurisdiction, day it takes effect, article, and how sure it is."""

    jurisdiction: str
    key: str
    since: date
    status: Status
    article: Article | None = None
    note: str = ""

    @property
    def is_law(self) -> bool:
        """Whether the value itself was read in an instrument; if not it is a setting and is never shown as law."""
        return self.status in (Status.VERIFIED, Status.SECONDARY)

    @property
    def basis(self) -> str:
        """Where the value comes from, in Chinese: the article, or that it is a setting."""
        if self.is_law:
            return str(self.article or "")
        return "内部设定，非法定" + (f"，参照{self.article}" if self.article else "")


@dataclass(frozen=True, kw_only=True)
class Requirement(Source):
    """When one step is required."""

    need: Need


@dataclass(frozen=True, kw_only=True)
class Figure(Source):
    """One figure. Its unit says what the value is: a whole number, a Fraction for a share, true or false, or (month,
    day) for a day in every year; None says that the jurisdiction sets none."""

    value: Any
    unit: str
    hardness: Hardness = Hardness.HARD

    def __bool__(self) -> bool:
        return self.value is not None and self.value is not False

    @property
    def sense(self) -> Sense:
        """Whether the figure is a minimum, a maximum, or neither."""
        return KEYS[self.key].sense

    @property
    def period(self) -> Period:
        """The figure as a period; an error when it is none."""
        if self.unit not in PERIODS or self.value is None:
            raise TypeError(f"{self.jurisdiction} sets no period for {self.key}; ask whether the figure is set first")
        return Period(self.value, Unit(self.unit))

    def after(self, start: date, *, event: str = "") -> Due:
        """The last day of this period after `start`, explained with this figure's article."""
        return self.period.after(start, article=self._cited, event=event, basis=self.basis)

    def before(self, day: date, *, event: str = "") -> Due:
        """The latest day that leaves this period before `day`, explained with this figure's article."""
        return self.period.before(day, article=self._cited, event=event, basis=self.basis)

    def day_in(self, year: int) -> date:
        """The day in this year of a figure that is a date in every year."""
        if self.unit != YEARLY_DAY or self.value is None:
            raise TypeError(f"{self.jurisdiction} sets no day of the year for {self.key}")
        return date(year, *self.value)

    def is_met_by(self, actual: int | Fraction) -> bool:
        """Whether a count or share reaches the figure; one that is not set is always met."""
        if self.value is None:
            return True
        if self.unit not in (*SHARES, *COUNTED):
            raise TypeError(f"{self.key} is no count or share; compare days instead")
        return bool(actual > self.value if self.unit == EXCEEDED else actual >= self.value)

    def __str__(self) -> str:
        return "无规定" if self.value is None else in_words(self.value, self.unit)

    @property
    def demand(self) -> str:
        """The figure with its bound: 不少于7个工作日, 不超过20个工作日, 超过1/2."""
        if self.value is None or self.unit in (FLAG, EXCEEDED, YEARLY_DAY):
            return str(self)
        return BOUNDS[self.sense] + str(self)

    @property
    def _cited(self) -> Article | None:
        return self.article if self.is_law else None


def in_words(value: Any, unit: str) -> str:
    """A value with its unit in Chinese."""
    if isinstance(value, tuple):
        return "每年{}月{}日前".format(*value)
    if unit == FLAG:
        return "是" if value else "否"
    if unit in SHARES:
        return ("超过" if unit == EXCEEDED else "") + str(value)
    return f"{value}{COUNTED[unit]}" if unit in COUNTED else str(Period(int(value), Unit(unit)))
