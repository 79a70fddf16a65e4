"""Expert argumentation: the handler chooses experts and answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from decisions import clock, services
from decisions.articles import Article
from decisions.models import Decision, Expert, ExpertAppointment
from decisions.rules.position import round_start
from decisions.services.expert_links import LinkState, link_state
from decisions.terms import Role

from .base import ActForm
from .fields import DayField
from .required import by_law

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from decisions.services import Actor, Occasion
    from decisions.services.experts import Invitation

STEP = "expert_review"
CHOOSE = _("请选择")


def counted_appointments(decision: Decision) -> QuerySet[ExpertAppointment]:
    """The appointments on draft versions that still count, newest round only, those withdrawn left out."""
    appointments = decision.expert_appointments.select_related("expert", "draft", "opinion")
    return appointments.filter(draft__number__gte=round_start(decision, STEP), withdrawn_because="")


class LinkForm(ActForm):
    """An act that ends in a new secret link for an expert, shown once."""

    link_expires_on = DayField(
        years_ahead=1,
        label=_("链接有效期至"),
        required=False,
        help_text=_("不填写的，自今日起三十日内有效。"),
    )

    def clean_link_expires_on(self) -> Any:
        day = self.cleaned_data.get("link_expires_on")
        if day and day < clock.today():
            raise forms.ValidationError(_("链接有效期不得早于今日。"))
        return day

    @classmethod
    def said(cls, result: Invitation) -> str:
        return _("%s的论证专用链接如下，只显示这一次，请交给专家本人，不得转交他人：") % result.appointment.expert.name

    @classmethod
    def link(cls, result: Invitation) -> str:
        return reverse("expert_page", args=[result.token])


class AppointExpert(LinkForm):
    """Appoint somebody of the pool, or add somebody to it, with a note on how the choice was made (art. 20)."""

    steps = (STEP,)
    title = _("聘请专家")
    lead = _("坚持专业性、代表性和中立性，注重选择持不同意见的专家，不得选择与决策事项有直接利害关系的专家。")
    button = _("聘请并生成专用链接")
    roles = frozenset({Role.HANDLER})
    expert = forms.ModelChoiceField(
        label=_("从专家库选择"),
        queryset=Expert.objects.none(),
        required=False,
        empty_label=_("不从库中选择"),
        help_text=_("本机关专家库和上级机关专家库中的专家。"),
    )
    new_name = forms.CharField(label=_("新入库专家姓名"), max_length=30, required=False)
    new_field = forms.CharField(label=_("新入库专家专业领域"), max_length=60, required=False)
    new_organization = forms.CharField(label=_("新入库专家单位"), max_length=100, required=False)
    new_contact = forms.CharField(label=_("新入库专家联系方式"), max_length=60, required=False)
    selection_note = forms.CharField(
        label=_("遴选说明"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=by_law(_("请说明选择该专家的理由，以及专业性、代表性、中立性情况"), Article("SC713", 20)),
    )
    field_order = ("expert", "new_name", "new_field", "new_organization", "new_contact", "selection_note")

    def prepare(self) -> None:
        authority = self.decision.authority
        pools = Q(authority=authority) | Q(authority=authority.parent_id)
        asked = self.decision.expert_appointments.filter(draft=self.decision.current_draft).values("expert")
        pool = Expert.objects.filter(pools, is_active=True).exclude(pk__in=asked).order_by("authority", "pk")
        self.fields["expert"].queryset = pool  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_new = any(data.get(name) for name in ("new_name", "new_field", "new_organization"))
        if not is_new and not data.get("expert") and "expert" not in self.errors:
            self.add_error("expert", _("请从专家库选择专家，或者填写新入库专家的姓名、专业领域和单位。"))
        if is_new and data.get("expert"):
            self.add_error("expert", _("已选择库中专家的，不再填写新入库专家。"))
        if is_new:
            for name in ("new_name", "new_field", "new_organization"):
                if not data.get(name):
                    self.add_error(name, _("新入库专家应当填写姓名、专业领域和单位。"))
        return data

    def perform(self, *, by: Actor, occasion: Occasion) -> Invitation:
        data = self.cleaned_data
        expert = data["expert"] or services.add_expert(
            self.decision,
            by=by,
            name=data["new_name"],
            field=data["new_field"],
            organization=data["new_organization"],
            contact=data["new_contact"],
        )
        return services.appoint_expert(
            self.decision,
            expert,
            by=by,
            selection_note=data["selection_note"],
            link_expires_on=data["link_expires_on"],
        )


class RenewExpertLink(LinkForm):
    """Give an expert a new link; the old one stops working."""

    steps = (STEP,)
    title = _("重新生成专家链接")
    lead = _("链接遗失或者过期的，重新生成；原链接即时失效。")
    button = _("重新生成")
    roles = frozenset({Role.HANDLER})
    appointment = forms.ModelChoiceField(label=_("专家"), queryset=ExpertAppointment.objects.none(), empty_label=CHOOSE)
    field_order = ("appointment",)

    def prepare(self) -> None:
        waiting = counted_appointments(self.decision).filter(opinion__isnull=True).exclude(has_interest=True)
        self.fields["appointment"].queryset = waiting  # type: ignore[attr-defined]

    @classmethod
    def is_available(cls, decision: Decision) -> bool:
        states = {link_state(appointment) for appointment in counted_appointments(decision)}
        return bool(states & {LinkState.OPEN, LinkState.EXPIRED})

    def perform(self, *, by: Actor, occasion: Occasion) -> Invitation:
        return services.renew_expert_link(
            self.cleaned_data["appointment"], by=by, link_expires_on=self.cleaned_data["link_expires_on"]
        )


class WithdrawExpert(ActForm):
    """End an appointment: an interest was declared or found, or the expert cannot give an opinion (art. 20)."""

    steps = (STEP,)
    title = _("解除聘请")
    lead = _("专家声明或者被发现有直接利害关系的，应当解除聘请，另选专家；已签署的意见留存，但不再计入。")
    button = _("解除聘请")
    roles = frozenset({Role.HANDLER})
    appointment = forms.ModelChoiceField(label=_("专家"), queryset=ExpertAppointment.objects.none(), empty_label=CHOOSE)
    because = forms.CharField(label=_("解除聘请的理由"), max_length=200)
    interest_found = forms.BooleanField(label=_("查明与决策事项有直接利害关系"), required=False)

    def prepare(self) -> None:
        self.fields["appointment"].queryset = counted_appointments(self.decision)  # type: ignore[attr-defined]

    @classmethod
    def is_available(cls, decision: Decision) -> bool:
        return counted_appointments(decision).exists()

    def perform(self, *, by: Actor, occasion: Occasion) -> ExpertAppointment:
        return services.withdraw_expert(
            self.cleaned_data["appointment"],
            by=by,
            because=self.cleaned_data["because"],
            interest_found=self.cleaned_data["interest_found"],
        )
