"""What failed for good: it is set aside where a person sees it, and can be tried again."""

from __future__ import annotations

import traceback
from typing import Any

from django.db import transaction
from django.db.models import F

from decisions import clock
from decisions.models import Person
from workflows.models import Delivery, Incident, Watch
from workflows.terms import Delivered


def report(source: str, error: BaseException | str, **subject: Any) -> Incident:
    """Keep that something failed; the same failure of the same thing again is counted, not repeated.

    `subject` is one of watch, delivery or decision.
    """
    what = error if isinstance(error, str) else place(error)
    now = clock.now()
    with transaction.atomic():
        known = Incident.objects.filter(source=source, settled_at__isnull=True, **subject).first()
        if known is None:
            return Incident.objects.create(source=source, error=what[:200], first_at=now, last_at=now, **subject)
        Incident.objects.filter(pk=known.pk).update(times=F("times") + 1, last_at=now, error=what[:200])
        return known


def place(error: BaseException) -> str:
    """An exception's kind and place, without its text, which may quote personal data."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" {frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + where


def park_watch(pk: int, error: BaseException) -> None:
    """A watch that cannot be reckoned holds up no sweep: it waits for a person."""
    with transaction.atomic():
        report("raise", error, watch_id=pk)
        Watch.objects.filter(pk=pk).update(next_at=None)


@transaction.atomic
def retry(incident: Incident, *, by: Person) -> None:
    """Try again what failed, at the next sweep."""
    if incident.watch_id:
        Watch.objects.filter(pk=incident.watch_id).update(next_at=clock.now())
    if incident.delivery_id:
        again(Delivery.objects.filter(pk=incident.delivery_id))
    settle(incident, by=by)


def again(deliveries: Any) -> int:
    """Let deliveries that were given up go out once more, with all their attempts before them."""
    failed = deliveries.filter(state=Delivered.FAILED)
    return int(failed.update(state=Delivered.WAITING, attempts=0, next_at=clock.now(), error=""))


def settle(incident: Incident, *, by: Person | None) -> None:
    """The incident is dealt with."""
    Incident.objects.filter(pk=incident.pk, settled_at__isnull=True).update(settled_at=clock.now(), settled_by=by)
