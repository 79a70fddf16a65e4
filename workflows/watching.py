"""The watch that every open task is under: begun and ended with the task, reckoned anew when facts change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext as _

from decisions import clock
from decisions.periods import Period, Unit
from workflows.models import Watch

if TYPE_CHECKING:
    from datetime import date

    from decisions.models import Decision
    from decisions.periods import Due

FALLBACK = Period(20, Unit.WORKING_DAYS)
"""After how long somebody is reminded of what neither law nor jurisdiction gives a time for: nothing hangs unseen."""


@dataclass(frozen=True)
class Deadline:
    """The day something should be done by, why then, and whether the law says so."""

    day: date
    because: str
    is_statutory: bool = False

    @classmethod
    def of(cls, due: Due | None, opened_on: date) -> Deadline:
        """The deadline that a due date sets; a step without one is asked after all the same."""
        if due is None:
            due = FALLBACK.after(opened_on, basis=_("内部设定，非法定"))
        return cls(due.day, due.explain(), due.article is not None)


ARRIVED = "arrived"
"""The rung of a task that just came in."""


def begin(task: Any, decision: Decision, deadline: Deadline) -> None:
    """Put a task just created under watch; the next sweep tells whoever it is for (one statement)."""
    Watch(
        task=task,
        decision=decision,
        authority_id=decision.authority_id,
        step=task.flow_task.name,
        opened_on=clock.day_of(task.created),
        next_at=task.created,
        **_columns(deadline),
    ).save(force_insert=True)


def end(task: Any) -> None:
    """The task is done: the next sweep settles what was said about it (one statement)."""
    Watch.objects.filter(pk=task.pk).update(closed_at=task.finished, next_at=task.finished)


def follow(task: Any, deadline: Deadline) -> None:
    """Facts of the task changed: so may its deadline; one that moved starts the ladder anew (one statement)."""
    moved = ~Q(due_on=deadline.day) & ~Q(rung="")
    Watch.objects.filter(pk=task.pk).update(
        next_at=clock.now(),
        rung=Case(When(moved, then=Value(ARRIVED)), default=F("rung")),
        colour=Case(When(moved, then=Value("")), default=F("colour")),
        **_columns(deadline),
    )


def look_again(**where: Any) -> int:
    """Let the next sweep reckon open watches anew, as after the import of a calendar; how many they are."""
    return Watch.objects.open().filter(next_at__isnull=False, **where).update(next_at=clock.now())


def _columns(deadline: Deadline) -> dict[str, Any]:
    return {"due_on": deadline.day, "because": deadline.because, "is_statutory": deadline.is_statutory}
