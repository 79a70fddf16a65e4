"""Working days as the State Council's yearly notices arrange them, and what happens where a notice is missing."""

from datetime import date

import pytest

from decisions import clock, workdays
from decisions.periods import Period, Unit
from decisions.workdays import Calendar, YearNotice

NOTICE_2027 = YearNotice(2027, frozenset({date(2026, 12, 31), date(2027, 1, 1)}), frozenset({date(2027, 1, 9)}))


@pytest.fixture(autouse=True)
def _only_packaged_notices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workdays, "_provider", None)


@pytest.mark.parametrize(
    ("start", "number", "due"),
    [
        ("2026-09-18", 20, "2026-10-22"),
        ("2026-10-22", 20, "2026-11-19"),
        ("2026-09-18", 7, "2026-09-29"),
        ("2026-09-18", 15, "2026-10-15"),
        ("2026-04-28", 20, "2026-05-28"),
        ("2026-05-28", 20, "2026-06-26"),
        ("2026-04-28", 7, "2026-05-11"),
        ("2026-11-20", 20, "2026-12-18"),
        ("2026-04-29", 7, "2026-05-12"),
        ("2026-02-12", 7, "2026-02-28"),  # a Saturday that is worked
    ],
)
def test_it_counts_working_days_over_holidays_and_makeup_days(start: str, number: int, due: str) -> None:
    reckoned = workdays.calendar().add_workdays(date.fromisoformat(start), number)
    assert (reckoned.day.isoformat(), reckoned.provisional) == (due, False)


@pytest.mark.parametrize(
    ("year", "worked"),
    list(enumerate([250, 250, 249, 250, 249, 249, 251, 248, 248], start=2018)),
)
def test_it_knows_how_many_days_a_year_has(year: int, worked: int) -> None:
    between = workdays.calendar().workdays_between(date(year - 1, 12, 31), date(year, 12, 31))
    assert between.workdays == worked


def test_it_follows_the_arrangement_for_2026() -> None:
    known, year = workdays.calendar(), (date(2026, 1, 1), date(2026, 12, 31))
    worked = [(day.month, day.day) for day in known.makeup_days(*year)]
    assert worked == [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]
    off = [day for day in known.holidays(*year) if day.month == 2]
    assert (off[0].day, off[-1].day, len(off)) == (15, 23, 9)


def test_it_finds_the_working_days_around_a_day() -> None:
    known, eve = workdays.calendar(), date(2026, 9, 30)
    assert known.next_workday(eve).day == date(2026, 10, 8)
    assert known.previous_workday(date(2026, 10, 8)).day == eve
    assert known.roll_forward(eve).day == known.roll_back(eve).day == eve
    assert known.workdays_between(eve, date(2026, 10, 10)).workdays == 3


def test_it_refuses_what_it_cannot_count() -> None:
    with pytest.raises(TypeError, match="not moments"):
        workdays.calendar().is_workday(clock.as_moment(date(2026, 1, 5)))
    with pytest.raises(ValueError, match="other direction"):
        workdays.calendar().add_workdays(date(2026, 1, 5), -1)


# ---- years without a notice


def test_a_year_without_a_notice_is_provisional_and_never_guessed() -> None:
    known = Calendar().with_notice(YearNotice(2026, frozenset(), frozenset()))
    assert known.is_workday(date(2027, 10, 1))
    assert not known.add_workdays(date(2026, 12, 1), 10).provisional
    assert known.add_workdays(date(2026, 12, 1), 30).unannounced == (2027,)
    assert known.subtract_workdays(date(2026, 1, 5), 5).unannounced == (2025,)


def test_the_last_days_of_december_wait_for_the_next_years_notice() -> None:
    with workdays.using(workdays.packaged()) as known:
        assert not known.roll_forward(date(2026, 12, 24)).provisional
        assert known.roll_forward(date(2026, 12, 25)).provisional
        assert Period(1, Unit.DAYS).after(date(2026, 12, 30)).unannounced == (2027,)
    with workdays.using(known.with_notice(NOTICE_2027)):
        due = Period(1, Unit.DAYS).after(date(2026, 12, 30))
    assert (due.day, due.rolled, due.provisional) == (date(2027, 1, 4), True, False)


@pytest.fixture
def imported() -> list[YearNotice]:
    notices: list[YearNotice] = []
    workdays.set_provider(lambda: notices)
    return notices


def test_an_imported_notice_moves_what_was_provisional(imported: list[YearNotice]) -> None:
    before = Period(7, Unit.WORKING_DAYS).after(date(2026, 12, 28))
    imported.append(NOTICE_2027)
    after = Period(7, Unit.WORKING_DAYS).after(date(2026, 12, 28))
    assert (before.day, before.provisional) == (date(2027, 1, 6), True)
    assert (after.day, after.provisional, after.makeup) == (date(2027, 1, 8), False, ())


def test_an_imported_notice_replaces_the_packaged_one_for_its_year(imported: list[YearNotice]) -> None:
    imported.append(YearNotice(2026, frozenset({date(2026, 3, 2)}), frozenset()))
    known = workdays.calendar()
    assert not known.is_workday(date(2026, 3, 2))
    assert known.is_workday(date(2026, 10, 1))
    assert not known.is_workday(date(2025, 10, 1))


@pytest.mark.parametrize(
    ("off", "made_up", "complaint"),
    [
        ({date(2027, 1, 2)}, {date(2027, 1, 2)}, "both"),
        (set(), {date(2027, 1, 4)}, "no weekend day"),
        ({date(2026, 12, 24)}, set(), "does not belong"),
        ({date(2028, 1, 1)}, set(), "does not belong"),
    ],
)
def test_a_notice_that_cannot_be_right_is_refused(off: set[date], made_up: set[date], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        YearNotice(2027, frozenset(off), frozenset(made_up))
