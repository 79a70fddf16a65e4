"""Where an act went another way than its case expects."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from viewflow.workflow.models import Task

from decisions import clock
from decisions.rules import Position, Rule, rule
from workflows.play.days import NotADay, within
from workflows.play.grounds import Reason, covers, written
from workflows.play.marks import Section

if TYPE_CHECKING:
    from decisions.models import Decision, Opinion
    from workflows.play.case import Act


def open_tasks(decision: Decision) -> list[Task]:
    """The decision's open tasks and waits."""
    return list(
        Task.objects.filter(
            process__decisionprocess__decision=decision, finished__isnull=True, flow_task_type__in=("HUMAN", "WAIT")
        ).order_by("pk")
    )


def open_steps(decision: Decision | None) -> list[str]:
    """Names of the steps and waits that are open."""
    return sorted(task.flow_task.name for task in open_tasks(decision)) if decision else []


def differences(act: Act, reasons: list[Reason]) -> Iterator[str]:
    """How the result differs from what is expected of the act."""
    expected = act.expected
    if expected.is_accepted:
        if reasons:
            yield "应当通过，但被拒绝"
        return
    if not reasons:
        yield "应当被拒绝，但已通过"
        return
    given = [reason.article for reason in reasons if reason.article]
    for article in expected.articles:
        if not any(covers(article, each) for each in given):
            yield f"拒绝依据应当有{written(article)}，实际为{'、'.join(map(written, given)) or '（无）'}"
    for ground in expected.grounds:
        if ground not in {reason.ground for reason in reasons}:
            yield f"拒绝原因应当是{ground.value}"
    for words in expected.words:
        if not any(words in str(reason) for reason in reasons):
            yield f"拒绝理由中应当有“{words}”"


def unmet(act: Act, decision: Decision | None, today: date) -> Iterator[str]:
    """What the act's `then` says and the facts do not."""
    expectations = {key: EXPECTED[key](act.then, today) for key in act.then}
    if decision is None:
        yield from ["事项并未提出"] if expectations else []
        return
    for key, expected in expectations.items():
        actual = ACTUAL[key](act.then, decision)
        if expected != actual:
            yield f"{key} 应当是{shown(expected)}，实际为{shown(actual)}"


def _steps(then: Section, key: str) -> list[str]:
    steps = then.texts(key)
    for step in steps:
        if step not in Rule.registry and step != "evaluation_period":
            raise then.wrong(key, f"没有“{step}”这一环节")
    return sorted(steps)


def _days(then: Section, key: str, today: date) -> dict[str, date]:
    days = then.section(key)
    try:
        return {step: within(days.get(step), clock.today(), today) for step in _steps_of(days)}
    except NotADay as error:
        raise then.wrong(key, str(error)) from error


def _steps_of(days: Section) -> list[str]:
    for step in days:
        if step not in Rule.registry:
            raise days.wrong(step, f"没有“{step}”这一环节")
    return list(days)


def _number(then: Section, key: str) -> int:
    value = then.get(key)
    if type(value) is not int:
        raise then.wrong(key, "应当是整数")
    return value


def _owed(decision: Decision) -> list[str]:
    position = Position.of(decision)
    return sorted(step for step in position.needed if position.owes(step) and rule(step).exempted_by)


def _days_of(then: Section, decision: Decision, key: str) -> dict[str, date]:
    """The due or earliest day of the open steps named."""
    found: dict[str, date] = {}
    for task in open_tasks(decision):
        step = task.flow_task.name
        if step in then.section(key):
            due: Any = getattr(rule(step), key)(decision, clock.day_of(task.created))
            if due:
                found[step] = due.day
    return found


def _answer(opinion: Opinion) -> str:
    """What became of an opinion: the last answer holds."""
    last = opinion.answers.last()
    return last.adoption if last else "open"


EXPECTED: dict[str, Any] = {
    "open": lambda then, _today: _steps(then, "open"),
    "owes": lambda then, _today: _steps(then, "owes"),
    "status": lambda then, _today: then.text("status"),
    "draft": lambda then, _today: _number(then, "draft"),
    "opinions": lambda then, _today: _number(then, "opinions"),
    "names": lambda then, _today: then.texts("names"),
    "answers": lambda then, _today: then.texts("answers"),
    "due": lambda then, today: _days(then, "due", today),
    "earliest": lambda then, today: _days(then, "earliest", today),
}
ACTUAL: dict[str, Any] = {
    "open": lambda _then, decision: open_steps(decision),
    "owes": lambda _then, decision: _owed(decision),
    "status": lambda _then, decision: decision.status,
    "draft": lambda _then, decision: decision.current_draft.number if decision.current_draft else 0,
    "opinions": lambda _then, decision: decision.opinions.count(),
    "names": lambda _then, decision: [opinion.masked_name for opinion in decision.opinions.all()],
    "answers": lambda _then, decision: [_answer(opinion) for opinion in decision.opinions.all()],
    "due": lambda then, decision: _days_of(then, decision, "due"),
    "earliest": lambda then, decision: _days_of(then, decision, "earliest"),
}


def shown(value: Any) -> str:
    """A value in a message."""
    if isinstance(value, dict):
        return "、".join(f"{key} {day}" for key, day in value.items()) or "（无）"
    return "、".join(value) or "（无）" if isinstance(value, list) else str(value)
