"""The words of a notice, in the language of the office; they never change, so they name days, not distances."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.utils.translation import override

from decisions.models import Decision
from decisions.terms import Openness
from decisions.workdays import calendar
from workflows.models import Watch
from workflows.terms import Colour, Kind, Tier


@dataclass(frozen=True)
class Words:
    """What is said: a heading and a text."""

    subject: str
    text: str

    @property
    def sha256(self) -> str:
        """The digest of heading and text, kept with them as evidence."""
        return hashlib.sha256(f"{self.subject}\n{self.text}".encode()).hexdigest()


def write(kind: Kind, watch: Watch, title: str, *, today: date, tier: Tier, is_wait: bool) -> Words:
    """The words of one notice about one task."""
    assert watch.due_on is not None
    days = abs(calendar().workdays_between(watch.due_on, today).workdays)
    return render(
        kind,
        step=title,
        matter=matter(watch.decision),
        number=watch.decision.number,
        due_on=watch.due_on,
        because=watch.because,
        colour=Colour(watch.colour).label if watch.colour else _("超期提醒"),
        days=days,
        today=today,
        tier=tier,
        is_wait=is_wait,
    )


def matter(decision: Decision) -> str:
    """How a matter is named outside: one that is not public by its number only."""
    if decision.openness == Openness.PUBLIC:
        return f"《{decision.title}》"
    return _("%s号事项") % decision.number


def render(name: str, **context: Any) -> Words:
    """The template's first line as heading, the rest as text."""
    with override(settings.LANGUAGE_CODE):
        subject, _line, text = get_template(f"notices/{name}.txt").render(context).strip().partition("\n")
    return Words(subject.strip(), text.strip())
