"""修改完善: a new version says what its change voids, or why it is not material (arts. 18, 24, 25 and 28)."""

import pytest

from decisions.models import Decision
from tests.office import Office
from tests.walk.drafting import ARTICLES, DRAFT, next_version

NEW = ARTICLES.replace("错峰供水", "全面停水")


@pytest.fixture
def decision(office: Office) -> Decision:
    return office.advance(office.initiate(), until="revision")


def write(office: Office, decision: Decision, **changes) -> None:
    office.act(decision, "write_draft", **{**DRAFT, "articles": NEW, **changes})


def test_it_makes_a_new_version_and_leaves_the_procedures_standing(office, decision):
    office.act(decision, "write_draft", **next_version(office, decision))
    office.act(decision, "conclude_revision")

    assert decision.current_draft.number == 2
    assert office.open_steps(decision) == ["legality_review"]


def test_a_material_change_reopens_what_it_voids(office, decision):
    write(office, decision, voids=["public_participation", "risk_assessment"])
    office.act(decision, "conclude_revision")

    assert office.open_steps(decision) == ["public_participation", "risk_assessment"]


def test_a_change_says_what_it_voids_or_why_it_is_not_material(office, decision):
    public = decision.participations.first()
    decision.opinions.create(participation=public, number=1, article_number=3, channel="paper", text="要保障灌溉。")

    told = office.refused(decision, "write_draft", **{**DRAFT, "articles": NEW})

    assert "应当说明哪些程序需要重新履行" in told
    assert "与“公众参与”所依据的第1稿相比，第三条有变动（其中收到过意见的：第三条1条）" in told
    assert "第十八条" in told
    assert "第二十五条" in told
    assert decision.current_draft.number == 1


def test_an_unchanged_text_is_no_new_version(office, decision):
    told = office.refused(decision, "write_draft", **DRAFT, not_material_because="只改了格式。")

    assert "内容与第1稿完全相同" in told


def test_it_is_not_completed_without_words_or_a_new_version(office, decision):
    assert "也没有说明无须修改的情况" in office.refused(decision, "conclude_revision")

    office.act(decision, "conclude_revision", opinion="各方面均无修改意见。")


def test_what_demands_changes_is_answered_by_a_new_version(office, decision):
    decision.records.create(
        step="legality_review",
        draft=decision.current_draft,
        outcome="unlawful",
        opened_on="2026-03-02",
        completed_on="2026-03-12",
        by=office.people["wu"],
        role="legality_reviewer",
        occasion="earlier",
    )

    told = office.refused(decision, "conclude_revision", opinion="无须修改。")
    assert "“合法性审查”要求修改，尚未形成新的草案版本" in told
    assert "第二十八条" in told

    write(office, decision, not_material_because="仅按审查意见改正用语。")
    office.act(decision, "conclude_revision")


def test_the_page_shows_what_changed_since_the_public_was_asked(office, decision):
    write(office, decision, not_material_because="供水方式属于施工安排。")
    task = office.tasks(decision)[0]

    page = office.client("sun").get(f"/tasks/{task.pk}/").content.decode()

    assert "与已履行程序所依据草案的差异" in page
    assert "供水方式属于施工安排。" in page
    assert f"/decisions/{decision.pk}/drafts/1..2/?only=changed" in page
