"""The conclusion of legality review: three findings, every exemption examined, the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions.articles import Article
from decisions.rules import Rule
from decisions.rules.legality_review import FINDINGS, standing_exemptions
from decisions.terms import Outcome, Role

from .base import StepForm
from .legality import STEP, OnThisDraft
from .required import by_law

if TYPE_CHECKING:
    from collections.abc import Iterator

MEETS = [("met", _("符合")), ("not_met", _("不符合"))]
WORDS = {"authority": _("权限审查说明"), "procedure": _("程序审查说明"), "content": _("内容审查说明")}
ACCEPTS = [("accepted", _("理由和依据成立，同意豁免")), ("refused", _("不同意豁免"))]


class ReviewLegality(OnThisDraft, StepForm):
    """Conclude the review of this draft version (arts. 25 to 28)."""

    steps = (STEP,)
    title = _("作出审查结论")
    lead = _("结论只对本稿草案有效；不合法或者须修改后合法的，退回承办单位修改。")
    button = _("签署审查结论")
    roles = frozenset({Role.LEGALITY_REVIEWER})
    legal_risk = forms.CharField(
        label=_("法律风险"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("结论为探索性改革的，写明可能存在的法律风险（条例第二十五条）。"),
    )

    def prepare(self) -> None:
        self.fields["outcome"].label = _("审查结论")
        self.fields["opinion"].label = _("审查意见")
        self.fields["because"].label = _("缩短审查时间的理由")
        self.fields["because"].help_text = _("审查时间少于法定时间的，应当写明理由；其他情形不填。")
        self.fields |= dict(self.findings()) | dict(self.exemptions())
        order = [name for name in self.fields if name not in ("outcome", "opinion", "legal_risk", "because")]
        self.order_fields([*order, "outcome", "opinion", "legal_risk", "because"])

    def findings(self) -> Iterator[tuple[str, forms.Field]]:
        """For each finding of article 27 a judgement and its words; returned materials need none."""
        for key, label in FINDINGS.items():
            yield key, forms.ChoiceField(label=label, choices=MEETS, widget=forms.RadioSelect, required=False)
            words = forms.Textarea(attrs={"rows": 2})
            yield f"{key}_words", forms.CharField(label=WORDS[key], widget=words, required=False)

    def exemptions(self) -> Iterator[tuple[str, forms.Field]]:
        """Each exempted step is examined on its own."""
        for exemption in standing_exemptions(self.decision):
            yield (
                f"exemption_{exemption.step}",
                forms.ChoiceField(
                    label=_("对豁免“%s”的审查") % Rule.registry[exemption.step].title,
                    choices=ACCEPTS,
                    widget=forms.RadioSelect,
                    required=False,
                    help_text=_("理由：%(ground)s 依据：%(basis)s")
                    % {"ground": exemption.ground, "basis": exemption.legal_basis},
                ),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("outcome") != Outcome.RETURNED:
            for key in FINDINGS:
                if not data.get(key) or not data.get(f"{key}_words", "").strip():
                    name = key if not data.get(key) else f"{key}_words"
                    message = by_law(_("请作出审查判断并写明说明"), Article("SC713", 27))["required"]
                    self.add_error(name, message)
        return data

    def details(self) -> dict[str, Any]:
        data = self.cleaned_data
        judged = {key: data[key] for key in FINDINGS if data.get(key)}
        words = {key: f"{dict(MEETS)[mark]}：{data[f'{key}_words']}" for key, mark in judged.items()}
        return {
            **words,
            "not_met": [key for key, mark in judged.items() if mark == "not_met"],
            "exemptions_accepted": self.examined("accepted"),
            "exemptions_refused": self.examined("refused"),
            "legal_risk": data.get("legal_risk", ""),
        }

    def examined(self, mark: str) -> list[str]:
        """The exempted steps on which the reviewer put this mark."""
        steps = [name.removeprefix("exemption_") for name in self.fields if name.startswith("exemption_")]
        return [step for step in steps if self.cleaned_data.get(f"exemption_{step}") == mark]
