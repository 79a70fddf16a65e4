"""The sweep that says what has fallen due. What is due is a query; what was said is not said twice."""

from __future__ import annotations

import time
from datetime import datetime

from django.db import transaction

from decisions import clock
from workflows import doorbell
from workflows.models import Watch
from workflows.models.watching import WatchQuerySet
from workflows.notices import incidents
from workflows.notices.climbing import Batch

SIZE = 200
"""Watches in one short transaction: whoever acts on one of them waits no longer than that takes."""


def raise_due(*, seconds: float = 45, size: int = SIZE) -> int:
    """Look at every watch whose moment has come, in short transactions; how many were looked at."""
    until, seen = time.monotonic() + seconds, 0
    while time.monotonic() < until and (found := raise_batch(size)):
        seen += found
    return seen


def raise_batch(size: int = SIZE) -> int:
    """Look at some watches together; when that fails, at each by itself, so that one holds up no other."""
    now = clock.now()
    if not Watch.objects.due(now).exists():
        return 0
    try:
        return _together(now, _due(now), size)
    except Exception:
        return sum(_alone(now, pk) for pk in list(_due(now).values_list("pk", flat=True)[:size]))


def _together(now: datetime, due: WatchQuerySet, size: int) -> int:
    with transaction.atomic():
        watches = _claim(due, size)
        if Batch(watches, now).run():
            doorbell.ring_on_commit(doorbell.DELIVER)
    return len(watches)


def _alone(now: datetime, pk: int) -> int:
    try:
        _together(now, _due(now).filter(pk=pk), 1)
    except Exception as error:
        incidents.park_watch(pk, error)
    return 1


def _due(now: datetime) -> WatchQuerySet:
    return Watch.objects.due(now).order_by("next_at")


def _claim(due: WatchQuerySet, size: int) -> list[Watch]:
    """Take due watches that no other sweep holds, with their decisions."""
    locked = due.select_for_update(skip_locked=True, of=("self",), no_key=True)
    return list(locked.select_related("decision__current_draft", "decision__authority")[:size])
