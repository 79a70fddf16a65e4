"""What an expert without an account does through the secret link: declare, and sign. Case files use the same forms."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from decisions import services
from decisions.articles import Article
from decisions.models import Decision, ExpertAppointment

from .base import ActForm
from .experts import STEP, counted_appointments
from .required import by_law


class ExpertForm(ActForm):
    """An act by link: no duty may do it, so it is never offered on a task's page."""

    by_link: ClassVar[bool] = True
    steps = (STEP,)
    expert = forms.ModelChoiceField(label=_("专家"), queryset=ExpertAppointment.objects.none())

    def __init__(
        self, *args: Any, decision: Decision, appointment: ExpertAppointment | None = None, **kwargs: Any
    ) -> None:
        self.appointment = appointment
        super().__init__(*args, decision=decision, **kwargs)

    def prepare(self) -> None:
        """The link says whose appointment it is; a case file names the expert."""
        if self.appointment is not None:
            del self.fields["expert"]
        else:
            self.fields["expert"].queryset = counted_appointments(self.decision)  # type: ignore[attr-defined]

    @property
    def asked(self) -> ExpertAppointment:
        """The appointment on which the expert acts."""
        return self.appointment or self.cleaned_data["expert"]

    def carry_out(self) -> Any:
        """Do it, in one transaction with the decision locked; the form must be valid."""
        with transaction.atomic():
            return self.write(self.asked)

    def perform(self, *, by: Any = None, occasion: Any = None) -> Any:
        return self.carry_out()

    def write(self, appointment: ExpertAppointment) -> Any:
        """Call the service."""
        raise NotImplementedError


class DeclareInterest(ExpertForm):
    """Declare whether a direct interest stands against the appointment, and promise to keep secrets (arts. 19, 20)."""

    title = _("利害关系和保密声明")
    button = _("作出声明")
    has_interest = forms.TypedChoiceField(
        label=_("您与本决策事项有无直接利害关系"),
        choices=[("no", _("没有直接利害关系")), ("yes", _("有直接利害关系，应当回避"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        help_text=_("包括本人、近亲属或者所在单位因本决策直接受益或者受损，参与本事项的设计、施工、投标、咨询等。"),
        error_messages=by_law(_("请声明与决策事项有无直接利害关系"), Article("SC713", 20)),
    )
    keeps_confidence = forms.BooleanField(
        label=_("本人独立、客观、公正地提出意见，并保守履职中知悉的国家秘密、商业秘密和个人隐私"),
        error_messages=by_law(_("请作出独立履职和保密承诺"), Article("SC713", 19, 2)),
    )

    def write(self, appointment: ExpertAppointment) -> ExpertAppointment:
        return services.declare_interest(
            appointment,
            has_interest=self.cleaned_data["has_interest"],
            keeps_confidence=self.cleaned_data["keeps_confidence"],
        )


class SignExpertOpinion(ExpertForm):
    """Sign the opinion on necessity, feasibility and soundness by writing the own name (art. 19)."""

    title = _("论证意见")
    lead = _("请对决策草案的必要性、可行性、科学性分别提出意见。签署后不能更改，您对签署的意见负责。")
    button = _("签署意见")
    necessity = forms.CharField(label=_("必要性意见"), widget=forms.Textarea(attrs={"rows": 4}))
    feasibility = forms.CharField(label=_("可行性意见"), widget=forms.Textarea(attrs={"rows": 4}))
    soundness = forms.CharField(label=_("科学性意见"), widget=forms.Textarea(attrs={"rows": 4}))
    is_in_favor = forms.TypedChoiceField(
        label=_("总体意见"),
        choices=[("yes", _("赞成")), ("no", _("不赞成"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages=by_law(_("请选择总体意见"), Article("SC713", 19, 1)),
    )
    signature = forms.CharField(
        label=_("签名"),
        max_length=30,
        help_text=_("请输入本人姓名，视为签名。"),
        error_messages=by_law(_("专家应当在论证意见上签名"), Article("SC713", 19, 2)),
    )

    def prepare(self) -> None:
        super().prepare()
        article = Article("SC713", 19, 1)
        for name, what in (("necessity", _("必要性")), ("feasibility", _("可行性")), ("soundness", _("科学性"))):
            messages = by_law(_("请对决策草案的%s提出意见") % what, article)
            self.fields[name].error_messages |= messages

    def write(self, appointment: ExpertAppointment) -> Any:
        names = ("necessity", "feasibility", "soundness", "is_in_favor", "signature")
        return services.sign_expert_opinion(appointment, **{name: self.cleaned_data[name] for name in names})
