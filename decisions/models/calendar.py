"""The imported yearly notices on rest days, and the plans laid backwards over them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from decisions import clock, workdays
from decisions.terms import PlanTarget

from .authority import NeverDeleted, Person
from .decision import Decision


class ImportedNotice(NeverDeleted):
    """The State Council's notice for one year as somebody imported it; a corrected one is a further row, the last
    one for a year counts."""

    year = models.PositiveSmallIntegerField(_("年份"))
    title = models.CharField(_("通知标题"), max_length=200)
    text = models.TextField(_("通知内容"))
    holidays = models.JSONField(_("放假日期"))
    makeup = models.JSONField(_("调休上班日期"))
    because = models.CharField(_("更正的理由"), max_length=200, blank=True, default="")
    imported_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(_("导入时间"), default=clock.now)

    class Meta:
        verbose_name = _("放假安排")
        verbose_name_plural = _("放假安排")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    def as_notice(self) -> workdays.YearNotice:
        """The row as the calendar counts with it."""
        days = [frozenset(map(date.fromisoformat, listed)) for listed in (self.holidays, self.makeup)]
        return workdays.YearNotice(self.year, days[0], days[1], self.title)


class Plan(NeverDeleted):
    """A chosen target and the steps laid backwards from it, as they stood when it was chosen; a change is a new row."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="plans")
    target = models.CharField(_("目标"), max_length=12, choices=PlanTarget.choices)
    target_on = models.DateField(_("目标日期"))
    made_on = models.DateField(_("制定日期"))
    rows = models.JSONField(_("各环节的计划日期"))
    slipped = models.JSONField(_("与上一计划相比"), default=list)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("倒排工期")
        verbose_name_plural = _("倒排工期")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_target_display()}：{self.target_on}"
