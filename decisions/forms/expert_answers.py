"""Expert argumentation: each opinion is answered, then the step is concluded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions import services
from decisions.articles import Article
from decisions.models import Decision, ExpertOpinion
from decisions.terms import Role

from .base import ActForm, StepForm
from .experts import CHOOSE, STEP, counted_appointments
from .required import by_law

if TYPE_CHECKING:
    from decisions.services import Actor, Occasion

METHODS = [
    ("meeting", _("召开专家论证会")),
    ("written", _("书面咨询")),
    ("commissioned", _("委托咨询论证")),
]
"""How experts argue a draft (art. 20)."""


class ReplyToExpert(ActForm):
    """Say what became of an expert's opinion, with the reasons (art. 29, item 3)."""

    steps = (STEP,)
    title = _("答复专家意见")
    button = _("保存答复")
    roles = frozenset({Role.HANDLER})
    opinion = forms.ModelChoiceField(label=_("专家意见"), queryset=ExpertOpinion.objects.none(), empty_label=CHOOSE)
    text = forms.CharField(
        label=_("采纳情况及理由"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=by_law(_("请写明对该专家意见的研究处理情况"), Article("SC713", 29, 1, 3)),
    )

    def prepare(self) -> None:
        signed = ExpertOpinion.objects.filter(appointment__in=counted_appointments(self.decision))
        self.fields["opinion"].queryset = signed  # type: ignore[attr-defined]

    @classmethod
    def is_available(cls, decision: Decision) -> bool:
        return ExpertOpinion.objects.filter(appointment__in=counted_appointments(decision)).exists()

    def perform(self, *, by: Actor, occasion: Occasion) -> Any:
        return services.reply_to_expert(self.cleaned_data["opinion"], by=by, text=self.cleaned_data["text"])


class ConcludeExpertReview(StepForm):
    """The argumentation is complete: every expert signed, and each was answered."""

    steps = (STEP,)
    title = _("办结专家论证")
    roles = frozenset({Role.HANDLER})
    because = None  # type: ignore[assignment]
    method = forms.ChoiceField(label=_("论证方式"), choices=METHODS, initial="written")

    def prepare(self) -> None:
        self.fields["opinion"].label = _("论证情况综述")

    def details(self) -> dict[str, Any]:
        return {"method": self.cleaned_data["method"]}
