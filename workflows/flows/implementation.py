"""Execution, evaluation, suspension and adjustment: chapter 4 of the decree. Published, see ADR 0005."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from viewflow import this
from viewflow.workflow import flow

from decisions import clock, rules, services
from decisions.terms import Role
from workflows.flows import guards
from workflows.locks import process_lock
from workflows.models import DecisionProcess
from workflows.nodes import Choice, Gate, Step, Wait
from workflows.starting import begin

if TYPE_CHECKING:
    from decisions.models import Decision


def begin_implementation(activation: Any) -> None:
    """A published decision is carried out, whether or not its dossier is already filed."""
    services.begin_execution(activation.process.decision)
    begin(Implementation, activation.process.decision)


def evaluation_due_on(decision: Decision) -> date | None:
    """The last day of the jurisdiction's own term for evaluating; none where it has none."""
    due = rules.evaluation.Evaluation().period_end(decision)
    return due.day if due else None


def is_time_to_evaluate(decision: Decision) -> bool:
    """The authority ordered an evaluation, or the jurisdiction's term is over."""
    if rules.evaluation.open_orders(decision):
        return True
    due = evaluation_due_on(decision)
    return due is not None and clock.today() > due


def close(activation: Any) -> None:
    """Carried out, and evaluated where that is due: the decision is closed."""
    services.close_decision(activation.process.decision)


class Implementation(flow.Flow):
    """决策执行和调整"""

    process_class = DecisionProcess
    lock_impl = process_lock

    start = flow.StartHandle().Next(this.execution)

    # Execution, with what endangers its goal
    execution = Step(rules.execution.Execution).Next(this.has_grave_problem)
    has_grave_problem = (
        Gate(guards.has_grave_problem, "有无严重情形").Then(this.suspension).Else(this.is_to_be_evaluated)
    )
    suspension = Step(rules.suspension.Suspension).Next(this.is_suspended)
    is_suspended = Gate(guards.is_suspended, "是否中止执行").Then(this.adjustment).Else(this.execution)

    # Post-implementation evaluation
    is_to_be_evaluated = Gate(guards.is_to_be_evaluated, "是否评估").Then(this.evaluation_period).Else(this.closing)
    evaluation_period = Wait(
        is_time_to_evaluate,
        until=evaluation_due_on,
        title="评估期限",
        roles=frozenset({Role.CHIEF, Role.OFFICE_CLERK}),
    ).Next(this.evaluation)
    evaluation = Step(rules.evaluation.Evaluation).Next(this.evaluation_result)
    evaluation_result = (
        Choice("评估处理")
        .Case(this.adjustment, guards.is_to_change)
        .Case(this.suspension, guards.is_to_suspend)
        .Default(this.closing)
    )

    # Change or stop only by procedure
    adjustment = Step(rules.adjustment.Adjustment).Next(this.is_resumed)
    is_resumed = Gate(guards.is_resumed, "是否恢复执行").Then(this.execution).Else(this.superseded)

    closing = flow.Function(close).Next(this.closed)
    closed = flow.End()
    superseded = flow.End()
