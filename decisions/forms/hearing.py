"""Before a hearing: notice, participants, list, materials, postponing (art. 16)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions import clock, services
from decisions.articles import Article
from decisions.models import HearingParticipant
from decisions.rules.hearing import HEARD
from decisions.rules.hearing import Hearing as HearingRule
from decisions.services import Listed
from decisions.terms import ParticipantKind, Role

from .base import ActForm
from .fields import DayField, LinesField, SeveralField
from .required import by_law

if TYPE_CHECKING:
    from decisions.models import Decision, Hearing
    from decisions.services import Actor, Occasion

STEP = HearingRule.key
UNDERTAKING = frozenset({Role.HANDLER, Role.OFFICE_CLERK})
SEPARATORS = re.compile(r"\s*[,，、;；|\t]\s*")


def kind_named(word: str) -> ParticipantKind | None:
    """The kind that a word names: its value, its label, or the label's beginning."""
    for kind in ParticipantKind:
        if word == kind.value or (word and str(kind.label).startswith(word)):
            return kind
    return None


def read_participant(line: str) -> Listed:
    """One line of the list of participants."""
    parts = SEPARATORS.split(line, maxsplit=2)
    kind = kind_named(parts[1]) if len(parts) > 1 else None
    if kind is None or not parts[0] or len(parts[0]) > 30 or len(parts[-1]) > 100:
        raise ValidationError(_("“%s”应当写成：姓名，类别，单位或者住址") % line)
    return Listed(parts[0], kind, parts[2] if len(parts) > 2 else "")


class AnnounceHearing(ActForm):
    """Publish the notice of a hearing with draft, explanation, day and place (art. 16, para. 2)."""

    steps = (STEP,)
    title = gettext_lazy("发布听证公告")
    lead = gettext_lazy("草案、起草说明以及听证会的时间、地点提前公布；参加人需要遴选的，遴选办法一并公布。")
    button = gettext_lazy("发布公告")
    roles = UNDERTAKING
    headline = forms.CharField(label=gettext_lazy("听证会名称"), max_length=200)
    required_by = forms.CharField(label=gettext_lazy("举行听证会的依据"), max_length=200)
    registration_until = DayField(label=gettext_lazy("报名截止日期"), required=False)
    selection_method = forms.CharField(
        label=gettext_lazy("参加人遴选办法"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=by_law(gettext_lazy("请写明参加人遴选办法，保证相关各方都有代表"), Article("SC713", 16, 3)),
    )
    held_on = DayField(label=gettext_lazy("听证会日期"))
    held_at = forms.CharField(label=gettext_lazy("时间和地点"), max_length=200)
    presider = forms.CharField(label=gettext_lazy("主持人"), max_length=30)

    def prepare(self) -> None:
        title = _("《%s》（草案）听证会") % self.decision.title
        self.initial = {"headline": title, **self.initial}

    @classmethod
    def is_available(cls, decision: Decision) -> bool:
        hearing = HearingRule().current(decision)
        return hearing is None or bool(hearing.presentation)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        until, held_on = data.get("registration_until"), data.get("held_on")
        if until and (until < clock.today() or (held_on and until >= held_on)):
            self.add_error("registration_until", _("报名截止日期应当在今天之后、听证会之前。"))
        return data

    def perform(self, *, by: Actor, occasion: Occasion) -> Hearing:
        facts = {name: self.cleaned_data[name] for name in self.fields if name != "headline"}
        return services.announce_hearing(self.decision, by=by, title=self.cleaned_data["headline"], **facts)


class OnHearing(ActForm):
    """An act on the hearing in question: the last one on a draft version that still counts."""

    def prepare(self) -> None:
        self.hearing = HearingRule().current(self.decision)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelMultipleChoiceField):
                field.queryset = self.people(name)

    def people(self, name: str) -> Any:
        """Who can be chosen in a field."""
        everybody = HearingParticipant.objects.filter(hearing=self.hearing)
        return everybody.filter(kind__in=HEARD)

    @classmethod
    def is_available(cls, decision: Decision) -> bool:
        hearing = HearingRule().current(decision)
        return hearing is not None and cls.is_time(hearing)

    @classmethod
    def is_time(cls, hearing: Hearing) -> bool:
        """Whether the hearing is at the point where the act makes sense."""
        return not hearing.presentation

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.hearing is None:
            raise ValidationError(_("尚未公告听证会，请先发布听证公告。"))
        return data

    @property
    def held(self) -> Hearing:
        """The hearing; there is one once the form is valid."""
        assert self.hearing is not None
        return self.hearing


