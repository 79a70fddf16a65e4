"""The meeting record for templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from decisions import clock, services
from decisions.meeting_record import MeetingRecord, meeting_records

if TYPE_CHECKING:
    from decisions.models import Decision

register = template.Library()


@register.simple_tag
def records_of_meetings(decision: Decision) -> list[MeetingRecord]:
    """Every discussion of the decision, the latest first."""
    return meeting_records(decision)


@register.simple_tag
def next_at_meeting(decision: Decision) -> str:
    """The act that the recorder's desk has open: listing, attendance, the next statement, or the decision."""
    item = services.open_item(decision)
    if item is None:
        ready = decision.authority.meetings.filter(held_on__gte=clock.today()).exists()
        return "put_on_agenda" if ready else "convene_meeting"
    if not item.meeting.attendances.exists():
        return "register_attendance"
    spoken = {statement.member_id for statement in item.statements.all()}
    silent = any(row.member_id not in spoken for row in services.speakers(item))
    return "record_statement" if silent else "conclude_meeting"
