"""What the meeting decided, with the articles it changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from decisions import services
from decisions.articles import Article
from decisions.models import AgendaItem
from decisions.rules.collective_decision import majority
from decisions.services import Actor, Occasion
from decisions.terms import Outcome, Presence

from .articles import ordinal
from .base import StepForm
from .meeting import OFFICE, STEP

if TYPE_CHECKING:
    from decisions.models import StepRecord

RECORDING = Article("SC713", 30, 3)
CHANGED = re.compile(r"第?\s*(?P<number>[〇零一二三四五六七八九十百\d]+)\s*条?\s*[：:、.．]\s*(?P<text>.*)")


def changed_articles(text: str) -> dict[int, str]:
    """The articles a meeting changed, each beginning with its number: 第三条：…… Errors name the line."""
    found: dict[int, list[str]] = {}
    number = 0
    for place, line in enumerate(text.splitlines(), 1):
        match = CHANGED.match(line.strip())
        if match and (number := ordinal(match["number"])):
            if number in found:
                raise ValidationError(_now("第%(line)d行：第%(n)d条写了两次。") % {"line": place, "n": number})
            found[number] = [match["text"].strip()]
        elif line.strip() and not number:
            raise ValidationError(_now("第%d行：请以条文序号开头，如“第三条：……”。") % place)
        elif line.strip():
            found[number].append(line.strip())
    texts = {number: "\n".join(filter(None, lines)) for number, lines in found.items()}
    if empty := [number for number, words in texts.items() if not words]:
        raise ValidationError(_now("第%d条没有内容。") % empty[0])
    return texts


class ConcludeMeeting(StepForm):
    """What the meeting decided, with its record, the reasons given, and the articles it changed."""

    steps = (STEP,)
    title = _("形成会议决定")
    lead = _("行政首长在集体讨论的基础上作出决定。")
    button = _("形成会议决定")
    roles = OFFICE
    changed_articles = forms.CharField(
        label=_("会议修改的条文"),
        help_text=_("选择“修改后通过”的，逐条填写修改后的全文，如“第三条：……”；新增条文接在最后一条之后。"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=100_000,
        required=False,
    )
    not_material_because = forms.CharField(
        label=_("不属于实质性修改的理由"),
        help_text=_("选择“修改后通过”的必须填写；属于实质性修改的，应当选择“修改后再次讨论”，重新履行程序。"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=5_000,
        required=False,
    )
    field_order = ("outcome", "opinion", "because", "changed_articles", "not_material_because")

    def prepare(self) -> None:
        self.item = services.open_item(self.decision)
        self.fields["opinion"].label = _("会议讨论决定情况")
        self.fields["because"].label = _("理由")
        self.fields["because"].help_text = _("暂缓决定，或者决定与多数人意见不一致的，记录行政首长在会上说明的理由。")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        try:
            data["changed_articles"] = changed_articles(data.get("changed_articles", ""))
        except ValidationError as error:
            self.add_error("changed_articles", error)
            return data
        if data.get("outcome") == Outcome.ADOPTED_WITH_CHANGES:
            self._clean_changes(data)
        elif data["changed_articles"]:
            self.add_error("changed_articles", _now("只有“修改后通过”的，才填写会议修改的条文。"))
        return data

    def _clean_changes(self, data: dict[str, Any]) -> None:
        if not data["changed_articles"]:
            self.add_error("changed_articles", _now("修改后通过的，应当载明修改后的条文（%s）。") % RECORDING)
        if not data.get("not_material_because", "").strip():
            self.add_error(
                "not_material_because",
                _now("请说明为何不属于实质性修改（%s）；属于实质性修改的，应当修改后再次讨论。")
                % Article("SC713", 25, 2),
            )

    def details(self) -> dict[str, Any]:
        """Who was there, who withdrew, how they stood: kept with the record, so that the chain covers it."""
        if self.item is None:
            return {}
        rows = list(self.item.meeting.attendances.select_related("member"))
        recused = {recusal.member_id for recusal in self.item.recusals.all()}
        statements = list(self.item.statements.select_related("member"))
        most = majority(self.item)
        return {
            "item": self.item.pk,
            "meeting": str(self.item.meeting),
            "held_on": self.item.meeting.held_on.isoformat(),
            "body": len(rows),
            "present": sum(r.presence == Presence.PRESENT and r.member_id not in recused for r in rows),
            "recused": [r.member.name for r in rows if r.member_id in recused],
            "positions": {s.member.name: s.position for s in statements},
            "majority": most.value if most else "",
        }

    def perform(self, *, by: Actor, occasion: Occasion) -> StepRecord:
        record: StepRecord = super().perform(by=by, occasion=occasion)
        outcome = Outcome(self.cleaned_data["outcome"])
        if outcome in (Outcome.ADOPTED, Outcome.ADOPTED_WITH_CHANGES):
            item, draft = self.item_adopted(), None
            if outcome == Outcome.ADOPTED_WITH_CHANGES:
                draft = services.change_at_meeting(
                    self.decision,
                    item,
                    by=by,
                    changes=self.cleaned_data["changed_articles"],
                    not_material_because=self.cleaned_data["not_material_because"],
                )
            services.adopt(self.decision, item, by=by, draft=draft)
        return record

    def item_adopted(self) -> AgendaItem:
        assert self.item is not None  # the rule refused an outcome without one
        return self.item
