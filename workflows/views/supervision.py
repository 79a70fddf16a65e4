"""督办: what is overdue, and how every decision in force is being carried out."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from decisions import clock
from decisions.models import Decision, ProgressReport
from decisions.rules import Rule
from decisions.terms import Status
from workflows.deadlines import left, said
from workflows.http import authorities
from workflows.keyset import page
from workflows.models import Watch

LATEST = 50
"""How many overdue steps are shown, the longest overdue first."""


@require_GET
def supervision(request: HttpRequest) -> HttpResponse:
    """Overdue steps first; then decisions in execution by key, each with its last report and the next one due."""
    places = authorities(request)
    shown = page(in_force(places), request)
    due = {watch.decision_id: watch for watch in Watch.objects.open().filter(decision__in=shown.rows, step="execution")}
    context = {
        "overdue": [_late(watch) for watch in overdue(places)],
        "rows": [_row(decision, due.get(decision.pk)) for decision in shown.rows],
        "page": shown,
        "latest": LATEST,
    }
    return render(request, "workflows/supervision.html", context)


def overdue(places: set[int]) -> QuerySet[Watch]:
    """Open steps whose last day has passed."""
    late = Watch.objects.open().filter(authority__in=places, due_on__lt=clock.today())
    return late.select_related("decision__lead_unit", "decision__handler", "decision__executing_unit").order_by(
        "due_on", "pk"
    )[:LATEST]


def in_force(places: set[int]) -> QuerySet[Decision]:
    """Decisions in execution or suspended, each with its last report."""
    last = ProgressReport.objects.filter(decision=OuterRef("pk")).order_by("-pk")
    return (
        Decision.objects.within(places)
        .filter(status__in=(Status.IN_EXECUTION, Status.SUSPENDED))
        .select_related("executing_unit", "authority")
        .annotate(last_on=Subquery(last.values("reported_on")[:1]), last_percent=Subquery(last.values("percent")[:1]))
    )


def _late(watch: Watch) -> dict[str, Any]:
    rule = Rule.registry.get(watch.step)
    assert watch.due_on is not None
    return {
        "decision": watch.decision,
        "title": rule.title if rule else watch.step,
        "left": left(watch.due_on),
        "due_on": said(watch.due_on),
        "colour": watch.get_colour_display() if watch.colour else "",
        "because": watch.because,
        "whose": whose(watch),
    }


def whose(watch: Watch) -> str:
    """Who undertakes the step: the executing unit what is in force, before that the undertaking unit and handler."""
    decision = watch.decision
    if watch.step == "execution" and decision.executing_unit:
        return decision.executing_unit.name
    return "，".join(str(who) for who in (decision.lead_unit, decision.handler) if who)


def _row(decision: Decision, watch: Watch | None) -> dict[str, Any]:
    due_on = watch.due_on if watch else None
    return {
        "decision": decision,
        "due_on": said(due_on) if due_on else "",
        "left": left(due_on) if due_on else "",
        "is_late": bool(due_on and due_on < clock.today()),
    }
