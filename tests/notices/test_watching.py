"""Every open task is under watch: from the moment it is created until it is performed."""

from datetime import date

import pytest

from decisions.models import Decision
from tests.office import Office
from workflows.models import Watch

pytestmark = pytest.mark.django_db


def watch_over(decision: Decision, step: str) -> Watch:
    return Watch.objects.open().get(decision=decision, step=step)


def test_every_open_task_is_under_watch(office: Office) -> None:
    decision = office.initiate()
    assert [watch.task_id for watch in Watch.objects.open()] == [task.pk for task in office.tasks(decision)]
    drafting = watch_over(decision, "drafting")
    assert drafting.due_on == date(2026, 4, 14)
    assert drafting.because.startswith("4月14日 24:00：3月2日次日起满30个工作日")
    assert not drafting.is_statutory
    assert drafting.authority == office.authority


def test_a_performed_task_is_no_longer_watched(office: Office) -> None:
    decision = office.initiate()
    closed = Watch.objects.get(decision=decision, step="initiation")
    assert closed.closed_at == office.clock.moment
