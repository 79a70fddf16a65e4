"""The page of the process diagram: both flows with their live state, and the same in words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from decisions.models import Decision
from decisions.rules import Position
from decisions.rules.position import BEFORE_REVIEW
from workflows.diagram import drawing
from workflows.flows.published import PUBLISHED
from workflows.http import get_decision
from workflows.nodes import Step, Wait


@require_GET
def process(request: HttpRequest, pk: int) -> HttpResponse:
    """How the procedure runs, and where this matter stands in it."""
    decision = get_decision(request, pk)
    states = states_of(decision)
    needed = Position.of(decision).needed
    charts = [
        drawing(flow_class, {**not_needed(flow_class, needed), **states.get(flow_class, {})})
        for flow_class in PUBLISHED
    ]
    return render(request, "workflows/diagram.html", {"decision": decision, "charts": charts})


def states_of(decision: Decision) -> dict[object, dict[str, str]]:
    """For each flow, which nodes are open now and which were passed (one query)."""
    tasks = Task.objects.filter(process__decisionprocess__decision=decision).exclude(status=STATUS.CANCELED)
    states: dict[object, dict[str, str]] = {}
    for flow_task, finished in tasks.order_by("pk").values_list("flow_task", "finished"):
        known = states.setdefault(flow_task.flow_class, {})
        if finished is not None:
            known.setdefault(flow_task.name, "done")
        elif isinstance(flow_task, Step | Wait):
            known[flow_task.name] = "now"
    return states


def not_needed(flow_class: Any, needed: frozenset[str]) -> dict[str, str]:
    """The procedures that this matter need not go through."""
    nodes = flow_class.instance.nodes()
    return {node.name: "not_needed" for node in nodes if node.name in BEFORE_REVIEW and node.name not in needed}
