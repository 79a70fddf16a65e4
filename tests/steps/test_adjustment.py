"""决策调整 (art. 37): a decision is changed by a new decision only: I11."""

import pytest

from decisions import clock
from decisions.models import Decision
from decisions.terms import Status
from tests.steps.test_suspension import URGENT
from tests.walk.decision import PLAN, PROGRESS


@pytest.fixture
def matter(office):
    """A suspended decision."""
    decision = office.advance(office.initiate(), until="archiving")
    office.perform(decision, "archiving")
    office.act(decision, "plan_execution", **PLAN)
    office.act(decision, "report_progress", text="坝体出现管涌。", percent="40", incident="problem")
    office.act(decision, "conclude_execution", outcome="grave_problem", opinion="请求中止。")
    office.act(decision, "decide_on_suspension", **URGENT)
    return decision


def test_it_resumes_what_needs_no_change(office, matter):
    assert "应当写明处理理由" in office.refused(matter, "decide_on_adjustment", outcome="resumed")
    office.wait(3)
    office.act(matter, "decide_on_adjustment", outcome="resumed", because="险情排除，恢复执行。")
    assert (matter.status, office.open_steps(matter)) == (Status.IN_EXECUTION, ["execution"])
    assert matter.suspensions.get().lifted_on == clock.today()
    office.act(matter, "report_progress", **PROGRESS)
    office.act(matter, "conclude_execution", outcome="done", opinion="执行完毕。")


def test_it_is_superseded_only_by_a_decision_that_went_through_the_procedure(office, matter):
    stop = {"outcome": "superseded", "because": "改建方案另行决策。"}
    refusal = office.refused(matter, "decide_on_adjustment", **stop)
    assert "未经法定程序不得变更或者停止执行" in refusal
    assert "第三十七条" in refusal

    url = f"/tasks/{office.task(matter, 'decide_on_adjustment').pk}/"
    link = f"/decisions/new/?adjusts={matter.pk}"
    assert link in office.client("li").get(url).content.decode()
    assert link not in office.client("wang").get(url).content.decode()
    assert office.client("li").get(link).status_code == 200

    new = office.initiate(matter="利民水库改建工程")
    Decision.objects.filter(pk=new.pk).update(adjusts=matter)
    office.advance(new, until="publication")
    assert "尚无已公布的新决策" in office.refused(matter, "decide_on_adjustment", **stop)
    office.perform(new, "publication")
    office.act(matter, "decide_on_adjustment", **stop)
    assert (matter.status, office.open_steps(matter)) == (Status.SUPERSEDED, [])


def test_another_authoritys_decision_supersedes_nothing(office, matter, other_office):
    new = other_office.initiate(matter="别镇事项")
    Decision.objects.filter(pk=new.pk).update(adjusts=matter, status=Status.PUBLISHED)
    text = office.refused(matter, "decide_on_adjustment", outcome="superseded", because="以别镇决策替代。")
    assert "未经法定程序不得变更" in text
