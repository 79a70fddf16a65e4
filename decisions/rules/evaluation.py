from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.articles import Article
from decisions.terms import Outcome as O
from decisions.terms import Role

from .base import Breach, Rule

if TYPE_CHECKING:
    from decisions.models import Decision, EvaluationOrder, StepRecord
    from decisions.models import Evaluation as Report
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
        return super().applies(decision) or (decision.adopted_on is not None and bool(open_orders(decision)))

    def period_end(self, decision: "Decision") -> "Due | None":
        """When the jurisdiction's own term for evaluating is over, counted from publication or the last evaluation."""
        after = self.figure("evaluation_after", decision)
        if not after.value:
            return None
        last = decision.records.filter(step=self.key).order_by("pk").values_list("completed_on", flat=True).last()
        start = last or decision.published_on or decision.adopted_on
        return after.after(start) if start else None

    def lacks(self, decision: "Decision") -> Iterator[Breach]:
        report = self.report(decision)
        if report is None:
            yield Breach(_("尚未提交决策后评估报告"), self.article, _("请评估单位提交报告。"))
            return
        yield from self.evaluator_breaches(decision, report.evaluator_name)

    def evaluator_breaches(self, decision: "Decision", *names: str) -> Iterator[Breach]:
        """Why a unit of one of these names may not evaluate: it did the main assessment before (art. 36, para. 2)."""
        barred = {plain(name) for name in assessors_before(decision)}
        for name in dict.fromkeys(names):
            if plain(name) in barred:
                yield Breach(
                    _("%s参与过决策前的主要论证或者评估，不得承担决策后评估") % name.strip(),
                    Article("SC713", 36, 2),
                    _("请另行确定评估单位。"),
                )

    def breaches(self, decision: "Decision", record: "StepRecord") -> Iterator[Breach]:
        yield from super().breaches(decision, record)
        report = self.report(decision)
        if report and record.outcome != report.advice and not record.because.strip():
            yield Breach(_("处理决定与评估建议不一致，应当说明理由"), Article("SC713", 36, 4), _("请填写理由。"))

    def report(self, decision: "Decision") -> "Report | None":
        """The report to be decided on: the latest, unless it was decided on already."""
        return decision.evaluations.exclude(pk__in=answered(decision, "evaluation")).order_by("pk").last()


def open_orders(decision: "Decision") -> "list[EvaluationOrder]":
    """Orders to evaluate that no evaluation has answered yet."""
    orders = list(decision.evaluation_orders.all())
    return [order for order in orders if order.pk not in answered(decision, "orders")] if orders else []


def answered(decision: "Decision", key: str) -> set[int]:
    """What earlier records of the step dealt with, by their key in the record's details."""
    found: set[int] = set()
    for details in decision.records.filter(step="evaluation").values_list("details", flat=True):
        value = details.get(key) or []
        found |= set(value if isinstance(value, list) else [value])
    return found


def plain(name: str) -> str:
    """A name without blanks, so that a blank hides nobody."""
    return "".join(name.split())


def assessors_before(decision: "Decision") -> set[str]:
    """Units and experts who did the main argumentation and assessment before the decision (art. 36, para. 2)."""
    names = set(decision.risk_assessments.values_list("assessor_name", flat=True))
    for appointment in decision.expert_appointments.filter(opinion__isnull=False).select_related("expert"):
        names |= {appointment.expert.name, appointment.expert.organization}
    return names
