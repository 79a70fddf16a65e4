"""Fair-competition review: the conclusion, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions import services
from decisions.articles import Article
from decisions.terms import AuthorityLevel, FairCompetitionConclusion, Role

from .base import ActForm, StepForm
from .fields import DayField
from .required import by_law

if TYPE_CHECKING:
    from decisions.models import FairCompetitionReview
    from decisions.services import Actor, Occasion

STEP = "fair_competition_review"


class RecordFairCompetitionReview(ActForm):
    """The drafting unit's review of what touches market actors, with those it heard."""

    steps = (STEP,)
    title = _("登记公平竞争审查结论")
    lead = _(
        "对照市场准入和退出、商品要素自由流动、影响生产经营成本、影响生产经营行为四个方面的标准审查（公平竞争审查条例第八条至第十一条）。"
    )
    button = _("登记结论")
    roles = frozenset({Role.HANDLER})
    conclusion = forms.ChoiceField(
        label=_("审查结论"),
        choices=FairCompetitionConclusion.choices,
        widget=forms.RadioSelect,
        error_messages=by_law(_("请选择审查结论"), Article("SC713", 29, 1, 1)),
    )
    findings = forms.CharField(label=_("审查意见"), widget=forms.Textarea(attrs={"rows": 4}))
    stakeholders_heard = forms.CharField(
        label=_("听取利害关系人意见情况"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=by_law(_("应当听取有关经营者、行业协会商会等利害关系人的意见，请写明"), Article("LFCR", 16)),
    )
    exception_ground = forms.CharField(
        label=_("适用例外规定的理由"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("没有对公平竞争影响更小的替代方案，并写明合理的实施期限或者终止条件（公平竞争审查条例第十二条）。"),
    )
    exception_until = DayField(label=_("例外措施实施期限"), required=False)

    def perform(self, *, by: Actor, occasion: Occasion) -> FairCompetitionReview:
        facts = {**self.cleaned_data, "conclusion": FairCompetitionConclusion(self.cleaned_data["conclusion"])}
        return services.record_fair_competition_review(self.decision, by=by, **facts)


class ConcludeFairCompetitionReview(StepForm):
    """What follows: the draft goes on, or back to be changed; a county's draft with market regulation's view."""

    steps = (STEP,)
    title = _("办结公平竞争审查")
    roles = frozenset({Role.HANDLER})
    because = None  # type: ignore[assignment]
    market_regulation = forms.CharField(
        label=_("市场监督管理部门审查意见"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def prepare(self) -> None:
        if self.decision.authority.level != AuthorityLevel.COUNTY:
            del self.fields["market_regulation"]

    def details(self) -> dict[str, Any]:
        return {"market_regulation": self.cleaned_data.get("market_regulation", "")}
