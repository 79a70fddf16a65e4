"""Many waits due at once and several sweeps over them: each wait is over once, nothing early, nothing lost."""

from datetime import timedelta

import pytest
from django.db import transaction
from viewflow.workflow.models import Task

from decisions import clock
from decisions.models import Decision
from decisions.rules import rule
from decisions.terms import Outcome
from tests.hazards.test_concurrency import at_once
from tests.office import Office
from tests.test_proof import record
from workflows import acting, waits
from workflows.flows.implementation import Implementation
from workflows.starting import begin

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

MANY = 24


@pytest.fixture
def town(transactional_db: None):
    """The office at this moment, its rows committed so that other connections see them."""
    with clock.at(clock.now()) as now:
        yield Office(now)


def waiting(office: Office) -> Decision:
    """A decision carried out, whose evaluation is awaited: by the flow alone, without its facts."""
    decision = office.propose()
    Decision.objects.filter(pk=decision.pk).update(adopted_on=clock.today())
    decision.refresh_from_db()
    with transaction.atomic():
        process = begin(Implementation, decision)
        task = process.task_set.get(flow_task=Implementation.instance.node("execution"))
        task.process = process
        record(office, decision, rule("execution"), Outcome.DONE, [])
        acting.move_on(acting.Turn(task, decision, task.flow_task, {}), None)
    return decision


def test_three_sweeps_release_each_wait_once(town, monkeypatch):
    monkeypatch.setattr(waits, "BATCH", 5)
    decisions = [waiting(town) for _number in range(MANY)]
    assert waits.release_due_waits() == 0
    town.clock.advance(days=380)
    moved = at_once([waits.release_due_waits] * 3)
    moved.append(waits.release_due_waits())
    assert sum(moved) == MANY
    nodes = Implementation.instance
    assert not Task.objects.filter(flow_task=nodes.node("evaluation_period"), finished__isnull=True).exists()
    open_now = Task.objects.filter(flow_task=nodes.node("evaluation"), finished__isnull=True)
    assert open_now.count() == open_now.values("process").distinct().count() == len(decisions)


def test_sweeps_that_stood_still_for_three_days_lose_nothing(town):
    decision = waiting(town)
    task = Task.objects.get(flow_task=Implementation.instance.node("evaluation_period"))
    town.clock.set(task.scheduled + timedelta(hours=72))
    assert waits.release_due_waits() == 1
    assert "evaluation" in town.open_steps(decision)
