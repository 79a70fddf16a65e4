"""The decision, its draft versions and its documents."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from decisions import clock
from decisions.articles import in_chinese
from decisions.terms import (
    DocumentKind,
    Exclusion,
    MatterClass,
    NonDisclosureGround,
    Openness,
    ProposerKind,
    Status,
)

from .authority import Authority, NeverDeleted, Person, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable


class Catalogue(NeverDeleted):
    """The authority's yearly catalogue of decision matters (art. 3, para. 4)."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="catalogues")
    year = models.PositiveSmallIntegerField(_("年度"))
    reference = models.CharField(_("文号"), max_length=40)
    party_consent = models.CharField(_("同级党委同意文号或者会议"), max_length=100)
    published_on = models.DateField(_("公布日期"))

    class Meta:
        verbose_name = _("年度决策事项目录")
        constraints = [models.UniqueConstraint(fields=["authority", "year"], name="one_catalogue_a_year")]

    def __str__(self) -> str:
        return f"{self.year}年度重大行政决策事项目录（{self.reference}）"


class CatalogueItem(NeverDeleted):
    """One row of a catalogue."""

    catalogue = models.ForeignKey(Catalogue, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField(_("序号"))
    matter = models.CharField(_("事项名称"), max_length=200)
    undertaking_unit = models.CharField(_("承办单位"), max_length=100)
    deadline = models.DateField(_("完成时限"), null=True, blank=True)
    basis = models.CharField(_("依据"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("目录事项")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["catalogue", "number"], name="catalogue_items_are_numbered")]

    def __str__(self) -> str:
        return self.matter


class DecisionQuerySet(models.QuerySet["Decision"]):
    def within(self, authorities: Iterable[Authority | int]) -> DecisionQuerySet:
        """Decisions of the given authorities only: authorities never see each other's matters."""
        return self.filter(authority__in=list(authorities))

    def public(self) -> DecisionQuerySet:
        """Decisions of which the public may know that they exist."""
        return self.filter(openness=Openness.PUBLIC)


class Decision(NeverDeleted):
    """One major administrative decision, from proposal to closing."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="decisions")
    jurisdiction = models.CharField(max_length=50)
    number = models.CharField(_("编号"), max_length=30)
    title = models.CharField(_("事项名称"), max_length=200)
    status = models.CharField(_("状态"), max_length=20, choices=Status.choices, default=Status.PROPOSED)

    matter_class = models.CharField(_("事项类别"), max_length=1, choices=MatterClass.choices)
    exclusion = models.CharField(
        _("是否属于除外事项"), max_length=20, choices=Exclusion.choices, default=Exclusion.NONE
    )
    proposer_kind = models.CharField(_("建议提出主体"), max_length=20, choices=ProposerKind.choices)
    proposer_name = models.CharField(_("建议提出人"), max_length=100, blank=True, default="")
    problem = models.TextField(_("需要解决的主要问题"))
    reasons = models.TextField(_("建议理由和依据"))
    preliminary_plan = models.TextField(_("解决问题的初步方案"))
    necessity = models.TextField(_("必要性"))
    feasibility = models.TextField(_("可行性"))
    affects_vital_interests = models.BooleanField(_("涉及社会公众切身利益"), default=False)
    affects_group = models.CharField(_("涉及的特定群体"), max_length=200, blank=True, default="")
    is_technical = models.BooleanField(_("专业性、技术性较强"), default=False)
    has_possible_harm = models.BooleanField(_("可能对社会稳定、公共安全等造成不利影响"), default=False)
    affects_market = models.BooleanField(_("涉及市场主体经济活动"), default=False)
    is_exploratory = models.BooleanField(_("属于探索性改革，国家尚无明确规定"), default=False)
    holds_hearing = models.BooleanField(_("举行听证会"), default=False)
    openness = models.CharField(_("公开属性"), max_length=20, choices=Openness.choices, default=Openness.PUBLIC)
    nondisclosure_ground = models.CharField(
        _("不予公开的理由"), max_length=20, choices=NonDisclosureGround.choices, blank=True, default=""
    )
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_on = models.DateField(_("提出日期"))

    initiated_on = models.DateField(_("启动日期"), null=True, blank=True)
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("牵头承办单位")
    )
    co_units = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name=_("配合承办单位"))
    handler = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="handled", verbose_name=_("承办人")
    )
    catalogue_item = models.ForeignKey(CatalogueItem, models.PROTECT, null=True, blank=True, related_name="decisions")

    current_draft = models.ForeignKey("Draft", models.PROTECT, null=True, blank=True, related_name="+")
    adopted_draft = models.ForeignKey("Draft", models.PROTECT, null=True, blank=True, related_name="+")
    adopted_on = models.DateField(_("决定日期"), null=True, blank=True)
    published_on = models.DateField(_("公布日期"), null=True, blank=True)
    executing_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("执行单位")
    )
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)
    adjusts = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="adjusted_by")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("重大行政决策")
        verbose_name_plural = _("重大行政决策")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["authority", "status", "-id"], name="decisions_by_status")]
        constraints = [
            models.UniqueConstraint(fields=["authority", "number"], name="decision_numbers_are_unique_in_an_authority"),
            models.CheckConstraint(
                condition=~Q(openness=Openness.NOT_PUBLIC) | ~Q(nondisclosure_ground=""),
                name="what_is_not_disclosed_names_its_ground",
            ),
            models.CheckConstraint(condition=Q(exclusion=Exclusion.NONE), name="excluded_matters_are_not_decided_here"),
            models.CheckConstraint(
                condition=Q(initiated_on__isnull=True) | Q(lead_unit__isnull=False),
                name="a_started_matter_has_a_lead_unit",
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | Q(adopted_on__isnull=False),
                name="only_what_was_decided_is_published",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("decision", args=[self.pk])

    @property
    def figures_on(self) -> Any:
        """The day whose figures apply: that of initiation, or of the proposal while not started."""
        return self.initiated_on or self.proposed_on


class Draft(NeverDeleted):
    """An immutable, numbered version of the draft, with what it rests on; bound by its content hash."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="drafts")
    number = models.PositiveSmallIntegerField(_("版本号"))
    explanatory_note = models.TextField(_("起草说明"))
    cost_benefit = models.TextField(_("成本效益分析"), blank=True, default="")
    alternatives = models.TextField(_("备选方案"), blank=True, default="")
    change_summary = models.TextField(_("修改情况"), blank=True, default="")
    voids = models.JSONField(_("需要重新履行的程序"), default=list, blank=True)
    not_material_because = models.TextField(_("不属于实质性修改的理由"), blank=True, default="")
    content_hash = models.CharField(_("内容摘要值"), max_length=64)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("草案版本")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["decision", "number"], name="draft_versions_are_numbered")]

    def __str__(self) -> str:
        return f"第{self.number}稿"


