"""A duty's part in an open step: whether it is to act now, has to wait, may help, or is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from decisions import clock
from decisions.rules.position import counting_drafts
from decisions.terms import Presence, Role
from workflows.deadlines import said

from .asks import asks_of
from .say import Say

if TYPE_CHECKING:
    from decisions.models import AgendaItem, Decision
    from decisions.rules import Rule
    from workflows.models import Watch
    from workflows.roles import Duty

REPORT_NOTICE = timedelta(days=15)
"""How long before a progress report is due the executing unit is asked for it."""


@dataclass(frozen=True)
class Part:
    """What is asked, why it waits, and the day until which it does."""

    say: Say
    asks: Any = ""
    note: Any = ""
    until: date | None = None


def part_of(rule: Rule, duty: Duty, decision: Decision, watch: Watch) -> Part:
    """The part of a duty in an open step, as the facts stand."""
    judge = JUDGES.get((rule.key, duty.role))
    part = judge(rule, duty, decision, watch) if judge else _default(rule, duty.role)
    return part if part.asks else Part(part.say, asks_of(rule, duty.role), part.note, part.until)


def _default(rule: Rule, role: Role) -> Part:
    return Part(Say.ACT if role in rule.roles else Say.MAY)


def _coordination(rule: Rule, duty: Duty, decision: Decision, watch: Watch) -> Part:
    today = clock.today()
    open_ones = [asked for asked in decision.unit_consultations.all() if asked.replied_on is None]
    if running := [asked.due_on for asked in open_ones if asked.due_on >= today]:
        return Part(Say.WAIT, note=_("等待被征求意见单位回复"), until=max(running))
    return Part(Say.ACT)


def _participation(rule: Rule, duty: Duty, decision: Decision, watch: Watch) -> Part:
    today, counting = clock.today(), counting_drafts(decision, rule.key)
    forms = [form for form in decision.participations.all() if form.draft_id in counting]
    if running := [form.closes_on for form in forms if form.closes_on >= today]:
        return Part(Say.WAIT, note=_("公众参与期限未满，可先行答复意见"), until=max(running))
    return Part(Say.ACT, note="" if forms else _("尚未发布公告"))


def _has_report(decision: Decision) -> bool:
    counting = counting_drafts(decision, "risk_assessment")
    return any(report.draft_id in counting for report in decision.risk_assessments.all())


def _assessor(rule: Rule, duty: Duty, decision: Decision, watch: Watch) -> Part:
    return Part(Say.DONE if _has_report(decision) else Say.ACT)


def _risk_finding(rule: Rule, duty: Duty, decision: Decision, watch: Watch) -> Part:
    return Part(Say.ACT) if _has_report(decision) else Part(Say.WAIT, note=_("等待风险评估单位提交报告"))


def _signatures(decision: Decision) -> list[Any]:
    return [opinion for opinion in decision.legal_opinions.all() if opinion.draft_id == decision.current_draft_id]


def _is_asked_for_more(decision: Decision) -> bool:
    supplements = decision.supplements.all()
    return any(s.draft_id == decision.current_draft_id and s.supplied_on is None for s in supplements)


def _reviewer(rule: Rule, duty: Duty, decision: Decision, watch: Watch) -> Part:
    """Reading goes on from the first day; once the advisers have signed, only the shortest time is waited for."""
    if _is_asked_for_more(decision):
        return Part(Say.WAIT, note=_("等待承办单位补充材料"))
    earliest = rule.earliest(decision, watch.opened_on)
    if earliest is None or clock.today() >= earliest.day:
        return Part(Say.ACT)
    if _signatures(decision):
        return Part(Say.WAIT, note=_("审查期限未满"), until=earliest.day)
    return Part(Say.ACT, note=_("最早可于%s办结") % said(earliest.day))


def _adviser(rule: Rule, duty: Duty, decision: Decision, watch: Watch) -> Part:
    people = {duty.person.pk, duty.holder.pk}
    signed = any(people & {opinion.adviser_id, opinion.on_behalf_of_id} for opinion in _signatures(decision))
    return Part(Say.DONE if signed else Say.ACT)


def _supplementing(rule: Rule, duty: Duty, decision: Decision, watch: Watch) -> Part:
    return Part(Say.ACT if _is_asked_for_more(decision) else Say.DONE)


def _member(rule: Rule, duty: Duty, decision: Decision, watch: Watch) -> Part:
    item = _item(decision)
    if item is None:
        return Part(Say.WAIT, note=_("尚未列入会议议题"))
    if not _is_to_speak(item, duty.holder.pk):
        return Part(Say.DONE)
    meeting = item.meeting
    name = _("%(day)s，%(meeting)s") % {"day": said(meeting.held_on), "meeting": meeting}
    if meeting.held_on > clock.today():
        return Part(Say.WAIT, note=name, until=meeting.held_on)
    if duty.role == Role.CHIEF and _somebody_is_silent(item):
        return Part(Say.WAIT, note=_("%s：待其他组成人员发表意见") % name)
    return Part(Say.ACT, note=name)


def _item(decision: Decision) -> AgendaItem | None:
    """The latest agenda item for the current draft version."""
    items = [item for item in decision.agenda_items.all() if item.draft_id == decision.current_draft_id]
    return max(items, key=lambda item: item.pk, default=None)


def _is_to_speak(item: AgendaItem, member: int) -> bool:
    """Not yet spoken, not recused, and not known to be away."""
    away = {a.member_id for a in item.meeting.attendances.all() if a.presence != Presence.PRESENT}
    silent = away | {r.member_id for r in item.recusals.all()} | {s.member_id for s in item.statements.all()}
    return member not in silent


def _somebody_is_silent(item: AgendaItem) -> bool:
    """Whether a member other than the chief has yet to speak, or nobody has signed in."""
    others = [a.member_id for a in item.meeting.attendances.all() if not a.is_chief]
    return not others or any(_is_to_speak(item, member) for member in others)


def _executor(rule: Rule, duty: Duty, decision: Decision, watch: Watch) -> Part:
    if not hasattr(decision, "execution_plan"):
        return Part(Say.ACT, asks=_("制定执行方案"))
    due_on = watch.due_on
    if due_on and due_on - REPORT_NOTICE > clock.today():
        return Part(Say.WAIT, note=_("执行中，下次报告期限为%s") % said(due_on), until=due_on)
    return Part(Say.ACT)


def _has_evaluation(decision: Decision, watch: Watch) -> bool:
    return any(report.reported_on >= watch.opened_on for report in decision.evaluations.all())


def _evaluator(rule: Rule, duty: Duty, decision: Decision, watch: Watch) -> Part:
    return Part(Say.DONE if _has_evaluation(decision, watch) else Say.ACT)


def _evaluation_result(rule: Rule, duty: Duty, decision: Decision, watch: Watch) -> Part:
    if _has_evaluation(decision, watch):
        return Part(Say.ACT)
    return Part(Say.WAIT, note=_("等待评估单位提交报告"))


JUDGES: dict[tuple[str, Role], Callable[[Rule, Duty, Decision, Watch], Part]] = {
    ("coordination", Role.HANDLER): _coordination,
    ("public_participation", Role.HANDLER): _participation,
    ("risk_assessment", Role.ASSESSOR): _assessor,
    ("risk_assessment", Role.CHIEF): _risk_finding,
    ("legality_review", Role.LEGALITY_REVIEWER): _reviewer,
    ("legality_review", Role.LEGAL_ADVISER): _adviser,
    ("legality_review", Role.HANDLER): _supplementing,
    ("collective_decision", Role.MEMBER): _member,
    ("collective_decision", Role.CHIEF): _member,
    ("execution", Role.EXECUTOR): _executor,
    ("evaluation", Role.EVALUATOR): _evaluator,
    ("evaluation", Role.CHIEF): _evaluation_result,
}
