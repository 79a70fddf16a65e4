"""The collective decision: meetings, attendance, agenda items, recusals, statements; and the report to the Party."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from decisions import clock
from decisions.terms import Position, Presence

from .authority import Authority, NeverDeleted, Person
from .decision import Decision, Draft


class Meeting(NeverDeleted):
    """A meeting of the authority's body (executive, plenary, or what a township calls it; art. 30)."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="meetings")
    name = models.CharField(_("会议名称"), max_length=60)
    number = models.PositiveSmallIntegerField(_("次数"))
    year = models.PositiveSmallIntegerField(_("年度"))
    held_on = models.DateField(_("会议日期"))
    place = models.CharField(_("地点"), max_length=100, blank=True, default="")
    convened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("会议")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "name", "year", "number"], name="meetings_are_numbered_each_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}年第{self.number}次{self.name}"


class Attendance(NeverDeleted):
    """Whether a member of the meeting body was there; exactly one is the chief executive."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    member = models.ForeignKey(Person, models.PROTECT, related_name="+")
    is_chief = models.BooleanField(_("行政首长"), default=False)
    presence = models.CharField(_("出席情况"), max_length=10, choices=Presence.choices)
    because = models.CharField(_("请假事由"), max_length=100, blank=True, default="")

    class Meta:
        verbose_name = _("出席情况")
        ordering = ["is_chief", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="a_member_attends_once"),
            models.UniqueConstraint(fields=["meeting"], condition=Q(is_chief=True), name="a_meeting_has_one_chief"),
        ]

    def __str__(self) -> str:
        return f"{self.member}：{self.get_presence_display()}"


class AgendaItem(NeverDeleted):
    """A decision's draft version is put to a meeting."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="agenda_items")
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    sequence = models.PositiveSmallIntegerField(_("议题序号"))
    presented_by = models.CharField(_("汇报人"), max_length=60, blank=True, default="")

    class Meta:
        verbose_name = _("议题")
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "decision"], name="a_matter_stands_once_on_an_agenda"),
            models.UniqueConstraint(fields=["meeting", "sequence"], name="agenda_items_are_numbered"),
        ]

    def __str__(self) -> str:
        return str(self.decision)


class Recusal(NeverDeleted):
    """A member withdraws from an item and no longer counts for its quorum."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="recusals")
    member = models.ForeignKey(Person, models.PROTECT, related_name="+")
    because = models.CharField(_("回避事由"), max_length=200)

    class Meta:
        verbose_name = _("回避")
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="a_member_withdraws_once")]

    def __str__(self) -> str:
        return str(self.member)


class Statement(NeverDeleted):
    """What a member said and the position taken, in speaking order; the chief's is the last (art. 30); immutable."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="statements")
    member = models.ForeignKey(Person, models.PROTECT, related_name="+")
    is_chief = models.BooleanField(default=False)
    sequence = models.PositiveSmallIntegerField(_("发言次序"))
    position = models.CharField(_("表态"), max_length=20, choices=Position.choices)
    words = models.TextField(_("发言内容"))
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("发言表态")
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["item", "member"], name="a_member_speaks_once_to_an_item"),
            models.UniqueConstraint(fields=["item", "sequence"], name="statements_are_numbered"),
            models.UniqueConstraint(fields=["item"], condition=Q(is_chief=True), name="one_chief_speaks_to_an_item"),
        ]

    def __str__(self) -> str:
        return f"{self.member}：{self.get_position_display()}"


class PartyReport(NeverDeleted):
    """The report to the Party committee of the same level and its reply (art. 31)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="party_reports")
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    reference = models.CharField(_("请示报告文号"), max_length=60)
    reported_on = models.DateField(_("请示报告日期"))
    replied_on = models.DateField(_("答复日期"), null=True, blank=True)
    reply = models.TextField(_("答复意见"), blank=True, default="")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("请示报告")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.reference
