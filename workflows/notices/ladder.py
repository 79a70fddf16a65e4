"""The ladder: who is told how many working days before and after a due day, by authority and step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from decisions.clock import SHANGHAI
from decisions.workdays import calendar
from workflows.models import Rung
from workflows.terms import Colour, Tier

PERSON, UNIT_HEAD, LEADER, CHIEF, SUPERVISOR = Tier.values

LADDER = (
    Rung(offset=-3, tiers=[PERSON]),
    Rung(offset=-1, tiers=[PERSON]),
    Rung(offset=0, tiers=[PERSON]),
    Rung(offset=1, colour=Colour.BLUE, tiers=[PERSON, UNIT_HEAD, SUPERVISOR]),
    Rung(offset=3, colour=Colour.YELLOW, tiers=[PERSON, UNIT_HEAD, LEADER, SUPERVISOR]),
    Rung(offset=5, colour=Colour.RED, tiers=[PERSON, UNIT_HEAD, LEADER, CHIEF, SUPERVISOR]),
)
"""What holds where an authority has set nothing of its own; offsets are working days from the due day."""

AGAIN_AFTER = 5
"""Working days after which the last rung is climbed again, for as long as nobody acts: nothing falls silent."""

HOUR = time(8)
"""When notices are raised on their day (Shanghai)."""


@dataclass(frozen=True)
class Climb:
    """One rung with the moment it is reached for one due day."""

    moment: datetime
    offset: int
    rung: Rung

    @property
    def name(self) -> str:
        return f"{self.offset:+d}"


@dataclass(frozen=True)
class Standing:
    """Where a due day stands on its ladder now: the rungs reached, latest last, and when the next one is."""

    reached: tuple[Climb, ...]
    next_at: datetime


class Ladders:
    """The ladders of some authorities, read at once; days are reckoned once for each ladder."""

    def __init__(self, authorities: Iterable[int], now: datetime) -> None:
        self.now = now
        self._own: dict[tuple[int, str], list[Rung]] = defaultdict(list)
        for rung in Rung.objects.filter(authority__in=authorities).order_by("offset"):
            self._own[rung.authority_id, rung.step].append(rung)
        self._known: dict[tuple[int, str, date], Standing] = {}

    def of(self, authority: int, step: str) -> Sequence[Rung]:
        """The authority's ladder for the step, else its own for every step, else ours."""
        return self._own.get((authority, step)) or self._own.get((authority, "")) or LADDER

    def standing(self, authority: int, step: str, due_on: date) -> Standing:
        """Which rungs are reached by now, and when the next one will be."""
        key = (authority, step, due_on)
        if key not in self._known:
            self._known[key] = standing(self.of(authority, step), due_on, self.now)
        return self._known[key]


def standing(rungs: Sequence[Rung], due_on: date, now: datetime) -> Standing:
    """Climb until the first rung that lies ahead."""
    reached: list[Climb] = []
    for climb in climbs(rungs, due_on):
        if climb.moment > now:
            return Standing(tuple(reached), climb.moment)
        reached.append(climb)
    raise AssertionError("a ladder has no end")


def climbs(rungs: Sequence[Rung], due_on: date) -> Iterator[Climb]:
    """Every rung of a due day in order, then the last one again and again."""
    for rung in rungs:
        yield Climb(moment_of(due_on, rung.offset), rung.offset, rung)
    offset = max(rungs[-1].offset, 0)
    while True:
        offset += AGAIN_AFTER
        yield Climb(moment_of(due_on, offset), offset, rungs[-1])


def moment_of(due_on: date, offset: int) -> datetime:
    """The morning of the working day that lies so many working days from the due day."""
    days = calendar()
    found = days.add_workdays(due_on, offset) if offset > 0 else days.subtract_workdays(due_on, -offset)
    return datetime.combine(found.day, HOUR, SHANGHAI)


def tomorrow_morning(now: datetime) -> datetime:
    """When what nobody acknowledged is said again: the next working day."""
    return datetime.combine(calendar().next_workday(now.astimezone(SHANGHAI).date()).day, HOUR, SHANGHAI)
