"""The outbox: deliveries are claimed for a while, sent outside any transaction, and marked one by one.

Whoever dies in between leaves a lease that ends. A delivery may so be sent a second time, with the same mark, by which
its receiver drops it; it is never lost.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from decisions import clock
from workflows.models import Delivery, Group
from workflows.models.notices import GROUPS, DeliveryQuerySet
from workflows.notices import incidents
from workflows.notices.channels import Unreachable
from workflows.notices.channels.groups import A_MINUTE
from workflows.terms import Delivered

LEASE = timedelta(seconds=30)
BACKOFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720)]
"""How long to wait after each failure; after the last one a person decides."""

MOST_ATTEMPTS = len(BACKOFF) + 1


def due(now: datetime) -> DeliveryQuerySet:
    """What is to go out to people now, the longest waiting first."""
    return Delivery.objects.due(now).exclude(channel__in=GROUPS).order_by("next_at")


def claim(deliveries: DeliveryQuerySet, now: datetime, size: int) -> list[Delivery]:
    """Take what nobody else has taken: locked on PostgreSQL, alone in the transaction on SQLite; leased on both."""
    with transaction.atomic():
        locked = deliveries.select_for_update(skip_locked=True, of=("self",), no_key=True)
        taken = list(locked.select_related("notice__recipient", "notice__group")[:size])
        if taken:
            mine = Delivery.objects.filter(pk__in=[delivery.pk for delivery in taken])
            mine.update(next_at=now + LEASE, attempts=F("attempts") + 1)
    for delivery in taken:
        delivery.attempts += 1
    return taken


def mark_sent(deliveries: list[Delivery]) -> None:
    """They went out. Only whoever holds the lease may say so: a later attempt has another number."""
    for delivery in deliveries:
        _mine(delivery).update(state=Delivered.SENT, sent_at=clock.now(), next_at=None, error="")


def mark_failed(deliveries: list[Delivery], error: BaseException) -> None:
    """They did not go out: again later, and after the last time a person sees it."""
    said = str(error) if isinstance(error, Unreachable) else incidents.place(error)
    for delivery in deliveries:
        with transaction.atomic():
            if delivery.attempts <= len(BACKOFF):
                again = clock.now() + BACKOFF[delivery.attempts - 1]
                _mine(delivery).update(next_at=again, error=said[:100])
            elif _mine(delivery).update(state=Delivered.FAILED, next_at=None, error=said[:100]):
                incidents.report("deliver", said, delivery=delivery)


def _mine(delivery: Delivery) -> DeliveryQuerySet:
    return Delivery.objects.filter(pk=delivery.pk, state=Delivered.WAITING, attempts=delivery.attempts)


def groups_due(now: datetime) -> list[Group]:
    """The groups to which something is to be said."""
    waiting = Delivery.objects.due(now).filter(channel__in=GROUPS)
    return list(Group.objects.filter(pk__in=waiting.values("notice__group")))


def may_speak(group: Group, now: datetime) -> bool:
    """Count one more message in this minute, unless the group has had its twenty (compare and set)."""
    minute = now.replace(second=0, microsecond=0)
    same = Group.objects.filter(pk=group.pk)
    if same.filter(Q(minute__lt=minute) | Q(minute__isnull=True)).update(minute=minute, sent_in_minute=1):
        return True
    return bool(same.filter(sent_in_minute__lt=A_MINUTE).update(sent_in_minute=F("sent_in_minute") + 1))
