"""Chapter 3, section 2: the meeting is convened and given its agenda (arts. 29 and 30)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from decisions.articles import Article
from decisions.models import (
    AgendaItem,
    Authority,
    Decision,
    Meeting,
)
from decisions.rules import Breach, RuleBreached, rule
from decisions.rules.collective_decision import CollectiveDecision

from .attendance import attendance_of
from .recording import Actor, hold, log

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


MEETING = Article("SC713", 30, 1)
MATERIALS = Article("SC713", 29)


@transaction.atomic(savepoint=False)
def convene(
    authority: Authority, *, by: Actor, held_on: date, name: str = "", number: int | None = None, place: str = ""
) -> Meeting:
    """Call a meeting of the authority's body; without a number it gets the next of its year."""
    list(Authority.objects.select_for_update(no_key=True).filter(pk=authority.pk).values_list("pk"))
    name = name.strip() or authority.meeting_name
    number = number or next_meeting_number(authority, name, held_on.year)
    if authority.meetings.filter(name=name, year=held_on.year, number=number).exists():
        said = _("%(year)d年第%(number)d次%(name)s已经登记") % {"year": held_on.year, "number": number, "name": name}
        raise RuleBreached([Breach(said, MEETING, _("请核对次数。"))])
    return Meeting.objects.create(
        authority=authority,
        name=name,
        number=number,
        year=held_on.year,
        held_on=held_on,
        place=place.strip(),
        convened_by=by.person,
    )


def next_meeting_number(authority: Authority, name: str, year: int) -> int:
    """One more than the last meeting of this name in the year."""
    held = authority.meetings.filter(name=name, year=year)
    return (held.order_by("-number").values_list("number", flat=True).first() or 0) + 1


def open_item(decision: Decision) -> AgendaItem | None:
    """The agenda item under discussion, if the current draft is on an agenda and no meeting has dealt with it."""
    step = rule("collective_decision")
    assert isinstance(step, CollectiveDecision)
    return step.item(decision)


@transaction.atomic(savepoint=False)
def put_on_agenda(
    meeting: Meeting, decision: Decision, *, by: Actor, sequence: int | None = None, presented_by: str = ""
) -> AgendaItem:
    """Put the decision's current, reviewed draft on the agenda of a meeting (arts. 25 and 29)."""
    hold(decision)
    step = rule("collective_decision")
    assert isinstance(step, CollectiveDecision)
    assert decision.current_draft is not None
    breaches = list(step.readiness_breaches(decision)) + list(_agenda_breaches(step, meeting, decision, sequence))
    if breaches:
        raise RuleBreached(breaches)
    item = AgendaItem.objects.create(
        meeting=meeting,
        decision=decision,
        draft=decision.current_draft,
        sequence=sequence or _next_sequence(meeting),
        presented_by=presented_by.strip(),
    )
    rows = list(meeting.attendances.select_related("member"))
    log(
        decision,
        "agenda.listed",
        by=by,
        meeting=str(meeting),
        held_on=meeting.held_on,
        item=item.pk,
        draft=decision.current_draft.content_hash,
        attendance=attendance_of(rows),
    )
    return item


def _next_sequence(meeting: Meeting) -> int:
    return (meeting.items.order_by("-sequence").values_list("sequence", flat=True).first() or 0) + 1


def _agenda_breaches(
    step: CollectiveDecision, meeting: Meeting, decision: Decision, sequence: int | None
) -> Iterator[Breach]:
    if open_item := step.item(decision):
        yield Breach(
            _("本稿草案已列入%s议题，尚未形成会议决定") % open_item.meeting,
            MEETING,
            _("需要改期的，请先作出暂缓决定并说明理由。"),
        )
    elif decision.agenda_items.filter(meeting=meeting).exists():
        yield Breach(_("%s已讨论过本事项") % meeting, MEETING, _("请另行召开会议。"))
    if sequence and meeting.items.filter(sequence=sequence).exists():
        yield Breach(_("%(meeting)s已有第%(n)d项议题") % {"meeting": meeting, "n": sequence}, MEETING, _("请改序号。"))
    ready_on = decision.records.filter(step__in=("legality_review", "submission"), draft=decision.current_draft)
    last = ready_on.order_by("-completed_on").values_list("completed_on", flat=True).first()
    if last and meeting.held_on < last:
        yield Breach(
            _("会议于%(held)s召开，早于草案通过审查并提请审议的日期%(last)s")
            % {"held": meeting.held_on.isoformat(), "last": last.isoformat()},
            Article("SC713", 25, 2),
            _("请列入其后召开的会议。"),
        )
