"""What is pending with a person: each open task, what it asks of them, since when and until when.

A task is theirs to act on, or a period runs and there is nothing to do yet, or they may help without being asked. Once
a contributor's part is done (an adviser signed, a member spoke, an assessor reported) the task is gone for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse

from decisions import clock
from decisions.models import AgendaItem, Involvement
from decisions.rules import SIDE_OF
from decisions.terms import Role
from workflows import deadlines
from workflows.deadlines import TimeLeft
from workflows.nodes import Step
from workflows.roles import Duty, fits

from .asks import button_for
from .parts import Part, part_of
from .say import Say

if TYPE_CHECKING:
    from decisions.models import Decision, Person
    from decisions.rules import Rule


@dataclass(frozen=True)
class Pending:
    """One open task as one person sees it."""

    task: Any
    decision: Decision
    rule: Rule
    duty: Duty
    say: Say
    asks: str
    note: str
    time: TimeLeft | None

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and clock.today() > self.due_on

    @property
    def due_on(self) -> date | None:
        due_on: date | None = self.task.watch.due_on
        return due_on

    @property
    def since(self) -> date:
        return clock.day_of(self.task.created)

    @property
    def button(self) -> str:
        """What a button says in a row that names the step."""
        return str(button_for(self.rule, self.duty.role, self.say))

    @property
    def url(self) -> str:
        return reverse("task", args=[self.task.pk])

    @property
    def principal(self) -> Person | None:
        """For whom the person deputizes here."""
        return None if self.duty.holder == self.duty.person else self.duty.holder

    @property
    def is_statement(self) -> bool:
        """A leader's word is asked for in the meeting."""
        return self.rule.key == "collective_decision" and self.duty.role in (Role.CHIEF, Role.MEMBER)

    @property
    def is_signature(self) -> bool:
        """The chief executive's own decision is asked for."""
        return self.duty.role == Role.CHIEF and not self.is_statement


AGENDA = Prefetch(
    "agenda_items",
    AgendaItem.objects.select_related("meeting").prefetch_related("meeting__attendances", "recusals", "statements"),
)

FACTS_OF_PART: dict[tuple[str, Role], tuple[Any, ...]] = {
    ("coordination", Role.HANDLER): ("unit_consultations",),
    ("public_participation", Role.HANDLER): ("drafts", "participations"),
    ("risk_assessment", Role.CHIEF): ("drafts", "risk_assessments"),
    ("risk_assessment", Role.ASSESSOR): ("drafts", "risk_assessments"),
    ("legality_review", Role.LEGALITY_REVIEWER): ("legal_opinions", "supplements"),
    ("legality_review", Role.LEGAL_ADVISER): ("legal_opinions",),
    ("legality_review", Role.HANDLER): ("supplements",),
    ("collective_decision", Role.MEMBER): (AGENDA,),
    ("collective_decision", Role.CHIEF): (AGENDA,),
    ("execution", Role.EXECUTOR): ("execution_plan",),
    ("evaluation", Role.CHIEF): ("evaluations",),
    ("evaluation", Role.EVALUATOR): ("evaluations",),
}
"""What decides whose move it is, read for all tasks at once."""


def decision_of(task: Any) -> Decision:
    decision: Decision = task.process.decisionprocess.decision
    return decision


Sides = dict[tuple[int, int], str]
"""The side each person took of each decision, by their primary keys: (decision, person)."""


def sides_taken(tasks: Iterable[Any], duties: list[Duty]) -> Sides:
    """What sides the holders of these duties took of the decisions of these tasks (one query)."""
    people = {person.pk for duty in duties for person in (duty.person, duty.holder)}
    decisions = {decision_of(task).pk for task in tasks}
    taken = Involvement.objects.filter(decision__in=decisions, person__in=people) if decisions else []
    return {(one.decision_id, one.person_id): one.side for one in taken}


def duties_at(duties: Iterable[Duty], task: Any, sides: Sides) -> list[Duty]:
    """The duties that complete the step of a task or contribute to it, completing ones first; none on a second side."""
    rule, decision = task.flow_task.rule, decision_of(task)
    fitting = [
        duty
        for duty in duties
        if duty.role in rule.roles | rule.contributors and fits(duty, decision) and is_free(duty, decision, sides)
    ]
    return sorted(fitting, key=lambda duty: duty.role not in rule.roles)


def is_free(duty: Duty, decision: Decision, sides: Sides) -> bool:
    """Separation of duties lets the person act here, for themselves or for a principal."""
    side = SIDE_OF.get(duty.role)
    return side is None or all(
        sides.get((decision.pk, person.pk), side) == side for person in (duty.person, duty.holder)
    )


def read_facts(tasks: list[Any], duties: list[Duty], sides: Sides) -> None:
    """Prefetch, for all tasks together, what decides whose move it is."""
    wanted: dict[Any, dict[int, Decision]] = defaultdict(dict)
    for task in tasks:
        step, decision = task.flow_task.name, decision_of(task)
        held = {duty.role for duty in duties_at(duties, task, sides)}
        for lookup in (fact for role in held for fact in FACTS_OF_PART.get((step, role), ())):
            wanted[lookup][id(decision)] = decision
    for lookup, decisions in wanted.items():
        prefetch_related_objects(list(decisions.values()), lookup)


def pending_with(duties: list[Duty], tasks: Iterable[Any], sides: Sides | None = None) -> list[Pending]:
    """What open tasks ask of the holder of these duties; those that ask nothing of them are left out."""
    steps = [task for task in tasks if isinstance(task.flow_task, Step)]
    if sides is None:
        sides = sides_taken(steps, duties)
    read_facts(steps, duties, sides)
    found = (one for task in steps if (one := pending_at(task, duties, sides)) is not None)
    return sorted(found, key=lambda one: (one.due_on or date.max, one.since))


def pending_at(task: Any, duties: list[Duty], sides: Sides) -> Pending | None:
    """What one task asks of the person: under the duty that is to act, else one that waits, else one that may."""
    judged = [one for duty in duties_at(duties, task, sides) if (one := _under(task, duty)) is not None]
    order = list(Say)
    return min(judged, key=lambda one: order.index(one.say)) if judged else None


def _under(task: Any, duty: Duty) -> Pending | None:
    rule, decision = task.flow_task.rule, decision_of(task)
    part = part_of(rule, duty, decision, task.watch)
    if part.say == Say.DONE:
        return None
    return Pending(
        task=task,
        decision=decision,
        rule=rule,
        duty=duty,
        say=part.say,
        asks=str(part.asks),
        note=str(part.note),
        time=_time_left(task, part),
    )


def _time_left(task: Any, part: Part) -> TimeLeft | None:
    """The period that runs, unless the step itself is overdue; else the step's last day."""
    time = deadlines.of_watch(task.watch)
    if part.until is not None and not (time and time.is_over):
        return deadlines.of_day(part.until, str(part.note))
    return time
