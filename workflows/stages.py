"""The statutory bar: nine stages from initiation to implementation, each with its state and its date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.rules import STEPS
from decisions.terms import Outcome, Status
from workflows.deadlines import said
from workflows.nodes import Wait
from workflows.readiness import Standing, state_of

if TYPE_CHECKING:
    from decisions.models import StepRecord

STAGES: dict[str, Any] = {
    "initiation": gettext_lazy("决策启动"),
    "drafting": gettext_lazy("草案拟订"),
    "participation": gettext_lazy("公众参与"),
    "expert": gettext_lazy("专家论证"),
    "risk": gettext_lazy("风险评估"),
    "review": gettext_lazy("合法性审查"),
    "decision": gettext_lazy("集体讨论决定"),
    "publication": gettext_lazy("公布归档"),
    "implementation": gettext_lazy("执行评估"),
}
"""Stage key of the rules and its official name, in order."""

STEPS_OF = {stage: [step.key for step in STEPS if step.stage == stage] for stage in STAGES}
ENDED = (Status.CLOSED, Status.SUPERSEDED)
STAGE_OF_NODE = {"evaluation_period": "implementation"}


@dataclass(frozen=True)
class Stage:
    """One stage as the bar shows it: label, state, and a day in words."""

    key: str
    label: str
    state: str
    on: str = ""
    url: str = ""


def stages(standing: Standing) -> list[Stage]:
    """The nine stages of a matter."""
    return [_stage(key, str(label), standing) for key, label in STAGES.items()]


def _stage(key: str, label: str, standing: Standing) -> Stage:
    tasks = [task for task in standing.tasks.values() if stage_of(task.flow_task) == key]
    if tasks:
        return Stage(key, label, _open_state(tasks, standing), _last_day(tasks))
    records = [standing.records[step] for step in STEPS_OF[key] if step in standing.records]
    state = _closed_state(key, records, standing)
    last = max((record.completed_on for record in records), default=None)
    return Stage(key, label, state, said(last) if last and state in ("done", "exempt", "refused") else "")


def stage_of(node: Any) -> str:
    """The stage in which a node of a flow stands."""
    return STAGE_OF_NODE.get(node.name, "") if isinstance(node, Wait) else str(node.rule.stage)


def _open_state(tasks: list[Any], standing: Standing) -> str:
    if all(isinstance(task.flow_task, Wait) for task in tasks):
        return "waiting"
    states = {state_of(task.flow_task.rule, standing) for task in tasks if not isinstance(task.flow_task, Wait)}
    return "overdue" if "overdue" in states else "now"


def _last_day(tasks: list[Any]) -> str:
    days = [task.watch.due_on for task in tasks if task.watch.due_on]
    return _("至%s") % said(min(days)) if days else ""


def _closed_state(key: str, records: list[StepRecord], standing: Standing) -> str:
    position = standing.position
    needed = [step for step in STEPS_OF[key] if position.needs(step)]
    if key == "implementation":
        return "done" if standing.decision.status in ENDED else "not_yet"
    if any(record.outcome in (Outcome.NOT_STARTED, Outcome.REJECTED) for record in records):
        return "refused"
    if not needed and not records:
        return "not_needed"
    if any(not position.stands(step) for step in needed):
        return "not_yet"
    exempt = needed and all(position.outcome(step) == Outcome.EXEMPT for step in needed)
    return "exempt" if exempt else "done"
