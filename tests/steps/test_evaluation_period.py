"""The wait for the evaluation: swept in batches, each released once, nothing early."""

from datetime import timedelta

import pytest
from viewflow.workflow.models import Task

from decisions import clock
from workflows import waits
from workflows.tasks import advance


@pytest.fixture
def waiting(office):
    """A decision carried out that waits for its evaluation."""
    decision = office.advance(office.initiate(), until="archiving")
    office.perform(decision, "archiving")
    return office.advance(decision, until="evaluation_period")


def wait_of(office, decision):
    return next(task for task in office.tasks(decision) if task.flow_task_type == "WAIT")


@pytest.mark.postgres
def test_it_is_released_once_and_by_the_task_of_celery(office, waiting, monkeypatch):
    monkeypatch.setattr(waits, "BATCH", 1)
    task = wait_of(office, waiting)
    with clock.at(task.scheduled - timedelta(seconds=1)):
        assert advance() == 0
    with clock.at(task.scheduled + timedelta(minutes=1)):
        assert advance() == 1
        assert advance() == 0
    assert office.open_steps(waiting) == ["evaluation"]
    assert Task.objects.get(pk=task.pk).owner is None


def test_it_asks_again_and_waits_on_when_the_day_moved(office, waiting):
    """A sweep that looks too early, as when a holiday was announced, sets the right day and moves nothing."""
    task = wait_of(office, waiting)
    Task.objects.filter(pk=task.pk).update(scheduled=clock.now())
    assert waits.release_due_waits() == 0
    assert office.open_steps(waiting) == ["evaluation_period"]
    assert wait_of(office, waiting).scheduled == task.scheduled


def test_one_that_fails_holds_up_no_other(office, waiting, monkeypatch, caplog):
    task = wait_of(office, waiting)
    monkeypatch.setattr(waits, "move_on", lambda turn, by: 1 / 0)
    with clock.at(task.scheduled + timedelta(days=1)):
        assert waits.release_due_waits() == 0
        assert "could not be moved on" in caplog.text
        monkeypatch.undo()
        assert waits.release_due_waits() == 1
