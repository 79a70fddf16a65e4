"""Chapter 3, section 2: the meeting is convened, attended, and given its agenda (arts. 29 and 30)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from decisions import clock
from decisions.articles import Article
from decisions.models import AgendaItem, Attendance, Authority, Decision, Meeting, Person, Statement, people_with
from decisions.rules import Breach, RuleBreached, rule
from decisions.rules.collective_decision import CollectiveDecision
from decisions.terms import Presence, Role

from .recording import Actor, hold, log

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

MEETING = Article("SC713", 30, 1)
MATERIALS = Article("SC713", 29)
BODY = (Role.MEMBER, Role.CHIEF)


def body_on(authority: Authority, day: date) -> list[Person]:
    """The members of the meeting body on a day, the chief executive included."""
    return list(people_with(authority, BODY, day).order_by("pk"))


def chief_on(authority: Authority, day: date) -> Person | None:
    """The chief executive on a day."""
    return people_with(authority, [Role.CHIEF], day).order_by("pk").first()


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


def is_settled(meeting: Meeting) -> bool:
    """Whether somebody spoke at the meeting already: from then on its attendance stands."""
    return Statement.objects.filter(item__meeting=meeting).exists()


@transaction.atomic(savepoint=False)
def register_attendance(
    meeting: Meeting, *, by: Actor, present: Collection[Person], on_leave: Mapping[Person, str], chief: Person
) -> list[Attendance]:
    """Write down who of the body is there, who is on leave and why, and who presides as (acting) chief executive."""
    decisions = [hold(item.decision) for item in meeting.items.select_related("decision").order_by("decision")]
    body = body_on(meeting.authority, meeting.held_on)
    if breaches := list(_attendance_breaches(meeting, body, present, on_leave, chief)):
        raise RuleBreached(breaches)
    meeting.attendances.filter(is_chief=True).exclude(member=chief).update(is_chief=False)
    rows = [_attend(meeting, person, present, on_leave, chief) for person in body]
    for decision in decisions:
        log(decision, "attendance.registered", by=by, meeting=str(meeting), attendance=attendance_of(rows))
    return rows


def _attend(
    meeting: Meeting,
    person: Person,
    present: Collection[Person],
    on_leave: Mapping[Person, str],
    chief: Person,
) -> Attendance:
    away = Presence.ON_LEAVE if person in on_leave else Presence.ABSENT
    presence = Presence.PRESENT if person in present else away
    values = {"presence": presence, "is_chief": person == chief, "because": on_leave.get(person, "")}
    return Attendance.objects.update_or_create(meeting=meeting, member=person, defaults=values)[0]


def _attendance_breaches(
    meeting: Meeting,
    body: Collection[Person],
    present: Collection[Person],
    on_leave: Mapping[Person, str],
    chief: Person,
) -> Iterator[Breach]:
    if meeting.held_on > clock.today():
        yield Breach(
            _("会议定于%s召开，尚未到会议日期") % meeting.held_on.isoformat(), MEETING, _("请在会议当日登记出席情况。")
        )
    if is_settled(meeting):
        yield Breach(_("会议已有人员表态，出席情况不得再更改"), Article("SC713", 30, 3))
    if strangers := [str(p) for p in {*present, *on_leave, chief} if p not in body]:
        yield Breach(_("%s不是会议组成人员") % "、".join(sorted(strangers)), MEETING, _("请核对名单。"))
    if both := [str(p) for p in on_leave if p in present]:
        yield Breach(_("%s既登记为出席又登记为请假") % "、".join(both), Article("SC713", 30, 3), _("请核对名单。"))
    head = chief_on(meeting.authority, meeting.held_on)
    if chief not in present:
        yield Breach(
            _("行政首长（主持工作的负责人）%s未出席") % chief, MEETING, _("请指定出席会议的主持工作的负责人。")
        )
    elif head and head in present and head != chief:
        yield Breach(_("行政首长%s出席会议，应当由其最后发表意见并作出决定") % head, MEETING, _("请改选行政首长。"))


def attendance_of(rows: Collection[Attendance]) -> dict[str, str]:
    """Attendance as the event log keeps it: name and what was registered."""
    return {
        row.member.name: Presence(row.presence).label
        + (f"（{row.because}）" if row.because else "")
        + (str(_("，主持")) if row.is_chief else "")
        for row in rows
    }


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
