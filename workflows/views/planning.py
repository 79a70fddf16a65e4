"""倒排工期: the plan of a decision for a chosen day, on screen, on paper and as a calendar file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods
from icalendar import Calendar, Event

from decisions import clock, services
from decisions.forms.fields import DayField
from decisions.models import Decision, Plan
from decisions.services import Actor
from decisions.terms import PlanTarget, Role
from workflows import planning
from workflows.http import duties, get_decision
from workflows.plan_facts import activities, publication_limit
from workflows.readiness import Standing
from workflows.roles import actor_for
from workflows.slipping import kept_rows, slips

PLANNERS = (Role.HANDLER, Role.UNIT_HEAD, Role.OFFICE_CLERK, Role.CHIEF)
"""Duties that choose the target of a plan."""

WIDTH = 1000
"""Of a bar of the timeline, in its own units."""


class TargetForm(forms.Form):
    """What to plan for, and the day."""

    target = forms.ChoiceField(label=gettext_lazy("目标"), choices=PlanTarget.choices)
    target_on = DayField(label=gettext_lazy("日期"), years_ahead=5)


@dataclass(frozen=True)
class Laid:
    """A decision's plan for a target, and what slipped against the one kept."""

    decision: Decision
    plan: planning.Plan
    target: str
    kept: Plan | None
    slipped: list[str]

    @property
    def label(self) -> str:
        return str(PlanTarget(self.target).label)


def lay(decision: Decision, target: str = "", target_on: date | None = None) -> Laid | None:
    """Plan for the target given, else for the one kept, else for the earliest lawful meeting; none when all is done."""
    standing, kept = Standing.of(decision), decision.plans.last()
    target = target or (kept.target if kept else _next_target(standing))
    owed = activities(standing, target)
    if not owed or decision.status in ("not_started", "rejected"):
        return None
    aim = target_on or (kept.target_on if kept and kept.target == target else None)
    aim = aim or planning.forecast(owed, clock.today(), by_law=False).ready_on
    plan = planning.plan(owed, aim, clock.today())
    done_on = {step: record.completed_on for step, record in standing.records.items()}
    return Laid(decision, plan, target, kept, slips(kept.rows, plan, done_on) if kept else [])


def _next_target(standing: Standing) -> str:
    return PlanTarget.PUBLICATION if standing.position.stands("collective_decision") else PlanTarget.MEETING


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a day (GET with target and target_on), keep it (POST); without either, the kept plan meets the facts."""
    decision = get_decision(request, pk)
    asked = request.POST if request.method == "POST" else request.GET if "target_on" in request.GET else None
    form = TargetForm(asked)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    laid = lay(decision, **chosen)
    by = actor_for(duties(request), decision, PLANNERS)
    if request.method == "POST" and by is None:
        raise PermissionDenied
    if request.method == "POST" and by and chosen and laid and laid.plan.is_possible:
        return _keep(request, laid, chosen, by)
    if laid and not form.is_bound:
        form = TargetForm(initial={"target": laid.target, "target_on": laid.plan.target})
    context = {**context_of(decision, laid), "form": form, "may_keep": by is not None, "is_trial": bool(chosen)}
    return render(
        request, "workflows/plan.html", context, status=422 if request.method == "POST" or form.errors else 200
    )


def _keep(request: HttpRequest, laid: Laid, chosen: dict[str, Any], by: Actor) -> HttpResponse:
    services.save_plan(laid.decision, **chosen, rows=kept_rows(laid.plan), slipped=laid.slipped, by=by)
    messages.success(request, _("已保存倒排工期。"))
    return redirect("plan", pk=laid.decision.pk)


@require_GET
def plan_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The same on A4."""
    decision = get_decision(request, pk)
    return render(request, "workflows/plan_print.html", context_of(decision, lay(decision, **_asked(request))))


def _asked(request: HttpRequest) -> dict[str, Any]:
    form = TargetForm(request.GET)
    return form.cleaned_data if form.is_valid() else {}


@require_GET
def plan_ics(request: HttpRequest, pk: int) -> HttpResponse:
    """The latest days of the plan for anybody's calendar."""
    decision = get_decision(request, pk)
    laid = lay(decision, **_asked(request))
    content = ics(laid, request.get_host()) if laid else Calendar().to_ical()
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="plan-{decision.pk}.ics"'
    return response


def ics(laid: Laid, host: str) -> bytes:
    """One all-day entry for each step's latest finish."""
    made = Calendar()
    made.add("prodid", "-//Juece//plan//ZH")
    made.add("version", "2.0")
    for row in laid.plan.rows:
        made.add_component(_entry(laid, row, clock.now(), host))
    return bytes(made.to_ical())


def _entry(laid: Laid, row: planning.Row, at: datetime, host: str) -> Event:
    entry = Event()
    entry.add("uid", f"plan-{laid.decision.pk}-{row.activity.key}@{host.partition(':')[0]}")
    entry.add("dtstamp", at)
    entry.add("dtstart", row.run.finish)
    entry.add("dtend", row.run.finish + planning.ONE_DAY)
    entry.add(
        "summary", _("最迟完成：%(step)s · %(matter)s") % {"step": row.activity.title, "matter": laid.decision.title}
    )
    entry.add("description", "；".join([_("最迟%s开始") % planning.said(row.run.start), *explained(row)]))
    return entry


def explained(row: planning.Row) -> list[str]:
    """What the length of a step rests on, law and setting each named as what it is, and what already happened."""
    spans = [
        (_("法定：提前%(period)s（%(basis)s）") if span.is_backward else _("法定：不少于%(period)s（%(basis)s）"))
        % {"period": span.period, "basis": span.basis}
        if span.is_law
        else _("内部设定，非法定：%s") % span.period
        for span in row.activity.spans
    ]
    return [*spans, *filter(None, [row.activity.note])]


def context_of(decision: Decision, laid: Laid | None) -> dict[str, Any]:
    """What the page and the sheet show."""
    context: dict[str, Any] = {"decision": decision, "laid": laid, "limit": publication_limit(decision)}
    if laid is None:
        return context
    rows = laid.plan.rows
    critical = [row.activity.title for row in rows if row.is_critical]
    return {
        **context,
        "plan": laid.plan,
        "rows": [(row, explained(row), bar(row, laid.plan)) for row in rows],
        "critical": critical,
        "lawful": laid.plan.lawful.ready_on,
        "planned": laid.plan.planned.ready_on,
        "today": clock.today(),
        "query": f"target={laid.target}&target_on={laid.plan.target.isoformat()}",
        "versions": list(decision.plans.select_related("made_by").order_by("-pk")[:20]),
    }


def bar(row: planning.Row, plan: planning.Plan) -> dict[str, int]:
    """Where a step lies between the first day and the last of the timeline; whole units."""
    edges = [day for each in plan.rows for day in (each.run.start, each.run.finish, each.expected.finish)]
    first, last = min([clock.today(), *edges]), max([plan.target, *edges])
    days = (last - first).days + 1

    def at(day: date) -> int:
        return (day - first).days * WIDTH // days

    def width(run: planning.Run) -> int:
        return max(at(run.finish + planning.ONE_DAY) - at(run.start), 6)

    return {
        "start": at(row.run.start),
        "width": width(row.run),
        "expected": at(row.expected.start),
        "expected_width": width(row.expected),
        "today": at(clock.today()),
        "target": at(plan.target + planning.ONE_DAY) - 3,
    }
