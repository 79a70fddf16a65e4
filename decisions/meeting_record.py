"""The record of a discussion: who was there, who withdrew, the quorum, who said what in which order, dissent."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from decisions.rules.collective_decision import CollectiveDecision
from decisions.terms import Position, Presence

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from decisions.models import AgendaItem, Attendance, Decision, Recusal, Statement


@dataclass(frozen=True)
class Seat:
    """A member at the meeting: presence, recusal and statement."""

    attendance: Attendance
    recusal: Recusal | None
    statement: Statement | None

    @property
    def state(self) -> str:
        """`done` when nothing more is to come from this seat, `waiting` while the statement is."""
        if self.attendance.presence != Presence.PRESENT or self.recusal:
            return "not_needed"
        return "done" if self.statement else "waiting"


@dataclass(frozen=True)
class MeetingRecord:
    """One agenda item with everything recorded about it."""

    item: AgendaItem
    seats: list[Seat]
    quorum: str
    is_quorate: bool

    @property
    def statements(self) -> list[Seat]:
        """The seats that spoke, in speaking order."""
        spoken = [seat for seat in self.seats if seat.statement]
        return sorted(spoken, key=lambda seat: seat.statement.sequence if seat.statement else 0)

    @property
    def dissent(self) -> list[Statement]:
        """Different opinions, kept in full: they protect whoever voiced them (art. 38, para. 3)."""
        apart = (Position.DISAGREE, Position.ABSTAIN, Position.AGREE_WITH_CHANGES)
        return [s.statement for s in self.statements if s.statement and s.statement.position in apart]

    @property
    def tally(self) -> list[tuple[str, int]]:
        """How many took each position."""
        positions = [seat.statement.position for seat in self.statements if seat.statement]
        return [(str(position.label), positions.count(position)) for position in Position if position in positions]


def meeting_records(decision: Decision) -> list[MeetingRecord]:
    """Every discussion of the decision, the latest first."""
    return [meeting_record(decision, item) for item in read_items(decision.agenda_items.order_by("-pk"))]


def read_items(items: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
    """The items with everything recorded about them, in a handful of queries."""
    return items.select_related("meeting", "draft", "decision").prefetch_related(
        "meeting__attendances__member", "recusals__member", "statements__member", "statements__recorded_by"
    )


def meeting_record(decision: Decision, item: AgendaItem) -> MeetingRecord:
    """One discussion, read from prefetched rows."""
    recusals = {recusal.member_id: recusal for recusal in item.recusals.all()}
    statements = {statement.member_id: statement for statement in item.statements.all()}
    seats = [
        Seat(attendance, recusals.get(attendance.member_id), statements.get(attendance.member_id))
        for attendance in item.meeting.attendances.all()
    ]
    counted = sum(seat.state != "not_needed" for seat in seats)
    figure = CollectiveDecision().figure("quorum", decision)
    is_quorate = bool(seats) and figure.is_met_by(Fraction(counted, len(seats)))
    words = _("会议组成人员%(all)d人，出席且未回避%(n)d人，要求%(quorum)s") % {
        "all": len(seats),
        "n": counted,
        "quorum": figure,
    }
    return MeetingRecord(item, seats, words, is_quorate)
