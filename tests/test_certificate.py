"""程序合规证书: every line from facts; what is missing or irregular is said plainly."""

import pytest
from django.db import connection, transaction

from decisions import guards
from decisions.certificate import certificate
from decisions.models import Decision
from tests.office import upload
from tests.steps.test_suspension import URGENT
from tests.walk.decision import PLAN, issue, says


def of(decision):
    return certificate(Decision.objects.get(pk=decision.pk))


def rows(found):
    return {row.step: row for row in found.rows}


def said(found):
    return "\n".join(assertion.sentence for assertion in found.assertions)


@pytest.fixture
def archived(office):
    """A decision made, published and filed."""
    decision = office.advance(office.initiate(affects_market="on"), until="archiving")
    office.act(decision, "file_document", by="li", on="archiving", kind="published_text", document_title="公布文本",
               upload=upload(), openness="public")  # fmt: skip
    office.perform(decision, "archiving")
    return decision


def test_it_certifies_each_step_with_article_need_day_evidence_duty_draft_and_result(office, archived):
    found = of(archived)
    assert found.is_complete
    assert found.missing == []
    table = rows(found)
    review = table["合法性审查"]
    record = archived.records.filter(step="legality_review").last()
    assert (review.article, review.state, review.on) == ("条例第二十五条", "done", record.completed_on)
    assert review.duty == "合法性审查人员 吴审查"
    assert review.draft == f"{record.draft} {record.draft.content_hash[:8]}"
    assert review.evidence.startswith(f"记录{record.pk}")
    assert review.need == "必须履行"
    assert table["专家论证"].need.startswith("必须履行（木李镇报告")
    document = archived.documents.get()
    assert f"材料1件（{document.sha256[:8]}）" in table["归档"].evidence
    assert table["决策执行"].state == "not_yet"
    assert "听证会" not in table
    assert found.head == archived.events.order_by("-sequence").first().hash


def test_it_checks_the_periods_and_the_separation_with_their_figures(office, archived):
    found = of(archived)
    assert all(assertion.holds for assertion in found.assertions)
    for words in (
        "公开征求意见40日", "法定不少于30日", "专家1名签署论证意见", "合法性审查用时", "不少于7个工作日", "签署意见1份",
        "同一版本", "出席且未回避4人（组成人员4人）", "行政首长末位发言", "先审查后公开", "公布前向同级党委请示报告",
        "（期限2026-",
        "承办2人、审查2人、决定4人", "决策前评估论证1人", "记录链共", "草案2个版本的内容与摘要值逐一相符",
    ):  # fmt: skip
        assert words in said(found), words


def test_it_says_what_is_missing_and_what_is_still_to_come(office):
    decision = office.advance(office.initiate(), until="legality_review")
    found = of(decision)
    assert not found.is_complete
    missing = [breach.sentence for breach in found.missing]
    assert missing == [
        "“合法性审查”尚未完成",
        "“提请审议”尚未完成",
        "“集体讨论决定”尚未完成",
        "“请示报告”尚未完成",
        "“决策公布”尚未完成",
        "“归档”尚未完成",
    ]
    assert {row.state for row in found.rows} == {"done", "not_yet"}


def test_it_shows_an_exemption_with_its_ground_and_that_the_review_examined_it(office):
    decision = office.advance(office.initiate(), until="expert_review")
    office.act(decision, "exempt", on="expert_review", ground="初步设计已经批复。", legal_basis="天水利〔2022〕142号")
    office.advance(decision, until="execution")
    office.perform(decision, "archiving")
    found = of(decision)
    line = rows(found)["专家论证"]
    assert line.state == "exempt"
    for words in ("豁免理由：初步设计已经批复。", "天水利〔2022〕142号", "王镇长"):
        assert words in line.note
    assert "对1项豁免的理由和依据已作合法性审查" in said(found)
    assert found.is_complete


def test_a_decision_adopted_with_changes_is_certified_on_the_version_discussed(office):
    """Review and submission stand for what was put to the meeting; the change is told, with why it is not material."""
    decision = office.advance(office.initiate(), until="collective_decision")
    changed = {
        "outcome": "adopted_with_changes",
        "changed_articles": "第四条：资金于六月底前拨付到位。",
        "not_material_because": "仅明确时限，不改变资金规模。",
    }
    office.perform(decision, "collective_decision", conclude_meeting=changed)
    office.advance(decision, until="execution")
    office.perform(decision, "archiving")
    found = of(decision)
    assert found.is_complete, found.missing
    assert rows(found)["合法性审查"].state == rows(found)["提请审议"].state == "done"
    assert "不属于实质性修改：仅明确时限，不改变资金规模。" in said(found)


