"""The event chain of a matter and whether it is whole, for its authority and for audit administrators."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from decisions import services
from decisions.models import Decision, Event, Person
from decisions.rules import Rule
from decisions.terms import AdminRole, Outcome
from workflows.http import get_decision
from workflows.keyset import page

SIZE = 50

KINDS = {
    "proposed": _("提出决策建议"),
    "undertaking.appointed": _("明确承办单位和承办人"),
    "execution.begun": _("进入执行"),
    "closed": _("办结"),
    "refused": _("拒绝办理（办、审、定三分离）"),
}
"""Names of events that are not the result of a step."""


@require_GET
def events(request: HttpRequest, pk: int) -> HttpResponse:
    """The links of the chain in order, by pages, and the verdict of recomputing every hash."""
    decision = seen_by(request, pk)
    shown = page(
        decision.events.select_related("actor", "on_behalf_of"), request, key="sequence", newest_first=False, size=SIZE
    )
    last = decision.events.order_by("-sequence").first()
    context = {
        "decision": decision,
        "page": shown,
        "rows": [{"event": event, "name": name_of(event)} for event in shown.rows],
        "broken": services.broken_links(decision),
        "last": last,
        "is_audit": bool(cast(Person, request.user).admin_role),
    }
    return render(request, "workflows/events.html", context)


def seen_by(request: HttpRequest, pk: int) -> Decision:
    """The matter, for people of its authority; audit administrators see the chains of all."""
    if cast(Person, request.user).admin_role != AdminRole.AUDIT:
        return get_decision(request, pk)
    found = Decision.objects.select_related("authority").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def name_of(event: Event) -> str:
    """What happened, in official words; the plain key for what has no name."""
    step, _dot, result = event.kind.partition(".")
    if step in Rule.registry and result in Outcome.values:
        return f"{Rule.registry[step].title}：{Outcome(result).label}"
    return str(KINDS.get(event.kind, event.kind))
