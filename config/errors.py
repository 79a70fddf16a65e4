"""Pages for requests that fail before a view of ours can answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Says that the form is out of date and how to send it again."""
    return render(request, "403_csrf.html", status=403)
