"""The kinds of nodes our flows are made of: steps, waits, gates over facts, branches and joins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Node
from viewflow.workflow.nodes import mixins
from viewflow.workflow.nodes.if_gate import IfActivation
from viewflow.workflow.nodes.join import JoinActivation
from viewflow.workflow.nodes.split import SplitActivation
from viewflow.workflow.nodes.switch import SwitchActivation
from viewflow.workflow.status import STATUS

from decisions import clock
from decisions.rules import Position, Rule
from workflows import watching
from workflows.watching import Deadline

if TYPE_CHECKING:
    from decisions.models import Decision

Question = Callable[[Position], bool]
"""A gate's question: a named pure function of the position, the same for the engine and for the proof."""


def position_of(activation: Activation) -> Position:
    """The decision's position, read once for each move of the token: no record is written while it moves."""
    process = activation.process
    if not hasattr(process, "position"):
        process.position = Position.of(process.decision)
    return process.position


class PersonalActivation(mixins.NextNodeActivationMixin, Activation):
    """A task that stays open until something outside performs it."""

    @classmethod
    def create(
        cls, flow_task: Any, prev_activation: Activation, token: Any, data: Any = None, seed: Any = None
    ) -> PersonalActivation:
        process = prev_activation.process
        task = flow_task.flow_class.task_class(
            process=process,
            flow_task=flow_task,
            token=token,
            created=clock.now(),
            owner_permission=queue_of(process.decision.authority_id),
            scheduled=flow_task.scheduled_for(process.decision),
        )
        task.save(force_insert=True)
        task.previous.add(prev_activation.task)
        watching.begin(task, process.decision, flow_task.deadline(process.decision, clock.day_of(task.created)))
        return cls(task)

    @Activation.status.super()
    def activate(self) -> None:
        """Stay open."""

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.DONE, conditions=[lambda activation: False])
    def complete(self) -> None:
        """Never of itself: the base class would complete the task as soon as it is created."""

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.DONE)
    def perform(self, person: Any = None) -> None:
        """Close the task; called once its record is written."""
        self.task.owner = person
        self.task.started = self.task.finished = clock.now()
        self.task.save(update_fields=["status", "owner", "started", "finished"])
        watching.end(self.task)

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.CANCELED)
    def cancel(self) -> None:
        self.task.finished = clock.now()
        self.task.save(update_fields=["status", "finished"])
        watching.end(self.task)


def queue_of(authority_pk: int) -> str:
    """The mark on a task by which an authority's open tasks are found through one partial index."""
    return f"authority:{authority_pk}"


class Personal(mixins.NextNodeMixin, Node):
    """What steps and waits share in the graph."""

    activation_class = PersonalActivation
    shape = flow.View.shape
    bpmn_element = "userTask"

    def scheduled_for(self, decision: Decision) -> datetime | None:
        """The moment before which nothing can happen of itself; none for a person's task."""
        return None

    def deadline(self, decision: Decision, opened_on: date) -> Deadline:
        """By when it should be over, and why then."""
        raise NotImplementedError


class Step(Personal):
    """A person performs one statutory step. Title, article and duties follow the rule."""

    task_type = "HUMAN"

    def __init__(self, rule: type[Rule]) -> None:
        self.rule = rule()
        super().__init__()
        self.Annotation(title=str(self.rule.title), description=str(self.rule.article))

    def _ready(self) -> None:
        super()._ready()
        if self.name != self.rule.key:
            raise ImproperlyConfigured(f"Node {self.name} performs {self.rule.key}: use one name for both.")

    def deadline(self, decision: Decision, opened_on: date) -> Deadline:
        return Deadline.of(self.rule.due(decision, opened_on), opened_on)


class WaitActivation(PersonalActivation):
    """A wait for what already holds is over as soon as it begins."""

    @Activation.status.super()
    def activate(self) -> None:
        if self.flow_task.is_over(self.process.decision):
            self.perform()


class Wait(Personal):
    """The token waits until a fact holds; the sweep and every act on the decision ask again."""

    activation_class = WaitActivation
    task_type = "WAIT"
    bpmn_element = "intermediateCatchEvent"

    def __init__(
        self,
        is_over: Callable[[Decision], bool],
        *,
        until: Callable[[Decision], date | None],
        title: str,
        roles: frozenset,
    ) -> None:
        self.is_over = is_over
        self._until = until
        self.roles = roles
        super().__init__()
        self.Annotation(title=title)

    def scheduled_for(self, decision: Decision) -> datetime | None:
        """The start of the day after the period's last day; none while no day is known."""
        last_day = self._until(decision)
        if last_day is None:
            return None
        return datetime.combine(last_day + timedelta(days=1), time(), tzinfo=clock.SHANGHAI)

    def deadline(self, decision: Decision, opened_on: date) -> Deadline:
        last_day = self._until(decision)
        return Deadline(last_day, "") if last_day else Deadline.of(None, opened_on)


class Passing:
    """Activation of a node that is done as soon as it is created: written once, no savepoint, errors go up."""

    @classmethod
    def create(cls, flow_task: Any, prev_activation: Activation, token: Any, data: Any = None, seed: Any = None) -> Any:
        now = clock.now()
        task = flow_task.flow_class.task_class(
            process=prev_activation.process,
            flow_task=flow_task,
            token=token,
            created=now,
            started=now,
            finished=now,
            status=STATUS.DONE,
        )
        task.save(force_insert=True)
        task.previous.add(prev_activation.task)
        activation = cls(task)  # type: ignore[call-arg]
        activation.decide()  # type: ignore[attr-defined]
        return activation


class GateActivation(Passing, IfActivation):
    def decide(self) -> None:
        self._condition_result = self.flow_task.question(position_of(self))


class Gate(flow.If):
    """A question about the position with two answers."""

    activation_class = GateActivation

    def __init__(self, question: Question, title: str) -> None:
        self.question = question
        super().__init__(lambda activation: question(position_of(activation)))
        self.Annotation(title=title)


class ChoiceActivation(Passing, SwitchActivation):
    def decide(self) -> None:
        position = position_of(self)
        self.next_task = next(node for node, case in self.flow_task._branches if case is None or case(position))


class Choice(flow.Switch):
    """The first branch whose question is answered yes; the default last."""

    activation_class = ChoiceActivation

    def __init__(self, title: str) -> None:
        super().__init__()
        self.Annotation(title=title)


class BranchesActivation(Passing, SplitActivation):
    def decide(self) -> None:
        position = position_of(self)
        self.next_tasks = [
            (node, None) for node, case, _data in self.flow_task._branches if case is None or case(position)
        ]


class Branches(flow.Split):
    """Side by side: every branch whose question is answered yes, and always one straight to the join."""

    activation_class = BranchesActivation


class GatherActivation(JoinActivation):
    @Activation.status.transition(source=STATUS.STARTED, target=STATUS.DONE, conditions=[this.is_done])
    def complete(self) -> None:
        """Join without the stock guard, which would store local variables in the database on an error."""
        super(JoinActivation, self).complete.original()


class Gather(flow.Join):
    """Waits for every branch of its split."""

    activation_class = GatherActivation


def outgoing(node: Node) -> Iterator[tuple[str, Node]]:
    """A node's edges as (label, target), with labels that the diagram and the proof show."""
    for edge in node._outgoing():
        if edge.dst is not None:
            yield str(edge.edge_class), edge.dst
