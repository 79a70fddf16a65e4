"""公众参与: heard for long enough, every opinion in one numbered set and answered (arts. 14, 15 and 18)."""

from datetime import date, timedelta

import pytest

from decisions import clock
from decisions.models import Decision, Event, Opinion, Participation
from tests.office import Office
from tests.walk.participation import DAYS_OPEN, comment, symposium


@pytest.fixture
def decision(office: Office) -> Decision:
    """A started matter whose draft is ready to be put to the public."""
    started = office.initiate()
    return office.advance(started, until="public_participation")


def open_comment(office: Office, decision: Decision, **changes) -> Participation:
    office.act(decision, "open_public_comment", **{**comment(office, decision), **changes})
    return decision.participations.get()


def register(office: Office, decision: Decision, **changes) -> Opinion:
    office.act(decision, "register_opinion", **{"channel": "spoken", "text": "要求错峰供水。", **changes})
    return decision.opinions.last()


def test_it_puts_the_current_draft_to_the_public(office, decision):
    held = open_comment(office, decision, other_channels="村民微信群", groups_heard="用水户协会")

    assert held.draft == decision.current_draft
    assert held.opened_on == clock.today()
    assert held.minimum_days == 30
    assert held.channels == "政府网站、三务公开栏、村村响大喇叭、逢集日宣传、村民微信群"
    assert held.is_open


def test_it_names_the_earliest_lawful_last_day_before_anything_is_saved(office, decision):
    task = office.task(decision, "open_public_comment")
    page = office.client("sun").get(f"/tasks/{task.pk}/").content.decode()
    day = clock.today() + timedelta(days=30)

    assert f"{day.month}月{day.day}日 24:00" in page
    assert "次日起满30日" in page


def test_it_refuses_fewer_than_thirty_days_without_a_published_reason(office, decision):
    short = (clock.today() + timedelta(days=29)).isoformat()
    told = office.refused(decision, "open_public_comment", **{**comment(office, decision), "closes_on": short})

    assert "第十五条" in told
    assert "30日" in told
    assert not decision.participations.exists()
    assert open_comment(office, decision, closes_on=short, shortened_because="汛期临近，情况紧急。").shortened_because


def test_it_counts_a_last_day_on_a_rest_day_to_the_next_working_day(office, decision):
    office.clock.set(date(2026, 5, 21))  # 30 days later is Saturday 20 June, inside the Dragon Boat break

    told = office.refused(decision, "open_public_comment", **{**comment(office, decision), "closes_on": "2026-06-20"})

    assert "顺延至6月22日" in told
    assert open_comment(office, decision, closes_on="2026-06-22")


def test_it_refuses_a_day_of_publication_that_has_passed(office, decision):
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    told = office.refused(decision, "open_public_comment", **{**comment(office, decision), "opened_on": yesterday})

    assert "不得早于今天" in told


def test_a_period_is_only_ever_extended(office, decision):
    held = open_comment(office, decision)

    earlier = (held.closes_on - timedelta(days=1)).isoformat()
    told = office.refused(decision, "extend_participation", closes_on=earlier, because="提前结束")
    assert "不得缩短" in told

    later = held.closes_on + timedelta(days=5)
    office.act(decision, "extend_participation", closes_on=later.isoformat(), because="应村民要求")
    held.refresh_from_db()
    assert held.closes_on == later
    assert "应村民要求" in held.notice


def test_it_is_not_completed_while_the_period_runs(office, decision):
    open_comment(office, decision)
    office.wait(days=DAYS_OPEN)

    assert "期限内不得结束" in office.refused(decision, "complete_public_participation")

    office.wait(days=1)
    office.act(decision, "complete_public_participation")


def test_it_is_not_completed_when_nobody_was_asked(office, decision):
    told = office.refused(decision, "complete_public_participation")

    assert "第十四条" in told
    assert "尚未就本稿草案听取社会公众意见" in told


def test_another_form_is_not_enough_where_public_comment_is_demanded(office, decision):
    office.act(decision, "hold_participation", **symposium(office, decision))
    office.wait(days=1)

    assert "尚未向社会公开征求意见" in office.refused(decision, "complete_public_participation")


