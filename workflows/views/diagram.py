"""The page of the process diagram: both flows with their live state, and the same in words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from decisions.models import Decision
from workflows.diagram import drawing
from workflows.flows.published import PUBLISHED
from workflows.http import get_decision


@require_GET
def process(request: HttpRequest, pk: int) -> HttpResponse:
    """How the procedure runs, and where this matter stands in it."""
    decision = get_decision(request, pk)
    states = states_of(decision)
    charts = [drawing(flow_class, states.get(flow_class, {})) for flow_class in PUBLISHED]
    return render(request, "workflows/diagram.html", {"decision": decision, "charts": charts})


def states_of(decision: Decision) -> dict[object, dict[str, str]]:
    """For each flow, which nodes are open now and which were passed (one query)."""
    tasks = Task.objects.filter(process__decisionprocess__decision=decision).exclude(status=STATUS.CANCELED)
    states: dict[object, dict[str, str]] = {}
    for flow_task, finished in tasks.order_by("pk").values_list("flow_task", "finished"):
        known = states.setdefault(flow_task.flow_class, {})
        if finished is None:
            known[flow_task.name] = "now"
        else:
            known.setdefault(flow_task.name, "done")
    return states
