"""Expert argumentation, risk assessment, fair competition and legality review."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from decisions import clock
from decisions.terms import FairCompetitionConclusion, Outcome, RiskKind, RiskLevel

from .authority import Authority, NeverDeleted, Person
from .decision import Decision, Document, Draft


class Expert(NeverDeleted):
    """An expert of the authority's pool, or of the superior's (art. 21); no account."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="experts")
    name = models.CharField(_("姓名"), max_length=30)
    field = models.CharField(_("专业领域"), max_length=60)
    organization = models.CharField(_("单位"), max_length=100)
    contact = models.CharField(_("联系方式"), max_length=60, blank=True, default="")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    is_active = models.BooleanField(_("在库"), default=True)

    class Meta:
        verbose_name = _("专家")
        constraints = [
            models.UniqueConstraint(fields=["authority", "name", "organization"], name="an_expert_is_listed_once")
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.organization}，{self.field}）"


class ExpertAppointment(NeverDeleted):
    """An expert is asked about a draft version and declares whether a direct interest stands against it (art. 20)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="expert_appointments")
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="appointments")
    appointed_on = models.DateField(_("聘请日期"))
    appointed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    selection_note = models.CharField(_("遴选说明"), max_length=300, blank=True, default="")
    token_hash = models.CharField(max_length=64, unique=True)
    link_expires_on = models.DateField(_("链接有效期至"))
    has_interest = models.BooleanField(_("与决策事项有直接利害关系"), null=True, blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(_("解除聘请的理由"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("专家聘请")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "expert"], name="an_expert_is_asked_once_about_a_version"),
        ]

    def __str__(self) -> str:
        return str(self.expert)

    @property
    def name(self) -> str:
        """The expert's name, by which case files name the appointment."""
        return self.expert.name


class ExpertOpinion(NeverDeleted):
    """The expert's signed opinion; immutable (art. 19)."""

    appointment = models.OneToOneField(ExpertAppointment, models.PROTECT, related_name="opinion")
    necessity = models.TextField(_("必要性意见"))
    feasibility = models.TextField(_("可行性意见"))
    soundness = models.TextField(_("科学性意见"))
    is_in_favor = models.BooleanField(_("总体赞成"))
    signature = models.CharField(_("签名"), max_length=30)
    signed_at = models.DateTimeField(_("签署时间"), default=clock.now)

    class Meta:
        verbose_name = _("专家论证意见")
        constraints = [models.CheckConstraint(condition=~Q(signature=""), name="an_expert_opinion_is_signed")]

    def __str__(self) -> str:
        return self.signature


class ExpertReply(NeverDeleted):
    """The undertaking unit's answer to an expert's opinion; the last one holds."""

    opinion = models.ForeignKey(ExpertOpinion, models.PROTECT, related_name="replies")
    text = models.TextField(_("采纳情况及理由"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("对专家意见的答复")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:30]


class RiskAssessment(NeverDeleted):
    """A risk report on a draft version: method, departments heard, contingency plan, levels (art. 23); immutable."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="risk_assessments")
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    assessor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    assessor_name = models.CharField(_("风险评估单位"), max_length=100)
    is_third_party = models.BooleanField(_("委托第三方评估"), default=False)
    earlier_report = models.CharField(_("已按有关规定评估的报告名称、文号"), max_length=200, blank=True, default="")
    methods = models.TextField(_("评估方法"))
    departments_heard = models.TextField(_("听取意见的部门及其意见"))
    contingency_plan = models.TextField(_("风险处置预案"))
    level_before = models.CharField(_("采取措施前的风险等级"), max_length=10, choices=RiskLevel.choices)
    level_after = models.CharField(_("采取措施后的风险等级"), max_length=10, choices=RiskLevel.choices)
    reported_on = models.DateField(_("报告日期"))

    class Meta:
        verbose_name = _("风险评估报告")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.assessor_name}（{self.get_level_after_display()}）"


class Risk(NeverDeleted):
    """One risk point with its measures; likelihood and impact on a scale of 1 to 5."""

    assessment = models.ForeignKey(RiskAssessment, models.PROTECT, related_name="risks")
    kind = models.CharField(_("风险类别"), max_length=20, choices=RiskKind.choices)
    description = models.TextField(_("风险点"))
    likelihood = models.PositiveSmallIntegerField(_("可能性"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    impact = models.PositiveSmallIntegerField(_("影响程度"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    measures = models.TextField(_("防范和化解措施"))

    class Meta:
        verbose_name = _("风险点")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5)) & Q(impact__range=(1, 5)), name="risks_are_rated_from_one_to_five"
            ),
            models.CheckConstraint(condition=~Q(measures=""), name="a_risk_names_its_measures"),
        ]

    def __str__(self) -> str:
        return self.description[:30]


class FairCompetitionReview(NeverDeleted):
    """The conclusion on fair competition, with the exception's ground and end (Fair Competition Regulation)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="fair_competition_reviews")
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    conclusion = models.CharField(_("审查结论"), max_length=20, choices=FairCompetitionConclusion.choices)
    findings = models.TextField(_("审查意见"))
    stakeholders_heard = models.TextField(_("听取利害关系人意见情况"))
    exception_ground = models.TextField(_("适用例外规定的理由"), blank=True, default="")
    exception_until = models.DateField(_("例外措施实施期限"), null=True, blank=True)
    reviewed_on = models.DateField(_("审查日期"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("公平竞争审查")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(conclusion=FairCompetitionConclusion.EXCEPTION)
                | (~Q(exception_ground="") & Q(exception_until__isnull=False)),
                name="an_exception_names_its_ground_and_end",
            ),
        ]

    def __str__(self) -> str:
        return self.get_conclusion_display()


class LegalOpinion(NeverDeleted):
    """A legal adviser's or public lawyer's signed opinion on a draft version (art. 28); immutable."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="legal_opinions")
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    adviser = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    conclusion = models.CharField(
        _("结论"),
        max_length=30,
        choices=[
            (o.value, o.label)
            for o in (Outcome.LAWFUL, Outcome.LAWFUL_AFTER_CHANGES, Outcome.EXPLORATORY, Outcome.UNLAWFUL)
        ],
    )
    text = models.TextField(_("法律意见"))
    signed_at = models.DateTimeField(_("签署时间"), default=clock.now)

    class Meta:
        verbose_name = _("法律顾问意见")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "adviser"], name="an_adviser_signs_once_on_a_version"),
            models.CheckConstraint(condition=~Q(text=""), name="a_legal_opinion_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.adviser}：{self.get_conclusion_display()}"


class ArticleOpinion(NeverDeleted):
    """The reviewer's remark on one article of the draft, or on the whole when no article is named (art. 27)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="article_opinions")
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    article_number = models.PositiveSmallIntegerField(_("针对条款"), null=True, blank=True)
    text = models.TextField(_("审查意见"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("逐条审查意见")
        ordering = ["article_number", "pk"]

    def __str__(self) -> str:
        return self.text[:30]


class Supplement(NeverDeleted):
    """Materials the reviewer asked for; the clock stands from the request and starts again on receipt (art. 26)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="supplements")
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    requested_on = models.DateField(_("要求补充日期"))
    because = models.TextField(_("需要补充的材料和理由"))
    requested_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    supplied_on = models.DateField(_("补充日期"), null=True, blank=True)
    supplied_note = models.TextField(_("补充说明"), blank=True, default="")
    supplied_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("补充材料")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(supplied_on__isnull=True) | Q(supplied_on__gte=F("requested_on")),
                name="a_supplement_follows_the_request",
            ),
        ]

    def __str__(self) -> str:
        return self.because[:30]
