"""合法性审查: articles 25 to 28."""

from datetime import date

import pytest

from decisions import clock
from decisions.models import Deputy, LegalOpinion
from decisions.rules import rule
from tests.office import upload
from tests.walk.appraisal import FINDINGS, conclusion
from tests.walk.drafting import next_version

OPINION = {"conclusion": "lawful", "text": "权限、程序、内容均合法。"}


@pytest.fixture
def review(office):
    """A matter whose draft has come to review."""
    return office.advance(office.initiate(), until="legality_review")


def lawful(office, decision, **changes):
    return {**conclusion(office, decision), **changes}


def signed(office, decision):
    """An adviser has signed and seven working days are over."""
    office.act(decision, "sign_legal_opinion", by="zheng", **OPINION)
    office.wait(14)
    return decision


def revise(office, decision, *voids):
    """A further version, and the revision concluded."""
    office.act(decision, "write_draft", on="revision", **{**next_version(office, decision), "voids": list(voids)})
    office.act(decision, "conclude_revision", opinion="已按审查意见修改。")


def desk(office, decision, username="wu"):
    """The desk as a person sees it."""
    return office.client(username).get(f"/tasks/{office.task(decision, 'review_legality').pk}/").content.decode()


def test_it_gives_reviewers_seven_working_days(office, review):
    office.act(review, "sign_legal_opinion", **OPINION)
    refusal = office.refused(review, "review_legality", **lawful(office, review))
    assert "7个工作日" in refusal
    assert "第二十六条第二款" in refusal

    office.wait(14)
    office.act(review, "review_legality", **lawful(office, review))
    assert office.open_steps(review) == ["submission"]


def test_a_shorter_time_needs_a_recorded_reason(office, review):
    office.act(review, "sign_legal_opinion", **OPINION)

    office.act(review, "review_legality", **lawful(office, review, because="汛期将至，经镇长同意提前审查。"))

    record = review.records.get(step="legality_review")
    assert record.because.startswith("汛期将至")
    assert record.draft == review.current_draft


def test_it_needs_an_adviser_s_opinion_on_this_very_draft(office, review):
    office.wait(14)
    assert "第二十八条" in office.refused(review, "review_legality", **lawful(office, review))

    signed(office, review)
    office.act(review, "review_legality", **lawful(office, review, outcome="unlawful", opinion="超越权限。"))
    revise(office, review)
    office.wait(14)

    assert "第二十八条" in office.refused(review, "review_legality", **lawful(office, review))


def test_an_adviser_signs_once_on_a_version(office, review):
    office.act(review, "sign_legal_opinion", **OPINION)

    assert "第二十八条" in office.refused(review, "sign_legal_opinion", **{**OPINION, "conclusion": "unlawful"})
    assert "第二十八条" in office.refused(review, "sign_legal_opinion", conclusion="lawful")
    assert LegalOpinion.objects.count() == 1


def test_it_refuses_a_conclusion_on_another_draft_version(office, review):
    earlier = review.current_draft.number - 1

    for act, fields in (("review_legality", lawful(office, review)), ("sign_legal_opinion", OPINION)):
        assert "第二十五条第二款" in office.refused(review, act, **fields, draft=earlier)


def test_it_asks_for_all_three_findings(office, review):
    signed(office, review)
    for name in ("authority", "procedure_words", "content"):
        refusal = office.refused(review, "review_legality", **lawful(office, review, **{name: ""}))
        assert name in refusal
        assert "第二十七条" in refusal


def test_a_failed_finding_is_not_lawful(office, review):
    fields = lawful(office, review, content="not_met", content_words="与防洪法不一致。")

    assert "第二十七条" in office.refused(signed(office, review), "review_legality", **fields)


@pytest.mark.parametrize("outcome", ["lawful_after_changes", "unlawful"])
def test_what_does_not_pass_goes_to_revision_and_needs_another_review(office, review, outcome):
    signed(office, review)
    assert "第二十八条" in office.refused(
        review, "review_legality", **lawful(office, review, outcome=outcome, opinion="")
    )
    office.act(review, "review_legality", **lawful(office, review, outcome=outcome, opinion="第四条须修改。"))
    assert office.open_steps(review) == ["revision"]
    assert "第二十八条" in office.refused(review, "conclude_revision", opinion="无须修改。")

    revise(office, review)
    assert office.open_steps(review) == ["legality_review"]
    page = desk(office, review)
    assert "与上次审查的第2稿相比" in page
    assert 'class="redline"' in page


def test_materials_not_in_order_are_returned_with_a_reason(office, review):
    assert "第二十八条" in office.refused(review, "review_legality", outcome="returned")

    office.act(review, "review_legality", outcome="returned", opinion="缺少制定依据文本。")

    assert office.open_steps(review) == ["revision"]


def test_a_supplement_restarts_the_clock(office, review):
    office.act(review, "sign_legal_opinion", **OPINION)
    office.wait(3)
    assert "第二十六条第一款" in office.refused(review, "request_supplement")
    office.act(review, "request_supplement", because="请补充初步设计批复。")
    assert "审查时间停止计算" in desk(office, review)
    office.wait(14)
    assert "第二十六条第一款" in office.refused(review, "review_legality", **lawful(office, review))

    office.act(review, "supply", note="补充批复文件。", upload=upload("批复.txt"))
    task = office.task(review, "review_legality")
    earliest = rule("legality_review").earliest(review, clock.day_of(task.created))
    assert earliest.start == clock.today()
    assert "第二十六条第二款" in office.refused(review, "review_legality", **lawful(office, review))

    office.wait((earliest.day - clock.today()).days)
    office.act(review, "review_legality", **lawful(office, review))
    assert review.supplements.get().document.title == "批复"


