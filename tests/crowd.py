"""Many matters at once: copies of one, made by the database itself, with their drafts, records, tasks and watches."""

from __future__ import annotations

from typing import Any

from django.db import connection, models
from viewflow.workflow.models import Process, Task

from decisions.models import Decision, Draft, StepRecord
from workflows.models import DecisionProcess, Watch

APART = 1_000_000
"""How far apart the keys of a row and its next copy are."""

OF_DECISION: dict[type[models.Model], str] = {
    Decision: "id = %s",
    Draft: "decision_id = %s",
    StepRecord: "decision_id = %s",
    Process: "id IN (SELECT process_ptr_id FROM workflows_decisionprocess WHERE decision_id = %s)",
    DecisionProcess: "decision_id = %s",
    Task: "process_id IN (SELECT process_ptr_id FROM workflows_decisionprocess WHERE decision_id = %s)",
    Watch: "decision_id = %s",
}
"""What belongs to a matter, in an order in which it may be inserted."""

FINISHED = {
    "decisions_decision.status": "'closed'",
    "decisions_decision.closed_on": "proposed_on",
    "viewflow_task.status": "'DONE'",
    "viewflow_task.finished": "COALESCE(finished, created)",
    "viewflow_process.status": "'DONE'",
    "workflows_watch.closed_at": "CURRENT_TIMESTAMP",
    "workflows_watch.next_at": "NULL",
}
"""What makes a copy a finished matter."""

UNIQUE = {
    "decisions_decision.number": "number || '-' || n.i",
    "decisions_decision.title": "title || n.i",
    "decisions_steprecord.occasion": "occasion || '-' || n.i",
}


def multiply(decision: Decision, times: int, *, finished: bool = True) -> None:
    """Insert that many copies of a matter."""
    first = max(Decision.objects.aggregate(last=models.Max("pk"))["last"] // APART, 0) + 1
    with connection.cursor() as cursor:
        for model, condition in OF_DECISION.items():
            cursor.execute(_insert(model, condition, finished), [first, first + times - 1, decision.pk])


def _insert(model: type[models.Model], condition: str, finished: bool) -> str:
    table = model._meta.db_table
    changed = {**UNIQUE, **(FINISHED if finished else {})}
    fields = model._meta.local_concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    values = ", ".join(changed.get(f"{table}.{field.column}") or _copied(field) for field in fields)
    numbers = "WITH RECURSIVE n(i) AS (SELECT CAST(%s AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i < %s)"
    return f"INSERT INTO {table} ({columns}) {numbers} SELECT {values} FROM {table}, n WHERE {condition}"


def _copied(field: Any) -> str:
    """The value itself, or a key moved as far as the row it points to."""
    name = connection.ops.quote_name(field.column)
    points_to = field.related_model if field.is_relation else None
    moves = field.primary_key or points_to in OF_DECISION
    return f"{name} + {APART} * n.i" if moves else name
