"""At the meeting: who withdraws, what each member says, and the chief executive last (art. 30, para. 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from decisions import clock
from decisions.articles import Article
from decisions.models import AgendaItem, Attendance, Person, Recusal, Statement
from decisions.rules import Breach, Position, RuleBreached
from decisions.terms import Position as P
from decisions.terms import Presence, Role

from .recording import Actor, SeparationBreached, hold, involve, log, separation_breaches

if TYPE_CHECKING:
    from collections.abc import Iterator

STEP = "collective_decision"
SPEAKING = Article("SC713", 30, 2)
RECORDING = Article("SC713", 30, 3)


@transaction.atomic(savepoint=False)
def record_recusal(item: AgendaItem, member: Person, *, by: Actor, because: str) -> Recusal:
    """A present member withdraws from the item, no longer speaks to it and no longer counts for its quorum."""
    hold(item.decision)
    if breaches := list(_recusal_breaches(item, member, because)):
        raise RuleBreached(breaches)
    recusal = Recusal.objects.create(item=item, member=member, because=because.strip())
    log(item.decision, "member.recused", by=by, item=item.pk, member=member.pk, name=member.name, because=because)
    return recusal


def _recusal_breaches(item: AgendaItem, member: Person, because: str) -> Iterator[Breach]:
    yield from _presence_breaches(item, member)
    if item.statements.filter(member=member).exists():
        yield Breach(_("%s已经表态，不能再登记回避") % member, RECORDING)
    if item.statements.filter(is_chief=True).exists():
        yield Breach(_("行政首长已经发表意见，不能再登记回避"), RECORDING)
    if not because.strip():
        yield Breach(_("回避应当说明事由"), RECORDING, _("请填写回避事由。"))


@transaction.atomic(savepoint=False)
def record_statement(item: AgendaItem, member: Person, *, by: Actor, position: P, words: str) -> Statement:
    """Write down what a member said and the position taken; the chief executive's comes after everybody else's."""
    hold(item.decision)
    if breaches := list(_statement_breaches(item, member, by, words)):
        raise RuleBreached(breaches)
    is_chief = item.meeting.attendances.filter(member=member, is_chief=True).exists()
    involve_member(item, member, is_chief=is_chief)
    last = item.statements.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    statement = Statement.objects.create(
        item=item,
        member=member,
        is_chief=is_chief,
        sequence=last + 1,
        position=position,
        words=words.strip(),
        recorded_by=by.person,
    )
    log(
        item.decision,
        "member.spoke",
        by=by,
        item=item.pk,
        draft=item.draft.content_hash,
        member=member.pk,
        name=member.name,
        is_chief=is_chief,
        sequence=statement.sequence,
        position=position,
        words=statement.words,
    )
    return statement


def involve_member(item: AgendaItem, member: Person, *, is_chief: bool) -> None:
    """The member takes the deciding side; whoever handled, reviewed or assessed must withdraw instead."""
    actor = Actor(member, Role.CHIEF if is_chief else Role.MEMBER)
    if breaches := separation_breaches(item.decision, actor):
        way_out = _("请为其登记回避，回避后不参加讨论和表态。")
        raise SeparationBreached([Breach(b.sentence, b.article, way_out) for b in breaches])
    involve(item.decision, actor, STEP)


def _presence_breaches(item: AgendaItem, member: Person) -> Iterator[Breach]:
    row = item.meeting.attendances.filter(member=member).first()
    if row is None or row.presence != Presence.PRESENT:
        yield Breach(_("%s没有登记出席本次会议") % member, RECORDING, _("请先登记出席情况。"))
    if item.recusals.filter(member=member).exists():
        yield Breach(_("%s已就本议题回避") % member, RECORDING, _("回避人员不参加讨论和表态。"))


def _statement_breaches(item: AgendaItem, member: Person, by: Actor, words: str) -> Iterator[Breach]:
    if item.meeting.held_on > clock.today():
        yield Breach(_("会议定于%s召开，尚未到会议日期") % item.meeting.held_on.isoformat(), SPEAKING)
    if by.role != Role.OFFICE_CLERK and by.on_behalf_of is not None:
        yield Breach(_("会议表态应当由本人作出，不得代理"), SPEAKING, _("本人不能到会的，请登记请假。"))
    if item.draft_id != item.decision.current_draft_id or not Position.of(item.decision).stands("legality_review"):
        yield Breach(_("提交讨论的草案版本未经合法性审查通过"), Article("SC713", 25, 2), _("请将现稿送合法性审查。"))
    yield from _presence_breaches(item, member)
    if not words.strip():
        yield Breach(_("应当如实记录发言内容"), RECORDING, _("请填写发言内容。"))
    yield from _order_breaches(item, member)


def _order_breaches(item: AgendaItem, member: Person) -> Iterator[Breach]:
    """Each speaks once, the chief executive after everybody else."""
    spoken = set(item.statements.values_list("member", flat=True))
    if member.pk in spoken:
        yield Breach(_("%s已就本议题表态，不能更改") % member, RECORDING)
    if item.statements.filter(is_chief=True).exists():
        yield Breach(_("行政首长已最后发表意见，其后不再记录发言"), SPEAKING)
    silent = [row.member for row in speakers(item) if not row.is_chief and row.member_id not in spoken]
    is_chief = item.meeting.attendances.filter(member=member, is_chief=True).exists()
    if is_chief and silent:
        yield Breach(
            _("行政首长应当最后发表意见，以下人员尚未表态：%s") % "、".join(map(str, silent)),
            SPEAKING,
            _("请先记录其他人员的发言。"),
        )


def speakers(item: AgendaItem) -> list[Attendance]:
    """Who is to speak to the item: everybody present who did not withdraw, the chief executive last."""
    recused = item.recusals.values("member")
    present = item.meeting.attendances.filter(presence=Presence.PRESENT).exclude(member__in=recused)
    return list(present.select_related("member").order_by("is_chief", "pk"))
