"""倒排工期: statutory periods laid backwards over the real calendar. Pure: dates and activities in, a plan out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from decisions.articles import Article
from decisions.periods import Period
from decisions.workdays import ONE_DAY, calendar

LONGEST = timedelta(days=1500)
"""How far the search for a date goes before it says that the calendar cannot hold the plan."""


@dataclass(frozen=True)
class Span:
    """A period between the start and the finish of an activity, with what it rests on."""

    period: Period
    is_law: bool
    basis: str
    article: Article | None = None
    is_backward: bool = False  # "seven days before the finish", instead of after the start

    def admits(self, start: date, finish: date) -> bool:
        """Whether the whole period lies between the two."""
        if self.is_backward:
            return start <= self.period.before(finish).day
        return self.period.after(start).day <= finish


@dataclass(frozen=True)
class Activity:
    """A step still owed, or a part of one: what it follows, the periods it takes, and what has already happened."""

    key: str
    title: str
    after: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    article: Article | None = None
    whole_last_day: bool = False  # its last day runs until 24:00, so what follows begins on the next
    started_on: date | None = None
    ends_on: date | None = None  # already announced: the end of a comment period, the day of a hearing
    note: str = ""

    def takes(self, by_law: bool) -> tuple[Span, ...]:
        """The periods that count: those of law only, or our own as well."""
        return tuple(span for span in self.spans if span.is_law or not by_law)

    def admits(self, start: date, finish: date, by_law: bool) -> bool:
        return start <= finish and all(span.admits(start, finish) for span in self.takes(by_law))


@dataclass(frozen=True)
class Run:
    """One activity from start to finish."""

    start: date
    finish: date


@dataclass(frozen=True)
class Forecast:
    """The earliest that can be, and the activities whose delay would delay the last of them."""

    runs: dict[str, Run]
    ready_on: date
    critical: tuple[str, ...]


def is_workday(day: date) -> bool:
    return calendar().is_workday(day)


def follows_on(activity: Activity, finish: date) -> date:
    """The first working day on which what comes after it may begin."""
    return calendar().roll_forward(finish + ONE_DAY if activity.whole_last_day else finish).day


def earliest_finish(activity: Activity, start: date, by_law: bool, today: date) -> date:
    """The first working day not past on which an activity begun then may be over."""
    if activity.ends_on:
        return activity.ends_on
    day = max(start, today)
    while not (is_workday(day) and activity.admits(start, day, by_law)):
        day += ONE_DAY
        if day - max(start, today) > LONGEST:
            raise ValueError(f"{activity.key} does not end")
    return day


def latest_start(activity: Activity, finish: date, by_law: bool) -> date:
    """The last working day on which it must begin to be over on that day."""
    day = finish
    while not (is_workday(day) and activity.admits(day, finish, by_law)):
        day -= ONE_DAY
        if finish - day > LONGEST:
            raise ValueError(f"{activity.key} does not begin")
    return day


def forecast(activities: Sequence[Activity], today: date, *, by_law: bool) -> Forecast:
    """Lay the activities forward from today; they come in an order in which each follows those it depends on."""
    runs: dict[str, Run] = {}
    known = {activity.key: activity for activity in activities}
    driver: dict[str, str] = {}
    for activity in activities:
        ready = {key: follows_on(known[key], runs[key].finish) for key in activity.after if key in known}
        opens = max([calendar().roll_forward(today).day, *ready.values()])
        start = activity.started_on or opens
        finish = earliest_finish(activity, start, by_law, max(today, *ready.values()) if ready else today)
        runs[activity.key] = Run(start, finish)
        if ready:
            driver[activity.key] = max(ready, key=lambda key: ready[key])
    last = activities[-1]
    return Forecast(runs, runs[last.key].finish, tuple(_chain(last.key, driver)))


def _chain(key: str, driver: dict[str, str]) -> list[str]:
    chain = [key]
    while chain[-1] in driver:
        chain.append(driver[chain[-1]])
    return chain[::-1]


def latest(activities: Sequence[Activity], target: date, *, by_law: bool) -> dict[str, Run]:
    """Lay the activities backwards from the target, the day of the last one."""
    runs: dict[str, Run] = {}
    for activity in reversed(activities):
        bounds = [_bound(activity, runs[each.key].start) for each in activities if activity.key in each.after]
        finish = min(bounds, default=calendar().roll_back(target).day)
        if activity.ends_on and activity.ends_on <= finish:
            finish = activity.ends_on
        start = activity.started_on or latest_start(activity, finish, by_law)
        runs[activity.key] = Run(start, finish)
    return runs


def _bound(activity: Activity, next_start: date) -> date:
    """The last working day on which it may finish for the next one to begin then."""
    return calendar().roll_back(next_start - ONE_DAY if activity.whole_last_day else next_start).day


# --- The plan for a target --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """An activity in a plan: the latest dates that keep the target, and the earliest that can be expected."""

    activity: Activity
    run: Run
    expected: Run
    is_critical: bool

    @property
    def is_late(self) -> bool:
        """Whether it cannot be over by the day the plan needs it."""
        return self.expected.finish > self.run.finish

    @property
    def slack(self) -> int:
        """Working days it may still be put off."""
        return calendar().workdays_between(self.expected.finish, self.run.finish).workdays

    @property
    def short(self) -> int:
        """Working days by which it comes too late."""
        return -self.slack


@dataclass(frozen=True)
class Impossible:
    """Why a target cannot be kept: one sentence and the article."""

    sentence: str
    article: Article | None


@dataclass(frozen=True)
class Plan:
    """A target with its rows; `by_law` says that our own periods had to give way to keep it."""

    target: date
    rows: tuple[Row, ...]
    lawful: Forecast
    planned: Forecast
    by_law: bool
    impossible: tuple[Impossible, ...] = ()
    unannounced: tuple[int, ...] = field(default=())

    @property
    def is_possible(self) -> bool:
        return not self.impossible


def plan(activities: Sequence[Activity], target: date, today: date) -> Plan:
    """The plan for a target: our own periods count where there is time for them, those of law always."""
    lawful = forecast(activities, today, by_law=True)
    planned = forecast(activities, today, by_law=False)
    aim = calendar().roll_back(target).day
    by_law = aim < planned.ready_on
    ahead, runs = (lawful if by_law else planned), latest(activities, target, by_law=by_law)
    rows = tuple(Row(each, runs[each.key], ahead.runs[each.key], each.key in ahead.critical) for each in activities)
    reasons = tuple(_reasons(activities, lawful, aim)) if aim < lawful.ready_on else ()
    first = min([today, *(run.start for run in runs.values())])
    return Plan(target, rows, lawful, planned, by_law, reasons, calendar().unannounced(first, max(target, aim)))


def _reasons(activities: Sequence[Activity], lawful: Forecast, aim: date) -> Iterator[Impossible]:
    """The periods of law on the critical path, which no arrangement shortens; then what they come to."""
    for activity in activities:
        if activity.key in lawful.critical:
            run = lawful.runs[activity.key]
            for span in activity.takes(by_law=True):
                yield Impossible(_sentence(activity, span, run), span.article)
    short = calendar().workdays_between(aim, lawful.ready_on).workdays
    yield Impossible(f"依法最早为{said(lawful.ready_on)}，目标日期早了{short}个工作日", None)


def _sentence(activity: Activity, span: Span, run: Run) -> str:
    """From when the period runs at the earliest, and until when."""
    begun = f"“{activity.title}”{'自' if activity.started_on else '最早自'}{said(run.start)}起"
    if span.is_backward:
        return f"{begun}准备，材料应当提前{span.period}送达，最早{said(run.finish)}举行"
    return f"{begun}，次日起满{span.period}，最早{said(run.finish)}完成"


def said(day: date) -> str:
    """A day in words, with its year."""
    return f"{day.year}年{day.month}月{day.day}日"
