"""After the import of a notice on rest days: stored moments are reckoned anew, and each decision concerned says why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from decisions import clock
from decisions.services import hold, log
from decisions.workdays import NEXT_NOTICE_RULES_FROM
from workflows import watching
from workflows.models import Watch
from workflows.nodes import Wait

BATCH = 100

SETTLED = timedelta(seconds=10)
"""How much later the sweep looks: until then every process has learnt of the import."""


def recompute_dates(year: int, because: str) -> int:
    """Reckon anew every open date that days of this year may move, in batches; how many moved. Done again, it finds
    nothing more to do, so an interrupted run is simply repeated."""
    first = date(year - 1, *NEXT_NOTICE_RULES_FROM)
    last, moved = 0, 0
    while batch := list(_open(first).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        last = batch[-1]
        with transaction.atomic():
            moved += sum(_recompute(watch, because) for watch in _taken(batch))
    return moved


def _open(first: date) -> Any:
    """Open watches whose last day is not before the first day that may have changed."""
    return Watch.objects.open().filter(due_on__gte=first)


def _taken(batch: list[int]) -> list[Watch]:
    found = Watch.objects.filter(pk__in=batch).select_related(
        "task__process__decisionprocess", "decision__authority", "decision__current_draft"
    )
    return sorted(found, key=lambda watch: (watch.decision_id, watch.pk))


def _recompute(watch: Watch, because: str) -> bool:
    """One open task: its day and the moment it waits for. Only what differs is written."""
    hold(watch.decision)
    watch.refresh_from_db(fields=["due_on", "because", "closed_at"])
    task, node = watch.task, watch.task.flow_task
    deadline = node.deadline(watch.decision, watch.opened_on)
    if watch.closed_at or (watch.due_on, watch.because) == (deadline.day, deadline.because):
        return False
    watching.follow(task, deadline)
    Watch.objects.filter(pk=watch.pk).update(next_at=clock.now() + SETTLED)
    if isinstance(node, Wait):
        task.scheduled = node.scheduled_for(watch.decision)
        task.save(update_fields=["scheduled"])
    if watch.due_on == deadline.day:
        return False
    log(
        watch.decision,
        "dates.recomputed",
        by=None,
        step=watch.step,
        was=watch.due_on,
        now=deadline.day,
        because=because,
        explained=deadline.because,
    )
    return True
