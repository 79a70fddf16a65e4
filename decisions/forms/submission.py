"""Submission to the meeting: the unit head checks the six materials (art. 29)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions.articles import Article
from decisions.rules.submission import MATERIALS, due_materials
from decisions.terms import Role

from .base import StepForm
from .required import by_law


class SubmitToMeeting(StepForm):
    """Confirm each material and put the reviewed draft to the meeting."""

    steps = ("submission",)
    title = _("提请集体讨论")
    lead = _("请对照材料清单逐项核对。未履行的程序，其材料不在清单之列。")
    button = _("提请审议")
    roles = frozenset({Role.UNIT_HEAD})
    because = None  # type: ignore[assignment]
    materials = forms.MultipleChoiceField(
        label=_("已核对齐全的材料"),
        widget=forms.CheckboxSelectMultiple,
        error_messages=by_law(_("请逐项核对提请审议的材料"), Article("SC713", 29)),
    )
    field_order = ("materials", "opinion")

    def prepare(self) -> None:
        self.fields["opinion"].label = _("提请审议说明")
        self.fields["opinion"].help_text = _("说明主要意见的研究处理情况。")
        due = [*due_materials(self.decision), "others"]
        choices = [(key, title) for key, title in MATERIALS.items() if key in due]
        self.fields["materials"].choices = choices  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        return {"materials": self.cleaned_data["materials"]}
