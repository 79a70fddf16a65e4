"""Coordination with other units, public participation, opinions with their answers, and hearings."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from decisions import clock
from decisions.terms import Adoption, OpinionChannel, ParticipantKind, ParticipationForm

from .authority import NeverDeleted, Person
from .decision import Decision, Draft


class UnitConsultation(NeverDeleted):
    """A unit whose duties the matter touches is asked, and replies (art. 13)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="unit_consultations")
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    unit_name = models.CharField(_("征求意见单位"), max_length=100)
    asked_on = models.DateField(_("发函日期"))
    due_on = models.DateField(_("回复期限"))
    replied_on = models.DateField(_("回复日期"), null=True, blank=True)
    reply = models.TextField(_("回复意见"), blank=True, default="")
    is_disputed = models.BooleanField(_("存在未能达成一致的意见"), default=False)
    dispute_statement = models.TextField(_("争议的主要问题、各方意见及理由和依据"), blank=True, default="")

    class Meta:
        verbose_name = _("部门协商")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "draft", "unit_name"], name="a_unit_is_asked_once_about_a_version"
            ),
            models.CheckConstraint(
                condition=Q(replied_on__isnull=True) | Q(replied_on__gte=F("asked_on")),
                name="a_reply_follows_the_question",
            ),
        ]

    def __str__(self) -> str:
        return self.unit_name


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def comment_periods(self) -> ParticipationQuerySet:
        """Public comment only, the form with a statutory period."""
        return self.filter(form=ParticipationForm.PUBLIC_COMMENT)

    def open(self) -> ParticipationQuerySet:
        """Forms that take opinions today."""
        today = clock.today()
        return self.filter(opened_on__lte=today, closes_on__gte=today)


class Participation(NeverDeleted):
    """One form in which the public is heard on a draft version (arts. 14 and 15)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="participations")
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="participations")
    form = models.CharField(_("参与方式"), max_length=20, choices=ParticipationForm.choices)
    title = models.CharField(_("公告标题"), max_length=200)
    notice = models.TextField(_("公告内容"), blank=True, default="")
    channels = models.TextField(_("发布渠道"), blank=True, default="")
    ways = models.TextField(_("提出意见的方式"), blank=True, default="")
    opened_on = models.DateField(_("公布（开始）日期"))
    closes_on = models.DateField(_("截止日期"))
    minimum_days = models.PositiveSmallIntegerField(_("法定最短天数"), default=0)
    shortened_because = models.TextField(_("缩短期限的理由"), blank=True, default="")
    groups_heard = models.CharField(_("听取意见的特定群体"), max_length=300, blank=True, default="")
    summary = models.TextField(_("开展情况"), blank=True, default="")
    published_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    results_published_on = models.DateField(_("反馈公布日期"), null=True, blank=True)
    results_note = models.TextField(_("意见征集情况说明"), blank=True, default="")

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("公众参与")
        ordering = ["pk"]
        indexes = [models.Index(fields=["closes_on", "opened_on"], name="participations_by_period")]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opened_on")), name="a_period_closes_after_it_opens"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.opened_on <= clock.today() <= self.closes_on

    def opinions_on_draft(self) -> OpinionQuerySet:
        """Everything the public said about this draft version, in whatever form: one set, published together."""
        return Opinion.objects.filter(decision=self.decision_id, participation__draft=self.draft_id)


CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Characters of a receipt code: 32 that are not mistaken for one another."""

CODE_LENGTH = 10


def receipt_code() -> str:
    """A code of 10 unambiguous characters (50 bits) with which a citizen finds the own opinion again."""
    return "".join(secrets.choice(CODE_LETTERS) for _place in range(CODE_LENGTH))


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def unanswered(self) -> OpinionQuerySet:
        return self.filter(answers__isnull=True)


class Opinion(NeverDeleted):
    """One opinion, online, on paper or spoken; all of a decision's opinions are one numbered set (art. 18)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="opinions")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="opinions")
    number = models.PositiveIntegerField(_("编号"))
    article_number = models.PositiveSmallIntegerField(_("针对条款"), null=True, blank=True)
    channel = models.CharField(_("来源"), max_length=10, choices=OpinionChannel.choices)
    name = models.CharField(_("姓名或者单位名称"), max_length=60, blank=True, default="")
    is_organization = models.BooleanField(_("单位意见"), default=False)
    contact = models.CharField(_("联系方式"), max_length=100, blank=True, default="")
    text = models.TextField(_("意见内容"))
    received_at = models.DateTimeField(_("收到时间"), default=clock.now)
    receipt_code = models.CharField(_("回执码"), max_length=12, unique=True, default=receipt_code)
    registered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("意见")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["decision", "number"], name="opinions_are_one_numbered_set")]

    def __str__(self) -> str:
        return f"第{self.number}号意见"

    @property
    def masked_name(self) -> str:
        """The name as the public sees it: organisations whole, people as 朱**."""
        if not self.name:
            return str(_("匿名"))
        return self.name if self.is_organization else self.name[0] + "**"


class OpinionAnswer(NeverDeleted):
    """What became of an opinion, with the reason; a corrected answer is a further row, the last one holds."""

    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="answers")
    adoption = models.CharField(_("采纳情况"), max_length=20, choices=Adoption.choices)
    reason = models.TextField(_("理由或者采纳情况说明"))
    changed_article = models.PositiveSmallIntegerField(_("修改的条款"), null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("意见答复")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="an_answer_gives_its_reason"),
        ]

    def __str__(self) -> str:
        return self.get_adoption_display()


class Hearing(NeverDeleted):
    """A hearing on a draft version (arts. 16 and 17)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="hearings")
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    title = models.CharField(_("听证会名称"), max_length=200)
    required_by = models.CharField(_("举行听证会的依据"), max_length=200)
    noticed_on = models.DateField(_("公告日期"))
    registration_until = models.DateField(_("报名截止日期"), null=True, blank=True)
    selection_method = models.TextField(_("参加人遴选办法"))
    held_on = models.DateField(_("听证会日期"))
    held_at = models.CharField(_("时间和地点"), max_length=200)
    presider = models.CharField(_("主持人"), max_length=30)
    list_published_on = models.DateField(_("参加人名单公布日期"), null=True, blank=True)
    presentation = models.TextField(_("承办单位介绍草案、依据和有关情况"), blank=True, default="")
    debate = models.TextField(_("参加人陈述意见、询问、质证和辩论"), blank=True, default="")
    confirmation = models.TextField(_("参加人确认笔录"), blank=True, default="")
    is_closed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("听证会")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on__gt=F("noticed_on")), name="a_hearing_is_announced_before_it_is_held"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class HearingParticipant(NeverDeleted):
    """Somebody who takes part in a hearing: materials delivered, heard, signed."""

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="participants")
    name = models.CharField(_("姓名"), max_length=30)
    kind = models.CharField(_("类别"), max_length=20, choices=ParticipantKind.choices)
    organization = models.CharField(_("单位或者住址"), max_length=100, blank=True, default="")
    materials_delivered_on = models.DateField(_("材料送达日期"), null=True, blank=True)
    attended = models.BooleanField(_("到会"), default=False)
    statement = models.TextField(_("发言要点"), blank=True, default="")
    signed_on = models.DateField(_("签字日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("听证参加人")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["hearing", "name"], name="a_participant_is_listed_once")]

    def __str__(self) -> str:
        return self.name
