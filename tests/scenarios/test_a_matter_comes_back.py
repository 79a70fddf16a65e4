"""Returns for revision, from wherever the procedure allows them, and what each opens again."""

import pytest

from decisions.terms import Outcome, Status
from tests.office import Office
from tests.walk.decision import MEMBERS, PLAN, everybody, latest_meeting, says, today
from tests.walk.drafting import DRAFT

CHANGED = DRAFT["articles"].replace("长320米", "长450米")


def rewrite(office: Office, decision, *voids: str) -> None:
    """A new version that voids some procedures, and the revision concluded with it."""
    text = f"{CHANGED}\n第{decision.current_draft.number}次修改，按要求调整。"
    reason = {"voids": list(voids)} if voids else {"not_material_because": "只调整表述，不涉及权利义务。"}
    office.act(decision, "write_draft", **{**DRAFT, "articles": text, "change_summary": "按要求修改。", **reason})
    office.act(decision, "conclude_revision", opinion="已修改。")


def outcomes(decision, step: str) -> list[str]:
    return list(decision.records.filter(step=step).order_by("pk").values_list("outcome", flat=True))


@pytest.mark.postgres
def test_an_unlawful_draft_comes_back_and_reopens_what_its_change_voids(office: Office):
    decision = office.advance(office.initiate(has_possible_harm="on"), until="legality_review")
    office.perform(decision, "legality_review", review_legality={"outcome": "unlawful", "opinion": "超越权限。"})
    assert office.open_steps(decision) == ["revision"]

    rewrite(office, decision, "public_participation")

    assert office.open_steps(decision) == ["public_participation"]
    office.advance(decision, until="collective_decision")
    assert outcomes(decision, "legality_review") == [Outcome.UNLAWFUL, Outcome.LAWFUL]
    assert outcomes(decision, "public_participation") == [Outcome.DONE, Outcome.DONE]
    assert outcomes(decision, "risk_assessment") == [Outcome.CONTROLLABLE]


def test_a_review_judges_one_version_only(office: Office):
    """Lawful after changes: even a change of words is reviewed again."""
    decision = office.advance(office.initiate(), until="legality_review")
    conclusion = {"outcome": "lawful_after_changes", "opinion": "第三条表述应当规范。"}
    office.perform(decision, "legality_review", review_legality=conclusion)
    rewrite(office, decision)
    assert office.open_steps(decision) == ["legality_review"]


def test_an_uncontrollable_risk_never_goes_forward(office: Office):
    decision = office.advance(office.initiate(has_possible_harm="on"), until="risk_assessment")
    office.perform(decision, "risk_assessment", find_risk={"outcome": "uncontrollable", "opinion": "群众反对强烈。"})
    office.advance(decision, until="revision")
    assert "“风险评估”要求修改" in office.refused(decision, "conclude_revision", opinion="不改。")

    rewrite(office, decision, "risk_assessment")

    assert office.open_steps(decision) == ["risk_assessment"]
    office.advance(decision, until="legality_review")
    assert outcomes(decision, "risk_assessment") == [Outcome.UNCONTROLLABLE, Outcome.CONTROLLABLE]


def test_the_meeting_sends_it_back_or_puts_it_off(office: Office):
    decision = office.advance(office.initiate(), until="collective_decision")
    office.perform(
        decision,
        "collective_decision",
        conclude_meeting={"outcome": "postponed", "opinion": "", "because": "需补充资金方案。"},
    )
    assert office.open_steps(decision) == ["collective_decision"]
    office.perform(
        decision,
        "collective_decision",
        conclude_meeting={"outcome": "revise", "opinion": "修改后再议。", "because": "第四条资金来源不清。"},
    )
    assert office.open_steps(decision) == ["revision"]
    rewrite(office, decision)
    office.advance(decision, until="publication")
    assert outcomes(decision, "collective_decision") == ["postponed", "revise", "adopted"]
    assert decision.adopted_draft == decision.current_draft


def test_a_rejected_matter_ends(office: Office):
    decision = office.advance(office.initiate(), until="collective_decision")
    office.act(decision, "convene_meeting", **today(office, decision))
    office.act(decision, "put_on_agenda", **latest_meeting(office, decision))
    office.act(decision, "register_attendance", **everybody(office, decision))
    for name in MEMBERS:
        position = "disagree" if name == "wang" else "agree"
        office.act(decision, "record_statement", **says(name, position, "请看材料。")(office, decision))
    rejected = {"outcome": "rejected", "opinion": "不予通过。"}
    assert "多数人的意见不一致" in office.refused(decision, "conclude_meeting", **rejected)
    office.act(decision, "conclude_meeting", **rejected, because="时机不成熟，行政首长已在会上说明。")
    assert office.open_steps(decision) == []
    assert decision.status == Status.REJECTED


def test_what_the_party_committee_returns_is_decided_anew(office: Office):
    decision = office.advance(office.initiate(), until="party_report")
    first = decision.adopted_draft
    office.perform(decision, "party_report", conclude_party_report={"outcome": "returned", "because": "调整第四条。"})
    assert office.open_steps(decision) == ["revision"]
    rewrite(office, decision)
    office.advance(decision, until="archiving")
    assert decision.publication.draft == decision.adopted_draft != first


def test_execution_is_suspended_in_an_emergency_and_resumed_by_procedure(office: Office):
    decision = office.advance(office.initiate(), until="execution")
    office.act(decision, "plan_execution", **PLAN)
    office.act(
        decision, "report_progress", text="坝体出现管涌。", percent=40, incident="force_majeure", report_date=None
    )
    office.act(decision, "conclude_execution", outcome="grave_problem", opinion="请求中止执行。")
    assert "suspension" in office.open_steps(decision)
    office.act(decision, "decide_on_suspension", outcome="suspended", because="险情紧急。")
    assert decision.status == Status.SUSPENDED
    told = office.refused(decision, "decide_on_adjustment", outcome="superseded", because="另作决定。")
    assert "未经法定程序不得变更或者停止执行" in told
    office.act(decision, "decide_on_adjustment", outcome="resumed", because="险情已排除。")
    assert decision.status == Status.IN_EXECUTION
    assert "execution" in office.open_steps(decision)
