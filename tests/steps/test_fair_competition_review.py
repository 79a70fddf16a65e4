"""公平竞争审查: article 29 and the Regulation on Fair Competition Review."""

import pytest

from tests.walk.appraisal import FAIR
from tests.walk.drafting import next_version

DONE = {"outcome": "done", "opinion": "符合标准。"}
EXCEPTION = {
    **FAIR,
    "conclusion": "exception",
    "exception_ground": "为保障防洪安全，没有影响更小的替代方案。",
    "exception_until": "2027-12-31",
}


@pytest.fixture
def review(office):
    """A matter that touches market actors."""
    return office.advance(office.initiate(affects_market="on"), until="fair_competition_review")


def test_it_records_the_conclusion_and_whom_it_heard(office, review):
    office.act(review, "record_fair_competition_review", **FAIR)
    office.act(review, "conclude_fair_competition_review", **DONE)

    reviewed = review.fair_competition_reviews.get()
    assert (reviewed.conclusion, reviewed.draft) == ("complies", review.current_draft)
    assert reviewed.exception_until is None


def test_it_refuses_what_was_not_reviewed(office, review):
    refusal = office.refused(review, "conclude_fair_competition_review", **DONE)

    assert "第二十九条第一款第一项" in refusal


def test_it_asks_for_those_heard_and_for_a_conclusion(office, review):
    refusal = office.refused(review, "record_fair_competition_review", findings="无问题。")

    assert "《公平竞争审查条例》第十六条" in refusal
    assert "第二十九条" in refusal


def test_an_exception_names_its_ground_and_its_end(office, review):
    for missing in ("exception_ground", "exception_until"):
        refusal = office.refused(review, "record_fair_competition_review", **{**EXCEPTION, missing: ""})
        assert "《公平竞争审查条例》第十二条" in refusal

    office.act(review, "record_fair_competition_review", **EXCEPTION)
    office.act(review, "conclude_fair_competition_review", **DONE)


def test_what_violates_the_standards_goes_back_to_be_changed(office, review):
    office.act(review, "record_fair_competition_review", **{**FAIR, "conclusion": "violates"})
    assert "《公平竞争审查条例》第十八条" in office.refused(review, "conclude_fair_competition_review", **DONE)

    office.act(review, "conclude_fair_competition_review", outcome="returned", opinion="限定了本地企业。")
    office.advance(review, until="revision")

    assert "《公平竞争审查条例》第十八条" in office.refused(review, "conclude_revision", opinion="无须修改。")
    change = {**next_version(office, review), "voids": ["fair_competition_review"]}
    office.act(review, "write_draft", on="revision", **change)
    office.act(review, "conclude_revision", opinion="已删除限定条件。")
    assert office.open_steps(review) == ["fair_competition_review"]


def test_a_county_s_draft_needs_the_view_of_market_regulation(office, review):
    office.authority.level = "county"
    office.authority.save()
    office.act(review, "record_fair_competition_review", **FAIR)

    assert "《公平竞争审查条例》第十四条" in office.refused(review, "conclude_fair_competition_review", **DONE)
    office.act(review, "conclude_fair_competition_review", **DONE, market_regulation="同意起草单位意见。")

    details = review.records.get(step="fair_competition_review").details
    assert details["market_regulation"] == "同意起草单位意见。"
