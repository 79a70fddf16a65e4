"""Hearing the public: comment periods, other forms, and the published result (arts. 14, 15 and 18)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions import clock, services
from decisions.articles import Article
from decisions.models import Participation
from decisions.rules.public_participation import PublicParticipation
from decisions.terms import NoticeChannel, Openness, ParticipationForm, Role

from .base import ActForm, StepForm
from .entries import DayField
from .required import by_law

if TYPE_CHECKING:
    from decisions.models import Decision
    from decisions.services import Actor, Occasion

STEP = PublicParticipation.key
UNDERTAKING = frozenset({Role.HANDLER, Role.OFFICE_CLERK})


class OpenPublicComment(ActForm):
    """Publish the current draft and its note for comment, with channels, ways and the last day (art. 15)."""

    steps = (STEP,)
    title = gettext_lazy("发布征求意见公告")
    button = gettext_lazy("发布公告")
    roles = UNDERTAKING
    headline = forms.CharField(label=gettext_lazy("公告标题"), max_length=200)
    notice = forms.CharField(
        label=gettext_lazy("公告内容"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("草案和起草说明随公告一并公布，不必重复。"),
    )
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("发布渠道"),
        choices=NoticeChannel.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages=by_law(gettext_lazy("请选择便于社会公众知晓的发布渠道"), Article("SC713", 15, 1)),
    )
    other_channels = forms.CharField(label=gettext_lazy("其他渠道"), max_length=100, required=False)
    ways = forms.CharField(
        label=gettext_lazy("提出意见的方式"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=by_law(gettext_lazy("请写明公众提出意见的方式"), Article("SC713", 15, 1)),
    )
    opened_on = DayField(
        years_ahead=2,
        label=gettext_lazy("公布日期"),
        required=False,
        help_text=gettext_lazy("不填为今天；可以填写以后的日期。"),
    )
    closes_on = DayField(years_ahead=2, label=gettext_lazy("截止日期"))
    shortened_because = forms.CharField(
        label=gettext_lazy("缩短期限的理由"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=gettext_lazy("因情况紧急等原因需要缩短期限的填写，随公告一并公布（条例第十五条）。"),
    )
    groups_heard = forms.CharField(
        label=gettext_lazy("听取意见的特定群体"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("已专门听取意见的人民团体、社会组织、群众代表、企业和行业协会商会等。"),
    )

    def prepare(self) -> None:
        due = PublicParticipation().earliest_closing(self.decision, clock.today())
        self.lead = _("今天公布的，最早的截止日期为%s") % due
        where = self.decision.authority.contact or self.decision.authority.name
        self.initial = {
            "headline": _("关于公开征求《%s》（草案）意见的公告") % self.decision.title,
            "ways": _("网上逐条填写；书信或者当面反映：%s；电话反映。") % where,
            "opened_on": clock.today(),
            "closes_on": due.day,
            **self.initial,
        }

    @classmethod
    def is_available(cls, decision: Decision) -> bool:
        return decision.openness != Openness.NOT_PUBLIC

    def perform(self, *, by: Actor, occasion: Occasion) -> Participation:
        data = self.cleaned_data
        named = [str(NoticeChannel(value).label) for value in data["channels"]]
        return services.open_public_comment(
            self.decision,
            by=by,
            title=data["headline"],
            notice=data["notice"],
            channels="、".join(filter(None, [*named, data["other_channels"]])),
            ways=data["ways"],
            opened_on=data["opened_on"] or clock.today(),
            closes_on=data["closes_on"],
            shortened_because=data["shortened_because"],
            groups_heard=data["groups_heard"],
        )


class HoldParticipation(ActForm):
    """Register a symposium, questionnaire, visit, written opinions, poll or other form (art. 14)."""

    steps = (STEP,)
    title = gettext_lazy("登记其他参与方式")
    lead = gettext_lazy("座谈会、问卷调查、实地走访、书面征求意见、民意调查等，可以单独或者合并采用。")
    button = gettext_lazy("登记")
    roles = UNDERTAKING
    form = forms.ChoiceField(
        label=gettext_lazy("参与方式"),
        choices=[(f.value, f.label) for f in ParticipationForm if f != ParticipationForm.PUBLIC_COMMENT],
    )
    headline = forms.CharField(label=gettext_lazy("名称"), max_length=200)
    opened_on = DayField(years_ahead=2, label=gettext_lazy("开展日期"))
    closes_on = DayField(
        years_ahead=2, label=gettext_lazy("结束日期"), required=False, help_text=gettext_lazy("当日结束的不填。")
    )
    groups_heard = forms.CharField(
        label=gettext_lazy("听取意见的特定群体"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("涉及特定群体利益的，应当与人民团体、社会组织和群众代表沟通协商（条例第十四条）。"),
    )
    summary = forms.CharField(
        label=gettext_lazy("开展情况"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("时间、地点、参加人员和主要意见；具体意见请逐条登记，统一编号答复。"),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opened_on, closes_on = data.get("opened_on"), data.get("closes_on")
        if opened_on and closes_on and closes_on < opened_on:
            self.add_error("closes_on", _("结束日期不得早于开展日期。"))
        return data

    def perform(self, *, by: Actor, occasion: Occasion) -> Participation:
        data = self.cleaned_data
        return services.hold_participation(
            self.decision,
            by=by,
            form=ParticipationForm(data["form"]),
            title=data["headline"],
            opened_on=data["opened_on"],
            closes_on=data["closes_on"] or data["opened_on"],
            summary=data["summary"],
            groups_heard=data["groups_heard"],
        )


class OnParticipation(ActForm):
    """An act on one of the forms held on the draft in question; the last one when none is named."""

    participation = forms.ModelChoiceField(
        label=gettext_lazy("参与活动"),
        queryset=Participation.objects.none(),
        required=False,
        empty_label=gettext_lazy("最近一次"),
    )
    field_order = ("participation",)

    def prepare(self) -> None:
        self.fields["participation"].queryset = self.eligible(self.decision)  # type: ignore[attr-defined]

    @classmethod
    def eligible(cls, decision: Decision) -> Any:
        counting = [form.pk for form in PublicParticipation().forms(decision)]
        return decision.participations.filter(pk__in=counting)

    @classmethod
    def is_available(cls, decision: Decision) -> bool:
        return cls.eligible(decision).exists()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "participation" not in self.errors and not data.get("participation"):
            data["participation"] = self.eligible(self.decision).last()
            if data["participation"] is None:
                self.add_error("participation", _("尚未发布公告或者登记参与活动。"))
        return data


class ExtendParticipation(OnParticipation):
    """Give the public more time; never less."""

    steps = (STEP,)
    title = gettext_lazy("延长征求意见期限")
    lead = gettext_lazy("期限公布后只能延长，不得缩短或者提前结束。延长情况和原因随公告一并公布。")
    button = gettext_lazy("延长期限")
    roles = UNDERTAKING
    closes_on = DayField(years_ahead=2, label=gettext_lazy("延长至"))
    because = forms.CharField(label=gettext_lazy("延长的原因"), max_length=200)

    def perform(self, *, by: Actor, occasion: Occasion) -> Participation:
        data = self.cleaned_data
        return services.extend_participation(
            data["participation"], by=by, closes_on=data["closes_on"], because=data["because"]
        )


class PublishResults(OnParticipation):
    """Tell the public what became of its opinions: the numbered set with answers is shown on the public site."""

    steps = (STEP, "publication")
    title = gettext_lazy("公布意见采纳情况")
    lead = gettext_lazy("期限届满且逐条答复后公布；没有收到意见的，也应当说明。姓名隐去，联系方式不公开。")
    button = gettext_lazy("公布采纳情况")
    roles = UNDERTAKING
    results_note = forms.CharField(label=gettext_lazy("意见征集情况说明"), widget=forms.Textarea(attrs={"rows": 4}))
    results_published_on = DayField(
        label=gettext_lazy("公布日期"), required=False, help_text=gettext_lazy("不填为今天。")
    )

    @classmethod
    def eligible(cls, decision: Decision) -> Any:
        return decision.participations.comment_periods().filter(results_published_on__isnull=True)

    @classmethod
    def is_available(cls, decision: Decision) -> bool:
        return cls.eligible(decision).filter(closes_on__lt=clock.today()).exists()

    def perform(self, *, by: Actor, occasion: Occasion) -> Participation:
        data = self.cleaned_data
        return services.publish_results(
            data["participation"],
            by=by,
            results_note=data["results_note"],
            results_published_on=data["results_published_on"] or clock.today(),
        )


class DecideHearing(ActForm):
    """Decide that a hearing is held; its step opens when the procedures of this round begin, or in the next round."""

    steps = ("coordination", STEP)
    title = gettext_lazy("决定举行听证会")
    lead = gettext_lazy("法律、法规、规章规定应当听证的必须举行；直接涉及公众切身利益或者分歧较大的，可以举行。")
    button = gettext_lazy("决定举行听证会")
    roles = frozenset({Role.HANDLER})
    basis = forms.CharField(
        label=gettext_lazy("举行听证会的依据"),
        max_length=200,
        error_messages=by_law(gettext_lazy("请写明举行听证会的依据或者理由"), Article("SC713", 16, 1)),
    )

    @classmethod
    def is_available(cls, decision: Decision) -> bool:
        return not decision.holds_hearing

    def perform(self, *, by: Actor, occasion: Occasion) -> Decision:
        return services.decide_hearing(self.decision, by=by, basis=self.cleaned_data["basis"])


class CompletePublicParticipation(StepForm):
    """Every period is over and every opinion answered."""

    steps = (STEP,)
    title = gettext_lazy("办结公众参与")
    roles = frozenset({Role.HANDLER})
    because = None  # type: ignore[assignment]

    def prepare(self) -> None:
        self.fields["opinion"].label = _("公众参与情况综述")
