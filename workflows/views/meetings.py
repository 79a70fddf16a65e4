"""会议: the list, calling one, its attendance and agenda, and the sheets of the whole meeting."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from viewflow.workflow.models import Task

from decisions import services
from decisions.forms.attendance import AttendanceForm
from decisions.forms.meeting import MeetingForm
from decisions.meeting_record import MeetingRecord, meeting_record, read_items
from decisions.models import Authority, Decision, Meeting, StepRecord
from decisions.rules import Breach, RuleBreached
from decisions.services import Actor
from decisions.terms import Presence, Role
from workflows.flows.decision_making import DecisionMaking
from workflows.http import authorities, duties
from workflows.keyset import page
from workflows.locks import busy_at_once
from workflows.nodes import queue_of

LATEST = 20
"""How many submitted matters are looked through for those on no agenda."""


@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """The authority's meetings with their matters, the latest first."""
    held = Meeting.objects.filter(authority__in=authorities(request)).select_related("authority")
    shown = page(held.prefetch_related("items__decision", "attendances__member"), request)
    context = {"page": shown, "rows": shown.rows, "may_convene": bool(clerk_of(request))}
    return render(request, "workflows/meetings.html", context)


def clerk_of(request: HttpRequest) -> dict[int, Actor]:
    """The authorities for whose office the person may act, and in which capacity; the own duty first."""
    found: dict[int, Actor] = {}
    for duty in duties(request):
        if duty.role == Role.OFFICE_CLERK:
            found.setdefault(duty.authority_id, duty.actor)
    return found


@require_http_methods(["GET", "POST"])
def meeting_new(request: HttpRequest) -> HttpResponse:
    """Call a meeting of the authority chosen (the only one, for nearly everybody)."""
    places = list(Authority.objects.filter(pk__in=clerk_of(request)).order_by("name"))
    if not places:
        raise PermissionDenied
    place = next((each for each in places if each.slug == request.GET.get("authority")), places[0])
    form = MeetingForm(posted(request), authority=place)
    actor = clerk_of(request)[place.pk]
    breaches: list[Breach] = []
    if request.method == "POST" and form.is_valid():
        breaches = done_once(request, form, lambda: form.convene(place, by=actor), _("会议已登记。"))
        if not breaches:
            return redirect("meetings")
    context = {"form": form, "place": place, "places": places, "breaches": breaches, **fresh_key()}
    return render(request, "workflows/meeting_new.html", context, status=status_of(form, breaches))


@require_http_methods(["GET", "POST"])
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """A meeting with its attendance and agenda; the office registers attendance until somebody has spoken."""
    found = get_meeting(request, pk)
    actor = clerk_of(request).get(found.authority_id)
    if request.method == "POST" and actor is None:
        raise PermissionDenied
    may_register = actor is not None and not services.is_settled(found)
    form = AttendanceForm(posted(request), meeting=found) if actor else None
    breaches: list[Breach] = []
    if request.method == "POST" and form is not None and actor is not None and form.is_valid():
        breaches = done_once(request, form, lambda: form.register(by=actor), _("出席情况已登记。"))
        if not breaches:
            return redirect("meeting", pk=pk)
    context = {
        "meeting": found,
        "form": form if may_register or breaches else None,
        "breaches": breaches,
        "records": records_of(found),
        "attendances": list(found.attendances.select_related("member")),
        "waiting": waiting_for_agenda(found) if actor else [],
        **fresh_key(),
    }
    return render(request, "workflows/meeting.html", context, status=status_of(form, breaches))


@require_GET
def attendance_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """签到表: the body of the meeting's day, to be signed on paper."""
    found = get_meeting(request, pk)
    body = services.body_on(found.authority, found.held_on)
    titles = titles_of(found)
    people = [{"name": person.name, "duty": titles.get(person.pk, "")} for person in body]
    context = {"meeting": found, "signatories": people, "back_url": reverse("meeting", args=[pk])}
    return render(request, "workflows/attendance_sheet.html", context)


@require_GET
def meeting_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """会议纪要 of the whole meeting, composed from what was recorded."""
    found = get_meeting(request, pk)
    rows = list(found.attendances.select_related("member"))
    context = {
        "meeting": found,
        "records": records_of(found),
        "chief": next((row.member for row in rows if row.is_chief), None),
        "groups": [(kind.label, [r for r in rows if r.presence == kind]) for kind in Presence],
        "back_url": reverse("meeting", args=[pk]),
    }
    return render(request, "workflows/meeting_minutes.html", context)


def get_meeting(request: HttpRequest, pk: int) -> Meeting:
    """A meeting of an authority where the person holds a duty; any other does not exist."""
    found = Meeting.objects.filter(pk=pk, authority__in=authorities(request)).select_related("authority").first()
    if found is None:
        raise Http404
    return found


def titles_of(found: Meeting) -> dict[int, str]:
    """What each of the body is called: the title where one is given, else the duty."""
    held = services.body_memberships(found.authority, found.held_on)
    return {row.person_id: row.title or str(row.get_duty_display()) for row in held}


def records_of(found: Meeting) -> list[tuple[MeetingRecord, StepRecord | None, int | None]]:
    """Each item with its discussion, how it ended, and the open task while it has not."""
    items = read_items(found.items.select_related("decision__authority").order_by("sequence"))
    decisions = [item.decision_id for item in items]
    ended = StepRecord.objects.filter(decision__in=decisions, step="collective_decision")
    outcomes = {record.details.get("item"): record for record in ended}
    node = DecisionMaking.instance.node("collective_decision")
    tasks = Task.objects.filter(process__decisionprocess__decision__in=decisions, finished__isnull=True, flow_task=node)
    waiting = dict(tasks.values_list("process__decisionprocess__decision", "pk"))
    return [
        (
            meeting_record(item.decision, item),
            outcomes.get(item.pk),
            None if item.pk in outcomes else waiting.get(item.decision_id),
        )
        for item in items
    ]


def waiting_for_agenda(found: Meeting) -> list[tuple[Decision, int]]:
    """Matters submitted to the body and on no agenda yet, each with its open task."""
    node = DecisionMaking.instance.node("collective_decision")
    tasks = Task.objects.filter(owner_permission=queue_of(found.authority_id), finished__isnull=True, flow_task=node)
    tasks = tasks.select_related("process__decisionprocess__decision").order_by("created")[:LATEST]
    matters = [(task.process.decisionprocess.decision, task.pk) for task in tasks]
    return [(decision, task) for decision, task in matters if services.open_item(decision) is None]


def done_once(request: HttpRequest, form: Form, act: Callable[[], Any], said: str) -> list[Breach]:
    """Do it, or say why not; the same form posted twice does it once."""
    try:
        with transaction.atomic(), busy_at_once():
            if key := request.POST.get("submission_key", "")[:40]:
                services.submit_once(key)
            act()
    except RuleBreached as refused:
        return refused.breaches
    except IntegrityError as error:
        if "submission" not in str(error).lower():
            raise
        return []
    messages.success(request, said)
    return []


def posted(request: HttpRequest) -> Any:
    """What was posted, even if nothing; none when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def status_of(form: Form | None, breaches: list[Breach]) -> int:
    return 422 if breaches or (form is not None and form.is_bound and form.errors) else 200


def fresh_key() -> dict[str, str]:
    return {"submission_key": secrets.token_urlsafe(16)}
