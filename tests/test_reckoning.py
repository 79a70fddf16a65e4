"""Working days and periods over generated calendars, against an oracle that lists every day the slow and plain way."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from decisions import workdays
from decisions.periods import Period, Unit
from decisions.workdays import Calendar, YearNotice

ONE_DAY = timedelta(days=1)
SPAN = [date(2024, 1, 1) + ONE_DAY * number for number in range(1250)]
WEEKENDS = [day for day in SPAN if day.weekday() >= 5 and day.year < 2027]
stretches = st.lists(st.tuples(st.integers(0, 1080), st.integers(1, 9)), max_size=12)
calendars = st.builds(
    lambda off, made_up, known: (off, made_up, known),
    stretches.map(lambda found: {SPAN[first + more] for first, length in found for more in range(length)}),
    st.sets(st.sampled_from(WEEKENDS), max_size=10),
    st.sets(st.sampled_from([2024, 2025, 2026])),
)


def calendar_of(off: set[date], made_up: set[date], known: set[int]) -> Calendar:
    return Calendar(
        tuple(
            YearNotice(
                year,
                frozenset(day for day in off - made_up if day.year == year),
                frozenset(day for day in made_up if day.year == year),
            )
            for year in known
        )
    )


def worked_days(off: set[date], made_up: set[date], known: set[int]) -> list[date]:
    """Every worked day of the span, the slow and plain way."""
    worked = []
    for day in SPAN:
        ordinary = day.isoweekday() not in (6, 7)
        arranged = day.year in known and (day in made_up or day in off)
        if (day in made_up) if arranged else ordinary:
            worked.append(day)
    return worked


def uncertain(first: date, last: date, known: set[int]) -> bool:
    """Whether any day looked at may be moved by a notice not yet known."""
    looked_at = SPAN[SPAN.index(first) : SPAN.index(last) + 1]
    return any(day.year not in known or (day + 7 * ONE_DAY).year not in known for day in looked_at)


@settings(max_examples=1500, deadline=None)
@given(calendars, st.integers(200, 1000), st.integers(1, 60))
def test_working_days_agree_with_the_oracle(
    arrangement: tuple[set[date], set[date], set[int]], position: int, number: int
) -> None:
    known, worked, start = calendar_of(*arrangement), worked_days(*arrangement), SPAN[position]
    later, earlier = [day for day in worked if day > start], [day for day in reversed(worked) if day < start]
    forward, backward = known.add_workdays(start, number), known.subtract_workdays(start, number)
    assert (forward.day, backward.day) == (later[number - 1], earlier[number - 1])
    assert forward.provisional == uncertain(start + ONE_DAY, forward.day, arrangement[2])
    assert backward.provisional == uncertain(backward.day, start - ONE_DAY, arrangement[2])
    assert known.workdays_between(start, forward.day).workdays == number
    assert known.workdays_between(start, backward.day).workdays == -number


def same_day_months_on(start: date, months: int) -> date:
    """The corresponding day so many months on, found by walking there day by day."""
    step, day, month_changes = (ONE_DAY if months > 0 else -ONE_DAY), start.replace(day=1), 0
    while month_changes < abs(months):
        following = day + step
        month_changes += following.month != day.month
        day = following
    in_month = [each for each in SPAN if (each.year, each.month) == (day.year, day.month)]
    return in_month[min(start.day, len(in_month)) - 1]


@settings(max_examples=1500, deadline=None)
@given(calendars, st.integers(420, 760), st.integers(0, 12), st.sampled_from([Unit.DAYS, Unit.MONTHS, Unit.YEARS]))
def test_calendar_periods_agree_with_the_oracle(
    arrangement: tuple[set[date], set[date], set[int]], position: int, number: int, unit: Unit
) -> None:
    start, worked = SPAN[position], worked_days(*arrangement)
    period = Period(number % 2 if unit == Unit.YEARS else number, unit)
    with workdays.using(calendar_of(*arrangement)):
        forward, backward = period.after(start), period.before(start)
    for due, sign in ((forward, 1), (backward, -1)):
        months = sign * period.value * (12 if unit == Unit.YEARS else 1)
        raw = SPAN[position + sign * number] if unit == Unit.DAYS else same_day_months_on(start, months)
        reached = min(day for day in worked if day >= raw) if sign > 0 else max(day for day in worked if day <= raw)
        assert (due.raw_day, due.day) == (raw, reached)
        assert due.provisional == uncertain(min(raw, reached), max(raw, reached), arrangement[2])
