"""Deputies: who acts for whom now, who did, and appointing or ending one."""

from __future__ import annotations

import secrets
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from decisions import clock, services
from decisions.forms.people import DeputyForm
from decisions.models import Authority, Deputy, Person
from decisions.terms import Role
from workflows.http import authorities, duties
from workflows.keyset import page


@require_http_methods(["GET", "POST"])
def deputies(request: HttpRequest) -> HttpResponse:
    """The list, and the form for a new one in the authority chosen (the only one, for nearly everybody)."""
    places = list(Authority.objects.filter(pk__in=authorities(request)).order_by("name"))
    if not places:
        raise PermissionDenied
    place = next((each for each in places if each.slug == request.GET.get("authority")), places[0])
    form = DeputyForm(request.POST or None, authority=place, by=cast(Person, request.user))
    if request.method == "POST" and form.is_valid() and appointed_once(request, form):
        return redirect(request.get_full_path())
    return render(request, "workflows/deputies.html", context(request, form, place, places), status=status_of(form))


def status_of(form: DeputyForm) -> int:
    return 422 if form.is_bound and form.errors else 200


def appointed_once(request: HttpRequest, form: DeputyForm) -> bool:
    """Appoint; the same form posted twice does it once."""
    try:
        with transaction.atomic():
            if key := request.POST.get("submission_key", "")[:40]:
                services.submit_once(key)
            row = form.perform()
    except IntegrityError as error:
        if "submission" not in str(error).lower():
            raise
        return True
    messages.success(request, _("已指定：%s") % row)
    return True


def context(request: HttpRequest, form: DeputyForm, place: Authority, places: list[Authority]) -> dict[str, Any]:
    """Current ones and those to come in full, past ones by pages."""
    today, rows = clock.today(), visible(request, place)
    running = rows.filter(ended_at__isnull=True, until__gte=today)
    past = rows.filter(Q(ended_at__isnull=False) | Q(until__lt=today))
    return {
        "form": form,
        "place": place,
        "places": places,
        "running": [(row, may_end(request, row, place)) for row in running.order_by("since", "pk")[:200]],
        "past": page(past, request),
        "today": today,
        "submission_key": secrets.token_urlsafe(16),
    }


def visible(request: HttpRequest, place: Authority) -> QuerySet[Deputy]:
    """The office sees its authority's, everybody else their own."""
    rows = Deputy.objects.select_related("principal", "deputy", "appointed_by")
    if is_office(request, place.pk):
        return rows.filter(principal__memberships__unit__authority=place).distinct()
    return rows.filter(Q(principal=cast(Person, request.user)) | Q(deputy=cast(Person, request.user)))


def may_end(request: HttpRequest, row: Deputy, place: Authority) -> bool:
    return row.principal == request.user or is_office(request, place.pk)


def is_office(request: HttpRequest, place: int) -> bool:
    own = [duty for duty in duties(request) if duty.holder == duty.person and duty.authority_id == place]
    return any(duty.role == Role.OFFICE_CLERK for duty in own)


@require_http_methods(["POST"])
def end_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """End one early: the principal, or the office."""
    places = Authority.objects.filter(pk__in=authorities(request))
    found = [(row, place) for place in places for row in visible(request, place).filter(pk=pk)]
    if not found:
        raise Http404
    if not any(may_end(request, row, place) for row, place in found):
        raise PermissionDenied
    row = services.end_deputy(found[0][0], by=cast(Person, request.user))
    messages.success(request, _("已结束：%s") % row)
    return redirect("deputies")
