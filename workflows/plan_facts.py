"""What a decision still owes before its meeting and its publication, as activities for the planner."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from decisions import parameters
from decisions.articles import Article
from decisions.rules import rule
from decisions.rules.position import counting_drafts
from decisions.terms import ParticipationForm, PlanTarget
from workflows.planning import Activity, Span

if TYPE_CHECKING:
    from decisions.models import Decision
    from decisions.parameters import Figure
    from workflows.readiness import Standing

SIDE_BY_SIDE = ("public_participation", "hearing", "expert_review", "risk_assessment", "fair_competition_review")
SEQUENCE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("proposal", ()),
    ("initiation", ("proposal",)),
    ("drafting", ("initiation",)),
    ("coordination", ("drafting",)),
    *((step, ("coordination",)) for step in SIDE_BY_SIDE),
    ("revision", SIDE_BY_SIDE),
    ("legality_review", ("revision",)),
    ("submission", ("legality_review",)),
    ("collective_decision", ("submission",)),
    ("party_report", ("collective_decision",)),
    ("publication", ("party_report",)),
)
"""Steps in their lawful order, each with those it follows (chapters 2 and 3)."""

LAW = {
    "public_participation": ("comment_minimum", False),
    "hearing": ("hearing_materials", True),
    "legality_review": ("legality_minimum", False),
}
"""Steps with a shortest time of law: its figure, and whether it is counted backwards."""

UNTIMED = ("collective_decision", "publication", "public_participation", "legality_review")
"""Steps for which our own budget is no length: a day of their own, or a shortest time of law."""


def activities(standing: Standing, target: str) -> list[Activity]:
    """The steps owed up to the target, without those that stand or are not needed."""
    owed = [step for step, _after in SEQUENCE if _is_owed(step, standing, target)]
    return [_activity(step, _followed(step, owed), standing) for step in owed]


def _is_owed(step: str, standing: Standing, target: str) -> bool:
    position = standing.position
    if step in ("party_report", "publication") and target != PlanTarget.PUBLICATION:
        return False
    if step == "revision":
        return step in standing.tasks or (position.owes("legality_review") and "legality_review" not in standing.tasks)
    return step in standing.tasks or position.owes(step)


def _followed(step: str, owed: list[str]) -> tuple[str, ...]:
    """The owed steps it follows; where one that it follows is done, those which that one followed."""
    before = dict(SEQUENCE)[step]
    found: list[str] = []
    for each in before:
        found.extend([each] if each in owed else _followed(each, owed))
    return tuple(dict.fromkeys(found))


def _activity(step: str, after: tuple[str, ...], standing: Standing) -> Activity:
    each, decision = rule(step), standing.decision
    started, ends, note = _facts(step, standing)
    return Activity(
        step,
        str(each.title),
        after,
        tuple(_spans(step, decision)),
        each.article,
        whole_last_day=step == "public_participation",
        started_on=started,
        ends_on=ends,
        note=note,
    )


def _spans(step: str, decision: Decision) -> Iterator[Span]:
    if step in LAW:
        key, is_backward = LAW[step]
        figure = _figure(decision, key)
        if figure:
            yield _span(figure, is_backward)
    if step not in UNTIMED and (budget := parameters.budget(decision.jurisdiction, step, decision.figures_on)):
        yield _span(budget, False)


def _figure(decision: Decision, key: str) -> Figure:
    return parameters.figure(decision.jurisdiction, key, decision.figures_on)


def _span(figure: Figure, is_backward: bool) -> Span:
    article = figure.article if figure.is_law else None
    return Span(figure.period, figure.is_law, figure.basis, article, is_backward)


def _facts(step: str, standing: Standing) -> tuple[date | None, date | None, str]:
    """When the open step began, the end already announced for it, and what to know about that."""
    task = standing.tasks.get(step)
    if task is None:
        return None, None, ""
    opened = task.watch.opened_on
    if step == "public_participation":
        return _comment(standing.decision)
    if step == "hearing":
        return _hearing(standing.decision)
    if step == "legality_review":
        supplied = standing.decision.supplements.filter(draft=standing.decision.current_draft_id)
        return max([opened, *(row.supplied_on for row in supplied if row.supplied_on)]), None, ""
    return opened, None, ""


def _comment(decision: Decision) -> tuple[date | None, date | None, str]:
    """A comment period that runs, or ran, ends when it was announced to end."""
    counting = counting_drafts(decision, "public_participation")
    forms = [form for form in decision.participations.all() if form.draft_id in counting]
    comments = [form for form in forms if form.form == ParticipationForm.PUBLIC_COMMENT]
    if not comments:
        return None, None, ""
    first, last = min(form.opened_on for form in comments), max(form.closes_on for form in forms)
    note = _("%(opened)s已公布，%(closes)s 24:00截止") % {"opened": first, "closes": last}
    return first, last, note


def _hearing(decision: Decision) -> tuple[date | None, date | None, str]:
    hearing = decision.hearings.filter(is_closed=False).last()
    if hearing is None:
        return None, None, ""
    materials = _figure(decision, "hearing_materials").before(hearing.held_on, event=_("举行听证会"))
    return hearing.noticed_on, hearing.held_on, _("材料送达：%s") % materials.explain()


def publication_limit(decision: Decision) -> tuple[date, str, Article | None] | None:
    """The last day for publication of what was adopted, in words, with its article."""
    if not decision.adopted_on:
        return None
    due = _figure(decision, "publication_maximum").after(decision.adopted_on, event=_("作出决定"))
    return due.day, due.explain(), due.article
