"""The sweep that sends what waits in the outbox."""

from __future__ import annotations

import time
from contextlib import ExitStack

from decisions import clock
from workflows.models import Delivery
from workflows.models.notices import GROUPS
from workflows.notices import outbox
from workflows.notices.channels import CHANNELS, Channel, Unreachable
from workflows.notices.channels.base import SECONDS

SIZE = 50
MOST_FOR_A_GROUP = 5000


def deliver_due(*, seconds: float = 45, size: int = SIZE) -> int:
    """Send until nothing is due or the time is over; how many deliveries were tried."""
    until = time.monotonic() + seconds
    tried = tell_groups()
    while time.monotonic() < until and (found := deliver_batch(size)):
        tried += found
    return tried


def deliver_batch(size: int = SIZE) -> int:
    """Claim a few deliveries to people and send them one by one."""
    now = clock.now()
    if not outbox.due(now).exists():
        return 0
    leased_until = time.monotonic() + outbox.LEASE.total_seconds() - SECONDS
    taken = outbox.claim(outbox.due(now), now, size)
    with ExitStack() as stack:
        channels: dict[str, Channel] = {}
        for delivery in taken:
            if time.monotonic() > leased_until:
                break  # the rest falls back to whoever comes next
            if delivery.channel not in channels:
                channels[delivery.channel] = stack.enter_context(CHANNELS[delivery.channel]())
            _send([delivery], channels[delivery.channel])
    return len(taken)


def tell_groups() -> int:
    """One message a group for all that waits for it, and never more than twenty a minute."""
    now, told = clock.now(), 0
    for group in outbox.groups_due(now):
        if not outbox.may_speak(group, now):
            continue
        waiting = Delivery.objects.due(now).filter(channel__in=GROUPS, notice__group=group).order_by("next_at")
        if taken := outbox.claim(waiting, now, MOST_FOR_A_GROUP):
            with CHANNELS[group.channel]() as channel:
                _send(taken, channel)
        told += len(taken)
    return told


def _send(deliveries: list[Delivery], channel: Channel) -> None:
    """Send one message for these deliveries, and keep what became of it."""
    try:
        if deliveries[0].attempts > outbox.MOST_ATTEMPTS:
            raise Unreachable("abandoned")  # each time whoever sent it died of it
        channel.send(deliveries[0])
    except Exception as error:
        outbox.mark_failed(deliveries, error)
    else:
        outbox.mark_sent(deliveries)
