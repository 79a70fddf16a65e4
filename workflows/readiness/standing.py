"""Where a matter stands: its position in law, what is open, and how each step last ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from viewflow.workflow.models import Task

from decisions.rules import Position, Rule
from workflows.nodes import Step, Wait

if TYPE_CHECKING:
    from decisions.models import Decision, StepRecord

BEGUN: dict[str, str] = {
    "coordination": "unit_consultations",
    "public_participation": "participations",
    "hearing": "hearings",
    "expert_review": "expert_appointments",
    "risk_assessment": "risk_assessments",
    "fair_competition_review": "fair_competition_reviews",
    "legality_review": "legal_opinions",
    "collective_decision": "agenda_items",
    "party_report": "party_reports",
    "evaluation": "evaluations",
}
"""By which facts one sees that an open step has begun."""


@dataclass
class Standing:
    """Where a matter stands: its position in law, its open tasks by node name, and each step's last record."""

    decision: Decision
    position: Position
    tasks: dict[str, Any]
    records: dict[str, StepRecord]
    begun: frozenset[str] = frozenset()

    @classmethod
    def of(cls, decision: Decision, begun: Iterable[str] = ()) -> Standing:
        """Read it: open tasks, and draft versions and records unless they are prefetched."""
        records = {record.step: record for record in decision.records.all()}
        return cls(decision, Position.of(decision), open_tasks_of(decision), records, frozenset(begun))

    @property
    def open_rules(self) -> list[Rule]:
        """The rules of the steps that are open, in the order they were reached."""
        return [task.flow_task.rule for task in self.tasks.values() if isinstance(task.flow_task, Step)]

    def is_before_meeting(self) -> bool:
        """Whether anything up to the submission is still to be done."""
        return not (self.position.stands("submission") or self.position.outcome("collective_decision"))


def open_tasks_of(decision: Decision) -> dict[str, Any]:
    """The decision's open tasks by the name of their node, each with its watch (one query)."""
    tasks = (
        Task.objects.filter(process__decisionprocess__decision=decision, finished__isnull=True)
        .select_related("process__decisionprocess", "watch")
        .order_by("pk")
    )
    found = [task for task in tasks if isinstance(task.flow_task, Step | Wait)]
    for task in found:
        task.process.decisionprocess.decision = decision
    return {task.flow_task.name: task for task in found}
