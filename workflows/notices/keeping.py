"""Writing down what is said: notices, their deliveries, and when to look at a watch again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from django.db import connection
from django.db.models import F

from decisions import clock
from workflows.models import Delivery, Notice, Watch
from workflows.models.notices import DeliveryQuerySet
from workflows.notices.preferences import Preferences
from workflows.terms import Delivered, Kind, Medium, Tier


def keep(notices: Sequence[Notice], now: datetime) -> int:
    """Keep the notices that were not said before, with a delivery for each channel; how many of these now wait."""
    said = set(Notice.objects.filter(key__in=[n.key for n in notices]).values_list("key", flat=True)) if notices else ()
    fresh = [notice for notice in notices if notice.key not in said]
    for notice in fresh:
        notice.raised_at = notice.said_at = now
    Notice.objects.bulk_create(fresh)
    return _send(fresh, now)


def _send(notices: Sequence[Notice], now: datetime) -> int:
    preferences = Preferences({notice.recipient_id for notice in notices if notice.recipient_id})
    deliveries = [delivery for notice in notices for delivery in _deliveries(notice, preferences, now)]
    Delivery.objects.bulk_create(deliveries)
    return sum(delivery.state == Delivered.WAITING for delivery in deliveries)


def _deliveries(notice: Notice, preferences: Preferences, now: datetime) -> Iterable[Delivery]:
    """The outbox rows of one notice; the inbox is served by the notice itself, once."""
    if notice.group:
        yield Delivery(notice=notice, channel=notice.group.channel, next_at=now)
        return
    assert notice.recipient is not None
    start = now if notice.is_statutory else preferences.not_before(notice.recipient, now)
    for medium in preferences.channels(notice.recipient, Kind(notice.kind)):
        if medium != Medium.INBOX:
            yield Delivery(notice=notice, channel=medium, round=notice.rounds, next_at=start)
        elif notice.rounds == 1 and notice.kind != Kind.DIGEST:
            yield Delivery(notice=notice, channel=medium, state=Delivered.SENT, sent_at=now, attempts=1)


def say_again(watches: Iterable[Watch], now: datetime) -> int:
    """Repeat, once a day, what is overdue to those whose turn it is and who have not acknowledged this rung."""
    rungs = {watch.pk: (watch.rung, watch.due_on) for watch in watches}
    morning = datetime.combine(clock.day_of(now), time(), clock.SHANGHAI)
    unheard = Notice.objects.unread().filter(watch__in=rungs, kind=Kind.OVERDUE, tier=Tier.PERSON, said_at__lt=morning)
    again = [n for n in unheard.select_related("recipient") if rungs[n.watch_id or 0] == (n.rung, n.due_on)]
    if not again:
        return 0
    Notice.objects.filter(pk__in=[n.pk for n in again]).update(rounds=F("rounds") + 1, said_at=now)
    for notice in again:
        notice.rounds += 1
    return _send(again, now)


def settle(closed: Sequence[Watch], now: datetime) -> None:
    """What was said about tasks done since needs no answer, and goes out no more."""
    if not closed:
        return
    pks = [watch.pk for watch in closed]
    notices = Notice.objects.filter(watch__in=pks)
    drop(Delivery.objects.filter(notice__in=notices))
    notices.unread().update(is_unread=False, settled_at=now)
    Watch.objects.filter(pk__in=pks).update(next_at=None, colour="")


def drop(deliveries: DeliveryQuerySet) -> None:
    """Waiting deliveries of this kind go out no more."""
    deliveries.filter(state=Delivered.WAITING).update(state=Delivered.DROPPED, next_at=None)


WATCHED = ("due_on", "because", "is_statutory", "rung", "colour", "next_at")


def keep_watches(watches: Sequence[Watch]) -> None:
    """Write what a sweep changed, row by row in one round trip: several times faster than bulk_update."""
    fields = [field for field in Watch._meta.concrete_fields if field.name in WATCHED]
    columns = ", ".join(f"{field.column} = %s" for field in fields)
    rows = [
        [*(field.get_db_prep_save(getattr(watch, field.attname), connection) for field in fields), watch.pk]
        for watch in watches
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {Watch._meta.db_table} SET {columns} WHERE task_id = %s", rows)
