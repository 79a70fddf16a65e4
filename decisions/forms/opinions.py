"""Opinions: those that came offline are registered, and each is answered (art. 18)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions import clock, services
from decisions.articles import Article
from decisions.terms import Adoption, OpinionChannel

from .base import ActForm
from .entries import DayField, NumbersField
from .participation import STEP, UNDERTAKING, OnParticipation
from .required import by_law

if TYPE_CHECKING:
    from decisions.models import Decision, Opinion, OpinionAnswer
    from decisions.services import Actor, Occasion


class RegisterOpinion(OnParticipation):
    """Register an opinion that did not come through the public site; it joins the same numbered set."""

    steps = (STEP,)
    title = gettext_lazy("登记线下意见")
    lead = gettext_lazy("来信、来电、当面反映和座谈、走访中听到的意见逐条登记，与网上意见统一编号、同样答复。")
    button = gettext_lazy("登记意见")
    roles = UNDERTAKING
    channel = forms.ChoiceField(
        label=gettext_lazy("来源"),
        choices=[(c.value, c.label) for c in OpinionChannel if c != OpinionChannel.ONLINE],
    )
    text = forms.CharField(
        label=gettext_lazy("意见内容"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("按原意如实记录；一条一登。"),
    )
    article_number = forms.IntegerField(label=gettext_lazy("针对第几条"), min_value=1, required=False)
    name = forms.CharField(label=gettext_lazy("姓名或者单位名称"), max_length=60, required=False)
    is_organization = forms.BooleanField(label=gettext_lazy("以单位名义提出"), required=False)
    contact = forms.CharField(
        label=gettext_lazy("联系方式"), max_length=100, required=False, help_text=gettext_lazy("不公开。")
    )
    received_on = DayField(label=gettext_lazy("收到日期"), required=False, help_text=gettext_lazy("不填为今天。"))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        number, held = data.get("article_number"), data.get("participation")
        if number and held and not held.draft.articles.filter(number=number).exists():
            self.add_error("article_number", _("征求意见的草案没有第%d条。") % number)
        return data

    def perform(self, *, by: Actor, occasion: Occasion) -> Opinion:
        data = self.cleaned_data
        day = data["received_on"]
        return services.register_opinion(
            data["participation"],
            by=by,
            channel=OpinionChannel(data["channel"]),
            text=data["text"],
            received_at=clock.now() if day in (None, clock.today()) else clock.as_moment(day),
            article_number=data["article_number"],
            name=data["name"],
            is_organization=data["is_organization"],
            contact=data["contact"],
        )

    @classmethod
    def said(cls, result: Opinion) -> str:
        code = {"number": result.number, "code": result.receipt_code}
        return _("已登记为第%(number)d号意见，回执码%(code)s，请告知提出人。") % code


class Answering(ActForm):
    """What an answer says, whether to one opinion or to several."""

    adoption = forms.ChoiceField(label=gettext_lazy("采纳情况"), choices=Adoption.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("理由或者采纳情况说明"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=by_law(gettext_lazy("请说明采纳情况和理由"), Article("SC713", 18)),
    )
    changed_article = forms.IntegerField(
        label=gettext_lazy("修改的条款（第几条）"), min_value=1, max_value=999, required=False
    )

    @classmethod
    def is_available(cls, decision: Decision) -> bool:
        return decision.opinions.exists()

    @property
    def answer(self) -> dict[str, Any]:
        """The answer, as the service takes it."""
        return {
            "adoption": Adoption(self.cleaned_data["adoption"]),
            "reason": self.cleaned_data["reason"],
            "changed_article": self.cleaned_data["changed_article"],
        }


class AnswerOpinion(Answering):
    """Answer one opinion; a second answer corrects the first."""

    steps = (STEP,)
    title = gettext_lazy("答复意见")
    lead = gettext_lazy("逐条研究，充分采纳合理意见；不采纳的说明理由。再次答复的，以最后一次为准。")
    button = gettext_lazy("保存答复")
    roles = UNDERTAKING
    number = forms.IntegerField(label=gettext_lazy("意见编号"), min_value=1)
    field_order = ("number",)

    def prepare(self) -> None:
        if "number" not in self.initial:
            first = self.decision.opinions.unanswered().values_list("number", flat=True).first()
            self.initial = {"number": first, **self.initial}

    def clean_number(self) -> Opinion:
        opinion = self.decision.opinions.filter(number=self.cleaned_data["number"]).first()
        if opinion is None:
            raise ValidationError(_("没有第%d号意见。") % self.cleaned_data["number"])
        return opinion

    def perform(self, *, by: Actor, occasion: Occasion) -> OpinionAnswer:
        return services.answer_opinion(self.cleaned_data["number"], by=by, **self.answer)

    @classmethod
    def said(cls, result: OpinionAnswer) -> str:
        return _("已答复%s。") % result.opinion


class AnswerOpinions(Answering):
    """Answer several opinions alike."""

    steps = (STEP,)
    title = gettext_lazy("一并答复多条意见")
    lead = gettext_lazy("内容相同或者相近的意见可以一并答复；每条意见各自留存答复。")
    button = gettext_lazy("一并答复")
    roles = UNDERTAKING
    numbers = NumbersField(label=gettext_lazy("意见编号"), help_text=gettext_lazy("如“3、5-8”。"), max_length=2000)
    field_order = ("numbers",)

    def clean_numbers(self) -> list[Opinion]:
        wanted = self.cleaned_data["numbers"]
        found = list(self.decision.opinions.filter(number__in=wanted))
        if missing := sorted(set(wanted) - {opinion.number for opinion in found}):
            raise ValidationError(_("没有第%s号意见。") % "、".join(map(str, missing)))
        return found

    def perform(self, *, by: Actor, occasion: Occasion) -> list[OpinionAnswer]:
        return services.answer_opinions(self.cleaned_data["numbers"], by=by, **self.answer)

    @classmethod
    def said(cls, result: list[OpinionAnswer]) -> str:
        return _("已答复%d条意见。") % len(result)
