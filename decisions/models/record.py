"""What has legally happened: step records, exemptions, who took which side, and the chained events."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from decisions import clock
from decisions.terms import Outcome, Role, Side

from .authority import NeverDeleted, Person
from .decision import Decision, Draft


class StepRecord(NeverDeleted):
    """A statutory step was carried out, by whom, when, with what result, and on which draft version."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="records")
    step = models.CharField(_("环节"), max_length=40)
    draft = models.ForeignKey(Draft, models.PROTECT, null=True, blank=True, related_name="records")
    outcome = models.CharField(_("结果"), max_length=30, choices=Outcome.choices)
    opinion = models.TextField(_("意见"), blank=True, default="")
    because = models.TextField(_("理由"), blank=True, default="")
    details = models.JSONField(_("记载事项"), default=dict, blank=True)
    opened_on = models.DateField(_("开始日期"))
    completed_on = models.DateField(_("完成日期"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("办理人"))
    on_behalf_of = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("被代理人")
    )
    role = models.CharField(_("职责"), max_length=20, choices=Role.choices)
    occasion = models.CharField(max_length=60, unique=True)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("程序记录")
        ordering = ["pk"]
        indexes = [models.Index(fields=["decision", "step", "-id"], name="records_by_step")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(completed_on__gte=models.F("opened_on")), name="a_step_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step}：{self.get_outcome_display()}"


class Exemption(NeverDeleted):
    """A required step is lawfully left out: the ground, its legal basis and who signed; examined at legality review."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="exemptions")
    record = models.OneToOneField(StepRecord, models.PROTECT, related_name="exemption")
    step = models.CharField(_("环节"), max_length=40)
    ground = models.TextField(_("豁免理由"))
    legal_basis = models.CharField(_("豁免依据"), max_length=200)
    signed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    signed_on = models.DateField(_("签署日期"))

    class Meta:
        verbose_name = _("程序豁免")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(ground="") & ~models.Q(legal_basis=""),
                name="an_exemption_names_its_ground_and_basis",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step}：{self.ground}"


class Involvement(NeverDeleted):
    """The one side a person takes on a decision (办、审、定三分离); the database allows no second."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="involvements")
    person = models.ForeignKey(Person, models.PROTECT, related_name="involvements")
    side = models.CharField(_("身份"), max_length=10, choices=Side.choices)
    step = models.CharField(_("首次参与的环节"), max_length=40)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("参与身份")
        constraints = [
            models.UniqueConstraint(fields=["decision", "person"], name="nobody_takes_two_sides_of_one_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.person}：{self.get_side_display()}"


class Event(NeverDeleted):
    """One link of a decision's append-only chain: each hash covers the one before it."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField(_("序号"))
    kind = models.CharField(_("事件"), max_length=60)
    actor = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    on_behalf_of = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("时间"))
    payload = models.TextField(_("内容"))
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("事件")
        ordering = ["sequence"]
        constraints = [models.UniqueConstraint(fields=["decision", "sequence"], name="events_are_numbered")]

    def __str__(self) -> str:
        return f"{self.sequence}. {self.kind}"


class Submission(models.Model):
    """One posting of a form; a second posting with the same key does nothing."""

    key = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("提交")

    def __str__(self) -> str:
        return self.key
