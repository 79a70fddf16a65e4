from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.articles import Article
from decisions.terms import Outcome as O
from decisions.terms import Position as P
from decisions.terms import Presence, Role, Status

from .base import Breach, Rule, sentence_list
from .position import BEFORE_MEETING, Position

if TYPE_CHECKING:
    from decisions.models import AgendaItem, Attendance, Decision, Statement, StepRecord


class CollectiveDecision(Rule):
    """A quorate meeting hears every present member, the chief executive last, and records reasons and dissent."""

    title = gettext_lazy("集体讨论决定")
    article = Article("SC713", 30)
    asks = gettext_lazy("会议组成人员充分发表意见，行政首长最后发表意见；与多数人意见不一致的，在会上说明理由。")
    roles = frozenset({Role.OFFICE_CLERK})
    contributors = frozenset({Role.MEMBER, Role.CHIEF})
    stage = "decision"
    outcomes = (O.ADOPTED, O.ADOPTED_WITH_CHANGES, O.REVISE, O.POSTPONED, O.REJECTED)
    passing = frozenset({O.ADOPTED, O.ADOPTED_WITH_CHANGES})
    statuses = {
        O.ADOPTED: Status.ADOPTED,
        O.ADOPTED_WITH_CHANGES: Status.ADOPTED,
        O.REVISE: Status.DRAFTED,
        O.REJECTED: Status.REJECTED,
    }
    budget = "collective_decision_due"

    def lacks(self, decision: "Decision") -> Iterator[Breach]:
        yield from self.readiness_breaches(decision)
        item = self.item(decision)
        if item is None:
            yield Breach(_("尚未列入会议议题"), Article("SC713", 30, 1), _("请选择会议并列入议题。"))
            return
        yield from self.meeting_breaches(decision, item)

    def readiness_breaches(self, decision: "Decision") -> Iterator[Breach]:
        """Why the current draft may not be put to a meeting at all (arts. 25 and 29)."""
        position = Position.of(decision)
        if not position.stands("legality_review"):
            yield Breach(
                _("提交讨论的草案版本未经合法性审查通过"), Article("SC713", 25, 2), _("请将现稿送合法性审查。")
            )
        for step in BEFORE_MEETING:
            if step != "legality_review" and position.owes(step):
                yield Breach(
                    _("尚未履行“%s”，也没有依法豁免，不得列入会议议题") % Rule.registry[step].title,
                    Article("SC713", 29),
                    _("请履行该程序并将材料一并提请审议。"),
                )

    def meeting_breaches(self, decision: "Decision", item: "AgendaItem") -> Iterator[Breach]:
        everyone = list(item.meeting.attendances.select_related("member"))
        recused = {r.member_id for r in item.recusals.all()}
        present = [a for a in everyone if a.presence == Presence.PRESENT and a.member_id not in recused]
        if not everyone:
            yield Breach(_("尚未登记出席情况"), Article("SC713", 30, 1), _("请登记会议组成人员出席情况。"))
            return
        quorum = self.figure("quorum", decision)
        if not quorum.is_met_by(Fraction(len(present), len(everyone))):
            yield Breach(
                _("会议组成人员%(all)d人，出席且未回避的%(n)d人，不符合“%(quorum)s”的要求")
                % {"n": len(present), "all": len(everyone), "quorum": quorum},
                quorum.article or self.article,
                _("请另行召开会议。"),
            )
        yield from self.speaking_breaches(present, list(item.statements.all()))

    def speaking_breaches(self, present: "list[Attendance]", statements: "list[Statement]") -> Iterator[Breach]:
        spoken = {s.member_id for s in statements}
        if silent := [a.member for a in present if not a.is_chief and a.member_id not in spoken]:
            yield Breach(_("以下出席人员尚未表态：%s") % sentence_list(silent), Article("SC713", 30, 2))
        if not any(a.is_chief for a in present):
            yield Breach(
                _("行政首长（主持工作的负责人）未出席，不能作出决定"), Article("SC713", 30, 1), _("请另行召开会议。")
            )
        elif not any(s.is_chief for s in statements):
            yield Breach(_("行政首长尚未发表意见"), Article("SC713", 30, 2), _("请在其他人员发言后记录行政首长意见。"))
        elif not statements[-1].is_chief:
            yield Breach(_("行政首长应当最后发表意见"), Article("SC713", 30, 2))

    def breaches(self, decision: "Decision", record: "StepRecord") -> Iterator[Breach]:
        item = self.item(decision)
        if record.outcome == O.POSTPONED:
            if item is None:
                yield Breach(_("尚未列入会议议题，无从暂缓"), Article("SC713", 30, 1), _("请选择会议并列入议题。"))
            if not record.because.strip():
                yield Breach(_("暂缓决定的，应当说明理由"), Article("SC713", 30, 2), _("请填写理由。"))
            return
        yield from super().breaches(decision, record)
        if item and contradicts(O(record.outcome), chiefs_position(item)):
            yield Breach(
                _("会议决定与行政首长最后发表的意见不一致"),
                Article("SC713", 30, 1),
                _("行政首长在集体讨论的基础上作出决定，请核对会议决定。"),
            )
        if item and goes_against(O(record.outcome), majority(item)) and not record.because.strip():
            yield Breach(
                _("拟作出的决定与会议组成人员多数人的意见不一致，应当在会上说明理由"),
                Article("SC713", 30, 2),
                _("请记录行政首长说明的理由。"),
            )
        if not record.opinion.strip():
            yield Breach(_("应当如实记录会议讨论决定情况"), Article("SC713", 30, 3), _("请填写会议纪要要点。"))

    def item(self, decision: "Decision") -> "AgendaItem | None":
        """The agenda item under discussion: the latest for the current draft, unless a meeting has dealt with it."""
        records = decision.records.filter(step=self.key, draft=decision.current_draft)
        dealt_with = [details.get("item") for details in records.values_list("details", flat=True)]
        items = decision.agenda_items.filter(draft=decision.current_draft).exclude(pk__in=filter(None, dealt_with))
        return items.select_related("meeting", "draft").order_by("pk").last()


def majority(item: "AgendaItem") -> P | None:
    """The position of more than half of the members who spoke, the chief left out; none when there is no such half."""
    positions = [P(s.position) for s in item.statements.all() if not s.is_chief]
    in_favor = sum(p in (P.AGREE, P.AGREE_WITH_CHANGES) for p in positions)
    against = sum(p == P.DISAGREE for p in positions)
    if 2 * in_favor > len(positions):
        return P.AGREE
    return P.DISAGREE if 2 * against > len(positions) else None


def chiefs_position(item: "AgendaItem") -> P | None:
    """What the chief executive said last."""
    return next((P(s.position) for s in item.statements.all() if s.is_chief), None)


def contradicts(outcome: O, chief: P | None) -> bool:
    """Whether the outcome is not what the chief executive, who decides, declared (art. 30, para. 1)."""
    if chief == P.DISAGREE:
        return outcome in (O.ADOPTED, O.ADOPTED_WITH_CHANGES)
    return outcome == O.REJECTED and chief in (P.AGREE, P.AGREE_WITH_CHANGES)


def goes_against(outcome: O, majority_position: P | None) -> bool:
    """Whether the outcome differs from what most members said (art. 30, para. 2)."""
    if majority_position == P.AGREE:
        return outcome in (O.REJECTED, O.REVISE)
    if majority_position == P.DISAGREE:
        return outcome in (O.ADOPTED, O.ADOPTED_WITH_CHANGES)
    return False