def test_only_one_supplement_is_open_and_only_what_was_asked_for_is_supplied(office, review):
    assert "第二十六条第一款" in office.refused(review, "supply", note="主动补充。")
    office.act(review, "request_supplement", because="请补充批复。")

    assert "第二十六条第一款" in office.refused(review, "request_supplement", because="再补充概算。")


def test_remarks_are_made_on_single_articles_that_exist(office, review):
    office.act(review, "remark_on_article", article_number=3, text="供水安排应当明确时段。")
    office.act(review, "remark_on_article", text="建议增加监督条款。")

    assert "article_number" in office.refused(review, "remark_on_article", article_number=99, text="无此条。")
    page = desk(office, review)
    assert "供水安排应当明确时段。" in page
    assert "对草案整体的审查意见" in page
    assert [r.article_number for r in review.article_opinions.order_by("pk")] == [3, None]


def test_the_desk_states_what_was_performed_from_the_records(office, review):
    page = desk(office, review)

    assert "何教授共1名专家签署论证意见" in page
    assert "查明风险点3个" in page
    assert "《中华人民共和国防洪法》第三十六条" in page
    assert "7个工作日" in page  # the clock's sentence


def test_every_exemption_is_examined(office):
    decision = office.advance(office.initiate(), until="expert_review")
    office.act(decision, "exempt", on="expert_review", ground="方案已经上级批复。", legal_basis="天水利〔2022〕142号")
    signed(office, office.advance(decision, until="legality_review"))
    assert "天水利〔2022〕142号" in desk(office, decision)

    silent = office.refused(decision, "review_legality", **{**FINDINGS, "outcome": "lawful", "opinion": "合法。"})
    refused = lawful(office, decision, exemption_expert_review="refused")
    assert "专家论证" in silent
    assert "第二十七条" in office.refused(decision, "review_legality", **refused)
    office.act(
        decision, "review_legality", outcome="returned", opinion="豁免没有依据。", exemption_expert_review="refused"
    )
    office.act(decision, "conclude_revision", opinion="补办专家论证。")

    assert office.open_steps(decision) == ["expert_review"]  # to be performed after all
    office.perform(decision, "expert_review")
    office.act(decision, "conclude_revision", opinion="专家意见已吸收。")
    office.wait(14)
    office.act(decision, "review_legality", **{**FINDINGS, "outcome": "lawful", "opinion": "合法。"})


def test_an_exploratory_reform_goes_on_with_its_legal_risk_stated(office):
    ordinary = signed(office, office.advance(office.initiate(), until="legality_review"))
    fields = {
        "outcome": "exploratory",
        "content": "not_met",
        "opinion": "国家尚无明确规定。",
        "legal_risk": "可能与后续立法不一致。",
    }
    assert "第二十五条第二款" in office.refused(ordinary, "review_legality", **lawful(office, ordinary, **fields))

    decision = signed(office, office.advance(office.initiate(is_exploratory="on"), until="legality_review"))
    unstated = lawful(office, decision, **{**fields, "legal_risk": ""})
    assert "第二十五条第二款" in office.refused(decision, "review_legality", **unstated)
    office.act(decision, "review_legality", **lawful(office, decision, **fields))
    assert office.open_steps(decision) == ["submission"]


def test_a_material_change_after_review_opens_what_it_voids_and_the_review(office, review):
    signed(office, review)
    office.act(review, "review_legality", **lawful(office, review, outcome="lawful_after_changes", opinion="须修改。"))

    revise(office, review, "risk_assessment", "expert_review")

    assert office.open_steps(review) == ["expert_review", "risk_assessment"]


def test_the_handler_never_reviews(office, review):
    """I4: the handler was given the reviewer's duties as well."""
    office.employ("sun", "孙承办", "司法所", "legality_reviewer")
    office.employ("sun", "孙承办", "司法所", "legal_adviser")
    fields = {**lawful(office, review), **OPINION, "because": "缺少批复。"}

    for act in ("review_legality", "remark_on_article", "request_supplement", "sign_legal_opinion"):
        assert "三分离" in office.refused(review, act, by="sun", **fields)

    assert review.events.filter(kind="refused").count() == 4


@pytest.mark.parametrize(("principal", "deputy"), [("wu", "sun"), ("sun", "wu")])
def test_separation_sees_through_deputies(office, review, principal, deputy):
    """Neither does a handler review for the reviewer, nor a reviewer whose principal handled the matter for another."""
    people = office.people
    signed(office, review)
    Deputy.objects.create(
        principal=people[principal],
        deputy=people[deputy],
        since=date(2026, 3, 2),
        until=date(2026, 12, 31),
        because="外出学习",
        appointed_by=people["li"],
    )
    if principal == "sun":
        office.employ("sun", "孙承办", "司法所", "legality_reviewer")
        people["wu"].memberships.filter(duty="legality_reviewer").update(until=date(2026, 3, 3))

    assert "三分离" in office.refused(review, "review_legality", by=deputy, **lawful(office, review))


def test_who_reviewed_does_not_decide_nor_handle(office, review):
    office.act(review, "request_supplement", because="请补充批复。")
    office.people["wu"].memberships.update(until=date(2026, 3, 1))
    office.employ("wu", "吴审查", "农业农村办", "handler")
    review.handler = office.people["wu"]
    review.save()

    assert "三分离" in office.refused(review, "supply", by="wu", note="自己补充。")
