"""What the public may see. Every page of the portal gets its objects here; whatever is not public does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.shortcuts import get_object_or_404

from decisions import clock
from decisions.models import Authority, Decision, Document, Draft, Hearing, Participation, Publication
from decisions.terms import Openness, Status

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from decisions.models.participation import ParticipationQuerySet

IN_FORCE = (Status.PUBLISHED, Status.IN_EXECUTION, Status.SUSPENDED)
"""The states in which citizens may report how a decision works (art. 35, para. 2)."""

ABOUT_PARTICIPATION = ("public_participation", "hearing")
"""The steps whose public documents are seen before the decision is published."""


def consultations(authority: Authority | None = None) -> ParticipationQuerySet:
    """Public comments that were opened, on matters that are public."""
    shown = Participation.objects.comment_periods().filter(
        decision__openness=Openness.PUBLIC, opened_on__lte=clock.today()
    )
    shown = shown.select_related("decision__authority", "draft")
    return shown.filter(decision__authority=authority) if authority else shown


def hearings(authority: Authority | None = None) -> QuerySet[Hearing]:
    """Hearings that were announced, on matters that are public."""
    shown = Hearing.objects.filter(decision__openness=Openness.PUBLIC, noticed_on__lte=clock.today())
    shown = shown.select_related("decision__authority", "draft")
    return shown.filter(decision__authority=authority) if authority else shown


def publications(authority: Authority | None = None) -> QuerySet[Publication]:
    """Decisions that were published."""
    shown = Publication.objects.filter(
        is_published=True, published_on__lte=clock.today(), decision__openness=Openness.PUBLIC
    )
    shown = shown.select_related("decision__authority", "draft")
    return shown.filter(decision__authority=authority) if authority else shown


def get_consultation(pk: int) -> Participation:
    """A public comment, open or over."""
    return get_object_or_404(consultations(), pk=pk)


def get_result(pk: int) -> Participation:
    """A public comment whose result was published."""
    return get_object_or_404(consultations(), pk=pk, results_published_on__lte=clock.today())


def get_hearing(pk: int) -> Hearing:
    """A hearing that was announced."""
    return get_object_or_404(hearings(), pk=pk)


def get_publication(decision_pk: int) -> Publication:
    """A published decision, by the decision's primary key."""
    # By way of the decision's own key: a number that no database holds is simply not found
    return get_object_or_404(publications(), decision__in=Decision.objects.filter(pk=decision_pk))


def get_authority(slug: str) -> Authority:
    """An authority by the name it has in addresses."""
    return get_object_or_404(Authority, slug=slug)


def public_drafts(decision: Decision) -> list[Draft]:
    """The versions that were put to the public, and the adopted one once it is published; no other is ever shown."""
    put = Q(pk__in=consultations().filter(decision=decision).values("draft"))
    announced = Q(pk__in=hearings().filter(decision=decision).values("draft"))
    published = Q(pk__in=publications().filter(decision=decision).values("draft"))
    return list(decision.drafts.filter(put | announced | published).prefetch_related("articles"))


def documents(decision: Decision, drafts: list[Draft], *, is_published: bool) -> QuerySet[Document]:
    """Public documents; before publication only those of a version put to the public, or of hearing the public."""
    shown = Document.objects.filter(decision=decision, openness=Openness.PUBLIC).select_related("decision")
    if is_published:
        return shown
    return shown.filter(draft__in=drafts, step__in=(*ABOUT_PARTICIPATION, "drafting"))


def get_document(pk: int) -> Document:
    """A document that the public may have now."""
    document = get_object_or_404(
        Document.objects.select_related("decision"), pk=pk, openness=Openness.PUBLIC, decision__openness=Openness.PUBLIC
    )
    decision = document.decision
    is_published = publications().filter(decision=decision).exists()
    return get_object_or_404(documents(decision, public_drafts(decision), is_published=is_published), pk=pk)
