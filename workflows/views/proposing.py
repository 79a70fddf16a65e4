"""Proposing a new matter: the one act that has no task yet."""

from __future__ import annotations

import secrets
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from decisions.forms.initiation import Propose
from decisions.models import Authority, Decision, Person
from decisions.rules import Breach, RuleBreached, rule
from decisions.services import Actor
from decisions.terms import ProposerKind, Role
from workflows import acting
from workflows.acting import AlreadyDone, InvalidAct
from workflows.http import duties, get_decision

REGISTERED_BY_THE_OFFICE = (ProposerKind.DEPUTY, ProposerKind.CPPCC_MEMBER, ProposerKind.PUBLIC)


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """The form for a new matter; who holds duties in several authorities names the authority first."""
    places = authorities_to_propose_in(request)
    if not places:
        raise PermissionDenied
    wanted = request.POST.get("authority") or request.GET.get("authority")
    place = next((each for each in places if each.slug == wanted), places[0] if len(places) == 1 else None)
    if place is None:
        return render(request, "workflows/propose.html", {"places": places})
    if request.method == "POST":
        return submit(request, place)
    return show(request, place, blank_form(request, place))


def authorities_to_propose_in(request: HttpRequest) -> list[Authority]:
    """The authorities in which the person holds a duty that may propose."""
    held = {duty.authority_id for duty in duties(request) if duty.role in Propose.roles}
    return list(Authority.objects.filter(pk__in=held).order_by("name"))


def submit(request: HttpRequest, place: Authority) -> HttpResponse:
    """Create the matter and go to it; what cannot be is shown on the form with everything the person wrote."""
    person = cast(Person, request.user)
    submission_key = request.POST.get("submission_key", "")[:40]
    try:
        decision = acting.propose(bound_form(request, place), by=person, submission_key=submission_key)
    except AlreadyDone:
        decision = Decision.objects.filter(proposed_by=person, authority=place).latest("pk")
    except InvalidAct as invalid:
        return show(request, place, cast(Propose, invalid.form), status=422)
    except RuleBreached as refused:
        return show(request, place, bound_form(request, place), refused.breaches, status=422)
    return redirect(decision)


def show(
    request: HttpRequest, place: Authority, form: Propose, breaches: list[Breach] | None = None, status: int = 200
) -> HttpResponse:
    """The page with the form."""
    context: dict[str, Any] = {
        "place": place,
        "form": form,
        "rule": rule("proposal"),
        "adjusts": form.decision.adjusts,
        "breaches": breaches or [],
        "submission_key": secrets.token_urlsafe(16),
    }
    return render(request, "workflows/propose.html", context, status=status)


def blank_form(request: HttpRequest, place: Authority) -> Propose:
    """The empty form; a matter that adjusts an earlier one starts from its name (art. 37)."""
    blank = blank_decision(request, place)
    earlier = blank.adjusts
    initial = {"matter": _("%s（调整）") % earlier, "matter_class": earlier.matter_class} if earlier else {}
    return Propose(decision=blank, actor=capacity(request, place, ""), initial=initial)


def bound_form(request: HttpRequest, place: Authority) -> Propose:
    """The form as posted."""
    kind = request.POST.get("proposer_kind", "")
    return Propose(request.POST, decision=blank_decision(request, place), actor=capacity(request, place, kind))


def blank_decision(request: HttpRequest, place: Authority) -> Decision:
    """A matter not yet made, which may adjust one that the person can see."""
    adjusts = request.POST.get("adjusts") or request.GET.get("adjusts") or ""
    earlier = get_decision(request, int(adjusts)) if adjusts.isdecimal() and len(adjusts) < 12 else None
    return Decision(authority=place, adjusts=earlier if earlier and earlier.authority_id == place.pk else None)


def capacity(request: HttpRequest, place: Authority, proposer_kind: str) -> Actor:
    """The duty under which the person proposes: proposals from outside are registered by the office."""
    held = [duty for duty in duties(request) if duty.authority_id == place.pk and duty.role in Propose.roles]
    as_office = [duty for duty in held if duty.role == Role.OFFICE_CLERK]
    return ((as_office if proposer_kind in REGISTERED_BY_THE_OFFICE else held) or held)[0].actor
