"""The page that an expert without an account opens through the secret link: declare, read the draft, sign."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from decisions.forms.expert_links import DeclareInterest, ExpertForm, SignExpertOpinion
from decisions.models import ExpertAppointment
from decisions.rules import Breach, RuleBreached
from decisions.services.expert_links import LinkState, find_appointment, link_state

GONE = {LinkState.WITHDRAWN, LinkState.OVER, LinkState.EXPIRED}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def expert_page(request: HttpRequest, token: str) -> HttpResponse:
    """What the expert can do now, or why nothing; who holds the link is the expert."""
    appointment = find_appointment(token)
    if appointment is None:
        raise Http404
    if (state := link_state(appointment)) != LinkState.OPEN:
        return closed(request, appointment, state)
    form_class = DeclareInterest if appointment.declared_at is None else SignExpertOpinion
    if request.method != "POST":
        return show(request, form_class(decision=appointment.decision, appointment=appointment))
    if request.POST.get("act") != form_class.key:  # sent again from a page out of date
        return redirect(request.path)
    return act(request, form_class(request.POST, decision=appointment.decision, appointment=appointment))


def act(request: HttpRequest, form: ExpertForm) -> HttpResponse:
    """Do it and come back; what cannot be done is shown on the form with everything the expert wrote."""
    if not form.is_valid():
        return show(request, form)
    try:
        form.carry_out()
    except RuleBreached as refused:
        return show(request, form, refused.breaches)
    return redirect(request.path)


def show(request: HttpRequest, form: ExpertForm, breaches: list[Breach] | None = None) -> HttpResponse:
    """The page with its form. A refusal too is answered with status 200: others log the path, which is the secret."""
    appointment = form.asked
    context = {"appointment": appointment, "decision": appointment.decision, "draft": appointment.draft}
    return render(request, "workflows/expert.html", {**context, "form": form, "breaches": breaches or []})


def closed(request: HttpRequest, appointment: ExpertAppointment, state: LinkState) -> HttpResponse:
    """What was signed or declared, or that nothing can be done any more."""
    context = {"appointment": appointment, "decision": appointment.decision, "state": state.value, "said": state.label}
    return render(request, "workflows/expert_closed.html", context, status=410 if state in GONE else 200)
