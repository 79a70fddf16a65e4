"""The inbox: how much is unread, and acknowledging it."""

from __future__ import annotations

from django.db import transaction

from decisions import clock
from decisions.models import Person
from workflows.models import Delivery, Notice
from workflows.notices.keeping import drop


def unread_count(person: Person) -> int:
    """How many notices wait to be acknowledged (one index)."""
    return Notice.objects.unread().filter(recipient=person).count()


@transaction.atomic
def acknowledge(person: Person, *pks: int) -> int:
    """Say that one has read these notices: this rung is not said again, the next one will be. How many there were."""
    mine = Notice.objects.unread().filter(recipient=person, pk__in=pks)
    found = list(mine.values_list("pk", flat=True))
    drop(Delivery.objects.filter(notice__in=found))
    return mine.filter(pk__in=found).update(is_unread=False, acknowledged_at=clock.now())