class ListParticipants(OnHearing):
    """Put people on the list of participants, one a line."""

    steps = (STEP,)
    title = gettext_lazy("登记听证参加人")
    button = gettext_lazy("登记参加人")
    roles = UNDERTAKING
    participants = LinesField(
        label=gettext_lazy("参加人"),
        parse=read_participant,
        rows=8,
        help_text=gettext_lazy("一行一人：姓名，类别，单位或者住址。"),
    )

    def prepare(self) -> None:
        super().prepare()
        kinds = "、".join(str(kind.label) for kind in ParticipantKind)
        self.lead = _("类别为：%s。名单公布后又有增加的，应当重新公布。") % kinds

    def clean_participants(self) -> list[Listed]:
        people: list[Listed] = self.cleaned_data["participants"]
        listed = list(HearingParticipant.objects.filter(hearing=self.hearing).values_list("name", flat=True))
        for person in people:
            if person.name in listed:
                raise ValidationError(_("%s已在名单中，不能重复登记。") % person.name)
            listed.append(person.name)
        return people

    def perform(self, *, by: Actor, occasion: Occasion) -> Any:
        return services.list_participants(self.held, by=by, people=self.cleaned_data["participants"])


class PublishParticipantList(OnHearing):
    """Publish who takes part, before the hearing."""

    steps = (STEP,)
    title = gettext_lazy("公布参加人名单")
    button = gettext_lazy("公布名单")
    roles = UNDERTAKING
    list_published_on = DayField(
        label=gettext_lazy("名单公布日期"), required=False, help_text=gettext_lazy("不填为今天。")
    )

    def perform(self, *, by: Actor, occasion: Occasion) -> Any:
        day = self.cleaned_data["list_published_on"] or clock.today()
        return services.publish_participant_list(self.held, by=by, list_published_on=day)


class DeliverMaterials(OnHearing):
    """Register when participants had the draft and the other materials."""

    steps = (STEP,)
    title = gettext_lazy("登记材料送达")
    button = gettext_lazy("登记送达")
    roles = UNDERTAKING
    recipients = SeveralField(
        label=gettext_lazy("收到材料的参加人"),
        queryset=HearingParticipant.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    delivered_on = DayField(label=gettext_lazy("送达日期"), required=False, help_text=gettext_lazy("不填为今天。"))

    def prepare(self) -> None:
        super().prepare()
        if self.hearing:
            due = HearingRule().materials_due(self.decision, self.hearing.held_on)
            self.lead = _("最迟的送达日期为%s") % due

    def perform(self, *, by: Actor, occasion: Occasion) -> Any:
        return services.deliver_materials(
            self.held,
            by=by,
            participants=self.cleaned_data["recipients"],
            delivered_on=self.cleaned_data["delivered_on"] or clock.today(),
        )


class PostponeHearing(OnHearing):
    """Give a hearing that was not held yet a later day."""

    steps = (STEP,)
    title = gettext_lazy("推迟听证会")
    button = gettext_lazy("推迟")
    roles = UNDERTAKING
    held_on = DayField(label=gettext_lazy("新的日期"))
    held_at = forms.CharField(label=gettext_lazy("时间和地点"), max_length=200)
    because = forms.CharField(label=gettext_lazy("推迟的原因"), max_length=200)

    def perform(self, *, by: Actor, occasion: Occasion) -> Any:
        return services.postpone_hearing(self.held, by=by, **{name: self.cleaned_data[name] for name in self.fields})
