"""The sheets of a discussion for signing and filing: attendance, statements, minutes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from decisions.meeting_record import meeting_records
from decisions.models import Meeting
from workflows.http import authorities, get_decision
from workflows.keyset import page


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


@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """The authority's meetings with their matters, the latest first."""
    held = Meeting.objects.filter(authority__in=authorities(request)).select_related("authority")
    shown = page(held.prefetch_related("items__decision", "attendances__member"), request)
    return render(request, "workflows/meetings.html", {"page": shown, "rows": shown.rows})
