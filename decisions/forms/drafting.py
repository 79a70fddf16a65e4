"""Writing draft versions, and concluding the drafting and the revision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from decisions import services
from decisions.articles import Article, in_chinese
from decisions.services import Actor, Occasion, evidence
from decisions.terms import DocumentKind, Openness, Role

from .articles import numbered_articles, text_of
from .base import ActForm, StepForm
from .fields import EvidenceField, LinesField
from .required import by_law

if TYPE_CHECKING:
    from decisions.models import Draft


def basis(line: str) -> tuple[str, str]:
    """One legal basis: 《title》provision, or a title alone."""
    title, closing, provision = line.rpartition("》")
    title, provision = (title + closing, provision.strip()) if closing else (line, "")
    if len(title) > 200 or len(provision) > 100:
        raise ValidationError(_now("名称不超过200字，条款不超过100字。"))
    return title, provision


class WriteDraft(ActForm):
    """Write the next version of the draft: articles pasted or uploaded, note, bases, and what the change voids."""

    steps = ("drafting", "coordination", "revision")
    title = _("录入草案")
    lead = _("每次提交形成一个新的草案版本，编号并固定内容，此后不能更改；需要修改的，再提交新稿。")
    button = _("形成新稿")
    roles = frozenset({Role.HANDLER})

    articles = forms.CharField(
        label=_("草案条文"),
        help_text=_("粘贴“第一条 ……”格式的条文；没有编号的，一段为一条。"),
        widget=forms.Textarea(attrs={"rows": 16}),
        max_length=300_000,
        required=False,
    )
    source = EvidenceField(label=_("或者上传条文文件"), types=("docx", "utf-8", "gb18030"), required=False)
    explanatory_note = forms.CharField(
        label=_("起草说明"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=50_000,
        error_messages=by_law(_("应当写明起草说明"), Article("SC713", 15, 1)),
    )
    legal_bases = LinesField(
        label=_("制定依据清单"),
        help_text=_("每行一件，如“《中华人民共和国防洪法》第二十条”。"),
        parse=basis,
        error_messages=by_law(_("应当列明所依据的法律、法规、规章和政策"), Article("SC713", 12, 2)),
    )
    cost_benefit = forms.CharField(
        label=_("成本效益分析"),
        help_text=_("投入的人力、物力、财力，资源消耗、环境影响，以及经济、社会、生态效益。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=50_000,
        required=False,
    )
    alternatives = forms.CharField(
        label=_("备选方案"),
        help_text=_("对有关问题存在较大分歧的，可以提出两个以上方案。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=50_000,
        required=False,
    )
    change_summary = forms.CharField(
        label=_("修改情况"), widget=forms.Textarea(attrs={"rows": 4}), max_length=20_000, required=False
    )
    voids = forms.MultipleChoiceField(
        label=_("因实质性修改需要重新履行的程序"), widget=forms.CheckboxSelectMultiple, required=False
    )
    not_material_because = forms.CharField(
        label=_("不属于实质性修改的理由"),
        help_text=_("没有勾选任何程序的，应当填写。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5_000,
        required=False,
    )

    def prepare(self) -> None:
        voids = self.fields["voids"]
        assert isinstance(voids, forms.MultipleChoiceField)
        voids.choices = services.voidable()
        draft = self.decision.current_draft
        if draft is None:
            for name in ("change_summary", "voids", "not_material_because"):
                del self.fields[name]
        elif not self.is_bound:
            self.initial = {**as_typed(draft), **self.initial}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        try:
            if data.get("source"):
                data["articles"] = text_of(data["source"], evidence.examine(data["source"]).key)
            data["articles"] = numbered_articles(data.get("articles", ""))
        except ValidationError as error:
            self.add_error("source" if data.get("source") else "articles", error)
        else:
            if not data["articles"] and "source" not in self.errors:
                self.add_error("articles", _now("请粘贴草案条文或者上传条文文件（%s）。") % Article("SC713", 12, 1))
        return data

    def perform(self, *, by: Actor, occasion: Occasion) -> Draft:
        source = self.cleaned_data.pop("source")
        draft = services.write_draft(self.decision, by=by, **self.cleaned_data)
        if source:
            services.file_document(
                self.decision,
                "drafting",
                DocumentKind.DRAFT,
                _now("决策草案（%s原始文件）") % draft,
                source,
                by=by,
                openness=Openness.NOT_PUBLIC,
                draft=draft,
            )
        return draft


def as_typed(draft: Draft) -> dict[str, str]:
    """A version as somebody would type it, to start the next one from."""
    return {
        "articles": "\n".join(f"第{in_chinese(each.number)}条 {each.text}" for each in draft.articles.all()),
        "explanatory_note": draft.explanatory_note,
        "legal_bases": "\n".join(f"{each.title}{each.provision}" for each in draft.legal_bases.all()),
        "cost_benefit": draft.cost_benefit,
        "alternatives": draft.alternatives,
    }


class ConcludeDrafting(StepForm):
    """The draft is ready for coordination."""

    steps = ("drafting",)
    title = _("办结拟订草案")
    roles = frozenset({Role.HANDLER})
    because = None  # type: ignore[assignment]


class ConcludeRevision(StepForm):
    """The draft is ready for review, or the procedures that the change voids begin again."""

    steps = ("revision",)
    title = _("办结修改完善")
    lead = _("未形成新稿的，在办理意见中说明无须修改的情况。")
    roles = frozenset({Role.HANDLER})
    because = None  # type: ignore[assignment]
