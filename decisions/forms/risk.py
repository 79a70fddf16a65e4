"""Risk assessment: the assessor's report, and the authority's finding whether the risk is controllable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from decisions import services
from decisions.articles import Article
from decisions.services.risk import RiskPoint
from decisions.terms import DocumentKind, RiskKind, RiskLevel, Role

from .base import ActForm, StepForm
from .fields import EvidenceField, LinesField
from .required import by_law

if TYPE_CHECKING:
    from decisions.models import RiskAssessment
    from decisions.services import Actor, Occasion

STEP = "risk_assessment"
PARTS = Article("SC713", 23, 2)
KINDS = {word: kind for kind in RiskKind for word in (kind.value, str(kind.label), f"{kind.label}风险")}
"""A kind of risk by its key or its official name."""

RATINGS = ("1", "2", "3", "4", "5")
LEVEL_ORDER = [RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH]


def risk_point(line: str) -> RiskPoint:
    """One line of a report as a risk point, or a ValidationError saying what is wrong in it."""
    parts = [part.strip() for part in re.split(r"[｜|]", line)]
    if len(parts) != 5 or not all(parts):
        raise ValidationError(_("应当写成“类别｜风险点｜可能性｜影响｜防范化解措施”五项，各项均须填写。"))
    kind, description, likelihood, impact, measures = parts
    if kind not in KINDS:
        kinds = {"kind": kind, "kinds": "、".join(map(str, RiskKind.labels))}
        raise ValidationError(_("类别“%(kind)s”应当是%(kinds)s之一。") % kinds)
    if wrong := [rating for rating in (likelihood, impact) if rating not in RATINGS]:
        raise ValidationError(_("可能性和影响程度应当是1至5的整数，不能是“%s”。") % wrong[0])
    return RiskPoint(KINDS[kind], description, int(likelihood), int(impact), measures)


class SubmitRiskReport(ActForm):
    """Submit the whole report; a corrected report is a further one (art. 23)."""

    steps = (STEP,)
    title = _("提交风险评估报告")
    lead = _("报告一经提交不能更改；需要更正的，另行提交一份，以最后一份为准。")
    button = _("提交报告")
    roles = frozenset({Role.ASSESSOR})
    assessor_name = forms.CharField(label=_("风险评估单位"), max_length=100)
    is_third_party = forms.BooleanField(label=_("委托第三方评估"), required=False)
    earlier_report = forms.CharField(
        label=_("已按有关规定评估的报告名称、文号"),
        max_length=200,
        required=False,
        help_text=_("按照有关规定已对有关风险进行评价、评估的，不作重复评估，写明该报告（条例第二十二条）。"),
    )
    methods = forms.CharField(
        label=_("评估方法"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("如舆情跟踪、重点走访、会商分析，定性分析与定量分析。"),
        error_messages=by_law(_("请写明评估方法"), Article("SC713", 23, 1)),
    )
    departments_heard = forms.CharField(
        label=_("听取意见的部门及其意见"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=by_law(_("应当听取有关部门的意见，请写明"), PARTS),
    )
    risks = LinesField(
        parse=risk_point,
        rows=8,
        label=_("风险点及防范化解措施"),
        help_text=_(
            "每行一个风险点，五项用“｜”隔开：类别（社会稳定、生态环境、经济财政、公共安全）｜风险点｜可能性（1至5）｜"
            "影响（1至5）｜防范化解措施。例如：社会稳定｜施工期间影响灌溉｜3｜2｜错峰施工，提前告知。"
        ),
        error_messages=by_law(_("请写明风险点和防范化解措施"), PARTS),
    )
    contingency_plan = forms.CharField(
        label=_("风险处置预案"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=by_law(_("请写明风险处置预案"), PARTS),
    )
    level_before = forms.ChoiceField(
        label=_("采取措施前的风险等级"), choices=RiskLevel.choices, widget=forms.RadioSelect
    )
    level_after = forms.ChoiceField(
        label=_("采取措施后的风险等级"), choices=RiskLevel.choices, widget=forms.RadioSelect
    )
    upload = EvidenceField(label=_("报告文件"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        before, after = data.get("level_before"), data.get("level_after")
        if before and after and LEVEL_ORDER.index(RiskLevel(after)) > LEVEL_ORDER.index(RiskLevel(before)):
            self.add_error("level_after", _("采取措施后的风险等级不应高于采取措施前，请核对。"))
        return data

    def perform(self, *, by: Actor, occasion: Occasion) -> RiskAssessment:
        facts = {name: value for name, value in self.cleaned_data.items() if name != "upload"}
        if upload := self.cleaned_data["upload"]:
            title = f"{facts['assessor_name']}：{DocumentKind.RISK_REPORT.label}"
            services.file_document(self.decision, STEP, DocumentKind.RISK_REPORT, title, upload, by=by)
        return services.submit_risk_report(self.decision, by=by, **facts)


class FindRisk(StepForm):
    """The authority itself finds the risk controllable or not (art. 24)."""

    steps = (STEP,)
    title = _("认定风险是否可控")
    lead = _("认定为可控的，可以作出决策；认定为不可控的，退回修改草案或者采取措施，重新评估。")
    button = _("提交认定")
    roles = frozenset({Role.CHIEF})
    because = None  # type: ignore[assignment]

    def prepare(self) -> None:
        self.fields["outcome"].label = _("认定结论")
        self.fields["opinion"].label = _("认定意见")