def test_it_hears_the_groups_whose_interests_are_at_stake(office):
    matter = office.initiate(affects_vital_interests="on", affects_group="下游三村村民")
    decision = office.advance(matter, until="public_participation")
    open_comment(office, decision)
    office.wait(days=DAYS_OPEN + 1)

    assert "第十四条" in office.refused(decision, "complete_public_participation")

    office.act(decision, "hold_participation", **symposium(office, decision))
    office.wait(days=1)
    office.act(decision, "complete_public_participation")


def test_it_is_not_completed_with_an_opinion_unanswered(office, decision):
    open_comment(office, decision)
    register(office, decision)
    office.wait(days=DAYS_OPEN + 1)

    told = office.refused(decision, "complete_public_participation")
    assert "还有1条意见没有答复" in told
    assert "第十八条" in told

    office.act(decision, "answer_opinion", number=1, adoption="adopted", reason="已写明错峰供水。", changed_article=3)
    office.act(decision, "complete_public_participation")


def test_opinions_of_every_origin_are_one_numbered_set(office, decision):
    held = open_comment(office, decision)
    office.wait(days=3)
    first = register(office, decision, channel="paper", received_on=held.opened_on.isoformat(), article_number=3)
    second = register(office, decision, channel="phone", name="李家村村民委员会", is_organization="on")

    assert [first.number, second.number] == [1, 2]
    assert clock.day_of(first.received_at) == held.opened_on
    assert first.receipt_code != second.receipt_code
    assert (first.masked_name, second.masked_name) == ("匿名", "李家村村民委员会")


def test_an_offline_opinion_names_what_exists(office, decision):
    open_comment(office, decision)

    assert "没有第9条" in office.refused(decision, "register_opinion", channel="paper", text="意见", article_number=9)
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    assert "不得晚于现在" in office.refused(
        decision, "register_opinion", channel="paper", text="意见", received_on=tomorrow
    )


def test_an_answer_gives_its_reason(office, decision):
    open_comment(office, decision)
    register(office, decision)

    told = office.refused(decision, "answer_opinion", number=1, adoption="not_adopted", reason="  ")

    assert "第十八条" in told


def test_alike_opinions_are_answered_at_once_and_each_keeps_its_answer(office, decision):
    open_comment(office, decision)
    for _time in range(4):
        register(office, decision)

    office.act(decision, "answer_opinions", numbers="1、3-4", adoption="partly", reason="部分采纳。")

    assert list(decision.opinions.unanswered().values_list("number", flat=True)) == [2]
    assert "没有第7号意见" in office.refused(
        decision, "answer_opinions", numbers="2、7", adoption="partly", reason="部分采纳。"
    )
    assert "样式" in office.refused(decision, "answer_opinions", numbers="二", adoption="partly", reason="部分采纳。")


def test_results_are_published_when_all_is_answered_and_not_before(office, decision):
    held = open_comment(office, decision)
    register(office, decision)
    note = {"results_note": "共收到意见1条，采纳1条。"}

    assert "尚未结束" in office.refused(decision, "publish_results", **note)
    office.wait(days=DAYS_OPEN + 1)
    assert "没有答复" in office.refused(decision, "publish_results", **note)
    office.act(decision, "answer_opinion", number=1, adoption="adopted", reason="已采纳。")
    office.act(decision, "publish_results", **note)

    held.refresh_from_db()
    assert held.results_published_on == clock.today()


def test_deciding_on_a_hearing_makes_one_owed(office, decision):
    office.act(decision, "decide_hearing", basis="直接涉及群众切身利益")

    assert decision.holds_hearing
    assert Event.objects.filter(decision=decision, kind="hearing.decided").exists()
    assert "hearing" not in office.open_steps(decision)


def test_it_is_not_for_the_reviewer(office, decision):
    task = office.task(decision, "open_public_comment")

    assert office.client("wu").get(f"/tasks/{task.pk}/").status_code == 403


def test_an_exemption_is_only_for_what_may_not_be_disclosed(office, decision):
    told = office.refused(decision, "exempt", on="public_participation", ground="工期紧", legal_basis="无")

    assert "第十四条" in told
