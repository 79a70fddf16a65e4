"""Proposing a matter and deciding whether to start it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from decisions import services
from decisions.articles import Article
from decisions.models import CatalogueItem, Decision, Membership, Person, Unit
from decisions.services import Actor
from decisions.terms import (
    Exclusion,
    MatterClass,
    NonDisclosureGround,
    Openness,
    Outcome,
    ProposerKind,
    Role,
)

from .base import StepForm
from .fields import SeveralField
from .required import by_law

LONG = {"rows": 4}


class Propose(StepForm):
    """Propose a matter: what article 10 asks for, and the facts that decide which steps apply."""

    steps = ("proposal",)
    title = _("提出决策建议")
    button = _("提交决策建议")
    roles = frozenset({Role.HANDLER, Role.UNIT_HEAD, Role.OFFICE_CLERK})
    opinion = None  # type: ignore[assignment]
    because = None  # type: ignore[assignment]

    matter = forms.CharField(label=_("事项名称"), max_length=200)
    matter_class = forms.ChoiceField(label=_("事项类别"), choices=MatterClass.choices)
    exclusion = forms.ChoiceField(label=_("是否属于除外事项"), choices=Exclusion.choices, initial=Exclusion.NONE)
    proposer_kind = forms.ChoiceField(label=_("建议提出主体"), choices=ProposerKind.choices, initial=ProposerKind.UNIT)
    proposer_name = forms.CharField(label=_("建议提出人"), max_length=100, required=False)
    problem = forms.CharField(label=_("需要解决的主要问题"), widget=forms.Textarea(attrs=LONG))
    reasons = forms.CharField(label=_("建议理由和依据"), widget=forms.Textarea(attrs=LONG))
    preliminary_plan = forms.CharField(label=_("解决问题的初步方案"), widget=forms.Textarea(attrs=LONG))
    necessity = forms.CharField(label=_("必要性"), widget=forms.Textarea(attrs=LONG))
    feasibility = forms.CharField(label=_("可行性"), widget=forms.Textarea(attrs=LONG))
    affects_vital_interests = forms.BooleanField(
        label=_("涉及社会公众切身利益"), help_text=_("可以召开听证会（条例第十六条）。"), required=False
    )
    affects_group = forms.CharField(
        label=_("涉及的特定群体"),
        help_text=_("涉及特定群体利益的，应当与其代表沟通协商（条例第十四条）。"),
        max_length=200,
        required=False,
    )
    is_technical = forms.BooleanField(
        label=_("专业性、技术性较强"), help_text=_("应当组织专家论证（条例第十九条）。"), required=False
    )
    has_possible_harm = forms.BooleanField(
        label=_("可能对社会稳定、公共安全等造成不利影响"),
        help_text=_("应当开展风险评估（条例第二十二条）。"),
        required=False,
    )
    affects_market = forms.BooleanField(
        label=_("涉及市场主体经济活动"), help_text=_("应当进行公平竞争审查（条例第二十九条）。"), required=False
    )
    is_exploratory = forms.BooleanField(
        label=_("属于探索性改革，国家尚无明确规定"),
        help_text=_("可以载明法律风险后提请审议（条例第二十五条）。"),
        required=False,
    )
    openness = forms.ChoiceField(label=_("公开属性"), choices=Openness.choices, initial=Openness.PUBLIC)
    nondisclosure_ground = forms.ChoiceField(
        label=_("不予公开的理由"), choices=[("", _("不适用")), *NonDisclosureGround.choices], required=False
    )

    def prepare(self) -> None:
        self.fields["matter"].error_messages["required"] = _now("请填写事项名称。")
        for name in ("problem", "reasons", "preliminary_plan", "necessity", "feasibility"):
            field = self.fields[name]
            missing = _now("决策建议应当写明“%s”") % field.label
            field.error_messages |= by_law(missing, Article("SC713", 10, 1, 2))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("openness") != Openness.NOT_PUBLIC:
            data["nondisclosure_ground"] = ""
        if data.get("openness") == Openness.NOT_PUBLIC and not data.get("nondisclosure_ground"):
            self.add_error("nondisclosure_ground", _("依法不予公开的，应当选择理由（公开条例第十四条至第十六条）。"))
        return data

    def create(self, *, by: Actor) -> Decision:
        """Create the matter that this form proposes."""
        facts = {name: self.cleaned_data[name] for name in self.fields if name != "matter"}
        authority, adjusts = self.decision.authority, self.decision.adjusts
        title = self.cleaned_data["matter"]
        self.decision = services.propose(authority, by=by, title=title, adjusts=adjusts, **facts)
        return self.decision


class Initiate(StepForm):
    """The chief executive decides whether the matter starts, and who undertakes it."""

    steps = ("initiation",)
    title = _("决定是否启动")
    lead = _("决定启动的，明确承办单位和承办人；不予启动的，在办理意见中说明理由。")
    button = _("提交决定")
    roles = frozenset({Role.CHIEF, Role.OFFICE_CLERK})
    because = None  # type: ignore[assignment]
    lead_unit = forms.ModelChoiceField(label=_("牵头承办单位"), queryset=Unit.objects.none(), required=False)
    co_units = SeveralField(label=_("配合承办单位"), queryset=Unit.objects.none(), required=False)
    handler = forms.ModelChoiceField(label=_("承办人"), queryset=Person.objects.none(), required=False)
    catalogue_item = forms.ModelChoiceField(
        label=_("年度目录事项"), queryset=CatalogueItem.objects.none(), required=False
    )

    def prepare(self) -> None:
        authority = self.decision.authority
        handlers = Membership.objects.current().filter(unit__authority=authority, duty=Role.HANDLER)
        narrow = {
            "lead_unit": authority.units.all(),
            "co_units": authority.units.all(),
            "handler": Person.objects.filter(is_active=True, pk__in=handlers.values("person")),
            "catalogue_item": CatalogueItem.objects.filter(catalogue__authority=authority),
        }
        for name, queryset in narrow.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def write(self, *, by: Actor) -> None:
        if self.cleaned_data["outcome"] == Outcome.STARTED:
            services.appoint_undertaking(
                self.decision,
                by=by,
                lead_unit=self.cleaned_data["lead_unit"],
                co_units=list(self.cleaned_data["co_units"]),
                handler=self.cleaned_data["handler"],
                catalogue_item=self.cleaned_data["catalogue_item"],
            )
