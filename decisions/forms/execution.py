"""Carrying the decision out: plan, reports, supervision, what citizens say, ordering an evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from decisions import services
from decisions.articles import Article
from decisions.rules import rule
from decisions.rules.evaluation import open_orders
from decisions.services import Actor, Occasion
from decisions.terms import EvaluationTrigger, IncidentKind, OpinionChannel, Role

from .base import ActForm, StepForm
from .publication import day_field, long_field
from .required import by_law

if TYPE_CHECKING:
    from decisions.models import Decision, EvaluationOrder, ExecutionPlan, ProgressReport, PublicFeedback, Supervision

EXECUTOR = frozenset({Role.EXECUTOR})
EXECUTION = Article("SC713", 34)
FEEDBACK = Article("SC713", 35, 2)
EVALUATION = Article("SC713", 36, 1)


class PlanExecution(ActForm):
    """How the decision is carried out, what it must reach, how often the unit reports."""

    steps = ("execution",)
    title = _("制定执行方案")
    button = _("保存执行方案")
    roles = EXECUTOR
    plan = long_field(label=_("执行方案"), error_messages=by_law(_("请填写执行方案"), EXECUTION))
    goals = long_field(label=_("预期目标和成效指标"), error_messages=by_law(_("请填写预期目标和成效指标"), EXECUTION))
    report_every_months = forms.IntegerField(
        label=_("报告间隔（月）"), min_value=1, max_value=12, error_messages=by_law(_("请填写报告间隔"), EXECUTION)
    )
    ends_on = day_field(label=_("计划完成日期"), required=False)

    def prepare(self) -> None:
        plan = getattr(self.decision, "execution_plan", None)
        longest = rule("execution").figure("progress_report_interval", self.decision)
        self.fields["report_every_months"].help_text = _now("不超过%s。") % longest
        if plan and not self.is_bound:
            self.initial = {**{name: getattr(plan, name) for name in self.fields}, **self.initial}

    def perform(self, *, by: Actor, occasion: Occasion) -> ExecutionPlan:
        return services.plan_execution(self.decision, by=by, **self.cleaned_data)


class ReportProgress(ActForm):
    """A report of the executing unit, on schedule or because something happened."""

    steps = ("execution",)
    title = _("报告执行情况")
    lead = _("发现决策存在问题、客观情况发生重大变化或者发生不可抗力，严重影响决策目标实现的，应当及时报告。")
    button = _("提交报告")
    roles = EXECUTOR
    text = long_field(label=_("执行情况"), error_messages=by_law(_("请填写执行情况"), EXECUTION))
    percent = forms.IntegerField(
        label=_("完成进度（%）"), min_value=0, max_value=100, error_messages=by_law(_("请填写完成进度"), EXECUTION)
    )
    incident = forms.ChoiceField(
        label=_("异常情况"), choices=IncidentKind.choices, initial=IncidentKind.NONE, widget=forms.RadioSelect
    )
    late_because = long_field(2, label=_("逾期原因"), required=False, help_text=_("逾期报告的，应当写明原因。"))

    def perform(self, *, by: Actor, occasion: Occasion) -> ProgressReport:
        data = self.cleaned_data
        return services.report_progress(
            self.decision,
            by=by,
            opened_on=occasion.opened_on,
            text=data["text"],
            percent=data["percent"],
            incident=IncidentKind(data["incident"]),
            late_because=data["late_because"],
        )


class SuperviseExecution(ActForm):
    """What a check of the execution found."""

    steps = ("execution",)
    title = _("登记督查情况")
    button = _("登记")
    roles = frozenset({Role.SUPERVISOR})
    findings = long_field(label=_("督查情况"), error_messages=by_law(_("请填写督查情况"), EXECUTION))
    demands = long_field(2, label=_("整改要求"), required=False)

    def perform(self, *, by: Actor, occasion: Occasion) -> Supervision:
        return services.supervise(self.decision, by=by, **self.cleaned_data)


class RegisterFeedback(ActForm):
    """What somebody says of the decision in force, by letter, telephone or e-mail."""

    steps = ("execution", "evaluation_period", "evaluation")
    title = _("登记公众反馈")
    lead = _("公民、法人或者其他组织认为决策及其实施存在问题的，可以通过信件、电话、电子邮件等方式提出意见建议。")
    button = _("登记")
    roles = frozenset({Role.OFFICE_CLERK})
    channel = forms.ChoiceField(label=_("来源"), choices=OpinionChannel.choices)
    name = forms.CharField(label=_("姓名或者单位名称"), max_length=60, required=False)
    contact = forms.CharField(label=_("联系方式"), max_length=100, required=False)
    text = long_field(label=_("反映内容"), error_messages=by_law(_("请填写反映内容"), FEEDBACK))

    def perform(self, *, by: Actor, occasion: Occasion) -> PublicFeedback:
        data = {**self.cleaned_data, "channel": OpinionChannel(self.cleaned_data["channel"])}
        return services.receive_feedback(self.decision, by=by, **data)


class OrderEvaluation(ActForm):
    """The authority orders an evaluation."""

    steps = ("execution", "evaluation_period")
    title = _("启动决策后评估")
    button = _("启动评估")
    roles = frozenset({Role.CHIEF, Role.OFFICE_CLERK})
    trigger = forms.ChoiceField(
        label=_("启动情形"),
        choices=[("", _("请选择")), *EvaluationTrigger.choices],
        error_messages=by_law(_("请选择启动情形"), EVALUATION),
    )
    because = long_field(3, label=_("理由"), error_messages=by_law(_("请写明理由"), EVALUATION))

    @classmethod
    def is_available(cls, decision: Decision) -> bool:
        return not open_orders(decision)

    def perform(self, *, by: Actor, occasion: Occasion) -> EvaluationOrder:
        trigger = EvaluationTrigger(self.cleaned_data["trigger"])
        return services.order_evaluation(self.decision, by=by, trigger=trigger, because=self.cleaned_data["because"])


class ConcludeExecution(StepForm):
    """Carried out, or endangered so gravely that the chief executive must decide."""

    steps = ("execution",)
    title = _("办结执行")
    roles = EXECUTOR
    because = None  # type: ignore[assignment]

    def prepare(self) -> None:
        self.fields["opinion"].label = _("执行情况总结")
