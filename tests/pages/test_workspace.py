"""The workspace of a matter: what is missing before the meeting, whose turn it is, and the record."""

from typing import Any

import pytest
from django.core.files.base import ContentFile

from decisions.models import Decision, Document, StepRecord
from decisions.terms import DocumentKind, Outcome, Role
from tests.office import Office
from tests.walk.drafting import next_version
from tests.walk.participation import comment


def seen(office: Office, decision: Decision, who: str = "sun") -> Any:
    response = office.client(who).get(f"/decisions/{decision.pk}/")
    assert response.status_code == 200
    return response


def states(office: Office, decision: Decision, who: str = "sun") -> dict[str, str]:
    return {item.key: item.state for item in seen(office, decision, who).context["missing"]}


def bar(office: Office, decision: Decision) -> dict[str, str]:
    return {stage.key: stage.state for stage in seen(office, decision).context["stages"]}


def test_a_matter_just_proposed_can_start_nothing_but_its_initiation(office: Office) -> None:
    decision = office.propose()
    found = states(office, decision, "wang")
    assert found["proposal"] == "done"
    assert found["initiation"] == "not_started"
    assert {found[key] for key in ("drafting", "coordination", "legality_review", "submission")} == {"blocked"}
    assert {found[key] for key in ("hearing", "fair_competition_review")} == {"not_needed"}
    assert "待“决策启动”办结" in seen(office, decision).content.decode()


def test_each_open_step_says_what_it_lacks_with_article_and_way_out(office: Office) -> None:
    decision = office.advance(office.initiate(), until="expert_review")
    page = seen(office, decision)
    experts = next(item for item in page.context["missing"] if item.key == "expert_review")
    assert experts.blockers
    assert all(breach.article and breach.way_out for breach in experts.blockers)
    assert experts.state == "not_started"
    assert "条例第十九条" in page.content.decode()


def test_a_step_within_which_something_was_done_is_in_progress(office: Office) -> None:
    decision = office.advance(office.initiate(), until="public_participation")
    assert states(office, decision)["public_participation"] == "not_started"
    office.act(decision, "open_public_comment", **comment(office, decision))
    assert states(office, decision)["public_participation"] == "in_progress"
    sentence = seen(office, decision).context["clocks"][0].sentence
    assert sentence.startswith("还有 40 日（")
    assert "24:00 截止，法定不少于 30 日）" in sentence


def test_what_is_late_says_by_how_much(office: Office) -> None:
    decision = office.initiate()
    office.clock.advance(days=80)
    assert states(office, decision)["drafting"] == "overdue"
    assert bar(office, decision)["drafting"] == "overdue"
    assert "已超期" in seen(office, decision).context["clocks"][0].sentence


def test_an_exempted_step_stands_as_exempted_with_its_ground(office: Office) -> None:
    decision = office.advance(office.initiate(), until="expert_review")
    basis = {"ground": "事项不涉及专业性、技术性问题。", "legal_basis": "条例第十九条第一款"}
    office.act(decision, "exempt", on="expert_review", **basis)
    assert states(office, decision)["expert_review"] == "exempt"
    assert bar(office, decision)["expert"] == "exempt"
    page = seen(office, decision).content.decode()
    assert basis["ground"] in page
    assert "签署“专家论证”的豁免" in page


def test_what_a_material_change_voids_is_to_be_done_again(office: Office) -> None:
    decision = office.advance(office.initiate(), until="revision")
    before = states(office, decision)
    assert before["public_participation"] == "done"
    office.act(decision, "write_draft", **{**next_version(office, decision), "voids": ["public_participation"]})
    assert states(office, decision)["public_participation"] == "needs_more"


def test_the_submission_is_the_last_before_the_meeting(office: Office) -> None:
    decision = office.advance(office.initiate(), until="submission")
    page = seen(office, decision, "zhou")
    assert page.context["is_before_meeting"]
    assert page.context["undone"] == 1
    assert page.context["primary"].asks == "审核并提请审议"
    office.perform(decision, "submission")
    after = seen(office, decision, "li")
    assert not after.context["is_before_meeting"]
    assert [item.key for item in after.context["missing"]][0] == "collective_decision"
    assert all(item.state in ("done", "not_needed") for item in after.context["performed"])


