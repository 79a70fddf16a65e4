"""The hearing itself: the record in its three parts, who came, and who signed (art. 17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions import clock, services
from decisions.models import HearingParticipant
from decisions.rules.hearing import Hearing as HearingRule
from decisions.terms import Role

from .base import StepForm
from .fields import DayField, LinesField, SeveralField
from .hearing import STEP, UNDERTAKING, OnHearing

if TYPE_CHECKING:
    from decisions.models import Hearing
    from decisions.services import Actor, Occasion


def read_statement(line: str) -> tuple[str, str]:
    """One line of what participants said: who, and the gist."""
    name, _mark, words = line.replace(":", "：", 1).partition("：")
    if not name.strip() or not words.strip():
        raise ValidationError(_("“%s”应当写成：姓名：发言要点") % line)
    return name.strip(), words.strip()


class RecordHearing(OnHearing):
    """The record in its three parts, who came, and what each said (art. 17)."""

    steps = (STEP,)
    title = gettext_lazy("登记听证笔录")
    lead = gettext_lazy("听证会公开举行，依次进行：承办单位介绍，参加人陈述、询问、质证和辩论，参加人确认笔录并签字。")
    button = gettext_lazy("登记笔录")
    roles = UNDERTAKING
    presentation = forms.CharField(
        label=gettext_lazy("承办单位介绍草案、依据和有关情况"), widget=forms.Textarea(attrs={"rows": 4})
    )
    debate = forms.CharField(
        label=gettext_lazy("参加人陈述意见、询问、质证和辩论"), widget=forms.Textarea(attrs={"rows": 6})
    )
    confirmation = forms.CharField(label=gettext_lazy("参加人确认笔录"), widget=forms.Textarea(attrs={"rows": 2}))
    attended = SeveralField(
        label=gettext_lazy("到会人员"),
        queryset=HearingParticipant.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    statements = LinesField(
        label=gettext_lazy("发言要点"),
        parse=read_statement,
        required=False,
        help_text=gettext_lazy("一行一人：姓名：发言要点。"),
    )

    @classmethod
    def is_time(cls, hearing: Hearing) -> bool:
        return not hearing.is_closed

    def people(self, name: str) -> Any:
        return HearingParticipant.objects.filter(hearing=self.hearing)

    def clean_statements(self) -> dict[str, str]:
        statements = dict(self.cleaned_data["statements"])
        names = set(self.people("attended").values_list("name", flat=True))
        if unknown := [name for name in statements if name not in names]:
            raise ValidationError(_("不在参加人名单中：%s。") % "、".join(unknown))
        return statements

    def perform(self, *, by: Actor, occasion: Occasion) -> Any:
        return services.record_hearing(self.held, by=by, **{name: self.cleaned_data[name] for name in self.fields})


class SignHearingRecord(OnHearing):
    """Register who signed the record."""

    steps = (STEP,)
    title = gettext_lazy("登记笔录签字")
    button = gettext_lazy("登记签字")
    roles = UNDERTAKING
    signatories = SeveralField(
        label=gettext_lazy("已签字的参加人"),
        queryset=HearingParticipant.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    signed_on = DayField(label=gettext_lazy("签字日期"), required=False, help_text=gettext_lazy("不填为今天。"))

    @classmethod
    def is_time(cls, hearing: Hearing) -> bool:
        return bool(hearing.presentation) and not hearing.is_closed

    def perform(self, *, by: Actor, occasion: Occasion) -> Any:
        return services.sign_hearing_record(
            self.held,
            by=by,
            participants=self.cleaned_data["signatories"],
            signed_on=self.cleaned_data["signed_on"] or clock.today(),
        )


class CompleteHearing(StepForm):
    """The hearing was held in order and its record is signed."""

    steps = (STEP,)
    title = gettext_lazy("办结听证会")
    roles = frozenset({Role.HANDLER})

    def prepare(self) -> None:
        self.fields["opinion"].label = _("听证报告（主要意见和处理建议）")
        self.fields["because"].label = _("利害关系人代表比例不足的理由")

    def write(self, *, by: Actor) -> None:
        hearing = HearingRule().current(self.decision)
        if hearing:
            services.close_hearing(hearing, by=by)
