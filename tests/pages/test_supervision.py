"""督办: what is overdue, and how decisions in force are carried out; nothing of another authority."""

import pytest

from tests.walk.decision import PLAN, PROGRESS


@pytest.fixture
def executing(office):
    """A decision in execution with a report."""
    decision = office.advance(office.initiate(), until="archiving")
    office.perform(decision, "archiving")
    office.act(decision, "plan_execution", **PLAN)
    office.act(decision, "report_progress", **{**PROGRESS, "percent": "40"})
    return decision


def page_of(office, username="li"):
    return office.client(username).get("/supervision/")


def test_it_shows_the_last_report_and_when_the_next_is_due(office, executing):
    row = page_of(office).context["rows"][0]
    assert (row["decision"], row["decision"].last_percent, row["is_late"]) == (executing, 40, False)
    assert row["left"].startswith("还有")
    assert page_of(office).context["overdue"] == []


def test_an_overdue_report_and_an_overdue_step_stand_in_red_with_their_days(office, executing, other_office):
    waiting = office.initiate(matter="木李镇农村道路养护方案")
    other_office.initiate(matter="别镇事项")
    office.wait(120)
    response = page_of(office, "han")
    overdue = response.context["overdue"]
    assert [row["decision"] for row in overdue] == [waiting, executing]
    report = overdue[1]
    assert (str(report["title"]), report["whose"]) == ("决策执行", "农业农村办")
    assert report["left"].startswith("已超期 ")
    assert response.context["rows"][0]["is_late"]
    content = response.content.decode()
    assert "tone-overdue" in content
    assert "别镇事项" not in content


def test_it_costs_the_same_with_many(office, executing, django_assert_max_num_queries):
    for _matter in range(3):
        office.initiate()
    office.wait(120)
    client = office.client("han")
    client.get("/supervision/")
    with django_assert_max_num_queries(15):
        assert client.get("/supervision/").status_code == 200
