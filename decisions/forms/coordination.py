"""Asking units, registering their replies, stating disputes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from decisions import clock, services
from decisions.articles import Article
from decisions.models import UnitConsultation
from decisions.services import Actor, Occasion
from decisions.terms import DocumentKind, Openness, Role

from .base import ActForm, StepForm
from .fields import DayField, EvidenceField, LinesField
from .required import by_law

if TYPE_CHECKING:
    from decisions.models import Decision

STEP = "coordination"
HANDLER = frozenset({Role.HANDLER})


def unit_name(line: str) -> str:
    """The name of one unit."""
    if len(line) > 100:
        raise ValidationError(_now("单位名称不超过100字。"))
    return line


class AskUnit(ActForm):
    """Ask one or several units about the current draft."""

    steps = (STEP,)
    title = _("征求部门意见")
    button = _("登记发函")
    roles = HANDLER
    units = LinesField(
        label=_("征求意见单位"),
        help_text=_("每行一个单位。"),
        parse=unit_name,
        error_messages=by_law(_("请填写征求意见的单位"), Article("SC713", 13, 1)),
    )
    due_on = DayField(label=_("回复期限"), required=False)

    def prepare(self) -> None:
        if not self.is_bound:
            self.initial.setdefault("due_on", services.reply_due(self.decision).isoformat())

    def perform(self, *, by: Actor, occasion: Occasion) -> list[UnitConsultation]:
        due_on = self.cleaned_data["due_on"]
        units = dict.fromkeys(self.cleaned_data["units"])
        return [services.ask_unit(self.decision, by=by, unit_name=unit, due_on=due_on) for unit in units]


class OnConsultation(forms.Form):
    """What acts about one unit that was asked have in common."""

    decision: Decision
    consultation = forms.ModelChoiceField(label=_("单位"), queryset=UnitConsultation.objects.none())

    def prepare(self) -> None:
        field = self.fields["consultation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = self.consultations(self.decision)

    @classmethod
    def consultations(cls, decision: Decision) -> Any:
        """The rows the act can be about."""
        return decision.unit_consultations.all()

    @classmethod
    def is_available(cls, decision: Decision) -> bool:
        return bool(cls.consultations(decision).exists())


class RegisterUnitReply(OnConsultation, ActForm):
    """Register a unit's reply, with its letter if there is one."""

    steps = (STEP,)
    title = _("登记部门回复")
    button = _("登记回复")
    roles = HANDLER
    replied_on = DayField(label=_("回复日期"), required=False)
    reply = forms.CharField(label=_("回复意见"), widget=forms.Textarea(attrs={"rows": 4}), max_length=20_000)
    is_disputed = forms.BooleanField(label=_("存在未能达成一致的意见"), required=False)
    letter = EvidenceField(label=_("复函"), required=False)

    def prepare(self) -> None:
        super().prepare()
        if not self.is_bound:
            self.initial.setdefault("replied_on", clock.today().isoformat())

    @classmethod
    def consultations(cls, decision: Decision) -> Any:
        return decision.unit_consultations.filter(replied_on__isnull=True)

    def perform(self, *, by: Actor, occasion: Occasion) -> UnitConsultation:
        facts = dict(self.cleaned_data)
        asked, letter = facts.pop("consultation"), facts.pop("letter")
        services.register_unit_reply(asked, by=by, **facts)
        if letter:
            services.file_document(
                self.decision,
                STEP,
                DocumentKind.CONSULTATION_REPLY,
                _now("%s复函") % asked,
                letter,
                by=by,
                openness=Openness.NOT_PUBLIC,
            )
        return asked


class StateDispute(OnConsultation, ActForm):
    """State a dispute that could not be settled: the issue, both sides' views, reasons and basis."""

    steps = (STEP,)
    title = _("说明争议情况")
    lead = _("经协商不能达成一致的，向决策机关说明争议的主要问题，各方意见、理由和依据。")
    button = _("登记争议情况")
    roles = HANDLER
    issue = forms.CharField(label=_("争议的主要问题"), widget=forms.Textarea(attrs={"rows": 3}))
    unit_view = forms.CharField(label=_("对方意见"), widget=forms.Textarea(attrs={"rows": 3}))
    unit_reasons = forms.CharField(label=_("对方的理由和依据"), widget=forms.Textarea(attrs={"rows": 3}))
    own_view = forms.CharField(label=_("承办单位意见"), widget=forms.Textarea(attrs={"rows": 3}))
    own_reasons = forms.CharField(label=_("承办单位的理由和依据"), widget=forms.Textarea(attrs={"rows": 3}))

    def prepare(self) -> None:
        super().prepare()
        for name in ("issue", "unit_view", "unit_reasons", "own_view", "own_reasons"):
            field = self.fields[name]
            missing = _now("应当写明“%s”") % field.label
            field.error_messages |= by_law(missing, Article("SC713", 13, 2))

    @classmethod
    def consultations(cls, decision: Decision) -> Any:
        return decision.unit_consultations.filter(replied_on__isnull=False)

    def perform(self, *, by: Actor, occasion: Occasion) -> UnitConsultation:
        facts = dict(self.cleaned_data)
        return services.state_dispute(facts.pop("consultation"), by=by, **facts)


class ConcludeCoordination(StepForm):
    """Every unit has replied or let its day pass, and disputes are stated."""

    steps = (STEP,)
    title = _("办结部门协商")
    lead = _("不涉及其他部门、单位职责的，在办理意见中说明。")
    roles = HANDLER
    because = None  # type: ignore[assignment]
