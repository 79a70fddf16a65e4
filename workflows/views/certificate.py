"""The procedure certificate, on the screen and on one sheet of A4."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from decisions.certificate import certificate as build
from workflows.http import get_decision


@require_GET
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate of a decision as its records stand now."""
    decision = get_decision(request, pk)
    context = {"decision": decision, "certificate": build(decision), "back_url": decision.get_absolute_url()}
    return render(request, "workflows/certificate.html", context)
