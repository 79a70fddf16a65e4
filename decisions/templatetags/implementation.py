"""What the pages after the decision show beyond their forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from decisions.rules import Position, Rule
from decisions.rules.archiving import CHECKLIST

if TYPE_CHECKING:
    from decisions.models import Decision

register = template.Library()


@register.simple_tag
def archive_checklist(decision: Decision) -> list[dict[str, Any]]:
    """Every step that belongs into the dossier: its record is there, or it is missing (art. 33)."""
    position = Position.of(decision)
    needed = [step for step in CHECKLIST if position.needs(step) or position.outcome(step)]
    return [
        {
            "title": Rule.registry[step].title,
            "article": Rule.registry[step].article,
            "state": "done" if position.outcome(step) else "missing",
        }
        for step in needed
    ]
