"""What slipped between a plan that was kept and the facts as they are: in words, with days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from workflows.planning import Plan


def kept_rows(plan: Plan) -> list[dict[str, Any]]:
    """The rows of a plan as they are kept."""
    return [
        {
            "key": row.activity.key,
            "title": row.activity.title,
            "start": row.run.start.isoformat(),
            "finish": row.run.finish.isoformat(),
            "expected": row.expected.finish.isoformat(),
        }
        for row in plan.rows
    ]


def slips(kept: list[dict[str, Any]], plan: Plan, done_on: Mapping[str, date]) -> list[str]:
    """Every step that is, or will be, later than the kept plan had it, and what joined or left the plan."""
    return [*_done_late(kept, plan, done_on), *_expected_late(kept, plan), *_joined(kept, plan)]


def _done_late(kept: list[dict[str, Any]], plan: Plan, done_on: Mapping[str, date]) -> Iterator[str]:
    owed = {row.activity.key for row in plan.rows}
    for each in kept:
        day, planned = done_on.get(each["key"]), date.fromisoformat(each["finish"])
        if each["key"] not in owed and day and day > planned:
            yield _("“%(title)s”于%(day)s办结，比计划的%(planned)s晚%(days)d日") % _words(each["title"], day, planned)


def _expected_late(kept: list[dict[str, Any]], plan: Plan) -> Iterator[str]:
    before = {each["key"]: each for each in kept}
    for row in plan.rows:
        if each := before.get(row.activity.key):
            yield from _later(row.activity.title, row.expected.finish, each)


def _later(title: str, expected: date, each: dict[str, Any]) -> Iterator[str]:
    """Past the plan's latest day; or, with room left, later than was expected when the plan was made."""
    latest, then = date.fromisoformat(each["finish"]), date.fromisoformat(each["expected"])
    if expected > latest:
        yield _("“%(title)s”预计最早%(day)s完成，比计划的%(planned)s晚%(days)d日") % _words(title, expected, latest)
    elif expected > then:
        yield _("“%(title)s”预计最早完成日期由%(planned)s推迟到%(day)s，推迟%(days)d日，仍在计划期限内") % _words(
            title, expected, then
        )


def _joined(kept: list[dict[str, Any]], plan: Plan) -> Iterator[str]:
    before = {each["key"] for each in kept}
    for row in plan.rows:
        if row.activity.key not in before:
            yield _("增加环节“%s”：草案修改或者新的事实使其应当履行") % row.activity.title


def _words(title: str, day: date, planned: date) -> dict[str, Any]:
    return {"title": title, "day": _say(day), "planned": _say(planned), "days": (day - planned).days}


def _say(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
