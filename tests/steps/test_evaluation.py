"""决策后评估 (art. 36): I5; and the wait before it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from decisions import clock
from decisions.models import Evaluation, Membership
from decisions.terms import Role, Status
from tests.walk.decision import EVALUATION, PLAN, PROGRESS
from workflows.waits import release_due_waits

CONTINUE = {"outcome": "continue", "opinion": "同意评估报告。"}


@pytest.fixture
def executed(office):
    """A decision carried out, whose evaluation is not due yet."""
    decision = office.advance(office.initiate(), until="archiving")
    office.perform(decision, "archiving")
    return office.advance(decision, until="evaluation_period")


@pytest.fixture
def matter(office, executed):
    """A decision to be evaluated now, by order."""
    order = {"trigger": "authority", "because": "群众反映较多，需评估效果。"}
    office.act(executed, "order_evaluation", by="wang", **order)
    return executed


def test_the_wait_ends_with_the_term_and_not_before(office, executed):
    due = executed.published_on.replace(year=executed.published_on.year + 1)
    office.wait((due - clock.today()).days)
    assert office.open_steps(executed) == ["evaluation_period"]
    office.wait(5)
    assert office.open_steps(executed) == ["evaluation"]
    assert release_due_waits() == 0


def test_an_order_ends_the_wait(office, executed):
    refusal = office.refused(executed, "order_evaluation", trigger="", because="")
    assert "请选择启动情形" in refusal
    assert "第三十六条第一款" in refusal
    office.act(executed, "order_evaluation", trigger="many_opinions", because="收到反馈12条。")
    assert office.open_steps(executed) == ["evaluation"]


def test_an_order_during_execution_lets_the_evaluation_begin_at_once(office):
    """The wait for what already holds is over as soon as it begins."""
    decision = office.advance(office.initiate(), until="archiving")
    office.perform(decision, "archiving")
    office.act(decision, "plan_execution", **PLAN)
    office.act(decision, "report_progress", **{**PROGRESS, "percent": "60"})
    office.act(decision, "order_evaluation", trigger="poor_effect", because="明显未达到预期效果。")
    office.act(decision, "conclude_execution", outcome="done", opinion="转入评估。")
    assert office.open_steps(decision) == ["evaluation"]


def test_it_closes_a_decision_that_is_to_continue(office, matter):
    office.act(matter, "submit_evaluation", **EVALUATION)
    office.act(matter, "decide_on_evaluation", **CONTINUE)
    assert (matter.status, office.open_steps(matter)) == (Status.CLOSED, [])
    record = matter.records.get(step="evaluation")
    assert record.details == {
        "evaluation": matter.evaluations.get().pk,
        "orders": [matter.evaluation_orders.get().pk],
    }


def test_it_refuses_without_a_report_and_without_the_reason_for_another_result(office, matter):
    assert "尚未提交决策后评估报告" in office.refused(matter, "decide_on_evaluation", **CONTINUE)
    office.act(matter, "submit_evaluation", **{**EVALUATION, "advice": "adjust"})
    text = office.refused(matter, "decide_on_evaluation", **CONTINUE)
    assert "与评估建议不一致，应当说明理由" in text
    assert "第三十六条第四款" in text
    office.act(matter, "decide_on_evaluation", **CONTINUE, because="调整事项已在年度计划中安排。")


@pytest.mark.parametrize("field", ["public_heard", "participants", "indicators", "effect", "problems"])
def test_it_asks_for_every_part_of_the_report(office, matter, field):
    assert "第三十六条" in office.refused(matter, "submit_evaluation", **{**EVALUATION, field: ""})


@pytest.mark.postgres
def test_whoever_assessed_before_does_not_evaluate(office, matter):
    """I5: by the unit's name, by the evaluator's own unit, by the expert's institute, and by the person."""
    for name in ("应急管理办", "应急 管理办", "省水利勘测设计院", "何教授"):
        text = office.refused(matter, "submit_evaluation", **{**EVALUATION, "evaluator_name": name})
        assert "参与过决策前的主要论证或者评估，不得承担决策后评估" in text
        assert "第三十六条第二款" in text
    office.people["kong"] = office.employ("kong", "孔后评", "应急管理办", Role.EVALUATOR)
    text = office.refused(matter, "submit_evaluation", by="kong", **{**EVALUATION, "evaluator_name": "第三方公司"})
    assert "应急管理办参与过" in text
    Membership.objects.create(
        person=office.people["wei"], unit=office.unit("财经办"), duty=Role.EVALUATOR, since=date(2026, 1, 1)
    )
    text = office.refused(matter, "submit_evaluation", by="wei", **EVALUATION)
    assert "卫评估已以“决策前评估论证”身份参与本事项" in text
    facts = {key: EVALUATION[key] for key in ("indicators", "public_heard", "participants", "effect", "problems")}
    facts |= {"decision": matter, "advice": "continue", "reported_on": clock.today()}
    for evaluator, name in ((office.people["wei"], "财经办"), (office.people["jiang"], "应急管理办")):
        with pytest.raises(IntegrityError, match="I5"), transaction.atomic():
            Evaluation.objects.create(evaluator=evaluator, evaluator_name=name, **facts)


def test_a_second_evaluation_needs_its_own_report_and_term(office, matter):
    """After a resumed adjustment the old report answers nothing, and the term runs anew."""
    office.act(matter, "submit_evaluation", **{**EVALUATION, "advice": "adjust"})
    office.act(matter, "decide_on_evaluation", outcome="adjust", opinion="按建议调整。")
    office.act(matter, "decide_on_adjustment", outcome="resumed", because="核实后无需调整，恢复执行。")
    assert (office.open_steps(matter), matter.status) == (["execution"], Status.IN_EXECUTION)
    office.act(matter, "report_progress", **PROGRESS)
    office.act(matter, "conclude_execution", outcome="done", opinion="执行完毕。")
    assert office.open_steps(matter) == ["evaluation_period"]
    evaluated_on = matter.records.filter(step="evaluation").last().completed_on
    due = evaluated_on.replace(year=evaluated_on.year + 1) + timedelta(days=5)
    office.wait((due - clock.today()).days)
    assert office.open_steps(matter) == ["evaluation"]
    assert "尚未提交决策后评估报告" in office.refused(matter, "decide_on_evaluation", **CONTINUE)
