"""Handing out a document to the people of its authority."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_GET

from decisions import services
from decisions.models import Document
from workflows.http import authorities


@require_GET
def document(request: HttpRequest, pk: int) -> FileResponse:
    """The file as an attachment; a document of another authority does not exist."""
    found = Document.objects.filter(pk=pk, decision__authority__in=authorities(request)).first()
    if found is None:
        raise Http404
    return services.serve(found)
