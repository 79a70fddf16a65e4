from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.articles import Article
from decisions.terms import Outcome as O
from decisions.terms import RiskLevel, Role

from .base import Breach, Rule, sentence_list
from .position import round_start

if TYPE_CHECKING:
    from decisions.models import Decision, StepRecord
    from decisions.models import RiskAssessment as Report


class RiskAssessment(Rule):
    """A report names risks, measures and a contingency plan; the authority itself finds the risk controllable."""

    title = gettext_lazy("风险评估")
    article = Article("SC713", 22)
    asks = gettext_lazy("评估单位提交风险评估报告，由决策机关认定风险是否可控；不可控的，退回修改草案。")
    roles = frozenset({Role.CHIEF})
    contributors = frozenset({Role.ASSESSOR})
    stage = "risk"
    outcomes = (O.CONTROLLABLE, O.UNCONTROLLABLE)
    passing = frozenset({O.CONTROLLABLE})
    binding = "until_voided"
    exempted_by = frozenset({Role.CHIEF})
    budget = "risk_assessment_due"

    def exemption_breaches(self, decision: "Decision", ground: str, legal_basis: str) -> Iterator[Breach]:
        yield from super().exemption_breaches(decision, ground, legal_basis)
        if decision.has_possible_harm:
            yield Breach(_("可能造成不利影响的决策事项应当进行风险评估，不得豁免"), Article("SC713", 22, 1))

    def lacks(self, decision: "Decision") -> Iterator[Breach]:
        report = self.report(decision)
        if report is None:
            yield Breach(_("尚未提交风险评估报告"), Article("SC713", 23, 2), _("请风险评估单位提交报告。"))
            return
        parts = {
            _("风险点和防范措施"): report.risk_points,  # type: ignore[attr-defined]
            _("处置预案"): report.contingency_plan.strip(),
            _("有关部门意见"): report.departments_heard.strip(),
        }
        if missing := [name for name, there in parts.items() if not there]:
            yield Breach(_("风险评估报告缺少：%s") % sentence_list(missing), Article("SC713", 23, 2), _("请补充。"))

    def breaches(self, decision: "Decision", record: "StepRecord") -> Iterator[Breach]:
        yield from super().breaches(decision, record)
        report = self.report(decision)
        if report and report.level_after == RiskLevel.HIGH and record.outcome == O.CONTROLLABLE:
            yield Breach(
                _("采取措施后仍为高风险，不得认定为风险可控"),
                Article("SC713", 24),
                _("请认定为不可控，调整草案或者采取措施降低风险后再评估。"),
            )
        if not record.opinion.strip():
            yield Breach(_("决策机关认定风险是否可控，应当写明认定意见"), Article("SC713", 24))

    def report(self, decision: "Decision") -> "Report | None":
        """The last report on a draft version that still counts."""
        counting = decision.risk_assessments.filter(draft__number__gte=round_start(decision, self.key))
        return counting.annotate(risk_points=Count("risks")).last()
