"""部门协商: every unit asked replies or lets its day pass; disputes are stated with both sides' reasons (art. 13)."""

from datetime import date

import pytest

from decisions.models import Decision
from tests.office import Office, upload

DISPUTE = {
    "issue": "施工期间是否停止供水。",
    "unit_view": "应当全面停水施工。",
    "unit_reasons": "缩短工期，保证质量。",
    "own_view": "应当错峰供水。",
    "own_reasons": "下游三个村正值灌溉期（防洪法第三十六条）。",
}


@pytest.fixture
def decision(office: Office) -> Decision:
    return office.advance(office.initiate(), until="coordination")


def ask(office: Office, decision: Decision, unit: str = "县水利局") -> int:
    office.act(decision, "ask_unit", units=unit)
    return int(decision.unit_consultations.latest("pk").pk)


def test_it_ends_when_every_unit_has_replied(office, decision):
    first, second = ask(office, decision), ask(office, decision, "财经办")
    office.act(decision, "register_unit_reply", consultation=first, reply="同意。", letter=upload("复函.txt"))
    office.act(decision, "register_unit_reply", consultation=second, reply="资金来源应当写明。")
    office.act(decision, "conclude_coordination")

    assert decision.documents.get().kind == "consultation_reply"
    assert "public_participation" in office.open_steps(decision)


def test_it_waits_for_a_reply_until_its_day_has_passed(office, decision):
    ask(office, decision)
    asked = decision.unit_consultations.get()
    assert asked.due_on == date(2026, 3, 9)  # five working days after 2026-03-02

    told = office.refused(decision, "conclude_coordination")
    assert "县水利局尚未回复，回复期限为2026-03-09" in told
    assert "第十三条" in told

    office.wait(days=8)
    office.act(decision, "conclude_coordination")


def test_a_dispute_without_a_statement_is_refused(office, decision):
    asked = ask(office, decision)
    office.act(decision, "register_unit_reply", consultation=asked, reply="应当停水施工。", is_disputed="on")

    told = office.refused(decision, "conclude_coordination")
    assert "尚未说明争议情况" in told
    assert "第十三条第二款" in told

    office.act(decision, "state_dispute", consultation=asked, **DISPUTE)
    office.act(decision, "conclude_coordination")
    statement = decision.unit_consultations.get().dispute_statement
    assert all(words in statement for words in DISPUTE.values())


@pytest.mark.parametrize("name", DISPUTE)
def test_a_dispute_is_stated_with_both_sides_views_and_reasons(office, decision, name):
    asked = ask(office, decision)
    office.act(decision, "register_unit_reply", consultation=asked, reply="不同意。", is_disputed="on")

    told = office.refused(decision, "state_dispute", consultation=asked, **{**DISPUTE, name: ""})

    assert "第十三条第二款" in told


def test_a_matter_that_touches_nobody_says_so(office, decision):
    assert "不涉及其他部门职责" in office.refused(decision, "conclude_coordination")

    office.act(decision, "conclude_coordination", opinion="不涉及其他部门、单位职责。")


def test_a_unit_is_asked_once_about_a_version(office, decision):
    ask(office, decision)

    assert "已就第1稿征求县水利局意见" in office.refused(decision, "ask_unit", units="县水利局")


def test_a_reply_is_due_after_the_day_of_asking(office, decision):
    told = office.refused(decision, "ask_unit", units="县水利局", due_on="2026-03-02")

    assert "回复期限应当晚于发函当日" in told


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-03"])
def test_a_reply_comes_between_the_question_and_today(office, decision, day):
    asked = ask(office, decision)

    told = office.refused(decision, "register_unit_reply", consultation=asked, reply="同意。", replied_on=day)

    assert "回复日期" in told


def test_a_reply_is_registered_once(office, decision):
    asked = ask(office, decision)
    office.act(decision, "register_unit_reply", consultation=asked, reply="同意。")
    ask(office, decision, "财经办")

    told = office.refused(decision, "register_unit_reply", consultation=asked, reply="不同意。")

    assert "consultation" in told
    assert decision.unit_consultations.first().reply == "同意。"
