"""Who attends a meeting: the body of its day, presence, leave, and the (acting) chief executive (art. 30)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from decisions import clock
from decisions.articles import Article
from decisions.models import Attendance, Authority, Meeting, Membership, Person, Statement, people_with
from decisions.rules import Breach, RuleBreached
from decisions.terms import Presence, Role

from .recording import Actor, hold, log

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from django.db.models import QuerySet

MEETING = Article("SC713", 30, 1)
BODY = (Role.MEMBER, Role.CHIEF)


def body_on(authority: Authority, day: date) -> list[Person]:
    """The members of the meeting body on a day, the chief executive included."""
    return list(people_with(authority, BODY, day).order_by("pk"))


def body_memberships(authority: Authority, day: date) -> QuerySet[Membership]:
    """The duties in force on a day by which somebody sits in the meeting body."""
    return Membership.objects.on(day).filter(unit__authority=authority, duty__in=BODY).order_by("pk")


def chief_on(authority: Authority, day: date) -> Person | None:
    """The chief executive on a day."""
    return people_with(authority, [Role.CHIEF], day).order_by("pk").first()


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
