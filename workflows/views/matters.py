"""The list of an authority's matters: search, filters, pages by key."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from viewflow.workflow.models import Task

from decisions import clock
from decisions.forms.initiation import Propose
from decisions.models import Decision, Involvement, Person, Unit
from decisions.terms import Status
from workflows import deadlines
from workflows.flows.published import PUBLISHED
from workflows.http import authorities, duties
from workflows.keyset import page
from workflows.models import DecisionProcess, Watch
from workflows.nodes import Step, Wait, queue_of
from workflows.stages import STAGES, stage_of

YEARS = 12
"""How many years back the list of years goes; older matters are found by their number."""


SCOPES = [("", _("全部")), ("mine", _("我参与的")), ("late", _("超期的"))]


class MatterFilter(forms.Form):
    """What the list may be narrowed by."""

    q = forms.CharField(label=_("名称或者编号"), max_length=60, required=False)
    status = forms.ChoiceField(label=_("状态"), required=False)
    stage = forms.ChoiceField(label=_("正在办理的环节"), required=False)
    unit = forms.ModelChoiceField(
        label=_("承办单位"), queryset=Unit.objects.none(), required=False, empty_label=_("全部")
    )
    year = forms.TypedChoiceField(label=_("年度"), coerce=int, empty_value=None, required=False)
    scope = forms.ChoiceField(label=_("范围"), choices=SCOPES, required=False)

    def __init__(self, *args: Any, places: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("全部"))]
        this_year = clock.today().year
        choices: dict[str, Any] = {
            "status": [*everything, *Status.choices],
            "stage": [*everything, *STAGES.items()],
            "year": [*everything, *((year, f"{year}") for year in range(this_year, this_year - YEARS, -1))],
        }
        for name, values in choices.items():
            cast(forms.ChoiceField, self.fields[name]).choices = values
        units = Unit.objects.filter(authority__in=places).order_by("authority", "pk")
        cast(forms.ModelChoiceField, self.fields["unit"]).queryset = units


@require_GET
def matters(request: HttpRequest) -> HttpResponse:
    """The matters of the person's authorities, newest first."""
    form = MatterFilter(request.GET or None, places=authorities(request))
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = narrowed(visible(request), request, chosen)
    shown = page(rows, request)
    turns = turns_of(shown.rows)
    context = {
        "form": form,
        "page": shown,
        "rows": [{"decision": decision, "turns": turns.get(decision.pk, [])} for decision in shown.rows],
        "is_narrowed": any(chosen.values()),
        "clear_url": reverse("decisions"),
        "may_propose": any(duty.role in Propose.roles for duty in duties(request)),
        "shows_authority": len(authorities(request)) > 1,
    }
    return render(request, "workflows/matters.html", context)


def visible(request: HttpRequest) -> QuerySet[Decision]:
    """The matters the person may see, with what a row shows and no more."""
    return (
        Decision.objects.within(authorities(request))
        .select_related("authority", "lead_unit", "handler")
        .only(
            "number",
            "title",
            "status",
            "proposed_on",
            "closed_on",
            "authority__name",
            "lead_unit__name",
            "handler__name",
        )
    )


def narrowed(rows: QuerySet[Decision], request: HttpRequest, chosen: dict[str, Any]) -> QuerySet[Decision]:
    """The rows that match everything that was chosen."""
    for name, condition in conditions(request).items():
        if chosen.get(name):
            rows = rows.filter(condition(chosen[name]))
    return rows


def conditions(request: HttpRequest) -> dict[str, Any]:
    """Each filter's condition, as a function of its value."""
    return {
        "q": lambda words: with_words(words),
        "status": lambda status: Q(status=status),
        "stage": lambda stage: Q(pk__in=in_stage(stage, authorities(request))),
        "unit": lambda unit: Q(lead_unit=unit),
        "year": lambda year: Q(proposed_on__year=year),
        "scope": lambda scope: mine(cast(Person, request.user)) if scope == "mine" else late(authorities(request)),
    }


def with_words(words: str) -> Q:
    """Every word stands in the name or begins the number."""
    condition = Q()
    for word in words.split():
        condition &= Q(title__icontains=word) | Q(number__istartswith=word)
    return condition


def in_stage(stage: str, places: set[int]) -> QuerySet[Any]:
    """Matters with an open task in the stage: few, whatever the number of matters (a partial index)."""
    nodes = [
        node
        for flow_class in PUBLISHED
        for node in flow_class.instance.nodes()
        if isinstance(node, Step | Wait) and stage_of(node) == stage
    ]
    queues = [queue_of(place) for place in places]
    processes = Task.objects.filter(owner_permission__in=queues, flow_task__in=nodes, finished__isnull=True)
    return DecisionProcess.objects.filter(pk__in=processes.values("process")).values("decision")


def mine(person: Person) -> Q:
    """What the person undertakes, proposed, or took a side of."""
    involved = Involvement.objects.filter(person=person).values("decision")
    return Q(handler=person) | Q(proposed_by=person) | Q(pk__in=involved)


def late(places: set[int]) -> Q:
    """Matters with an open task whose last day is past."""
    watches = Watch.objects.open().filter(authority__in=places, due_on__lt=clock.today())
    return Q(pk__in=watches.values("decision"))


def turns_of(decisions: list[Decision]) -> dict[int, list[dict[str, Any]]]:
    """What is open for each of these matters, with the time left (one query for all)."""
    tasks = Task.objects.filter(process__decisionprocess__decision__in=decisions, finished__isnull=True)
    turns: dict[int, list[dict[str, Any]]] = {}
    for task in tasks.select_related("process__decisionprocess", "watch").order_by("pk"):
        if isinstance(task.flow_task, Step | Wait):
            turn = {"title": str(task.flow_task.task_title), "time": deadlines.of_watch(task.watch)}
            turns.setdefault(task.process.decisionprocess.decision_id, []).append(turn)
    return turns
