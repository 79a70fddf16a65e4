from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.articles import Article
from decisions.terms import Outcome as O
from decisions.terms import Role

from .base import Breach, Rule

if TYPE_CHECKING:
    from datetime import date

    from decisions.models import Decision, Evaluation as Report, StepRecord
    from decisions.periods import Due


class Evaluation(Rule):
    """An evaluator who took no main part before the decision hears the public; the authority decides on the result."""

    title = gettext_lazy("决策后评估")
    article = Article("SC713", 36)
    asks = gettext_lazy("由未参与决策前主要论证评估的单位评估实施效果，听取公众意见；决策机关根据结果作出处理。")
    roles = frozenset({Role.CHIEF})
    contributors = frozenset({Role.EVALUATOR, Role.OFFICE_CLERK})
    stage = "implementation"
    outcomes = (O.CONTINUE, O.ADJUST, O.SUSPEND, O.STOP)
    passing = frozenset(outcomes)
    budget = "evaluation_due"

    def applies(self, decision: "Decision") -> bool:
        """Always where the jurisdiction has a timer; elsewhere once the authority has ordered one."""
        return super().applies(decision) or decision.evaluation_orders.exists()

    def period_end(self, decision: "Decision") -> "Due | None":
        """When the jurisdiction's own term for evaluating is over, counted from publication."""
        after = self.figure("evaluation_after", decision)
        return after.after(decision.published_on or decision.adopted_on) if after.value else None

    def lacks(self, decision: "Decision") -> Iterator[Breach]:
        report = self.report(decision)
        if report is None:
            yield Breach(_("尚未提交决策后评估报告"), self.article, _("请评估单位提交报告。"))
            return
        if report.evaluator_name.strip() in assessors_before(decision):
            yield Breach(
                _("%s参与过决策前的主要论证或者评估，不得承担决策后评估") % report.evaluator_name,
                Article("SC713", 36, 2),
                _("请另行确定评估单位。"),
            )

    def breaches(self, decision: "Decision", record: "StepRecord") -> Iterator[Breach]:
        yield from super().breaches(decision, record)
        report = self.report(decision)
        if report and record.outcome != report.advice and not record.because.strip():
            yield Breach(
                _("处理决定与评估建议不一致，应当说明理由"), Article("SC713", 36, 4), _("请填写理由。")
            )

    def report(self, decision: "Decision") -> "Report | None":
        return decision.evaluations.last()


def assessors_before(decision: "Decision") -> set[str]:
    """Units and experts who did the main argumentation and assessment before the decision (art. 36, para. 2)."""
    names = set(decision.risk_assessments.values_list("assessor_name", flat=True))
    for appointment in decision.expert_appointments.filter(opinion__isnull=False).select_related("expert"):
        names |= {appointment.expert.name, appointment.expert.organization}
    return names
