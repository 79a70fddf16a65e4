"""What the system administrator sees: when each sweep ran, and what went wrong and waits for a person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from decisions import clock
from decisions.models import Decision, Person

from .notices import Delivery
from .watching import Watch


class Sweep(models.Model):
    """The last run of one sweep."""

    name = models.CharField(_("任务"), max_length=20, primary_key=True)
    finished_at = models.DateTimeField(_("最近完成"))
    milliseconds = models.PositiveIntegerField(_("耗时（毫秒）"))
    rows = models.PositiveIntegerField(_("处理条数"))
    last_day = models.DateField(_("最近处理的日期"), null=True)

    class Meta:
        verbose_name = _("定时任务")

    def __str__(self) -> str:
        return self.name


class Incident(models.Model):
    """Something that failed for good, or a matter on which nothing is due: it stays until a person settles it.

    Of an error its kind and place are kept, never its text, which may quote personal data.
    """

    source = models.CharField(_("来源"), max_length=20)
    watch = models.ForeignKey(Watch, models.PROTECT, null=True, related_name="incidents")
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="incidents")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="incidents")
    error = models.CharField(_("错误"), max_length=200)
    times = models.PositiveIntegerField(_("次数"), default=1)
    first_at = models.DateTimeField(_("首次发生"), default=clock.now)
    last_at = models.DateTimeField(_("最近发生"), default=clock.now)
    settled_at = models.DateTimeField(_("处理时间"), null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("异常")
        verbose_name_plural = _("异常")
        constraints = [
            models.UniqueConstraint(
                fields=["source", subject],
                condition=Q(settled_at__isnull=True),
                name=f"one_open_incident_for_a_{subject}",
            )
            for subject in ("watch", "delivery", "decision")
        ]
        indexes = [models.Index(fields=["id"], name="incidents_open", condition=Q(settled_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.source}：{self.error}"
