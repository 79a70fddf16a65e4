"""The home of one matter: statutory bar, clock, 上会前还差什么, the next act, the record, documents, execution."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from decisions import clock
from decisions.terms import Status
from workflows import deadlines
from workflows.deadlines import TimeLeft
from workflows.http import duties
from workflows.pending import Pending, Say, Sides, is_free, pending_with
from workflows.readiness import BEGUN, FROM_MEETING, IN_FORCE, TO_MEETING, Item, Standing, items, whose
from workflows.roles import fits, roles_at
from workflows.stages import stages
from workflows.views.reading import read, sides_of
from workflows.views.record import entries

DOCUMENTS_SHOWN = 20
FIVE = 5
"""With so many procedures open at once, what they lack takes all the queries that a page may have."""

ENDED = {
    Status.NOT_STARTED: ("idle", _("本事项不予启动，程序终结。")),
    Status.REJECTED: ("overdue", _("本事项未获通过，程序终结。")),
    Status.CLOSED: ("done", _("本事项已办结。")),
    Status.SUPERSEDED: ("idle", _("本事项已由新决策替代。")),
}
"""How a matter on which nothing is open says so."""


@require_GET
def workspace(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about a matter on one page, in as many queries as it has kinds of facts."""
    decision = read(request, pk)
    standing = Standing.of(decision, [step for step in BEGUN if getattr(decision, f"begun_{step}")])
    sides = sides_of(decision, request)
    pending = pending_with(duties(request), standing.tasks.values(), sides)
    context = {
        "decision": decision,
        "stages": stages(standing),
        "clocks": clocks(standing),
        **lists(request, standing, sides),
        **turn(standing, pending),
        "records": entries(decision.records.all())[::-1],
        "drafts": list(decision.drafts.all())[::-1],
        **dossier(standing),
        **in_force(standing),
    }
    return render(request, "workflows/workspace.html", context)


# --- The clock --------------------------------------------------------------------------------------------------------


def clocks(standing: Standing) -> list[TimeLeft]:
    """What runs: first what is overdue, then periods that law sets, then last days; each by its end."""
    overdue = [time for time in last_days(standing) if time.is_over]
    running = [time for time in last_days(standing) if not time.is_over]
    return [*overdue, *by_day([*periods(standing), *earliest(standing)]), *running]


def by_day(times: list[TimeLeft]) -> list[TimeLeft]:
    return sorted(times, key=lambda time: time.day)


def last_days(standing: Standing) -> list[TimeLeft]:
    """The last day of every open task."""
    found = (deadlines.of_watch(task.watch, _title(task)) for task in standing.tasks.values())
    return by_day([time for time in found if time])


def periods(standing: Standing) -> list[TimeLeft]:
    """Periods in which the public is heard, while participation is open."""
    if "public_participation" not in standing.tasks:
        return []
    return [deadlines.of_participation(form) for form in standing.decision.participations.all() if form.is_open]


def earliest(standing: Standing) -> list[TimeLeft]:
    """The shortest time of the legality review while it runs; that of participation is its period."""
    task = standing.tasks.get("legality_review")
    if task is None:
        return []
    due = task.flow_task.rule.earliest(standing.decision, clock.day_of(task.created))
    return [deadlines.of_earliest(due, _title(task))] if due and due.day > clock.today() else []


def _title(task: Any) -> str:
    return str(task.flow_task.task_title)


# --- What is missing, and whose turn it is ----------------------------------------------------------------------------


def lists(request: HttpRequest, standing: Standing, sides: Sides) -> dict[str, Any]:
    """上会前还差什么, or after the meeting what is left of publication, archiving and execution."""
    before = items(standing, TO_MEETING)
    after = items(standing, (*FROM_MEETING, *(step for step in IN_FORCE if _comes_up(step, standing))))
    for item in (*before, *after):
        item.url = _url(item, request, standing, sides)
    is_before = standing.is_before_meeting()
    return {
        "is_before_meeting": is_before,
        "missing": before if is_before else after,
        "performed": [] if is_before else before,
        "undone": sum(item.state not in ("done", "exempt", "not_needed") for item in before),
    }


def _comes_up(step: str, standing: Standing) -> bool:
    return step in standing.tasks or step in standing.records or step == "execution"


def _url(item: Item, request: HttpRequest, standing: Standing, sides: Sides) -> str:
    """The page of an open step, for those whom it concerns."""
    task = standing.tasks.get(item.key)
    if task is None:
        return ""
    concerned = any(
        duty.role in roles_at(task.flow_task)
        and fits(duty, standing.decision)
        and is_free(duty, standing.decision, sides)
        for duty in duties(request)
    )
    return reverse("task", args=[task.pk]) if concerned else ""


def turn(standing: Standing, pending: list[Pending]) -> dict[str, Any]:
    """The next lawful act of this person; else who has the turn."""
    to_act = [one for one in pending if one.say == Say.ACT]
    waits = [one for one in pending if one.say == Say.WAIT]
    open_steps = [(each.title, whose(each, standing.decision)) for each in standing.open_rules]
    return {
        "primary": to_act[0] if to_act else None,
        "also": to_act[1:],
        "waits": waits,
        "open_steps": open_steps,
        "ended": None if standing.tasks else ENDED.get(Status(standing.decision.status)),
    }


# --- Documents and execution ------------------------------------------------------------------------------------------


def dossier(standing: Standing) -> dict[str, Any]:
    """The documents filed last, and how many there are; only the number while five procedures run side by side."""
    decision = standing.decision
    count = getattr(decision, "document_count", 0) or 0
    is_shown = count and len(standing.tasks) < FIVE
    shown = decision.documents.select_related("filed_by").order_by("-pk")[:DOCUMENTS_SHOWN] if is_shown else []
    return {"documents": list(shown), "document_count": count}


def in_force(standing: Standing) -> dict[str, Any]:
    """How execution stands, once the decision was published."""
    decision = standing.decision
    if not hasattr(decision, "publication"):
        return {"execution": None}
    report = decision.progress_reports.last()
    return {
        "execution": {
            "plan": getattr(decision, "execution_plan", None),
            "report": report,
            "suspension": decision.suspensions.filter(lifted_on__isnull=True).first(),
            "evaluation": decision.evaluations.last() if getattr(decision, "begun_evaluation", False) else None,
        }
    }
