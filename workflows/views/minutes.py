"""The sheet of a decision's discussions for signing and filing: attendance, statements, minutes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from decisions.meeting_record import meeting_records
from workflows.http import get_decision


@require_GET
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """签到表、表态记录、会议纪要 of a decision, on A4."""
    decision = get_decision(request, pk)
    outcome = decision.records.filter(step="collective_decision").select_related("by").last()
    context = {
        "decision": decision,
        "records": meeting_records(decision),
        "outcome": outcome,
        "back_url": decision.get_absolute_url(),
    }
    return render(request, "workflows/minutes.html", context)
