"""Keeping the plan chosen for a decision: each choice is a row of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from decisions import clock
from decisions.models import Decision, Plan

from .recording import Actor, hold, log


@transaction.atomic(savepoint=False)
def save_plan(
    decision: Decision, *, target: str, target_on: date, rows: list[dict[str, Any]], slipped: list[str], by: Actor
) -> Plan:
    """Keep a target with the dates of its steps and what slipped against the plan before; an equal one adds nothing."""
    hold(decision)
    last = decision.plans.last()
    if last and (last.target, last.target_on, last.made_on, last.rows) == (target, target_on, clock.today(), rows):
        return last
    row = Plan.objects.create(
        decision=decision,
        target=target,
        target_on=target_on,
        made_on=clock.today(),
        rows=rows,
        slipped=slipped,
        made_by=by.person,
    )
    log(decision, "plan.made", by=by, plan=row.pk, target=target, target_on=target_on, slipped=slipped)
    return row