def test_the_button_is_for_whose_turn_it_is_and_others_read_who_that_is(office: Office) -> None:
    decision = office.initiate()
    task = office.tasks(decision)[0]
    handler, other = seen(office, decision, "sun"), seen(office, decision, "qian")
    assert f'href="/tasks/{task.pk}/"' in handler.content.decode()
    assert f'href="/tasks/{task.pk}/"' not in other.content.decode()
    assert "“拟订草案”由承办人（孙承办）办理" in other.content.decode()


def test_who_took_another_side_gets_no_button(office: Office) -> None:
    office.employ("sun", "孙承办", "司法所", Role.LEGALITY_REVIEWER)
    decision = office.advance(office.initiate(), until="legality_review")
    assert seen(office, decision, "sun").context["primary"] is None
    assert seen(office, decision, "wu").context["primary"] is not None


def test_the_record_has_every_step_as_a_sentence_and_returns_with_their_reason(office: Office) -> None:
    decision = office.advance(office.initiate(), until="legality_review")
    office.act(decision, "review_legality", outcome="returned", opinion="材料不全，退回。", because="缺少资金论证。")
    page = seen(office, decision).content.decode()
    assert "合法性审查人员吴审查就第" in page
    assert "结果为“退回”" in page
    assert "缺少资金论证。" in page
    entries = seen(office, decision).context["records"]
    assert len(entries) == StepRecord.objects.filter(decision=decision).count()
    assert entries[0]["state"] == "returned"
    assert "缺少资金论证。" in office.client("li").get(f"/decisions/{decision.pk}/record/").content.decode()


def test_the_record_names_the_deputy_and_the_principal(office: Office) -> None:
    decision = office.initiate()
    decision.records.model.objects.create(
        decision=decision,
        step="execution",
        outcome=Outcome.DONE,
        opened_on=decision.initiated_on,
        completed_on=decision.initiated_on,
        by=office.people["qian"],
        on_behalf_of=office.people["sun"],
        role=Role.HANDLER,
        occasion="test",
    )
    assert "承办人钱承办（代理孙承办）" in seen(office, decision).content.decode()


def test_documents_are_listed_and_the_rest_is_a_page_away(office: Office) -> None:
    decision = office.initiate()
    for number in range(25):
        Document.objects.create(
            decision=decision,
            step="drafting",
            kind=DocumentKind.OTHER,
            title=f"材料{number}",
            file=ContentFile(b"x", name="x.txt"),
            size=1,
            content_type="text/plain",
            sha256="0" * 64,
            filed_by=office.people["sun"],
        )
    page = seen(office, decision).content.decode()
    assert "材料24" in page
    assert "材料4<" not in page
    assert "材料4<" in office.client("sun").get(f"/decisions/{decision.pk}/documents/").content.decode()


@pytest.mark.parametrize("page", ["", "record/", "documents/", "events/", "process/"])
def test_a_foreign_matter_does_not_exist(office: Office, other_office: Office, page: str) -> None:
    decision = office.propose()
    assert other_office.client("wang").get(f"/decisions/{decision.pk}/{page}").status_code == 404
    assert office.client("wang").get(f"/decisions/999999/{page}").status_code == 404


def test_a_matter_not_started_says_so_and_asks_nothing(office: Office) -> None:
    decision = office.propose()
    office.act(decision, "initiate", outcome="not_started", opinion="条件尚不成熟。")
    page = seen(office, decision)
    assert "不予启动，程序终结" in page.content.decode()
    assert page.context["primary"] is None
    assert bar(office, decision)["initiation"] == "refused"


def test_a_decision_in_force_shows_its_execution_and_a_closed_one_that_it_is_over(office: Office) -> None:
    decision = office.advance(office.initiate(), until="execution")
    page = seen(office, decision, "shen")
    assert page.context["primary"].asks == "制定执行方案"
    assert "执行情况" in page.content.decode()
    assert bar(office, decision)["implementation"] == "now"
    office.advance(decision)
    assert office.open_steps(decision) == []
    page = seen(office, decision, "shen")
    assert page.context["primary"] is None
    assert "本事项已办结。" in page.content.decode()
    assert set(bar(office, decision).values()) <= {"done", "exempt", "not_needed"}
