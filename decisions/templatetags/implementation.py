"""What the pages after the decision show beyond their forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.translation import gettext as _

from decisions import services
from decisions.rules import Position, Rule
from decisions.rules.archiving import CHECKLIST
from decisions.services.publication import AUTHENTIC

if TYPE_CHECKING:
    from decisions.models import Decision

register = template.Library()


@register.simple_tag
def archive_checklist(decision: Decision) -> list[dict[str, Any]]:
    """Every step that belongs into the dossier: its record is there, or it is missing (art. 33)."""
    position = Position.of(decision)
    needed = [step for step in CHECKLIST if position.needs(step) or position.outcome(step)]
    steps = [
        {
            "title": Rule.registry[step].title,
            "article": Rule.registry[step].article,
            "state": "done" if position.outcome(step) else "missing",
        }
        for step in needed
    ]
    return [*steps, _dossier(decision)]


def _dossier(decision: Decision) -> dict[str, Any]:
    """Every document against its digest, and the chain of events link by link."""
    faults = services.dossier_breaches(decision)
    return {
        "title": _("材料和办理记录链"),
        "article": AUTHENTIC,
        "state": "missing" if faults else "done",
        "hint": "" if faults else _("材料%d件与归入时的摘要值相符，记录链完整") % decision.documents.count(),
        "blockers": faults,
    }


@register.simple_tag
def feedback_note(decision: Decision) -> str:
    """How many citizens have spoken, beside the number from which an evaluation suggests itself (art. 36, para. 1)."""
    figure = Rule.registry["evaluation"]().figure("evaluation_opinions_threshold", decision)
    words = _("已收到%d条") % decision.feedback.count()
    return words + (
        _("；收到%(number)d条以上的，宜启动决策后评估（%(basis)s）")
        % {
            "number": figure.value,
            "basis": figure.basis,
        }
        if figure
        else ""
    )
