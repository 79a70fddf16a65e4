"""Chapter 4: carrying the decision out, supervising it, evaluating it, suspending it (arts. 34 to 37)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from decisions import clock
from decisions.articles import Article
from decisions.models import (
    Decision,
    Evaluation,
    EvaluationOrder,
    ExecutionPlan,
    Membership,
    ProgressReport,
    PublicFeedback,
    Supervision,
    Suspension,
)
from decisions.rules import Breach, RuleBreached, rule
from decisions.rules.evaluation import Evaluation as EvaluationRule
from decisions.rules.execution import Execution as ExecutionRule
from decisions.terms import IncidentKind, Role

from .recording import Actor, hold, involve, log

if TYPE_CHECKING:
    from datetime import date

    from decisions.terms import EvaluationTrigger, OpinionChannel, Outcome


@transaction.atomic(savepoint=False)
def plan_execution(
    decision: Decision, *, by: Actor, plan: str, goals: str, report_every_months: int, ends_on: date | None = None
) -> ExecutionPlan:
    """The executing unit says how it carries the decision out, what it must reach, how often it reports (art. 34)."""
    hold(decision)
    longest = rule("execution").figure("progress_report_interval", decision)
    if report_every_months < 1 or (longest.value and report_every_months > longest.value):
        said = _("报告间隔为%(n)d个月，不符合%(figure)s的要求") % {"n": report_every_months, "figure": longest}
        raise RuleBreached([Breach(said, Article("SC713", 34), _("请缩短报告间隔。"))])
    values: dict[str, Any] = {
        "plan": plan.strip(),
        "goals": goals.strip(),
        "report_every_months": report_every_months,
        "ends_on": ends_on,
        "planned_on": clock.today(),
    }
    row = ExecutionPlan.objects.update_or_create(decision=decision, defaults={**values, "by": by.person})[0]
    decision.execution_plan = row
    log(decision, "execution.planned", by=by, **values)
    return row


@transaction.atomic(savepoint=False)
def report_progress(
    decision: Decision,
    *,
    by: Actor,
    opened_on: date,
    text: str,
    percent: int,
    incident: IncidentKind = IncidentKind.NONE,
    late_because: str = "",
) -> ProgressReport:
    """The executing unit reports, on schedule or at once because something endangers the goal (arts. 34 and 35)."""
    hold(decision)
    step = rule("execution")
    assert isinstance(step, ExecutionRule)
    late = list(step.overdue_breaches(decision, opened_on))
    if not hasattr(decision, "execution_plan"):
        raise RuleBreached([Breach(_("尚未制定执行方案"), Article("SC713", 34), _("请先登记执行方案。"))])
    if late and not late_because.strip():
        raise RuleBreached(late)
    if late:
        text = _("%(text)s\n逾期原因：%(because)s") % {"text": text.strip(), "because": late_because.strip()}
    row = ProgressReport.objects.create(
        decision=decision,
        reported_on=clock.today(),
        text=text.strip(),
        percent=percent,
        incident=incident,
        by=by.person,
    )
    facts = {"text": row.text, "percent": percent, "incident": incident, "is_late": bool(late)}
    log(decision, "progress.reported", by=by, report=row.pk, **facts)
    return row


@transaction.atomic(savepoint=False)
def supervise(decision: Decision, *, by: Actor, findings: str, demands: str = "") -> Supervision:
    """A supervisor writes down what a check of the execution found, and what it demands (art. 34)."""
    hold(decision)
    row = Supervision.objects.create(
        decision=decision, checked_on=clock.today(), findings=findings.strip(), demands=demands.strip(), by=by.person
    )
    log(decision, "execution.supervised", by=by, supervision=row.pk, findings=row.findings, demands=row.demands)
    return row


@transaction.atomic(savepoint=False)
def receive_feedback(
    decision: Decision,
    *,
    channel: OpinionChannel,
    text: str,
    name: str = "",
    contact: str = "",
    by: Actor | None = None,
) -> PublicFeedback:
    """Keep what a citizen says of a decision in force; without an actor it came through the portal (art. 35)."""
    hold(decision)
    if decision.published_on is None and (by is None or decision.adopted_on is None):
        raise RuleBreached([Breach(_("决策尚未公布"), Article("SC713", 35, 2), _("请在征求意见期间提出意见。"))])
    row = PublicFeedback.objects.create(
        decision=decision,
        channel=channel,
        name=name.strip(),
        contact=contact.strip(),
        text=text.strip(),
        registered_by=by.person if by else None,
    )
    log(decision, "feedback.received", by=by, feedback=row.pk, channel=channel)
    return row


@transaction.atomic(savepoint=False)
def order_evaluation(decision: Decision, *, by: Actor, trigger: EvaluationTrigger, because: str) -> EvaluationOrder:
    """The authority orders an evaluation for one of the decree's reasons (art. 36, para. 1)."""
    hold(decision)
    row = EvaluationOrder.objects.create(
        decision=decision, trigger=trigger, because=because.strip(), ordered_on=clock.today(), ordered_by=by.person
    )
    log(decision, "evaluation.ordered", by=by, order=row.pk, trigger=trigger, because=row.because)
    return row


@transaction.atomic(savepoint=False)
def submit_evaluation(
    decision: Decision, *, by: Actor, evaluator_name: str, advice: Outcome, is_third_party: bool, **findings: str
) -> Evaluation:
    """An evaluator who took no main part before the decision reports: findings by field name of the report."""
    hold(decision)
    step = rule("evaluation")
    assert isinstance(step, EvaluationRule)
    if breaches := list(step.evaluator_breaches(decision, evaluator_name, *units_of(decision, by))):
        raise RuleBreached(breaches)
    involve(decision, by, step.key)
    row = Evaluation.objects.create(
        decision=decision,
        evaluator=by.on_behalf_of or by.person,
        evaluator_name=evaluator_name.strip(),
        is_third_party=is_third_party,
        advice=advice,
        reported_on=clock.today(),
        **{name: text.strip() for name, text in findings.items()},
    )
    facts = {"report": row.pk, "evaluator": row.evaluator_name, "is_third_party": is_third_party, "advice": advice}
    log(decision, "evaluation.reported", by=by, **facts, **findings)
    return row


def units_of(decision: Decision, by: Actor) -> list[str]:
    """The units in which the acting people are evaluators, and their own names: neither may have assessed before."""
    held = Membership.objects.current().filter(person__in=by.people, unit__authority=decision.authority_id)
    evaluating = held.filter(duty__in=(Role.EVALUATOR, Role.ASSESSOR))
    return [*evaluating.values_list("unit__name", flat=True), *(person.name for person in by.people)]


@transaction.atomic(savepoint=False)
def suspend(decision: Decision, *, by: Actor, because: str) -> Suspension:
    """The chief executive orders that execution stops for now (art. 37)."""
    hold(decision)
    row = Suspension.objects.create(
        decision=decision,
        because=because.strip(),
        ordered_on=clock.today(),
        ordered_by=by.on_behalf_of or by.person,
    )
    log(decision, "execution.suspended", by=by, suspension=row.pk, because=row.because)
    return row


@transaction.atomic(savepoint=False)
def resume(decision: Decision, *, by: Actor, because: str) -> None:
    """Execution goes on: a suspension in force is lifted."""
    hold(decision)
    lifted = decision.suspensions.filter(lifted_on__isnull=True).update(lifted_on=clock.today())
    log(decision, "execution.resumed", by=by, lifted=lifted, because=because)
