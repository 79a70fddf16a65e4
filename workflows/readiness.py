"""What stands between a matter and its meeting, and after it: every step, its state, and what each still lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from viewflow.workflow.models import Task

from decisions import clock, parameters
from decisions.rules import Breach, Position, Rule, rule
from decisions.terms import Outcome, Role
from workflows import deadlines
from workflows.deadlines import said
from workflows.nodes import Step, Wait

if TYPE_CHECKING:
    from datetime import date

    from decisions.articles import Article
    from decisions.models import Decision, StepRecord

TO_MEETING = (
    "proposal",
    "initiation",
    "drafting",
    "coordination",
    "public_participation",
    "hearing",
    "expert_review",
    "risk_assessment",
    "fair_competition_review",
    "revision",
    "legality_review",
    "submission",
)
FROM_MEETING = ("collective_decision", "party_report", "publication", "archiving")
IN_FORCE = ("execution", "evaluation", "suspension", "adjustment")

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


@dataclass
class Item:
    """One line of the list: a step, its state, and while it is open what it lacks, each with article and way out."""

    key: str
    title: str
    state: str
    hint: str = ""
    article: Article | None = None
    blockers: list[Breach] = field(default_factory=list)
    url: str = ""


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


def items(standing: Standing, steps: Iterable[str]) -> list[Item]:
    """The lines for these steps; those that a matter meets only on occasion are left out until they come up."""
    return [item_of(rule(step), standing) for step in steps if _is_shown(step, standing)]


def _is_shown(step: str, standing: Standing) -> bool:
    if step in standing.tasks or step in standing.records or standing.position.needs(step):
        return True
    return step in TO_MEETING and step != "revision"


def item_of(each: Rule, standing: Standing) -> Item:
    """One step's line."""
    state = state_of(each, standing)
    blockers = list(each.lacks(standing.decision)) if each.key in standing.tasks else []
    return Item(each.key, str(each.title), state, _hint(each, state, standing), each.article, blockers)


def state_of(each: Rule, standing: Standing) -> str:
    """The state of a step in the words of the list."""
    step, position = each.key, standing.position
    if step in standing.tasks:
        return _open_state(step, standing)
    if position.stands(step):
        return "exempt" if position.outcome(step) == Outcome.EXEMPT else "done"
    if position.outcome(step) is not None and position.needs(step):
        return "needs_more"
    return "blocked" if position.needs(step) else "not_needed"


def _open_state(step: str, standing: Standing) -> str:
    if _is_overdue(standing.tasks[step]):
        return "overdue"
    if standing.position.outcome(step) is not None:
        return "needs_more"
    return "in_progress" if has_begun(step, standing) else "not_started"


def has_begun(step: str, standing: Standing) -> bool:
    """Whether anything was written down within the open step."""
    return step in standing.begun or (step == "drafting" and standing.decision.current_draft_id is not None)


def _is_overdue(task: Any) -> bool:
    due_on: date | None = task.watch.due_on
    return due_on is not None and clock.today() > due_on


def _hint(each: Rule, state: str, standing: Standing) -> str:
    """When it was done, until when it is due and by whom, or what it waits for."""
    record = standing.records.get(each.key)
    if each.key in standing.tasks:
        return "；".join(filter(None, _open_hints(each, standing, record)))
    if state in ("done", "exempt") and record is not None:
        return _done_hint(record)
    if state == "needs_more":
        last = record.get_outcome_display() if record else ""
        return _("上次结果：%s；草案修改后应当重新履行") % last
    if state == "not_needed":
        decision = standing.decision
        return parameters.requirement(decision.jurisdiction, each.key, decision.figures_on).need.label
    return _waits_for(standing)


def _open_hints(each: Rule, standing: Standing, record: StepRecord | None) -> Iterator[str]:
    if record is not None:
        yield _("上次结果：%s") % record.get_outcome_display() + (f"（{record.because}）" if record.because else "")
    if time := deadlines.of_watch(standing.tasks[each.key].watch):
        yield time.sentence
    yield _("由%s办理") % whose(each, standing.decision)


def _done_hint(record: StepRecord) -> str:
    draft = f"，{record.draft}" if record.draft else ""
    if record.outcome == Outcome.EXEMPT:
        basis = record.details.get("legal_basis", "")
        return _("%(day)s签署豁免：%(ground)s（依据：%(basis)s）") % {
            "day": said(record.completed_on),
            "ground": record.because,
            "basis": basis,
        }
    return (
        _("%(day)s办结，%(outcome)s")
        % {
            "day": said(record.completed_on),
            "outcome": record.get_outcome_display(),
        }
        + draft
    )


def _waits_for(standing: Standing) -> str:
    titles = "、".join(f"“{each.title}”" for each in standing.open_rules)
    return _("待%s办结") % titles if titles else ""


def whose(each: Rule, decision: Decision) -> str:
    """Whose turn it is to complete a step: duty, and the person or unit where it is named."""
    named = {
        Role.HANDLER: decision.handler,
        Role.UNIT_HEAD: decision.lead_unit,
        Role.EXECUTOR: decision.executing_unit,
    }
    roles = sorted(each.roles, key=list(Role).index)
    return "、".join(f"{role.label}（{named[role]}）" if named.get(role) else str(role.label) for role in roles)
