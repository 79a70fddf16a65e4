"""The watch over every open task, the ladder it climbs when nobody acts, and who is in charge of a unit."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Task

from decisions.models import Authority, Decision, Person, Unit
from workflows.terms import Colour, Tier


class WatchQuerySet(models.QuerySet["Watch"]):
    def open(self) -> WatchQuerySet:
        """Watches over tasks that are not finished."""
        return self.filter(closed_at__isnull=True)

    def due(self, moment: datetime) -> WatchQuerySet:
        """Watches that the sweep has to look at now (one partial index)."""
        return self.filter(next_at__lte=moment)

    def overdue(self) -> WatchQuerySet:
        """Open watches that have climbed to blue, yellow or red."""
        return self.open().exclude(colour="")


class Watch(models.Model):
    """One for each task that waits for a person or a day: when it is due, why then, and when to look again.

    Written when the task is created and closed when it is performed, in the same transactions; `next_at` is empty only
    when nothing is left to tell (closed) or when an incident holds it.
    """

    task = models.OneToOneField(Task, models.PROTECT, primary_key=True, related_name="watch")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="watches", db_index=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", db_index=False)
    step = models.CharField(_("环节"), max_length=40)
    opened_on = models.DateField(_("开始日期"))
    due_on = models.DateField(_("期限"), null=True, blank=True)
    because = models.TextField(_("期限的来由"), blank=True, default="")
    is_statutory = models.BooleanField(_("法定期限"), default=False)
    rung = models.CharField(_("已提醒至"), max_length=12, blank=True, default="")
    colour = models.CharField(_("督办等级"), max_length=6, choices=Colour.choices, blank=True, default="")
    next_at = models.DateTimeField(_("下次查看"), null=True, blank=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("办理期限")
        verbose_name_plural = _("办理期限")
        indexes = [
            models.Index(fields=["next_at"], name="watches_to_look_at", condition=Q(next_at__isnull=False)),
            models.Index(fields=["decision"], name="watches_open", condition=Q(closed_at__isnull=True)),
            models.Index(
                fields=["authority", "colour", "due_on"], name="watches_by_day", condition=Q(closed_at__isnull=True)
            ),
            models.Index(fields=["closed_at"], name="watches_closed", condition=Q(closed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.step}：{self.due_on or '—'}"


class Rung(models.Model):
    """One rung of an authority's own ladder; with none, workflows.notices.ladder.LADDER holds."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="rungs", verbose_name=_("决策机关"))
    step = models.CharField(_("环节（空为各环节）"), max_length=40, blank=True, default="")
    offset = models.SmallIntegerField(
        _("期限后第几个工作日（负数为期限前）"), validators=[MinValueValidator(-30), MaxValueValidator(60)]
    )
    colour = models.CharField(_("督办等级"), max_length=6, choices=Colour.choices, blank=True, default="")
    tiers = models.JSONField(_("通知对象"), default=list)

    class Meta:
        verbose_name = _("提醒督办阶梯")
        verbose_name_plural = _("提醒督办阶梯")
        ordering = ["authority", "step", "offset"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "step", "offset"], name="a_ladder_has_one_rung_a_day"),
            models.CheckConstraint(condition=Q(colour="") | Q(offset__gt=0), name="only_what_is_overdue_has_a_colour"),
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.step or '*'} {self.offset:+d}"

    def clean(self) -> None:
        """Somebody is told, and everybody named is a known tier."""
        if not self.tiers or not isinstance(self.tiers, list) or set(self.tiers) - set(Tier.values):
            raise ValidationError({"tiers": _("请从以下对象中选择至少一个：%s") % "、".join(Tier.values)})


class Leader(models.Model):
    """Who among the leaders is in charge of a unit (分管领导); without one it is the chief executive."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="leader", verbose_name=_("单位"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("分管领导"))

    class Meta:
        verbose_name = _("分管领导")
        verbose_name_plural = _("分管领导")

    def __str__(self) -> str:
        return f"{self.unit}：{self.person}"
