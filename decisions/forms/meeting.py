"""The meeting: convening it, and putting the matter on its agenda."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions import clock, services
from decisions.articles import Article
from decisions.models import Authority, Meeting
from decisions.services import Actor, Occasion
from decisions.terms import Role

from .base import ActForm
from .fields import DayField
from .required import by_law

if TYPE_CHECKING:
    from decisions.models import AgendaItem, Decision

STEP = "collective_decision"
MEETING = Article("SC713", 30, 1)
OFFICE = frozenset({Role.OFFICE_CLERK})
LOOKING_BACK = timedelta(days=60)
"""How long a meeting that was held is offered for its agenda to be completed."""


class MeetingFields(forms.Form):
    """What a meeting is called, which it is in the year, when and where it is held."""

    name = forms.CharField(label=_("会议名称"), max_length=60, required=False)
    number = forms.IntegerField(
        label=_("本年度次数"), min_value=1, max_value=999, required=False, help_text=_("不填写的，接续上一次编号。")
    )
    held_on = DayField(
        label=_("会议日期"),
        years_ahead=2,
        error_messages=by_law(_("请填写会议日期"), MEETING),
    )
    place = forms.CharField(label=_("会议地点"), max_length=100, required=False)

    def convene(self, authority: Authority, *, by: Actor) -> Meeting:
        return services.convene(
            authority, by=by, **{name: self.cleaned_data[name] for name in MeetingFields.base_fields}
        )


class MeetingForm(MeetingFields):
    """A meeting of an authority, on its own page."""

    def __init__(self, *args: Any, authority: Authority, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = authority.meeting_name


class ConveneMeeting(MeetingFields, ActForm):
    """Call a meeting without leaving the matter."""

    steps = (STEP,)
    title = _("登记会议")
    lead = _("会议尚未登记的，在此登记，再列入议题。")
    button = _("登记会议")
    roles = OFFICE

    def prepare(self) -> None:
        self.fields["name"].initial = self.decision.authority.meeting_name

    @classmethod
    def is_available(cls, decision: Decision) -> bool:
        return services.open_item(decision) is None

    def perform(self, *, by: Actor, occasion: Occasion) -> Meeting:
        return self.convene(self.decision.authority, by=by)


class PutOnAgenda(ActForm):
    """Put the reviewed draft on the agenda of a meeting."""

    steps = (STEP,)
    title = _("列入会议议题")
    lead = _("未经合法性审查通过、材料不齐的草案，不得列入议题。")
    button = _("列入议题")
    roles = OFFICE
    meeting = forms.ModelChoiceField(
        label=_("会议"), queryset=Meeting.objects.none(), error_messages=by_law(_("请选择会议"), MEETING)
    )
    sequence = forms.IntegerField(
        label=_("议题序号"), min_value=1, max_value=99, required=False, help_text=_("不填写的，接续编号。")
    )
    presented_by = forms.CharField(label=_("汇报人"), max_length=60, required=False)

    def prepare(self) -> None:
        recent = self.decision.authority.meetings.filter(held_on__gte=clock.today() - LOOKING_BACK)
        self.fields["meeting"].queryset = recent  # type: ignore[attr-defined]

    @classmethod
    def is_available(cls, decision: Decision) -> bool:
        return services.open_item(decision) is None

    def perform(self, *, by: Actor, occasion: Occasion) -> AgendaItem:
        return services.put_on_agenda(self.cleaned_data["meeting"], self.decision, by=by, **self._place())

    def _place(self) -> dict[str, Any]:
        return {"sequence": self.cleaned_data["sequence"], "presented_by": self.cleaned_data["presented_by"]}
