"""中止执行 (art. 37): I11."""

import pytest
from django.db import IntegrityError, transaction

from decisions.models import Decision
from decisions.rules import rule
from decisions.terms import Outcome, Status
from tests.walk.decision import PLAN

URGENT = {"outcome": "suspended", "because": "坝体出现管涌，汛期将至，情况紧急。"}


@pytest.fixture
def executing(office):
    """A decision in execution with its plan."""
    decision = office.advance(office.initiate(), until="archiving")
    office.perform(decision, "archiving")
    office.act(decision, "plan_execution", **PLAN)
    return decision


@pytest.fixture
def matter(office, executing):
    """The executing unit reported what endangers the goal."""
    office.act(executing, "report_progress", text="坝体出现管涌。", percent="40", incident="problem")
    office.act(executing, "conclude_execution", outcome="grave_problem", opinion="请求中止。")
    return executing


def test_the_chief_suspends_and_procedure_follows(office, matter):
    office.act(matter, "decide_on_suspension", **URGENT)
    assert (matter.status, office.open_steps(matter)) == (Status.SUSPENDED, ["adjustment"])
    order = matter.suspensions.get()
    assert (order.ordered_by, order.lifted_on) == (office.people["wang"], None)


def test_the_chief_lets_execution_go_on(office, matter):
    office.act(matter, "decide_on_suspension", outcome="not_suspended", because="险情已排除。")
    assert (matter.status, office.open_steps(matter)) == (Status.IN_EXECUTION, ["execution"])
    assert not matter.suspensions.exists()


def test_it_asks_for_the_reason(office, matter):
    text = office.refused(matter, "decide_on_suspension", outcome="suspended")
    assert "应当写明理由" in text
    assert "第三十七条" in text


@pytest.mark.postgres
def test_nothing_is_stopped_outside_the_procedure(office, executing):
    """I11: not by the rule, not by the database, and nobody but the chief executive is asked."""
    record = executing.records.model(
        decision=executing, step="suspension", outcome=Outcome.SUSPENDED, because="先停下来。"
    )
    sentences = [breach.sentence for breach in rule("suspension").breaches(executing, record)]
    assert any("不得中止执行" in sentence for sentence in sentences)
    for status in (Status.SUSPENDED, Status.SUPERSEDED, Status.CLOSED):
        with pytest.raises(IntegrityError, match="I11"), transaction.atomic():
            Decision.objects.filter(pk=executing.pk).update(status=status)
    assert rule("suspension").roles == {"chief"}
