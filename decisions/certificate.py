"""The procedure certificate (程序合规证书): computed from the records, dated and cited; it says what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from decisions import clock, parameters
from decisions.articles import Article
from decisions.assertions import Assertion, assertions
from decisions.rules import STEPS, Breach, Position, Rule
from decisions.services import broken_links
from decisions.terms import Outcome, Status

if TYPE_CHECKING:
    from datetime import date, datetime

    from decisions.models import Decision, StepRecord

SHORT = 8
"""Characters of a digest that are shown; the whole stands in the record."""


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


@dataclass
class Certificate:
    """What the records show about a decision's procedure at a moment."""

    title: str
    number: str
    authority: str
    facts: list[tuple[str, Any]]
    rows: list[Line]
    missing: list[Breach]
    assertions: list[Assertion]
    head: str
    checked_at: datetime = field(default_factory=clock.now)
    is_final: bool = False

    @property
    def is_complete(self) -> bool:
        """The decision was made and published, and nothing is missing or irregular."""
        return self.is_final and not self.missing


def certificate(decision: Decision) -> Certificate:
    """Build the certificate; reads only."""
    position = Position.of(decision)
    latest = {record.step: record for record in decision.records.select_related("by", "on_behalf_of", "draft")}
    checked = [*assertions(decision, latest), chain_assertion(decision)]
    rows = [line for rule in STEPS if (line := _line(decision, rule(), position, latest.get(rule.key)))]
    missing = [*_missing(decision, position), *(a.breach for a in checked if not a.holds)]
    return Certificate(
        title=decision.title,
        number=decision.number,
        authority=str(decision.authority),
        facts=_facts(decision),
        rows=rows,
        missing=missing,
        assertions=checked,
        head=_head(decision),
        is_final=decision.published_on is not None or decision.status in (Status.NOT_STARTED, Status.REJECTED),
    )


def chain_assertion(decision: Decision) -> Assertion:
    """The event chain is whole from its first link to its head."""
    broken = broken_links(decision)
    count = decision.events.count()
    if broken:
        return Assertion(_("记录链第%s号事件校验不符") % "、".join(map(str, broken)), Article("SC713", 33), False)
    return Assertion(_("记录链共%d个事件，逐一校验相符") % count, Article("SC713", 33), True)


def _head(decision: Decision) -> str:
    last = decision.events.order_by("-sequence").values_list("hash", flat=True).first()
    return last or ""


def _facts(decision: Decision) -> list[tuple[str, Any]]:
    adopted = decision.adopted_draft
    return [
        (_("事项名称"), decision.title),
        (_("事项类别"), decision.get_matter_class_display()),
        (_("承办单位、承办人"), f"{decision.lead_unit or '—'}，{decision.handler or '—'}"),
        (_("适用规则"), dict(parameters.choices()).get(decision.jurisdiction, decision.jurisdiction)),
        (_("通过文本"), f"{adopted} {adopted.content_hash}" if adopted else _("尚未通过")),
        (_("状态"), decision.get_status_display()),
    ]


def _line(decision: Decision, rule: Rule, position: Position, record: StepRecord | None) -> Line | None:
    """A step that is needed or was performed; others do not stand on the certificate."""
    if record is None and not position.needs(rule.key):
        return None
    if record is None and rule.need(decision) == "if_triggered":
        return None
    requirement = parameters.requirement(decision.jurisdiction, rule.key, decision.figures_on)
    cited = rule.article.short()
    if record is None:
        return Line(str(rule.title), cited, "missing", note=requirement.basis)
    return Line(
        step=str(rule.title),
        article=cited,
        state=_state(rule, position, record),
        on=record.completed_on,
        evidence=_evidence(decision, rule, record),
        duty=_duty(record),
        draft=f"{record.draft} {record.draft.content_hash[:SHORT]}" if record.draft else "",
        note=_note(decision, record),
    )


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
        return record.get_outcome_display()
    exemption = next((e for e in decision.exemptions.all() if e.record_id == record.pk), None)
    if exemption is None:
        return record.get_outcome_display()
    return _("豁免理由：%(ground)s；依据：%(basis)s；%(who)s%(day)s签署") % {
        "ground": exemption.ground,
        "basis": exemption.legal_basis,
        "who": exemption.signed_by,
        "day": exemption.signed_on.isoformat(),
    }


BEFORE_FORCE = (
    "proposal",
    "initiation",
    "drafting",
    "coordination",
    "public_participation",
    "hearing",
    "expert_review",
    "risk_assessment",
    "fair_competition_review",
    "legality_review",
    "submission",
    "collective_decision",
    "party_report",
    "publication",
    "archiving",
)
"""What the certificate vouches for; execution and evaluation come after and are listed as they happen."""


def _missing(decision: Decision, position: Position) -> Iterator[Breach]:
    if decision.status in (Status.NOT_STARTED, Status.REJECTED):
        return
    settled = decision.adopted_on is not None
    for step in BEFORE_FORCE:
        stands = position.stands(step) or (settled and _stood_when_decided(decision, step, position))
        if position.needs(step) and not stands:
            rule = Rule.registry[step]
            yield Breach(_("“%s”尚未完成") % rule.title, rule.article)


def _stood_when_decided(decision: Decision, step: str, position: Position) -> bool:
    """Review and submission are bound to the version put to the meeting, which adopting with changes leaves behind."""
    changed = position.outcome("collective_decision") == Outcome.ADOPTED_WITH_CHANGES
    return changed and Rule.registry[step].binding == "exact" and position.outcome(step) in Rule.registry[step].passing
