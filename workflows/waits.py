"""Time that moves the token: the sweep over waits whose day has come."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from decisions import clock
from workflows.acting import PATH, Turn, move_on
from workflows.nodes import Wait

BATCH = 100

logger = logging.getLogger(__name__)


def release_due_waits(now: datetime | None = None) -> int:
    """Move on every open wait whose moment has passed and whose fact holds; how many moved."""
    moment = now or clock.now()
    last, moved = 0, 0
    while batch := list(due_waits(moment).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        last = batch[-1]
        moved += sum(release(pk) for pk in batch)
    return moved


def due_waits(moment: datetime) -> Any:
    """Open waits scheduled up to the moment (one partial index)."""
    return Task.objects.filter(flow_task_type=Wait.task_type, finished__isnull=True, scheduled__lte=moment)


def release(pk: int) -> bool:
    """Move one wait on in a transaction of its own; one that fails is logged and holds up no other."""
    try:
        with transaction.atomic():
            return _release(pk)
    except Exception:
        logger.exception("Wait %s could not be moved on; the next sweep tries again", pk)
        return False


def _release(pk: int) -> bool:
    """Lock the wait, ask again, move on; another sweep's wait, or one that moved meanwhile, is left alone."""
    # As in acting: with a decision every join is an inner one, and PostgreSQL locks no row that might be absent.
    tasks = Task.objects.filter(pk=pk, status=STATUS.NEW, **{f"{PATH}__isnull": False})
    tasks = tasks.select_related(f"{PATH}__authority", f"{PATH}__current_draft")
    skip = connection.features.has_select_for_update_skip_locked
    task = tasks.select_for_update(no_key=True, skip_locked=skip, of=("self", "process", PATH)).first()
    if task is None:
        return False
    task.process = task.process.decisionprocess
    decision = task.process.decision
    decision.is_held = True
    if not task.flow_task.is_over(decision):
        task.scheduled = task.flow_task.scheduled_for(decision)
        task.save(update_fields=["scheduled"])
        return False
    move_on(Turn(task, decision, task.flow_task, {}), None)
    return True