def test_a_postponed_meeting_does_not_hide_the_one_that_decided(office):
    """The first meeting had it as item 5; the second, where it was decided, as item 1."""
    decision = office.advance(office.initiate(), until="collective_decision")
    office.act(decision, "convene_meeting", held_on=office.clock.moment.date())
    meeting = decision.authority.meetings.get()
    office.act(decision, "put_on_agenda", meeting=meeting.pk, sequence=5)
    office.act(decision, "conclude_meeting", outcome="postponed", because="材料待补。")
    office.perform(decision, "collective_decision")
    assert "2026年第2次镇长办公会议：出席且未回避4人" in said(of(decision))


def test_a_decision_lawfully_withheld_is_complete_all_the_same(office):
    decision = office.advance(office.initiate(), until="publication")
    withheld = {**issue(office, decision), "is_published": "no", "nondisclosure_ground": "security"}
    office.act(decision, "publish", **withheld)
    office.perform(decision, "archiving")
    found = of(decision)
    assert found.is_complete
    assert "依法不予公开：公开后可能危及国家安全" in said(found)


def test_the_majority_against_it_is_told_with_the_reason(office):
    decision = office.advance(office.initiate(), until="collective_decision")
    office.act(decision, "convene_meeting", held_on=office.clock.moment.date())
    office.act(decision, "put_on_agenda", meeting=decision.authority.meetings.get().pk)
    present = [office.people[name].pk for name in ("feng", "chen", "chu", "wang")]
    office.act(decision, "register_attendance", present=present, chief=office.people["wang"].pk)
    for name, position in {"feng": "disagree", "chen": "disagree", "chu": "disagree", "wang": "agree"}.items():
        office.act(decision, "record_statement", **says(name, position)(office, decision))
    office.act(decision, "conclude_meeting", outcome="adopted", opinion="通过。", because="汛期将至。")
    assert "决定与多数人意见不一致，行政首长在会上说明了理由" in said(of(decision))


def test_a_suspended_decision_shows_what_happened_to_it(office, archived):
    office.act(archived, "plan_execution", **PLAN)
    office.act(archived, "report_progress", text="管涌。", percent="40", incident="problem")
    office.act(archived, "conclude_execution", outcome="grave_problem", opinion="请求中止。")
    office.act(archived, "decide_on_suspension", **URGENT)
    table = rows(of(archived))
    assert (table["中止执行"].note, table["中止执行"].duty) == ("中止执行", "行政首长 王镇长")
    assert table["决策执行"].state == "returned"
    assert "决策调整" not in table


FALSIFIED = {
    "UPDATE decisions_event SET payload = '{}' WHERE sequence = 3": "记录链第3号事件校验不符",
    "UPDATE decisions_draftarticle SET text = '另有约定' WHERE number = 1": "的内容与摘要值不符",
    "UPDATE decisions_legalopinion SET draft_id = (SELECT MIN(id) FROM decisions_draft)": "签署意见0份",
    "UPDATE decisions_statement SET sequence = 9 WHERE sequence = 2": "逐人表态，行政首长末位发言",
    "UPDATE decisions_steprecord SET completed_on = '2026-12-01' WHERE step = 'publication'": "与记录链不符",
    "UPDATE decisions_steprecord SET by_id = by_id + 1 WHERE step = 'proposal'": "与记录链不符",
    "UPDATE decisions_agendaitem SET draft_id = (SELECT MIN(id) FROM decisions_draft)": "会议决定有对应的会议议题记录",
    "UPDATE decisions_decision SET adopted_draft_id = (SELECT MIN(id) FROM decisions_draft)": "与会议通过的文本一致",
    "UPDATE decisions_involvement SET side = 'decide' WHERE side = 'review'": "2人兼有两种身份",
    "UPDATE decisions_partyreport SET replied_on = '2026-12-31'": "公布前向同级党委请示报告",
    "UPDATE decisions_recusal SET because = ''": "",
}
"""What somebody with the database's own rights might change, and the sentence of the certificate that fails."""


@pytest.mark.postgres
def test_whatever_was_falsified_behind_the_guards_shows(office, archived):
    """The triggers are taken away, a row is changed, and the certificate no longer vouches for the matter."""
    assert of(archived).is_complete
    for statement, sentence in FALSIFIED.items():
        with transaction.atomic():
            with guards.removed(), connection.cursor() as cursor:
                cursor.execute(statement)
            found = of(archived)
            failed = [breach.sentence for breach in found.missing]
            assert any(sentence in each for each in failed) if sentence else not failed, (statement, failed)
            assert found.is_complete is not bool(sentence)
            transaction.set_rollback(True)
    assert of(archived).is_complete


def test_the_page_shows_it_and_costs_few_queries(office, archived, django_assert_max_num_queries):
    client = office.client("han")
    client.get(f"/decisions/{archived.pk}/certificate/")
    with django_assert_max_num_queries(36):
        page = client.get(f"/decisions/{archived.pk}/certificate/").content.decode()
    assert "经核验，各项法定程序均已履行或者依法免除。" in page
    assert archived.adopted_draft.content_hash in page
