"""The lines of 上会前还差什么: each step with its state, and while it is open what it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from decisions import clock, parameters
from decisions.rules import Breach, Rule, rule
from decisions.terms import Outcome, Role
from workflows import deadlines
from workflows.deadlines import said

from .standing import Standing

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
