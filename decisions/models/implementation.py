"""After the decision: publication, execution, supervision, evaluation, suspension, adjustment."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from decisions import clock
from decisions.terms import EvaluationTrigger, IncidentKind, NonDisclosureGround, OpinionChannel, Outcome

from .authority import NeverDeleted, Person
from .decision import Decision, Draft


class Publication(NeverDeleted):
    """The secrecy review and, when it allows, the publication of the adopted text (art. 32; Decree 711, art. 17)."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="publication")
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    document_number = models.CharField(_("发文字号"), max_length=40)
    secrecy_reviewer = models.CharField(_("保密审查人"), max_length=30)
    secrecy_reviewed_on = models.DateField(_("保密审查日期"))
    secrecy_conclusion = models.TextField(_("保密审查意见"))
    is_published = models.BooleanField(_("向社会公布"), default=True)
    nondisclosure_ground = models.CharField(
        _("不予公开的理由"), max_length=20, choices=NonDisclosureGround.choices, blank=True, default=""
    )
    published_on = models.DateField(_("公布日期"), null=True, blank=True)
    channels = models.TextField(_("公布渠道"), blank=True, default="")
    uptake = models.TextField(_("公众意见和专家意见采纳情况说明"), blank=True, default="")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("决策公布")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_published=True, published_on__isnull=False) | ~Q(nondisclosure_ground=""),
                name="a_decision_is_published_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | Q(published_on__gte=models.F("secrecy_reviewed_on")),
                name="secrecy_is_reviewed_before_publication",
            ),
        ]

    def __str__(self) -> str:
        return self.document_number


class ExecutionPlan(NeverDeleted):
    """How the executing unit carries the decision out and how often it reports (art. 34)."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="execution_plan")
    plan = models.TextField(_("执行方案"))
    goals = models.TextField(_("预期目标和成效指标"))
    report_every_months = models.PositiveSmallIntegerField(_("报告间隔（月）"))
    ends_on = models.DateField(_("计划完成日期"), null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    planned_on = models.DateField(_("制定日期"))

    class Meta:
        verbose_name = _("执行方案")

    def __str__(self) -> str:
        return self.plan[:30]


class ProgressReport(NeverDeleted):
    """A report of the executing unit, on schedule or because something happened (arts. 34 and 35)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="progress_reports")
    reported_on = models.DateField(_("报告日期"))
    text = models.TextField(_("执行情况"))
    percent = models.PositiveSmallIntegerField(_("完成进度（%）"))
    incident = models.CharField(_("异常情况"), max_length=20, choices=IncidentKind.choices, default=IncidentKind.NONE)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("执行情况报告")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(percent__lte=100), name="progress_is_at_most_all")]

    def __str__(self) -> str:
        return f"{self.reported_on} {self.percent}%"


class Supervision(NeverDeleted):
    """What a supervisor found on checking the execution (art. 34)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="supervisions")
    checked_on = models.DateField(_("督查日期"))
    findings = models.TextField(_("督查情况"))
    demands = models.TextField(_("整改要求"), blank=True, default="")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("督查记录")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.findings[:30]


class PublicFeedback(NeverDeleted):
    """What citizens say about a decision in force (art. 35, para. 2)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="feedback")
    channel = models.CharField(_("来源"), max_length=10, choices=OpinionChannel.choices)
    name = models.CharField(_("姓名或者单位名称"), max_length=60, blank=True, default="")
    contact = models.CharField(_("联系方式"), max_length=100, blank=True, default="")
    text = models.TextField(_("反映内容"))
    received_at = models.DateTimeField(default=clock.now)
    registered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("公众反馈")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:30]


class EvaluationOrder(NeverDeleted):
    """The authority orders an evaluation, for one of the decree's reasons or because its own term is over (art. 36)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="evaluation_orders")
    trigger = models.CharField(_("启动情形"), max_length=20, choices=EvaluationTrigger.choices)
    because = models.TextField(_("理由"))
    ordered_on = models.DateField(_("启动日期"))
    ordered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("启动决策后评估")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_trigger_display()


class Evaluation(NeverDeleted):
    """The report of an independent evaluator (art. 36)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="evaluations")
    evaluator = models.ForeignKey(Person, models.PROTECT, related_name="+")
    evaluator_name = models.CharField(_("评估单位"), max_length=100)
    is_third_party = models.BooleanField(_("委托第三方评估"), default=False)
    indicators = models.TextField(_("评估指标"))
    public_heard = models.TextField(_("听取社会公众意见情况"))
    participants = models.TextField(_("人大代表、政协委员、人民团体、基层组织、社会组织参与情况"))
    effect = models.TextField(_("决策实施效果"))
    problems = models.TextField(_("存在问题"))
    advice = models.CharField(
        _("评估建议"),
        max_length=20,
        choices=[(o.value, o.label) for o in (Outcome.CONTINUE, Outcome.ADJUST, Outcome.SUSPEND, Outcome.STOP)],
    )
    reported_on = models.DateField(_("报告日期"))

    class Meta:
        verbose_name = _("决策后评估报告")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.evaluator_name}（{self.get_advice_display()}）"


class Suspension(NeverDeleted):
    """The chief executive's order to suspend execution in an urgent case, until procedure decides (art. 37)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="suspensions")
    because = models.TextField(_("中止执行的理由"))
    ordered_on = models.DateField(_("决定日期"))
    ordered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    lifted_on = models.DateField(_("恢复执行日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("中止执行")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=Q(lifted_on__isnull=True), name="a_decision_is_suspended_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.because[:30]
