"""What people do outside a step's task: a citizen comments, somebody deputizes, a duty begins or ends."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from decisions import clock, services
from decisions.models import Decision, Deputy, Document, Membership, Participation, Person, Unit
from decisions.terms import OpinionChannel, ParticipationForm, Role

if TYPE_CHECKING:
    from workflows.play.case import Act
    from workflows.play.stage import Stage


class Deed(forms.Form):
    """One such act, as a form: its name in case files, who does it, the fields it takes, and what it calls."""

    key: ClassVar[str]
    title: ClassVar[Any]
    who: ClassVar[Any]
    steps: ClassVar[tuple[str, ...]] = ()
    registry: ClassVar[dict[str, type[Deed]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.key = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        if "title" in vars(cls):  # not what several deeds have in common
            Deed.registry[cls.key] = cls

    def __init__(self, *args: Any, stage: Stage, act: Act, **kwargs: Any) -> None:
        self.stage, self.act = stage, act
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Narrow choices to the case's own rows."""

    @property
    def decision(self) -> Decision:
        return self.stage.decision_of(self.act)

    def do(self) -> None:
        """Do it with valid data; raises what the service raises."""


class Wait(Deed):
    """Let time pass: whatever waits for it moves on."""

    title = _("时间推移")
    who = _("无须填写")


class Comment(Deed):
    """A citizen or organisation comments through the portal; `by` is the name, masked in public."""

    title = _("网上提出意见")
    who = _("社会公众，可以匿名")
    text = forms.CharField(label=_("意见内容"), widget=forms.Textarea)
    article_number = forms.IntegerField(label=_("针对第几条"), required=False)
    is_organization = forms.BooleanField(label=_("以单位名义提出"), required=False)
    contact = forms.CharField(label=_("联系方式"), required=False)

    def do(self) -> None:
        asked: Participation | None = self.decision.participations.filter(form=ParticipationForm.PUBLIC_COMMENT).last()
        if asked is None:
            raise Http404
        services.receive_comment(asked, submission_key=secrets.token_urlsafe(16), name=self.act.by, **self.cleaned_data)


class GiveFeedback(Deed):
    """A citizen reports through the portal how a decision in force works (art. 35, para. 2)."""

    title = _("网上反映执行情况")
    who = _("社会公众，可以匿名")
    text = forms.CharField(label=_("反映内容"), widget=forms.Textarea)
    contact = forms.CharField(label=_("联系方式"), required=False)

    def do(self) -> None:
        channel = OpinionChannel.ONLINE
        services.receive_feedback(self.decision, channel=channel, name=self.act.by, **self.cleaned_data)


class LoseDocument(Deed):
    """A stored file is lost, to see that the dossier's check finds it; only where nothing is kept."""

    title = _("材料文件丢失（演练）")
    who = _("无须填写")
    document = forms.ModelChoiceField(label=_("材料"), queryset=Document.objects.none())

    def prepare(self) -> None:
        self.fields["document"].queryset = self.decision.documents.all()  # type: ignore[attr-defined]

    def do(self) -> None:
        if self.stage.is_kept:
            raise self.act.section.wrong("act", "保存的案例不得丢失材料")
        stored = self.cleaned_data["document"].file
        stored.storage.delete(stored.name)


class OfPeople(Deed):
    """A deed about the case's own people."""

    def prepare(self) -> None:
        known = Person.objects.filter(pk__in=[person.pk for person in self.stage.town.people.values()])
        units = Unit.objects.filter(authority=self.stage.town.authority)
        rows: dict[str, Any] = {"principal": known, "deputy": known, "person": known, "unit": units}
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = rows[name]


class AppointDeputy(OfPeople):
    """The office, or somebody who will be away, appoints a deputy from today on."""

    title = _("指定代理人")
    who = _("党政办（政府办）工作人员，或者被代理人本人")
    principal = forms.ModelChoiceField(label=_("被代理人"), queryset=Person.objects.none())
    deputy = forms.ModelChoiceField(label=_("代理人"), queryset=Person.objects.none())
    until = forms.DateField(label=_("代理至"))
    because = forms.CharField(label=_("事由"), required=False)

    def do(self) -> None:
        by, authority = self.stage.person_of(self.act), self.stage.town.authority
        services.appoint_deputy(**self.cleaned_data, authority=authority, since=clock.today(), by=by)


class EndDeputy(OfPeople):
    """A deputy ends before the last day."""

    title = _("结束代理")
    who = _("党政办（政府办）工作人员，或者被代理人本人")
    principal = forms.ModelChoiceField(label=_("被代理人"), queryset=Person.objects.none())
    deputy = forms.ModelChoiceField(label=_("代理人"), queryset=Person.objects.none())

    def do(self) -> None:
        for row in Deputy.objects.current().filter(**self.cleaned_data):
            services.end_deputy(row, by=self.stage.person_of(self.act))


class BeginDuty(OfPeople):
    """Somebody takes up a duty."""

    title = _("任职")
    who = _("系统管理员，无须填写")
    person = forms.ModelChoiceField(label=_("人员"), queryset=Person.objects.none())
    unit = forms.ModelChoiceField(label=_("单位"), queryset=Unit.objects.none())
    duty = forms.ChoiceField(label=_("职责"), choices=Role.choices)

    def do(self) -> None:
        Membership.objects.create(**self.cleaned_data, since=clock.today())


class EndDuty(OfPeople):
    """Somebody's duty ends, yesterday being its last day."""

    title = _("免职")
    who = _("系统管理员，无须填写")
    person = forms.ModelChoiceField(label=_("人员"), queryset=Person.objects.none())
    duty = forms.ChoiceField(label=_("职责"), choices=Role.choices)

    def do(self) -> None:
        held = Membership.objects.current().filter(**self.cleaned_data)
        held.update(until=clock.today() - timedelta(days=1))
