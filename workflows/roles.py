"""Duty → who may act. Asked when a task is listed, when it is opened, and again inside the lock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from decisions.models import Deputy, Membership, Person, Unit
from decisions.services import Actor, separation_breaches
from decisions.terms import Role
from workflows.flows.published import PUBLISHED
from workflows.nodes import Step, Wait, queue_of

if TYPE_CHECKING:
    from decisions.models import Decision


@dataclass(frozen=True)
class Duty:
    """A duty in force that a person may act under, the own one or that of a principal."""

    role: Role
    unit_id: int
    authority_id: int
    holder: Person
    person: Person
    unit: Unit | None = None

    @property
    def actor(self) -> Actor:
        return Actor(self.person, self.role, None if self.holder == self.person else self.holder)


def duties_of(person: Person) -> list[Duty]:
    """Every duty the person may act under today; none for administrators and the deactivated."""
    if not person.is_active or person.admin_role:
        return []
    principals = Deputy.objects.current().filter(deputy=person, principal__is_active=True).values("principal")
    held = (
        Membership.objects.current()
        .filter(Q(person=person) | Q(person__in=principals))
        .select_related("unit__authority", "person")
        .order_by("pk")
    )
    own_first = sorted(held, key=lambda m: m.person_id != person.pk)
    return [Duty(Role(m.duty), m.unit_id, m.unit.authority_id, m.person, person, m.unit) for m in own_first]


def fits(duty: Duty, decision: Decision) -> bool:
    """Whether the duty reaches this decision: its authority, and for the undertaking and executing side its unit."""
    if duty.authority_id != decision.authority_id:
        return False
    if duty.role == Role.HANDLER and decision.handler_id:
        return duty.holder.pk == decision.handler_id
    if duty.role == Role.UNIT_HEAD and decision.lead_unit_id:
        return duty.unit_id == decision.lead_unit_id
    if duty.role == Role.EXECUTOR and decision.executing_unit_id:
        return duty.unit_id == decision.executing_unit_id
    return True


def actor_for(duties: Iterable[Duty], decision: Decision, roles: Iterable[Role]) -> Actor | None:
    """The capacity in which the person may act under one of the roles: the own duty before a principal's, and one
    without a second side before one that separation of duties refuses."""
    wanted = set(roles)
    actors = [duty.actor for duty in duties if duty.role in wanted and fits(duty, decision)]
    if len(actors) < 2:
        return actors[0] if actors else None
    return next((actor for actor in actors if not separation_breaches(decision, actor)), actors[0])


def roles_at(node: Step | Wait) -> frozenset[Role]:
    """Every duty that has something to do at a node."""
    if isinstance(node, Step):
        return node.rule.roles | node.rule.contributors | node.rule.exempted_by
    return node.roles


def nodes_for(role: Role) -> list[Step | Wait]:
    """The nodes of all published flows at which a duty has something to do."""
    nodes = (node for flow_class in PUBLISHED for node in flow_class.instance.nodes())
    return [node for node in nodes if isinstance(node, Step | Wait) and role in roles_at(node)]


def tasks_for(duties: list[Duty]) -> Q:
    """The condition that picks the open tasks at which these duties have something to do."""
    conditions = [_condition(duty) for duty in duties]
    return reduce(or_, conditions) if conditions else Q(pk__in=[])


def _condition(duty: Duty) -> Q:
    condition = Q(owner_permission=queue_of(duty.authority_id), flow_task__in=nodes_for(duty.role))
    path = "process__decisionprocess__decision__"
    if duty.role == Role.HANDLER:
        condition &= Q(**{f"{path}handler": duty.holder})
    if duty.role == Role.UNIT_HEAD:
        condition &= Q(**{f"{path}lead_unit": duty.unit_id})
    if duty.role == Role.EXECUTOR:
        condition &= Q(**{f"{path}executing_unit": duty.unit_id})
    return condition


def open_tasks(duties: list[Duty]):  # type: ignore[no-untyped-def]
    """Open tasks of steps for these duties, with decision and authority loaded."""
    return (
        Task.objects.filter(tasks_for(duties), finished__isnull=True, status=STATUS.NEW, flow_task_type="HUMAN")
        .select_related("process__decisionprocess__decision__authority")
        .order_by("created", "pk")
    )
