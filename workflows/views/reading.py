"""Reading a matter for its page: everything at once, whatever the number of matters."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Subquery, prefetch_related_objects
from django.http import Http404, HttpRequest

from decisions.models import Decision, Document, Involvement, StepRecord
from workflows.http import authorities, duties
from workflows.pending import Sides
from workflows.readiness import BEGUN


def people(request: HttpRequest) -> set[int]:
    """Everybody the person may act for, and the person."""
    return {one.pk for duty in duties(request) for one in (duty.person, duty.holder)}


def read(request: HttpRequest, pk: int) -> Decision:
    """The matter with all its page shows; one of another authority does not exist."""
    begun = {f"begun_{step}": Exists(_rows(name)) for step, name in BEGUN.items()}
    taken = Involvement.objects.filter(decision=OuterRef("pk"))
    sides = {f"side_{one}": Subquery(taken.filter(person=one).values("side")[:1]) for one in people(request)}
    documents = Document.objects.filter(decision=OuterRef("pk")).order_by().values("decision")
    found = (
        Decision.objects.filter(pk=pk, authority__in=authorities(request))
        .select_related("authority", "lead_unit", "handler", "current_draft", "adopted_draft", "executing_unit")
        .select_related("execution_plan", "publication", "catalogue_item", "adjusts")
        .annotate(**begun, **sides, document_count=Subquery(documents.annotate(n=Count("pk")).values("n")))
        .first()
    )
    if found is None:
        raise Http404
    return _with_parts(found)


def _rows(name: str) -> Any:
    model: Any = Decision._meta.get_field(name).related_model
    return model.objects.filter(decision=OuterRef("pk"))


def _with_parts(decision: Decision) -> Decision:
    records = StepRecord.objects.select_related("by", "on_behalf_of", "draft")
    prefetch_related_objects([decision], "drafts", Prefetch("records", records), "participations")
    return decision


def sides_of(decision: Decision, request: HttpRequest) -> Sides:
    """The sides that the person, and everybody acted for, took of the decision; read with it."""
    taken = {(decision.pk, one): getattr(decision, f"side_{one}") for one in people(request)}
    return {key: side for key, side in taken.items() if side}
