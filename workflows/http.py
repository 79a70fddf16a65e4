"""The request of somebody who signed in, and the getters that fetch and authorise in one go."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from viewflow.workflow.exceptions import FlowLockFailed

from decisions.models import Decision, Person
from workflows.roles import Duty, duties_of


class OfficialRequest(HttpRequest):
    """A request by a signed-in person; the duties are read once."""

    user: Person
    duties: list[Duty]


def duties(request: HttpRequest) -> list[Duty]:
    """The duties in force of whoever asks, read once a request."""
    if not hasattr(request, "duties"):
        assert isinstance(request.user, Person)
        request.duties = duties_of(request.user)  # type: ignore[attr-defined]
    return request.duties  # type: ignore[attr-defined]


def authorities(request: HttpRequest) -> set[int]:
    """The authorities whose matters the person may see."""
    return {duty.authority_id for duty in duties(request)}


def get_decision(request: HttpRequest, pk: int) -> Decision:
    """A decision of an authority where the person holds a duty; any other does not exist."""
    try:
        return Decision.objects.select_related(
            "authority", "lead_unit", "handler", "current_draft", "adopted_draft", "executing_unit"
        ).get(pk=pk, authority__in=authorities(request))
    except Decision.DoesNotExist:
        raise Http404 from None


class BusyMiddleware:
    """Somebody else is acting on the same matter: a clear page that says to try again, never a server error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, FlowLockFailed) or "database is locked" in str(exception):
            return render(request, "409.html", status=409)
        return None
