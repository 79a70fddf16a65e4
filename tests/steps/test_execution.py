"""决策执行 (arts. 34 and 35): plan, reports in time, supervision, what citizens say."""

import pytest

from decisions import services
from decisions.models import Decision
from decisions.rules import RuleBreached, rule
from decisions.terms import OpinionChannel
from tests.walk.decision import PLAN, PROGRESS

DONE = {"outcome": "done", "opinion": "执行完毕。"}


@pytest.fixture
def matter(office):
    """A decision in execution, its dossier filed."""
    decision = office.advance(office.initiate(), until="archiving")
    office.perform(decision, "archiving")
    return decision


def test_it_is_planned_reported_supervised_and_done(office, matter):
    office.act(matter, "plan_execution", **PLAN, ends_on="2026-12-31")
    office.act(matter, "plan_execution", **{**PLAN, "report_every_months": "2"})
    assert matter.execution_plan.report_every_months == 2
    office.act(matter, "report_progress", text="完成招标。", percent="30", incident="none")
    office.act(matter, "supervise_execution", findings="现场查看，进度正常。", demands="加强夜间巡查。")
    office.act(matter, "register_feedback", channel="phone", name="刘女士", text="施工道路扬尘大。")
    office.act(matter, "report_progress", **PROGRESS)
    office.act(matter, "conclude_execution", **DONE)
    assert office.open_steps(matter) == ["evaluation_period"]
    kinds = [e.kind for e in matter.events.order_by("sequence")]
    assert [k for k in kinds if k in ("execution.planned", "execution.supervised", "feedback.received")] == [
        "execution.planned",
        "execution.planned",
        "execution.supervised",
        "feedback.received",
    ]


def test_it_refuses_to_end_without_plan_and_report_or_unfinished(office, matter):
    text = office.refused(matter, "conclude_execution", **DONE)
    assert "尚未制定执行方案" in text
    assert "尚未报告执行情况" in text
    assert "尚未制定执行方案" in office.refused(matter, "report_progress", **PROGRESS)
    assert "不符合3个月的要求" in office.refused(matter, "plan_execution", **{**PLAN, "report_every_months": "6"})
    office.act(matter, "plan_execution", **PLAN)
    office.act(matter, "report_progress", **{**PROGRESS, "percent": "80"})
    text = office.refused(matter, "conclude_execution", **DONE)
    assert "执行进度为80%，尚未执行完毕" in text
    assert "第三十四条" in text
    assert "percent" in office.refused(matter, "report_progress", **{**PROGRESS, "percent": "101"})


def test_an_overdue_report_is_owed_first_and_says_why(office, matter):
    office.act(matter, "plan_execution", **PLAN)
    office.act(matter, "report_progress", **PROGRESS)
    due = rule("execution").due(matter, matter.published_on)
    office.wait((due.day - office.clock.moment.date()).days + 5)
    text = office.refused(matter, "conclude_execution", **DONE)
    assert "执行情况报告应于" in text
    assert "已逾期5日" in text
    assert "已逾期5日" in office.refused(matter, "report_progress", **PROGRESS)
    office.act(matter, "report_progress", **PROGRESS, late_because="承办人员轮换，交接延误。")
    assert matter.progress_reports.last().text.endswith("逾期原因：承办人员轮换，交接延误。")
    office.act(matter, "conclude_execution", **DONE)


def test_a_plan_may_shorten_the_interval(office, matter):
    office.act(matter, "plan_execution", **{**PLAN, "report_every_months": "1"})
    due = rule("execution").due(Decision.objects.get(pk=matter.pk), matter.published_on)
    assert (due.day - matter.published_on).days < 35
    assert "执行方案" in due.explain()


def test_a_grave_problem_needs_a_report_that_says_what_happened(office, matter):
    office.act(matter, "plan_execution", **PLAN)
    office.act(matter, "report_progress", **{**PROGRESS, "percent": "40"})
    text = office.refused(matter, "conclude_execution", outcome="grave_problem")
    assert "应当说明具体情况" in text
    assert "第三十五条第一款" in text
    office.act(matter, "report_progress", text="坝体出现管涌。", percent="40", incident="problem")
    office.act(matter, "conclude_execution", outcome="grave_problem", opinion="请求中止执行。")
    assert office.open_steps(matter) == ["suspension"]


def test_citizens_are_heard_once_it_is_published(office, matter):
    """The service that the portal calls (art. 35, para. 2)."""
    row = services.receive_feedback(matter, channel=OpinionChannel.ONLINE, text="灌溉用水未恢复。", name="张某")
    assert (row.registered_by, matter.feedback.count()) == (None, 1)
    unpublished = office.initiate()
    with pytest.raises(RuleBreached, match="决策尚未公布"):
        services.receive_feedback(unpublished, channel=OpinionChannel.ONLINE, text="过早。")


def test_only_the_executing_unit_executes(office, matter):
    stranger = office.employ("guo", "郭执行", "财经办", "executor")
    assert stranger.memberships.exists()
    response = office.post(matter, "plan_execution", by="guo", **PLAN)
    assert response.status_code == 403
