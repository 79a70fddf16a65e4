"""The page of a task: what the step asks for, what was done within it, and the acts the person may do now."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import select_template
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from decisions import clock, services
from decisions.forms import ActForm, acts_of
from decisions.models import Person
from decisions.rules import RuleBreached
from decisions.services import SeparationBreached
from workflows import acting
from workflows.acting import AlreadyDone, InvalidAct, Turn
from workflows.nodes import Step


@require_GET
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """The step's page, or word that it is finished."""
    return show(request, find(request, pk))


@require_http_methods(["POST"])
def act(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Do one act and come back; what cannot be done is shown on the form with everything the person wrote."""
    form_class = ActForm.registry.get(key)
    if form_class is None:
        raise Http404
    person = cast(Person, request.user)
    submission_key = request.POST.get("submission_key", "")[:40] or key_of(request)
    try:
        result = acting.act(
            pk, form_class, by=person, data=request.POST, files=request.FILES, submission_key=submission_key
        )
    except AlreadyDone:
        return redirect(_wanted(request) or _after(request, pk))
    except InvalidAct as invalid:
        return show(request, find(request, pk), bound=invalid.form, status=422)
    except RuleBreached as refused:
        turn = find(request, pk)
        form = form_class(request.POST, request.FILES, decision=turn.decision, actor=turn.actor(form_class))
        form.is_valid()
        status = 403 if isinstance(refused, SeparationBreached) else 422
        return show(request, turn, bound=form, breaches=refused.breaches, status=status)
    link = form_class.link(result)
    messages.success(request, form_class.said(result) + (request.build_absolute_uri(link) if link else ""))
    return redirect(_wanted(request) or _after(request, pk))


def key_of(request: HttpRequest) -> str:
    """For a form that came without its key: the same words from the same person to the same address count once."""
    words = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    said = [request.user.pk, request.path, words, sorted(map(str, request.FILES.values()))]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:40]


def find(request: HttpRequest, pk: int) -> Turn:
    """The task, if the person has a duty in its authority; refused when there is nothing for that duty here."""
    turn = acting.find(pk, cast(Person, request.user))
    if not turn.actors:
        raise PermissionDenied
    return turn


def _wanted(request: HttpRequest) -> str:
    """The page of ours that the form asks to come back to; empty when it asks for none."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else ""


def _after(request: HttpRequest, pk: int) -> str:
    """Back to the task while it is open, else to the matter."""
    turn = acting.find(pk, cast(Person, request.user))
    if turn.task.finished is None and turn.actors:
        return reverse("task", args=[pk])
    return turn.decision.get_absolute_url()


def show(
    request: HttpRequest,
    turn: Turn,
    *,
    bound: ActForm | None = None,
    breaches: Any = (),
    status: int = 200,
) -> HttpResponse:
    """Render the step's own template, or the plain one."""
    if turn.task.finished is not None:
        return render(request, "workflows/finished.html", {"turn": turn, "decision": turn.decision}, status=status)
    template = select_template([f"workflows/steps/{turn.node.name}.html", "workflows/step.html"])
    context = {
        "turn": turn,
        "decision": turn.decision,
        "node": turn.node,
        "rule": turn.node.rule if isinstance(turn.node, Step) else None,
        "acts": list(offered(turn, bound)),
        "bound": bound,
        "breaches": breaches,
        "submission_key": secrets.token_urlsafe(16),
        **step_facts(turn),
    }
    return HttpResponse(template.render(context, request), status=status)


def offered(turn: Turn, bound: ActForm | None) -> Any:
    """The acts for this person now, each with its form (the one just refused keeps what was written) and what stands
    against it."""
    for form_class in acts_of(turn.node.name):
        actor = turn.actor(form_class)
        if actor is None or not form_class.is_available(turn.decision):
            continue
        is_bound = bound is not None and type(bound) is form_class
        form = bound if is_bound else form_class(decision=turn.decision, actor=actor, prefix=None)
        yield {
            "form": form,
            "key": form_class.key,
            "url": reverse("act", args=[turn.task.pk, form_class.key]),
            "is_bound": is_bound,
            "separation": services.separation_breaches(turn.decision, actor),
        }


def step_facts(turn: Turn) -> dict[str, Any]:
    """What stands against completing, the earliest day, and the due day of a step."""
    if not isinstance(turn.node, Step):
        return {}
    rule, decision = turn.node.rule, turn.decision
    opened_on = turn.occasion.opened_on
    return {
        "lacks": list(rule.lacks(decision)),
        "due": rule.due(decision, opened_on),
        "earliest": rule.earliest(decision, opened_on),
        "today": clock.today(),
    }
