"""The notice of a hearing: draft, explanation, time, place, how participants are chosen, and who they are (art. 16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from decisions import clock
from decisions.rules.hearing import HEARD

from . import visible
from .pages import public_page
from .words import articles

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@public_page
def hearing(request: HttpRequest, pk: int) -> HttpResponse:
    """A hearing as the law wants it announced; participants are named once their list is published."""
    shown = visible.get_hearing(pk)
    is_listed = shown.list_published_on is not None and shown.list_published_on <= clock.today()
    context = {
        "hearing": shown,
        "authority": shown.decision.authority,
        "articles": articles(shown.draft),
        "participants": shown.participants.filter(kind__in=HEARD) if is_listed else [],
        "is_over": shown.held_on < clock.today(),
    }
    return render(request, "portal/hearing.html", context)