class DraftArticle(NeverDeleted):
    """One numbered article of a draft version."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="articles")
    number = models.PositiveSmallIntegerField(_("条"))
    text = models.TextField(_("内容"))

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="draft_articles_are_numbered")]

    def __str__(self) -> str:
        return f"第{in_chinese(self.number)}条"


class LegalBasis(NeverDeleted):
    """A law, regulation, rule or policy that a draft version rests on (art. 12)."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="legal_bases")
    number = models.PositiveSmallIntegerField(_("序号"))
    title = models.CharField(_("名称"), max_length=200)
    provision = models.CharField(_("条款"), max_length=100, blank=True, default="")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="legal_bases_are_numbered")]

    def __str__(self) -> str:
        return f"{self.title}{self.provision}"


def stored_under(document: Document, filename: str) -> str:
    """A random name that tells nothing; the title is kept in the row."""
    return f"{clock.today():%Y/%m}/{secrets.token_hex(16)}{Path(filename).suffix.lower()[:10]}"


class Document(NeverDeleted):
    """A file of the dossier with its digest; immutable once filed."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="documents")
    step = models.CharField(max_length=40)
    draft = models.ForeignKey(Draft, models.PROTECT, null=True, blank=True, related_name="documents")
    kind = models.CharField(_("材料类别"), max_length=30, choices=DocumentKind.choices)
    title = models.CharField(_("材料名称"), max_length=200)
    file = models.FileField(upload_to=stored_under, max_length=200)
    size = models.PositiveIntegerField(_("大小（字节）"))
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    openness = models.CharField(_("公开属性"), max_length=20, choices=Openness.choices, default=Openness.NOT_PUBLIC)
    filed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    filed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("材料")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title
