"""After the decision: the independent evaluation, and deciding to go on, suspend, adjust or stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions import services
from decisions.articles import Article
from decisions.models import Membership
from decisions.rules.evaluation import Evaluation as EvaluationRule
from decisions.rules.evaluation import open_orders
from decisions.services import Actor, Occasion
from decisions.terms import Outcome, Role

from .base import ActForm, StepForm
from .publication import long_field
from .required import by_law

if TYPE_CHECKING:
    from decisions.models import Evaluation, StepRecord

CHIEF = frozenset({Role.CHIEF})
EVALUATION = Article("SC713", 36)
HEARING = Article("SC713", 36, 3)
ADVICE = (Outcome.CONTINUE, Outcome.ADJUST, Outcome.SUSPEND, Outcome.STOP)


class SubmitEvaluation(ActForm):
    """The evaluator's report."""

    steps = ("evaluation",)
    title = _("提交决策后评估报告")
    lead = _("参与过决策前主要论证、评估的单位不得评估。报告提交后不能更改。")
    button = _("提交评估报告")
    roles = frozenset({Role.EVALUATOR})
    evaluator_name = forms.CharField(
        label=_("评估单位"), max_length=100, error_messages=by_law(_("请填写评估单位"), EVALUATION)
    )
    is_third_party = forms.BooleanField(label=_("委托第三方评估"), required=False)
    indicators = long_field(label=_("评估指标"), error_messages=by_law(_("请填写评估指标"), EVALUATION))
    public_heard = long_field(
        label=_("听取社会公众意见情况"), error_messages=by_law(_("评估应当听取社会公众意见"), HEARING)
    )
    participants = long_field(
        label=_("人大代表、政协委员、人民团体、基层组织、社会组织参与情况"),
        error_messages=by_law(_("评估应当吸收人大代表、政协委员、人民团体、基层组织、社会组织参与"), HEARING),
    )
    effect = long_field(label=_("决策实施效果"), error_messages=by_law(_("请填写决策实施效果"), EVALUATION))
    problems = long_field(label=_("存在问题"), error_messages=by_law(_("请填写存在问题，没有的写“无”"), EVALUATION))
    advice = forms.ChoiceField(
        label=_("评估建议"),
        choices=[(outcome.value, outcome.label) for outcome in ADVICE],
        widget=forms.RadioSelect,
        error_messages=by_law(_("请选择评估建议"), EVALUATION),
    )

    def prepare(self) -> None:
        if self.actor is None:
            return
        evaluating = Membership.objects.current().filter(person__in=self.actor.people, duty=Role.EVALUATOR)
        here = evaluating.filter(unit__authority=self.decision.authority_id).select_related("unit").first()
        self.fields["evaluator_name"].initial = here.unit.name if here else ""

    def perform(self, *, by: Actor, occasion: Occasion) -> Evaluation:
        data = {**self.cleaned_data, "advice": Outcome(self.cleaned_data["advice"])}
        return services.submit_evaluation(self.decision, by=by, **data)


class DecideOnEvaluation(StepForm):
    """The chief executive decides on the evaluation's result."""

    steps = ("evaluation",)
    title = _("作出评估处理决定")
    lead = _("评估结果应当作为调整重大行政决策的重要依据；与评估建议不一致的，写明理由。")
    button = _("作出决定")
    roles = CHIEF

    def details(self) -> dict[str, Any]:
        """Which report and which orders this decision answers."""
        step = self.rule
        assert isinstance(step, EvaluationRule)
        report = step.report(self.decision)
        orders = [order.pk for order in open_orders(self.decision)]
        return {"evaluation": report.pk if report else None, "orders": orders}


class DecideOnSuspension(StepForm):
    """The chief executive suspends execution in an urgent case, or lets it go on."""

    steps = ("suspension",)
    title = _("决定是否中止执行")
    lead = _("情况紧急的，行政首长可以先决定中止执行，写明理由；其后依程序处理。")
    button = _("作出决定")
    roles = CHIEF
    opinion = None  # type: ignore[assignment]

    def perform(self, *, by: Actor, occasion: Occasion) -> StepRecord:
        record: StepRecord = super().perform(by=by, occasion=occasion)
        if record.outcome == Outcome.SUSPENDED:
            services.suspend(self.decision, by=by, because=record.because)
        return record


class DecideOnAdjustment(StepForm):
    """Execution is resumed as it was, or a new decision made by the procedure takes its place."""

    steps = ("adjustment",)
    title = _("决定恢复执行或者以新决策替代")
    lead = _("重大调整或者停止执行，应当先就调整事项提出新的决策建议，依程序作出决定并公布，再在此办结。")
    button = _("作出决定")
    roles = CHIEF
    opinion = None  # type: ignore[assignment]

    def perform(self, *, by: Actor, occasion: Occasion) -> StepRecord:
        record: StepRecord = super().perform(by=by, occasion=occasion)
        if record.outcome == Outcome.RESUMED:
            services.resume(self.decision, by=by, because=record.because)
        return record
