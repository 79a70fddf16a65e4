"""Acting on a task: the one way in. Finds the task, locks its process, asks again for the right to act, then acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from decisions import clock, services
from decisions.forms import ActForm
from decisions.services import Actor, Occasion, SeparationBreached
from workflows import roles, watching
from workflows.flows.decision_making import DecisionMaking
from workflows.locks import Busy, busy_at_once
from workflows.nodes import Step, Wait
from workflows.starting import begin

if TYPE_CHECKING:
    from decisions.models import Decision, Person

__all__ = ["AlreadyDone", "Busy", "InvalidAct", "Turn", "act", "find", "may_act", "move_on", "propose"]

PATH = "process__decisionprocess__decision"


class AlreadyDone(Exception):
    """The task is finished, or this very form was posted before; nothing was done twice."""

    def __init__(self, decision: Decision | None) -> None:
        self.decision = decision
        super().__init__("already done")


class InvalidAct(Exception):
    """The form does not hold; it carries the errors."""

    def __init__(self, form: ActForm) -> None:
        self.form = form
        super().__init__(str(form.errors.as_json()))


@dataclass
class Turn:
    """An open task with its decision and the capacity in which a person may act on it."""

    task: Any
    decision: Decision
    node: Step | Wait
    actors: dict[Any, Actor]
    """The capacity for each duty that the person holds at this node."""

    @property
    def occasion(self) -> Occasion:
        return Occasion(f"task:{self.task.pk}", clock.day_of(self.task.created))

    def actor(self, form_class: type[ActForm]) -> Actor | None:
        """The capacity in which the person may do this act: the one free of a second side first."""
        wanted = [self.actors[role] for role in sorted(form_class.roles) if role in self.actors]
        if len(wanted) < 2:
            return wanted[0] if wanted else None
        return next((a for a in wanted if not services.separation_breaches(self.decision, a)), wanted[0])


def find(task_pk: int, person: Person, *, locked: bool = False) -> Turn:
    """The task if the person has anything to do with it; Http404 hides what is foreign."""
    tasks = Task.objects.select_related(f"{PATH}__authority", f"{PATH}__current_draft")
    if locked:
        lockable = ("self", "process", PATH)
        tasks = tasks.select_for_update(no_key=True, of=lockable)
    # Asking that there is a decision makes every join an inner one: PostgreSQL locks no row that might be absent.
    task = tasks.filter(pk=task_pk, **{f"{PATH}__isnull": False}).first()
    if task is None or not isinstance(task.flow_task, Step | Wait):
        raise Http404
    task.process = task.process.decisionprocess
    decision = task.process.decision
    if locked:
        decision.is_held = True
    node = task.flow_task
    duties = roles.duties_of(person)
    if not any(duty.authority_id == decision.authority_id for duty in duties):
        raise Http404
    actors = {
        role: actor for role in roles.roles_at(node) if (actor := roles.actor_for(duties, decision, [role])) is not None
    }
    return Turn(task, decision, node, actors)


def act(
    task_pk: int,
    form_class: type[ActForm],
    *,
    by: Person,
    data: Any,
    files: Any = None,
    submission_key: str = "",
) -> Any:
    """Do one act on an open task. Raises AlreadyDone, PermissionDenied, InvalidAct, RuleBreached or Busy."""
    try:
        with transaction.atomic():
            return _act(task_pk, form_class, by, data, files, submission_key)
    except SeparationBreached as refusal:
        _keep_refusal(task_pk, form_class, by, refusal)
        raise
    except IntegrityError as error:
        if "submission" in str(error).lower() or "occasion" in str(error).lower():
            raise AlreadyDone(find(task_pk, by).decision) from error
        raise


def _act(task_pk: int, form_class: type[ActForm], by: Person, data: Any, files: Any, submission_key: str) -> Any:
    with busy_at_once():
        turn = find(task_pk, by, locked=True)
    actor = may_act(turn, form_class)
    if submission_key:
        services.submit_once(submission_key)
    form = form_class(data, files, decision=turn.decision, actor=actor)
    form.current_step = turn.node.name  # type: ignore[attr-defined]
    if not form.is_valid():
        raise InvalidAct(form)
    result = form.perform(by=actor, occasion=turn.occasion)
    if form_class.completes:
        move_on(turn, by)
    elif not release_wait(turn):
        watching.follow(turn.task, turn.node.deadline(turn.decision, turn.occasion.opened_on))
    return result


def may_act(turn: Turn, form_class: type[ActForm]) -> Actor:
    """The capacity to act in, asked inside the lock: task open, duty held, no second side."""
    if turn.task.status != STATUS.NEW:
        raise AlreadyDone(turn.decision)
    if turn.node.name not in form_class.steps:
        raise Http404
    actor = turn.actor(form_class)
    if actor is None:
        raise PermissionDenied
    if breaches := services.separation_breaches(turn.decision, actor):
        raise SeparationBreached(breaches)
    return actor


def move_on(turn: Turn, by: Person | None) -> None:
    """Close the task, whose record is written, and let the token move."""
    activation = turn.node.activation_class(turn.task)
    activation.perform(by)
    activation.activate_next()


def release_wait(turn: Turn) -> bool:
    """An act within a wait may have been what it waited for; whether it was."""
    is_over = isinstance(turn.node, Wait) and turn.node.is_over(turn.decision)
    if is_over:
        move_on(turn, None)
    return is_over


def propose(form: ActForm, *, by: Person, submission_key: str = "") -> Decision:
    """A new matter: the decision is created, its procedure begins, and the proposal is recorded at once."""
    try:
        with transaction.atomic():
            if submission_key:
                services.submit_once(submission_key)
            if not form.is_valid():
                raise InvalidAct(form)
            decision: Decision = form.create(by=form.actor)  # type: ignore[attr-defined]
            process = begin(DecisionMaking, decision)
            task = process.task_set.get(flow_task=DecisionMaking.instance.node("proposal"), status=STATUS.NEW)
            task.process = process
            turn = Turn(task, decision, task.flow_task, {})
            assert form.actor is not None
            form.perform(by=form.actor, occasion=turn.occasion)
            move_on(turn, by)
            return decision
    except IntegrityError as error:
        if "submission" in str(error).lower():
            raise AlreadyDone(None) from error
        raise


def _keep_refusal(task_pk: int, form_class: type[ActForm], by: Person, refusal: SeparationBreached) -> None:
    turn = find(task_pk, by)
    actor = turn.actor(form_class)
    if actor is not None:
        services.record_refusal(turn.decision, by=actor, act=form_class.key, breaches=refusal.breaches)
