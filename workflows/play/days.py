"""Days as a case writes them: a date, `today - 45`, or so long after the act before."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from decisions import clock
from decisions.periods import Period, Unit
from decisions.workdays import calendar

UNITS = {
    "": Unit.DAYS,
    "day": Unit.DAYS,
    "days": Unit.DAYS,
    "working day": Unit.WORKING_DAYS,
    "working days": Unit.WORKING_DAYS,
    "month": Unit.MONTHS,
    "months": Unit.MONTHS,
}
LENGTH = r"(?P<number>\d{1,4}) ?(?P<unit>(?:working )?days?|months?|)"
RELATIVE = re.compile(rf"today(?: ?(?P<sign>[-+]) ?{LENGTH})?")
SHIFT = re.compile(rf"(?P<sign>[-+]) ?{LENGTH}")
LATER = re.compile(LENGTH)

WAYS = "2024-04-08、2024-04-08 14:30、today、today - 45、today - 12 working days"


LAST_YEAR = 2100
"""The last year a case can live in."""


class NotADay(ValueError):
    """Words that name no day."""


def moment(written: Any, today: date) -> date:
    """The day or moment written; one relative to today is rolled forward to a working day, but not beyond today."""
    named = _named(written, today)
    if named.year > LAST_YEAR:
        raise NotADay(f"“{written}”晚于{LAST_YEAR}年，请核对年份")
    return named


def _named(written: Any, today: date) -> date:
    if isinstance(written, datetime):
        return written if written.tzinfo else written.replace(tzinfo=clock.SHANGHAI)
    if isinstance(written, date):
        return written
    if match := RELATIVE.fullmatch(str(written)):
        return _relative(match, today)
    try:
        parsed = datetime.fromisoformat(str(written))
    except ValueError:
        raise NotADay(f"“{written}”不是日期；可以写：{WAYS}") from None
    return parsed.date() if len(str(written)) <= 10 else parsed.replace(tzinfo=clock.SHANGHAI)


def _relative(match: re.Match[str], today: date) -> date:
    day = _shifted(match, today) if match["sign"] else today
    known = calendar()
    rolled = known.roll_forward(day).day
    return rolled if rolled <= today or day > today else min(known.roll_back(day).day, today)


def later(written: Any, start: date) -> date:
    """The day so long after another: `3 days`, `7 working days`, `2 months`. Rest days are not rolled."""
    match = LATER.fullmatch(str(written))
    if match is None:
        raise NotADay(f"“{written}”不是时间长度；可以写：3 days、7 working days、2 months")
    return _after(match, start, 1)


def within(written: Any, on: date, today: date) -> date:
    """A day in an act's fields: as `moment`, or counted from the day of the act: `+30 days`, `-2 working days`."""
    match = SHIFT.fullmatch(str(written))
    if match is None:
        return moment(written, today)
    return _shifted(match, on)


def _shifted(match: re.Match[str], start: date) -> date:
    return _after(match, start, -1 if match["sign"] == "-" else 1)


def _after(match: re.Match[str], start: date, sign: int) -> date:
    try:
        day = _reckoned(int(match["number"]), UNITS[match["unit"]], start, sign)
    except (OverflowError, ValueError):
        day = date.max
    if day.year > LAST_YEAR:
        raise NotADay(f"“{match[0]}”超出了可以推算的日期")
    return day


def _reckoned(number: int, unit: Unit, start: date, sign: int) -> date:
    if unit == Unit.DAYS:
        return start + timedelta(days=sign * number)
    period = Period(number, unit)
    count: Callable[[date], Any] = period.after if sign > 0 else period.before
    due = count(start)
    return due.day if unit == Unit.WORKING_DAYS else due.raw_day
