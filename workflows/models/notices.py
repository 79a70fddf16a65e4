"""Who was told what, by which channel, when, and with what outcome: the evidence of service."""

from __future__ import annotations

from datetime import datetime, time

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from decisions import clock
from decisions.models import Authority, Decision, Person
from decisions.models.authority import NeverDeleted
from workflows.terms import Colour, Delivered, Kind, Medium, Tier

from .watching import Watch

PERSONAL = (Medium.EMAIL, Medium.SMS)
"""Channels that a person may choose; the inbox is always served."""

GROUPS = (Medium.WECOM, Medium.DINGTALK)


class Group(models.Model):
    """A chat group of an authority, told by webhook that something waits: a link only, no names, no text."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="groups", verbose_name=_("决策机关"))
    name = models.CharField(_("群名称"), max_length=60)
    channel = models.CharField(_("渠道"), max_length=10, choices=[(each.value, each.label) for each in GROUPS])
    url = models.URLField(_("机器人地址"), max_length=400)
    secret = models.CharField(_("加签密钥"), max_length=100, blank=True, default="")
    is_active = models.BooleanField(_("启用"), default=True)
    minute = models.DateTimeField(editable=False, null=True)
    sent_in_minute = models.PositiveSmallIntegerField(editable=False, default=0)

    class Meta:
        verbose_name = _("通知群")
        verbose_name_plural = _("通知群")

    def __str__(self) -> str:
        return self.name


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> NoticeQuerySet:
        """Neither acknowledged nor settled by events."""
        return self.filter(is_unread=True)

    def inbox_of(self, person: Person) -> NoticeQuerySet:
        """What a person's inbox holds, unread first, the latest first."""
        return self.filter(recipient=person).order_by("-is_unread", "-pk")


class Notice(NeverDeleted):
    """One person (or group) was told one thing once; its words never change and carry their SHA-256."""

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    watch = models.ForeignKey(Watch, models.PROTECT, null=True, related_name="notices")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="notices")
    rung = models.CharField(_("梯级"), max_length=12, blank=True, default="")
    colour = models.CharField(_("督办等级"), max_length=6, choices=Colour.choices, blank=True, default="")
    due_on = models.DateField(_("期限"), null=True)
    is_statutory = models.BooleanField(_("法定期限"), default=False)
    recipient = models.ForeignKey(Person, models.PROTECT, null=True, related_name="notices", db_index=False)
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="notices", db_index=False)
    on_behalf_of = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    tier = models.CharField(_("通知对象"), max_length=10, choices=Tier.choices, blank=True, default="")
    subject = models.CharField(_("标题"), max_length=300)
    text = models.TextField(_("内容"))
    url = models.CharField(max_length=100, blank=True, default="")
    sha256 = models.CharField(_("内容摘要值"), max_length=64)
    raised_at = models.DateTimeField(_("发出时间"), default=clock.now)
    rounds = models.PositiveSmallIntegerField(_("提醒次数"), default=1)
    said_at = models.DateTimeField(_("最近提醒时间"), default=clock.now)
    is_unread = models.BooleanField(_("未签收"), default=True)
    acknowledged_at = models.DateTimeField(_("签收时间"), null=True)
    settled_at = models.DateTimeField(_("事项已办时间"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("通知")
        verbose_name_plural = _("通知")
        indexes = [models.Index(fields=["recipient", "-is_unread", "-id"], name="notices_by_inbox")]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, group__isnull=True)
                | Q(recipient__isnull=True, group__isnull=False),
                name="a_notice_tells_a_person_or_a_group",
            ),
            models.CheckConstraint(
                condition=Q(is_unread=False) | Q(acknowledged_at__isnull=True, settled_at__isnull=True),
                name="what_was_acknowledged_or_settled_is_read",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, moment: datetime) -> DeliveryQuerySet:
        """Waiting to go out now (one partial index)."""
        return self.filter(state=Delivered.WAITING, next_at__lte=moment)

    def failed(self) -> DeliveryQuerySet:
        """Given up after the last attempt; a person decides."""
        return self.filter(state=Delivered.FAILED)


class Delivery(NeverDeleted):
    """The outbox: one notice by one channel. `next_at` is both the next attempt and the lease of whoever sends it."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries", db_index=False)
    channel = models.CharField(_("渠道"), max_length=10, choices=Medium.choices)
    round = models.PositiveSmallIntegerField(_("第几次提醒"), default=1)
    state = models.CharField(_("送达情况"), max_length=10, choices=Delivered.choices, default=Delivered.WAITING)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    next_at = models.DateTimeField(_("下次发送"), null=True)
    sent_at = models.DateTimeField(_("送达时间"), null=True)
    error = models.CharField(_("未送达的原因"), max_length=100, blank=True, default="")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("送达")
        verbose_name_plural = _("送达")
        indexes = [
            models.Index(fields=["next_at"], name="deliveries_to_send", condition=Q(state="waiting")),
            models.Index(fields=["id"], name="deliveries_that_failed", condition=Q(state="failed")),
            models.Index(fields=["sent_at"], name="deliveries_by_time", condition=Q(state="sent")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel", "round"], name="a_notice_goes_out_once_by_a_channel"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="what_was_sent_says_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}：{self.get_state_display()}"


class Preference(models.Model):
    """A person's choice for one kind of notice and one channel; without it the default holds."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="preferences")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    channel = models.CharField(max_length=10, choices=Medium.choices)
    is_on = models.BooleanField()

    class Meta:
        verbose_name = _("通知方式")
        constraints = [models.UniqueConstraint(fields=["person", "kind", "channel"], name="one_choice_for_a_channel")]

    def __str__(self) -> str:
        return f"{self.person} {self.kind} {self.channel} {self.is_on}"


class Receiving(models.Model):
    """When a person wants quiet, and how often the secret address of the calendar feed was renewed."""

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="receiving")
    quiet_from = models.TimeField(_("免打扰开始"), default=time(22))
    quiet_until = models.TimeField(_("免打扰结束"), default=time(7))
    feed = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("接收设置")

    def __str__(self) -> str:
        return f"{self.person} {self.quiet_from:%H:%M}–{self.quiet_until:%H:%M}"
