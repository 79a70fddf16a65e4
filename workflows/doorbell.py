"""The doorbell: a Celery message that says there is something to do. What there is to do, the database knows."""

from __future__ import annotations

import logging
import time
from functools import partial

from celery import current_app
from django.db import transaction

RAISE, DELIVER = "workflows.raise_notices", "workflows.deliver_notices"
DEAF_SECONDS = 15
"""How long the bell is left alone after it could not be rung: the beat calls every minute anyway."""

logger = logging.getLogger(__name__)

_silent_until = 0.0


def ring_on_commit(task: str) -> None:
    """Ring once the surrounding transaction is there for others to see."""
    bell = partial(ring, task)
    # A partial has no __qualname__, which Django wants for its log when a robust callback fails.
    bell.__qualname__ = "ring"  # type: ignore[attr-defined]
    transaction.on_commit(bell, robust=True)


def ring(task: str) -> bool:
    """Ask a worker to look now instead of within a minute; whether anybody could be asked."""
    global _silent_until
    if time.monotonic() < _silent_until:
        return False
    try:
        current_app.send_task(task, ignore_result=True, retry=False, expires=60)
    except Exception:  # Redis is away, in whatever way: the sweeps do without
        _silent_until = time.monotonic() + DEAF_SECONDS
        logger.warning("The doorbell cannot be rung.")
        return False
    return True
