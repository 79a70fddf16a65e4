"""提请审议: article 29; and what the meeting can never be reached without (I1 to I3)."""

import pytest

from decisions import services
from decisions.models import Decision
from decisions.services import Actor
from decisions.terms import Role
from tests.walk.appraisal import materials


@pytest.fixture
def submission(office):
    """A reviewed draft about to be put to the meeting."""
    return office.advance(office.initiate(affects_market="on"), until="submission")


def test_it_puts_the_reviewed_draft_with_its_materials_to_the_meeting(office, submission):
    page = office.client("zhou").get(f"/tasks/{office.task(submission, 'submit_to_meeting').pk}/").content.decode()
    assert "审查结论：符合公平竞争审查标准" in page
    assert "作出审查结论：合法" in page

    office.act(submission, "submit_to_meeting", **materials(office, submission))

    record = submission.records.get(step="submission")
    assert record.details["materials"] == ["draft", "participation", "experts", "risk", "legality"]
    assert submission.status == "submitted"
    assert office.open_steps(submission) == ["collective_decision"]


def test_it_refuses_when_one_of_the_materials_is_missing(office, submission):
    due = materials(office, submission)["materials"]

    for number, item in zip("一二三四五", due, strict=True):
        checked = [key for key in due if key != item]
        refusal = office.refused(submission, "submit_to_meeting", materials=checked, opinion="材料齐全。")
        assert f"第二十九条第一款第{number}项" in refusal


def test_it_asks_how_the_main_opinions_were_handled(office, submission):
    refusal = office.refused(submission, "submit_to_meeting", materials=materials(office, submission)["materials"])

    assert "第二十九条" in refusal


def test_an_exempted_step_leaves_no_material(office):
    decision = office.advance(office.initiate(), until="expert_review")
    office.act(decision, "exempt", on="expert_review", ground="方案已经批复。", legal_basis="天水利〔2022〕142号")
    office.advance(decision, until="submission")

    assert "experts" not in materials(office, decision)["materials"]
    office.act(decision, "submit_to_meeting", **materials(office, decision))


def test_it_refuses_a_draft_version_other_than_the_one_reviewed(office, submission):
    """I1 and I3: somebody wrote a further version behind the flow's back; the review does not cover it."""
    change(submission, office, voids=["risk_assessment"])

    refusal = office.refused(submission, "submit_to_meeting", **materials(office, submission))

    assert "第二十五条第二款" in refusal
    assert "风险评估" in refusal


def change(decision, office, voids):
    """A further version written through the service, without any task."""
    afresh = Decision.objects.get(pk=decision.pk)
    services.write_draft(
        afresh,
        by=Actor(office.people["sun"], Role.HANDLER),
        articles=["工程改为异地重建。"],
        explanatory_note="调整方案。",
        legal_bases=[("中华人民共和国防洪法", "第三十六条")],
        change_summary="调整工程方案。",
        voids=voids,
    )


def test_who_reviewed_does_not_submit(office, submission):
    office.employ("wu", "吴审查", "农业农村办", "unit_head")

    assert "三分离" in office.refused(submission, "submit_to_meeting", by="wu", **materials(office, submission))
