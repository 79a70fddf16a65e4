"""风险评估: articles 22 to 24."""

import pytest

from decisions.models import RiskAssessment
from tests.office import upload
from tests.walk.appraisal import REPORT, RISKS
from tests.walk.drafting import next_version

FOUND = {"outcome": "controllable", "opinion": "措施到位，风险可控。"}


@pytest.fixture
def assessment(office):
    """A matter whose risks are to be assessed."""
    return office.advance(office.initiate(), until="risk_assessment")


def test_it_takes_the_whole_report_and_the_authority_s_own_finding(office, assessment):
    office.act(assessment, "submit_risk_report", **REPORT, upload=upload())
    page = office.client("wang").get(f"/tasks/{office.task(assessment, 'find_risk').pk}/").content.decode()
    assert "编制度汛方案" in page
    assert "采取措施前中风险，采取措施后低风险" in page

    office.act(assessment, "find_risk", **FOUND)

    report = RiskAssessment.objects.get()
    assert [(r.kind, r.likelihood, r.impact) for r in report.risks.all()] == [
        ("stability", 3, 2),
        ("safety", 2, 4),
        ("environment", 2, 2),
    ]
    assert assessment.documents.get(kind="risk_report").step == "risk_assessment"
    assert assessment.records.get(step="risk_assessment").draft == assessment.current_draft


def test_it_refuses_a_finding_without_a_report_or_without_words(office, assessment):
    assert "第二十三条第二款" in office.refused(assessment, "find_risk", **FOUND)
    office.act(assessment, "submit_risk_report", **REPORT)
    assert "第二十四条" in office.refused(assessment, "find_risk", outcome="controllable")


def test_it_refuses_a_report_without_one_of_its_parts(office, assessment):
    for part in ("methods", "departments_heard", "risks", "contingency_plan"):
        refusal = office.refused(assessment, "submit_risk_report", **{**REPORT, part: "  "})
        assert part in refusal
        assert "第二十三条" in refusal

    assert not RiskAssessment.objects.exists()


UNREADABLE = {
    "社会稳定｜影响灌溉｜3｜2": "五项",
    "社会稳定｜影响灌溉｜3｜2｜ ": "五项",
    "舆情｜影响灌溉｜3｜2｜错峰": "舆情",
    "社会稳定｜影响灌溉｜6｜2｜错峰": "1至5",
    "社会稳定｜影响灌溉｜高｜2｜错峰": "1至5",
}


def test_it_names_the_line_that_cannot_be_read(office, assessment):
    for line, says in UNREADABLE.items():
        refusal = office.refused(assessment, "submit_risk_report", **{**REPORT, "risks": f"{RISKS}\n\n{line}"})
        assert "第5行" in refusal
        assert says in refusal


def test_measures_do_not_raise_a_risk(office, assessment):
    refusal = office.refused(assessment, "submit_risk_report", **{**REPORT, "level_after": "high"})

    assert "不应高于" in refusal


def test_a_high_risk_is_never_found_controllable(office, assessment):
    office.act(assessment, "submit_risk_report", **{**REPORT, "level_before": "high", "level_after": "high"})

    assert "第二十四条" in office.refused(assessment, "find_risk", **FOUND)

    office.act(assessment, "submit_risk_report", **REPORT)  # a corrected report: the last one counts
    office.act(assessment, "find_risk", **FOUND)


def test_an_uncontrollable_risk_leads_to_revision_and_a_new_assessment_never_forward(office, assessment):
    office.act(assessment, "submit_risk_report", **{**REPORT, "level_before": "high", "level_after": "high"})
    office.act(assessment, "find_risk", outcome="uncontrollable", opinion="主汛期施工风险过高。")
    office.advance(assessment, until="revision")

    assert "第二十四条" in office.refused(assessment, "conclude_revision", opinion="无须修改。")
    change = {**next_version(office, assessment), "voids": ["risk_assessment"]}
    office.act(assessment, "write_draft", on="revision", **change)
    office.act(assessment, "conclude_revision", opinion="改为汛后施工。")

    assert office.open_steps(assessment) == ["risk_assessment"]
    assert "尚未提交" in office.refused(assessment, "find_risk", **FOUND)  # the old report judged another draft
    office.advance(assessment, until="legality_review")


def test_the_handler_does_not_assess_and_the_assessor_does_not_review(office, assessment):
    office.employ("sun", "孙承办", "农业农村办", "assessor")
    office.employ("wei", "卫评估", "司法所", "legality_reviewer")

    assert "承办" in office.refused(assessment, "submit_risk_report", by="sun", **REPORT)
    office.act(assessment, "submit_risk_report", by="wei", **REPORT)
    office.act(assessment, "find_risk", **FOUND)
    office.advance(assessment, until="legality_review")
    assert "决策前评估论证" in office.refused(assessment, "request_supplement", by="wei", because="缺少批复。")


def test_a_matter_that_may_do_harm_is_never_exempted(office):
    decision = office.advance(office.initiate(has_possible_harm="on"), until="risk_assessment")

    refusal = office.refused(decision, "exempt", on="risk_assessment", ground="时间紧。", legal_basis="无")

    assert "第二十二条第一款" in refusal
