"""Legality review before its conclusion: advisers' opinions, remarks on articles, supplements."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions import services
from decisions.articles import Article
from decisions.models import LegalOpinion
from decisions.services.legality import open_supplement
from decisions.terms import DocumentKind, Outcome, Role

from .base import ActForm
from .fields import EvidenceField
from .required import by_law

if TYPE_CHECKING:
    from decisions.models import ArticleOpinion, Decision, Supplement
    from decisions.services import Actor, Occasion

STEP = "legality_review"
CONCLUSIONS = [
    (outcome.value, outcome.label)
    for outcome in (Outcome.LAWFUL, Outcome.LAWFUL_AFTER_CHANGES, Outcome.EXPLORATORY, Outcome.UNLAWFUL)
]


class OnThisDraft(ActForm):
    """An act of judgement on the draft as it was read: it carries that version's number, and holds for no other."""

    draft = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, decision=decision, **kwargs)
        if decision.current_draft is not None:
            self.fields["draft"].initial = decision.current_draft.number

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        current = self.decision.current_draft
        read = data.get("draft")
        if read is not None and current is not None and read != current.number:
            message = _("您审阅的是第%(read)d稿，现稿为第%(now)d稿，须就现稿提出意见（%(article)s）。")
            words = {"read": read, "now": current.number, "article": Article("SC713", 25, 2)}
            raise forms.ValidationError(message, params=words)
        return data


class SignLegalOpinion(OnThisDraft):
    """A legal adviser or public lawyer signs an opinion on this draft version, once (art. 28)."""

    steps = (STEP,)
    title = _("签署法律意见")
    lead = _("对本稿草案提出法律意见，签署后不能更改。")
    button = _("签署法律意见")
    roles = frozenset({Role.LEGAL_ADVISER})
    conclusion = forms.ChoiceField(label=_("结论"), choices=CONCLUSIONS, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("法律意见"),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages=by_law(_("请写明法律意见"), Article("SC713", 28)),
    )

    def perform(self, *, by: Actor, occasion: Occasion) -> LegalOpinion:
        conclusion = Outcome(self.cleaned_data["conclusion"])
        return services.sign_legal_opinion(self.decision, by=by, conclusion=conclusion, text=self.cleaned_data["text"])


class RemarkOnArticle(ActForm):
    """A remark on one article of the draft, or on the whole (art. 27)."""

    steps = (STEP,)
    title = _("逐条提出审查意见")
    button = _("记录意见")
    roles = frozenset({Role.LEGALITY_REVIEWER})
    article_number = forms.TypedChoiceField(
        label=_("针对条款"), required=False, coerce=int, empty_value=None, choices=()
    )
    text = forms.CharField(label=_("审查意见"), widget=forms.Textarea(attrs={"rows": 3}))

    def prepare(self) -> None:
        draft = self.decision.current_draft
        numbers = draft.articles.values_list("number", flat=True) if draft else []
        articles = [(number, _("第%d条") % number) for number in numbers]
        self.fields["article_number"].choices = [("", _("草案整体")), *articles]  # type: ignore[attr-defined]

    def perform(self, *, by: Actor, occasion: Occasion) -> ArticleOpinion:
        return services.remark_on_article(self.decision, by=by, **self.cleaned_data)


class RequestSupplement(ActForm):
    """Materials are not in order: the undertaking unit is to supply them, and the clock starts again (art. 26)."""

    steps = (STEP,)
    title = _("要求补充材料")
    lead = _("材料补充之日，审查时间重新计算。")
    button = _("要求补充")
    roles = frozenset({Role.LEGALITY_REVIEWER})
    because = forms.CharField(
        label=_("需要补充的材料和理由"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=by_law(_("请写明需要补充的材料和理由"), Article("SC713", 26, 1)),
    )

    @classmethod
    def is_available(cls, decision: Decision) -> bool:
        return open_supplement(decision) is None

    def perform(self, *, by: Actor, occasion: Occasion) -> Supplement:
        return services.request_supplement(self.decision, by=by, because=self.cleaned_data["because"])


class Supply(ActForm):
    """The undertaking unit supplies what was asked for (art. 26)."""

    steps = (STEP,)
    title = _("补充材料")
    button = _("提交补充材料")
    roles = frozenset({Role.HANDLER})
    note = forms.CharField(label=_("补充说明"), widget=forms.Textarea(attrs={"rows": 3}))
    upload = EvidenceField(label=_("补充的文件"), required=False)

    @classmethod
    def is_available(cls, decision: Decision) -> bool:
        return open_supplement(decision) is not None

    def perform(self, *, by: Actor, occasion: Occasion) -> Supplement:
        document = None
        if upload := self.cleaned_data["upload"]:
            document = services.file_document(
                self.decision, STEP, DocumentKind.OTHER, PurePath(upload.name).stem[:200], upload, by=by
            )
        return services.supply(self.decision, by=by, note=self.cleaned_data["note"], document=document)
