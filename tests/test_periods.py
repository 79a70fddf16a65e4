"""Periods as articles 200 to 204 of the Civil Code count them, and due dates that explain themselves."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from decisions import clock, workdays
from decisions.articles import Article
from decisions.periods import Due, Period, Unit


def days(number: int) -> Period:
    return Period(number, Unit.DAYS)


def working(number: int) -> Period:
    return Period(number, Unit.WORKING_DAYS)


@pytest.fixture(autouse=True)
def _only_packaged_notices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workdays, "_provider", None)


@pytest.mark.parametrize(
    ("reckon", "start", "day", "raw"),
    [
        (days(30).after, date(2025, 3, 7), date(2025, 4, 7), date(2025, 4, 6)),
        (days(30).after, date(2022, 4, 11), date(2022, 5, 11), date(2022, 5, 11)),
        (days(7).before, date(2023, 10, 20), date(2023, 10, 13), date(2023, 10, 13)),
        (days(7).before, date(2026, 10, 12), date(2026, 9, 30), date(2026, 10, 5)),
        (working(7).before, date(2026, 10, 12), date(2026, 9, 24), date(2026, 9, 24)),
        (Period(1, Unit.MONTHS).after, date(2025, 1, 31), date(2025, 2, 28), date(2025, 2, 28)),
        (Period(1, Unit.YEARS).after, date(2024, 2, 29), date(2025, 2, 28), date(2025, 2, 28)),
        (Period(3, Unit.MONTHS).before, date(2026, 5, 31), date(2026, 2, 28), date(2026, 2, 28)),
        (working(0).after, date(2026, 10, 1), date(2026, 10, 8), date(2026, 10, 8)),
    ],
)
def test_a_period_ends_on_a_day_that_is_worked(
    reckon: Callable[[date], Due], start: date, day: date, raw: date
) -> None:
    due = reckon(start)
    assert (due.day, due.raw_day, due.rolled) == (day, raw, day != raw)


def test_a_due_date_ends_at_midnight_in_shanghai() -> None:
    due = days(30).after(date(2026, 11, 4))
    assert due.ends_at == datetime(2026, 12, 5, tzinfo=clock.SHANGHAI)
    assert due.ends_at.isoformat() == "2026-12-05T00:00:00+08:00"


COMMENT, REVIEW = Article("SC713", 15, 1), Article("SC713", 26, 2)
EXPLAINED: list[tuple[Callable[[], Due], list[str]]] = [
    (
        lambda: days(30).after(date(2026, 11, 4), article=COMMENT, event="公布"),
        ["12月4日 24:00：11月4日公布次日起满30日（《重大行政决策程序暂行条例》第十五条第一款）"],
    ),
    (
        lambda: days(30).after(date(2025, 3, 7), article=COMMENT, event="公布"),
        [
            "4月7日 24:00：3月7日公布次日起满30日（《重大行政决策程序暂行条例》第十五条第一款）",
            "期限末日4月6日为休息日，顺延至4月7日",
        ],
    ),
    (
        lambda: days(7).before(date(2026, 10, 12), event="听证会"),
        ["9月30日 24:00：10月12日听证会前7日", "期限末日10月5日为休息日，提前至9月30日"],
    ),
    (
        lambda: working(7).after(date(2026, 2, 12), article=REVIEW, event="收到"),
        [
            "2月28日 24:00：2月12日收到次日起满7个工作日（《重大行政决策程序暂行条例》第二十六条第二款）",
            "2月14日、2月28日调休上班，计入工作日",
            "2月15日至2月23日放假，不计入",
        ],
    ),
    (
        lambda: working(40).after(date(2026, 11, 20), event="收到", basis="内部设定，非法定"),
        [
            "2027年1月15日 24:00：2026年11月20日收到次日起满40个工作日（内部设定，非法定）",
            "2027年放假安排尚未公布，日期为暂定",
        ],
    ),
    (lambda: Period(3, Unit.MONTHS).after(date(2026, 1, 15)), ["4月15日 24:00：1月15日次日起满3个月"]),
]


@pytest.mark.parametrize(("reckon", "parts"), EXPLAINED)
def test_a_due_date_explains_itself(reckon: Callable[[], Due], parts: list[str]) -> None:
    assert reckon().explain() == str(reckon()) == "；".join(parts)


def test_a_period_refuses_what_it_cannot_count() -> None:
    for refused in (days(3).after, working(3).before):
        with pytest.raises(TypeError, match="not from a moment"):
            refused(clock.as_moment(date(2026, 1, 5)))
    with pytest.raises(ValueError, match="-1"):
        days(-1)
