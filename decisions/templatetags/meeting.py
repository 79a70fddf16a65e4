"""The meeting record for templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from decisions.meeting_record import MeetingRecord, meeting_records

if TYPE_CHECKING:
    from decisions.models import Decision

register = template.Library()


@register.simple_tag
def records_of_meetings(decision: Decision) -> list[MeetingRecord]:
    """Every discussion of the decision, the latest first."""
    return meeting_records(decision)
