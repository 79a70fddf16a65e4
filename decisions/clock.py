"""The one clock of the house: what moment it is now, and which day it is where the law counts days (TC-10)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPENING = time(9, 0)


class Clock:
    """A clock that stands still until it is set or advanced."""

    def __init__(self, moment: date) -> None:
        self.moment = as_moment(moment)

    def set(self, moment: date) -> datetime:
        """Put the clock to this moment; a bare date means 09:00 in Shanghai."""
        self.moment = as_moment(moment)
        return self.moment

    def advance(self, **duration: float) -> datetime:
        """Move the clock by a duration given as `timedelta` takes it: `days=3`, `hours=2`."""
        self.moment += timedelta(**duration)
        return self.moment


_set_clock: ContextVar[Clock | None] = ContextVar("decisions.clock", default=None)


def now() -> datetime:
    """The present moment, aware: the clock that was set, else Django's."""
    clock = _set_clock.get()
    return clock.moment if clock else timezone.now()


def today() -> date:
    """The present calendar day in Asia/Shanghai."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The calendar day in Asia/Shanghai on which an aware moment falls."""
    return moment.astimezone(SHANGHAI).date()


def as_moment(moment: date) -> datetime:
    """An aware moment from an aware datetime, or from a date as 09:00 in Shanghai."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, OPENING, SHANGHAI)
    if moment.tzinfo is None:
        raise ValueError(f"the clock takes aware moments only, not {moment!r}")
    return moment


@contextmanager
def at(moment: date) -> Iterator[Clock]:
    """Let the enclosed code live at this moment; the clock it yields can be set and advanced."""
    clock = Clock(moment)
    token = _set_clock.set(clock)
    try:
        yield clock
    finally:
        _set_clock.reset(token)
