"""The lists: what the public is asked now, what became of it, what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse

from decisions import clock

from . import visible
from .pages import public_page
from .paging import page
from .words import deadline, state_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from decisions.models import Participation

FEW = 5


@public_page
def home(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Current consultations and hearings, the latest results and decisions, of all authorities or of one."""
    authority = visible.get_authority(slug) if slug else None
    running = page(visible.consultations(authority).open(), request)
    over = visible.consultations(authority).filter(closes_on__lt=clock.today()).order_by("-pk")[:FEW]
    context = {
        "authority": authority,
        "running": running,
        "consultations": [card(each) for each in running.rows],
        "hearings": visible.hearings(authority).filter(held_on__gte=clock.today()).order_by("-pk")[:FEW],
        "over": [card(each) for each in over],
        "publications": visible.publications(authority).order_by("-pk")[:FEW],
        **links(slug),
    }
    return render(request, "portal/home.html", context)


@public_page
def results(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Every public comment that is over, with its result or while it is being answered."""
    authority = visible.get_authority(slug) if slug else None
    shown = page(visible.consultations(authority).filter(closes_on__lt=clock.today()), request)
    context = {"authority": authority, "page": shown, "consultations": [card(each) for each in shown.rows]}
    return render(request, "portal/results.html", {**context, **links(slug)})


@public_page
def decisions(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Every published decision."""
    authority = visible.get_authority(slug) if slug else None
    shown = page(visible.publications(authority), request)
    return render(request, "portal/decisions.html", {"authority": authority, "page": shown, **links(slug)})


def card(consultation: Participation) -> dict[str, Any]:
    """A public comment as components/consultation_card.html reads it."""
    is_result = state_of(consultation) == "published"
    return {
        "title": consultation.title,
        "url": reverse("portal_results" if is_result else "portal_consultation", args=[consultation.pk]),
        "state": state_of(consultation),
        "sentence": deadline(consultation),
        "lead": consultation.decision.authority.name,
    }


def links(slug: str) -> dict[str, str]:
    """The addresses of the full lists, of all authorities or of one."""
    arguments = [slug] if slug else []
    return {
        "results_url": reverse("portal_results_list", args=arguments),
        "decisions_url": reverse("portal_decisions", args=arguments),
    }
