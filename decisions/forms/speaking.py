"""At the meeting: who withdraws, and what each member says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from decisions import services
from decisions.articles import Article
from decisions.models import AgendaItem, Person
from decisions.rules import Breach, RuleBreached
from decisions.services import Actor, Occasion
from decisions.terms import Position, Presence, Role

from .base import ActForm
from .meeting import OFFICE, STEP
from .required import by_law

if TYPE_CHECKING:
    from decisions.models import Decision, Recusal, Statement

SPEAKING = Article("SC713", 30, 2)
RECORDING = Article("SC713", 30, 3)


class ItemForm(ActForm):
    """An act on the agenda item under discussion."""

    item: AgendaItem | None

    def prepare(self) -> None:
        self.item = services.open_item(self.decision)

    @classmethod
    def is_available(cls, decision: Decision) -> bool:
        item = services.open_item(decision)
        return item is not None and item.meeting.attendances.exists()

    def item_under_discussion(self) -> AgendaItem:
        """The item, or the refusal that there is none."""
        if self.item is None:
            raise RuleBreached(
                [Breach(_now("尚未列入会议议题"), Article("SC713", 30, 1), _now("请选择会议并列入议题。"))]
            )
        self.item.decision = self.decision
        return self.item

    def members(self, *, silent: bool) -> Any:
        """The members there, only those who neither withdrew nor spoke when `silent`."""
        if self.item is None:
            return Person.objects.none()
        rows = self.item.meeting.attendances.filter(presence=Presence.PRESENT).order_by("is_chief", "pk")
        people = Person.objects.filter(pk__in=rows.values("member"))
        if not silent:
            return people
        gone = [*self.item.recusals.values_list("member", flat=True)]
        return people.exclude(pk__in=[*gone, *self.item.statements.values_list("member", flat=True)])


class RecordRecusal(ItemForm):
    """A member withdraws from the item."""

    steps = (STEP,)
    title = _("登记回避")
    lead = _("承办过、审查过或者与事项有利害关系的人员应当回避；回避人员不参加讨论和表态，不计入到会人数。")
    button = _("登记回避")
    roles = OFFICE
    member = forms.ModelChoiceField(label=_("回避人员"), queryset=Person.objects.none())
    because = forms.CharField(
        label=_("回避事由"), max_length=200, error_messages=by_law(_("回避应当说明事由"), RECORDING)
    )

    def prepare(self) -> None:
        super().prepare()
        self.fields["member"].queryset = self.members(silent=False)  # type: ignore[attr-defined]

    def perform(self, *, by: Actor, occasion: Occasion) -> Recusal:
        data = self.cleaned_data
        return services.record_recusal(self.item_under_discussion(), data["member"], by=by, because=data["because"])


class SpeakingFields(forms.Form):
    """The position taken and the words said."""

    position = forms.ChoiceField(
        label=_("表态"),
        choices=Position.choices,
        widget=forms.RadioSelect,
        error_messages=by_law(_("请选择表态"), SPEAKING),
    )
    words = forms.CharField(
        label=_("发言内容"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=10_000,
        error_messages=by_law(_("应当如实记录发言内容"), RECORDING),
    )


class RecordStatement(SpeakingFields, ItemForm):
    """The office writes down what a member said."""

    steps = (STEP,)
    title = _("记录发言表态")
    lead = _("按发言次序逐人记录，行政首长最后；不同意见如实载明。记录后不能更改。")
    button = _("记录")
    roles = OFFICE
    member = forms.ModelChoiceField(
        label=_("发言人"), queryset=Person.objects.none(), error_messages=by_law(_("请选择发言人"), SPEAKING)
    )
    field_order = ("member", "position", "words")

    def prepare(self) -> None:
        super().prepare()
        self.fields["member"].queryset = self.members(silent=False)  # type: ignore[attr-defined]
        if not self.is_bound and self.item is not None:
            waiting = [row.member_id for row in services.speakers(self.item)]
            spoken = set(self.item.statements.values_list("member", flat=True))
            self.initial.setdefault("member", next((pk for pk in waiting if pk not in spoken), None))

    def perform(self, *, by: Actor, occasion: Occasion) -> Statement:
        data = self.cleaned_data
        return services.record_statement(
            self.item_under_discussion(),
            data["member"],
            by=by,
            position=Position(data["position"]),
            words=data["words"],
        )


class StatePosition(SpeakingFields, ItemForm):
    """A member records the own position, at the meeting, on the own phone."""

    steps = (STEP,)
    title = _("本人表态")
    lead = _("请充分发表意见；不同意见将如实载入会议记录，依法受到保护（条例第三十八条第三款）。提交后不能更改。")
    button = _("提交表态")
    roles = frozenset({Role.MEMBER, Role.CHIEF})

    @classmethod
    def said(cls, result: Statement) -> str:
        return _now("已记录您的表态：%s") % result.get_position_display()

    def perform(self, *, by: Actor, occasion: Occasion) -> Statement:
        return services.record_statement(
            self.item_under_discussion(),
            by.on_behalf_of or by.person,
            by=by,
            position=Position(self.cleaned_data["position"]),
            words=self.cleaned_data["words"],
        )
