"""Who attends the meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from decisions import services
from decisions.models import Meeting, Person
from decisions.services import Actor, Occasion
from decisions.terms import Presence

from .base import ActForm
from .fields import LinesField, SeveralField
from .meeting import MEETING, OFFICE, STEP
from .required import by_law

if TYPE_CHECKING:
    from collections.abc import Collection

    from decisions.models import Attendance, Decision


class AttendanceFields(forms.Form):
    """Who of the meeting body is there, who is on leave and why; whoever is neither is absent."""

    present = SeveralField(
        label=_("出席人员"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages=by_law(_("请勾选出席人员"), MEETING),
    )
    on_leave = LinesField(
        label=_("请假人员及事由"),
        rows=3,
        required=False,
        help_text=_("每行一人，如“冯副镇长：赴县开会”。既未出席也未请假的，登记为缺席。"),
    )
    chief = forms.ModelChoiceField(
        label=_("行政首长（主持工作的负责人）"),
        queryset=Person.objects.none(),
        help_text=_("行政首长不能出席的，由主持工作的负责人最后发表意见并作出决定。"),
        error_messages=by_law(_("请选择行政首长或者主持工作的负责人"), MEETING),
    )

    meeting: Meeting | None = None

    def narrow(self, meeting: Meeting | None) -> None:
        """Offer the body of the meeting's day, and what was registered so far."""
        self.meeting = meeting
        if meeting is None:
            return
        body = services.body_on(meeting.authority, meeting.held_on)
        for name in ("present", "chief"):
            choices = Person.objects.filter(pk__in=[person.pk for person in body]).order_by("pk")
            self.fields[name].queryset = choices  # type: ignore[attr-defined]
        self.initial = {**_registered(meeting, body), **self.initial}

    def clean_on_leave(self) -> dict[Person, str]:
        body = {person.name: person for person in self.fields["present"].queryset}  # type: ignore[attr-defined]
        found, errors = {}, []
        for line in self.cleaned_data["on_leave"]:
            name, _colon, because = line.replace(":", "：").partition("：")
            if name.strip() not in body:
                errors.append(_now("“%s”不是会议组成人员，请写作“姓名：事由”。") % name.strip())
            else:
                found[body[name.strip()]] = because.strip()[:100]
        if errors:
            raise ValidationError(errors)
        return found

    def register(self, *, by: Actor) -> list[Attendance]:
        assert self.meeting is not None
        data = self.cleaned_data
        return services.register_attendance(
            self.meeting, by=by, present=list(data["present"]), on_leave=data["on_leave"], chief=data["chief"]
        )


def _registered(meeting: Meeting, body: Collection[Person]) -> dict[str, Any]:
    """What the fields show before anybody writes: the register, or everybody there."""
    rows = list(meeting.attendances.select_related("member"))
    if not rows:
        return {"present": [p.pk for p in body], "chief": services.chief_on(meeting.authority, meeting.held_on)}
    return {
        "present": [row.member_id for row in rows if row.presence == Presence.PRESENT],
        "on_leave": "\n".join(f"{r.member}：{r.because}" for r in rows if r.presence == Presence.ON_LEAVE),
        "chief": next((row.member_id for row in rows if row.is_chief), None),
    }


class AttendanceForm(AttendanceFields):
    """The attendance of a meeting, on its own page."""

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow(meeting)


class RegisterAttendance(AttendanceFields, ActForm):
    """Write down who attends the meeting that has the matter on its agenda."""

    steps = (STEP,)
    title = _("登记出席情况")
    lead = _("首位人员表态后，出席情况不得再更改。")
    button = _("登记出席情况")
    roles = OFFICE

    def prepare(self) -> None:
        item = services.open_item(self.decision)
        self.narrow(item.meeting if item else None)

    @classmethod
    def is_available(cls, decision: Decision) -> bool:
        item = services.open_item(decision)
        return item is not None and not services.is_settled(item.meeting)

    def perform(self, *, by: Actor, occasion: Occasion) -> list[Attendance]:
        return self.register(by=by)
