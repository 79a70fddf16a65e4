"""Chapter 2, section 4: the assessor's report on the risks of a draft version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from decisions import clock
from decisions.articles import Article
from decisions.models import Decision, Risk, RiskAssessment
from decisions.rules import Breach, RuleBreached
from decisions.rules.base import sentence_list
from decisions.terms import RiskKind

from .recording import Actor, hold, involve, log

STEP = "risk_assessment"


class RiskPoint(NamedTuple):
    """One risk as the report names it; likelihood and impact on a scale of 1 to 5."""

    kind: RiskKind
    description: str
    likelihood: int
    impact: int
    measures: str


@transaction.atomic(savepoint=False)
def submit_risk_report(decision: Decision, *, by: Actor, risks: Sequence[RiskPoint], **report: Any) -> RiskAssessment:
    """Submit the whole report on the current draft (art. 23); a corrected report is a further one, the last counts."""
    hold(decision)
    if breaches := list(_missing_parts(risks, report)):
        raise RuleBreached(breaches)
    involve(decision, by, STEP)
    assert decision.current_draft is not None
    assessment = RiskAssessment.objects.create(
        decision=decision, draft=decision.current_draft, assessor=by.person, reported_on=clock.today(), **report
    )
    Risk.objects.bulk_create(Risk(assessment=assessment, **risk._asdict()) for risk in risks)
    log(
        decision,
        "risk.reported",
        by=by,
        report=assessment.pk,
        draft=decision.current_draft.content_hash,
        risks=[list(risk) for risk in risks],
        **report,
    )
    return assessment


def _missing_parts(risks: Sequence[RiskPoint], report: dict[str, Any]) -> Iterator[Breach]:
    """Risk points with their measures, the plan for emergencies, and what the departments said (art. 23, para. 2)."""
    parts = {
        _("风险点"): bool(risks),
        _("防范和化解措施"): all(risk.measures.strip() for risk in risks),
        _("风险处置预案"): report["contingency_plan"].strip(),
        _("有关部门意见"): report["departments_heard"].strip(),
        _("评估方法"): report["methods"].strip(),
    }
    if missing := [name for name, there in parts.items() if not there]:
        yield Breach(_("风险评估报告缺少：%s") % sentence_list(missing), Article("SC713", 23, 2), _("请补充后提交。"))
