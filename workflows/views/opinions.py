"""意见采纳台: a matter's one numbered set of opinions, answered one by one or several alike."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from viewflow.workflow.models import Task

from decisions import services
from decisions.articles import in_chinese
from decisions.forms.opinions import AnswerOpinion, AnswerOpinions
from decisions.models import Decision, Opinion
from decisions.models.participation import OpinionQuerySet
from decisions.terms import OpinionChannel, Role
from workflows import keyset
from workflows.flows.decision_making import DecisionMaking
from workflows.http import duties, get_decision
from workflows.roles import actor_for


class OpinionFilter(forms.Form):
    """Which opinions to show."""

    state = forms.ChoiceField(
        label=gettext_lazy("答复情况"),
        required=False,
        choices=[
            ("", gettext_lazy("全部")),
            ("unanswered", gettext_lazy("未答复")),
            ("answered", gettext_lazy("已答复")),
        ],
    )
    article = forms.TypedChoiceField(label=gettext_lazy("条款"), required=False, coerce=int, empty_value=None)
    channel = forms.ChoiceField(
        label=gettext_lazy("来源"), required=False, choices=[("", gettext_lazy("全部")), *OpinionChannel.choices]
    )

    def __init__(self, data: Any, *, decision: Decision) -> None:
        super().__init__(data)
        numbers = decision.opinions.filter(article_number__isnull=False).order_by("article_number")
        found = numbers.values_list("article_number", flat=True).distinct()
        named = [(number, _("第%s条") % in_chinese(number or 0)) for number in found]
        self.fields["article"].choices = [("", _("全部")), *named]  # type: ignore[attr-defined]

    def narrow(self, opinions: OpinionQuerySet) -> OpinionQuerySet:
        """The opinions that are asked for; a filter that makes no sense is left out."""
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("state"):
            opinions = opinions.filter(answers__isnull=chosen["state"] == "unanswered").distinct()
        if chosen.get("article"):
            opinions = opinions.filter(article_number=chosen["article"])
        if chosen.get("channel"):
            opinions = opinions.filter(channel=chosen["channel"])
        return opinions


@require_GET
def opinions(request: HttpRequest, pk: int) -> HttpResponse:
    """The desk: the numbered set with filters; who may answer has a form at each opinion and one for several."""
    decision = get_decision(request, pk)
    chosen = OpinionFilter(request.GET, decision=decision)
    shown = keyset.page(
        chosen.narrow(decision.opinions.all()).select_related("participation").prefetch_related("answers__by"),
        request,
        key="number",
        newest_first=False,
    )
    task = answering_task(request, decision)
    context = {
        "decision": decision,
        "filter": chosen,
        "page": shown,
        "rows": [desk_row(opinion, decision, task) for opinion in shown.rows],
        "total": decision.opinions.count(),
        "unanswered": decision.opinions.unanswered().count(),
        "sees_contacts": sees_contacts(request, decision),
        "here": request.get_full_path(),
        **bulk(decision, task),
    }
    return render(request, "workflows/opinions.html", context)


def answering_task(request: HttpRequest, decision: Decision) -> Task | None:
    """The open task in which this person may answer opinions now; none for everybody else."""
    node = DecisionMaking.instance.node(AnswerOpinion.steps[0])
    open_tasks = Task.objects.filter(process__decisionprocess__decision=decision, flow_task=node, finished=None)
    task = open_tasks.first()
    actor = actor_for(duties(request), decision, AnswerOpinion.roles) if task else None
    return task if actor and not services.separation_breaches(decision, actor) else None


def desk_row(opinion: Opinion, decision: Decision, task: Task | None) -> dict[str, Any]:
    """An opinion with its answers, the last of which holds, and the form to answer it."""
    answers = list(opinion.answers.all())
    row: dict[str, Any] = {"opinion": opinion, "answers": answers, "last": answers[-1] if answers else None}
    if task:
        last = row["last"]
        kept = {"adoption": last.adoption, "changed_article": last.changed_article} if last else {}
        row["form"] = AnswerOpinion(
            decision=decision, initial={"number": opinion.number, **kept}, auto_id=f"answer-{opinion.number}-%s"
        )
        row["form"].fields["number"].widget = forms.HiddenInput()
        row["url"] = reverse("act", args=[task.pk, AnswerOpinion.key])
        row["key"] = secrets.token_urlsafe(16)
    return row


def bulk(decision: Decision, task: Task | None) -> dict[str, Any]:
    """The form that answers every ticked opinion alike."""
    if task is None:
        return {}
    form = AnswerOpinions(decision=decision)
    del form.fields["numbers"]
    return {
        "bulk": form,
        "bulk_url": reverse("act", args=[task.pk, AnswerOpinions.key]),
        "bulk_key": secrets.token_urlsafe(16),
        "task_url": reverse("task", args=[task.pk]),
    }


def sees_contacts(request: HttpRequest, decision: Decision) -> bool:
    """Only who has to reach the commenter: the handler and the office."""
    return actor_for(duties(request), decision, [Role.HANDLER, Role.OFFICE_CLERK]) is not None
