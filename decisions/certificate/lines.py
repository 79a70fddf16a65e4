"""The certificate's table: one line for each statutory step, as its last record tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from decisions import parameters
from decisions.rules import STEPS, Position, Rule
from decisions.rules.position import BEFORE_REVIEW
from decisions.terms import Outcome

if TYPE_CHECKING:
    from datetime import date

    from decisions.models import Decision, StepRecord
    from decisions.parameters import Requirement

SHORT = 8
"""Characters of a digest that are shown; the whole stands in the record."""


SIDE_BY_SIDE = (BEFORE_REVIEW, ("archiving", "execution"))
RANK = {rule.key: number for number, rule in enumerate(STEPS)}
for _together in SIDE_BY_SIDE:
    RANK |= dict.fromkeys(_together, RANK[_together[-1]])
"""The order of the steps; those that run side by side have one rank."""


@dataclass(frozen=True)
class Line:
    """One statutory step on the certificate."""

    step: str
    article: str
    state: str
    on: date | None = None
    evidence: str = ""
    duty: str = ""
    draft: str = ""
    note: str = ""
    need: str = ""
    """When the step is required, and where that stands."""


def lines(decision: Decision, position: Position, latest: dict[str, StepRecord]) -> list[Line]:
    """Every step that is needed or was performed, in the order of the procedure."""
    return [line for rule in STEPS if (line := _line(decision, rule(), position, latest))]


def _line(decision: Decision, rule: Rule, position: Position, latest: dict[str, StepRecord]) -> Line | None:
    record = latest.get(rule.key)
    if record is None and not position.needs(rule.key):
        return None
    if record is None and rule.need(decision) == "if_triggered":
        return None
    requirement = parameters.requirement(decision.jurisdiction, rule.key, decision.figures_on)
    cited = rule.article.short()
    need = need_of(rule, requirement)
    if record is None:
        return Line(str(rule.title), cited, "not_yet" if is_ahead(rule.key, latest) else "missing", need=need)
    return Line(
        step=str(rule.title),
        article=cited,
        state=_state(rule, position, record),
        on=record.completed_on,
        evidence=_evidence(decision, rule, record),
        duty=_duty(record),
        draft=f"{record.draft} {record.draft.content_hash[:SHORT]}" if record.draft else "",
        note=_note(decision, record),
        need=need,
    )


def need_of(rule: Rule, requirement: Requirement) -> str:
    """When the step is required, with the place that says so where it is not the step's own article."""
    words, source = requirement.need.label, requirement.article
    if not requirement.is_law or source is None:
        return _("%s（内部设定，非法定）") % words
    own = (source.law, source.number) == (rule.article.law, rule.article.number)
    return words if own else f"{words}（{source.short()}）"


def _state(rule: Rule, position: Position, record: StepRecord) -> str:
    if record.outcome == Outcome.EXEMPT:
        return "exempt" if position.stands(rule.key) else "missing"
    if position.stands(rule.key):
        return "done"
    return "returned" if record.outcome not in rule.passing else "missing"


def _evidence(decision: Decision, rule: Rule, record: StepRecord) -> str:
    documents = [document for document in decision.documents.all() if document.step == rule.key]
    words = _("记录%d") % record.pk
    if documents:
        digests = "、".join(document.sha256[:8] for document in documents[:3])
        words += _("；材料%(count)d件（%(digests)s）") % {"count": len(documents), "digests": digests}
    return words


def _duty(record: StepRecord) -> str:
    person = f"{record.get_role_display()} {record.by}"
    return person + (_("（代理%s）") % record.on_behalf_of if record.on_behalf_of else "")


def _note(decision: Decision, record: StepRecord) -> str:
    if record.outcome != Outcome.EXEMPT:
        return "" if record.outcome == Outcome.DONE else record.get_outcome_display()
    exemption = next((e for e in decision.exemptions.all() if e.record_id == record.pk), None)
    if exemption is None:
        return record.get_outcome_display()
    return _("豁免理由：%(ground)s；依据：%(basis)s；%(who)s%(day)s签署") % {
        "ground": exemption.ground,
        "basis": exemption.legal_basis,
        "who": exemption.signed_by,
        "day": exemption.signed_on.isoformat(),
    }


def is_ahead(step: str, latest: dict[str, StepRecord]) -> bool:
    """Whether nothing that comes after the step was done yet: it is still to come, not missing."""
    return all(RANK[done] <= RANK[step] for done in latest)
