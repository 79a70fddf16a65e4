"""The public pages and the officials' pages of participation as people see them, on a desk and on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from decisions import clock
from decisions.models import Decision, Participation
from decisions.portal import question
from tests.browser_fixtures import examine
from tests.office import Office
from tests.portal.citizens import consult, played
from tests.walk.participation import DAYS_OPEN, PARTICIPANTS, hearing, symposium

TODAY = timezone.localdate()
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(transactional_db):
    """The town today: a server in another thread does not see a clock that was set here."""
    with clock.at(TODAY) as now:
        yield Office(now)


@pytest.fixture
def held(office: Office) -> Participation:
    decision, held = consult(office)
    register(office, decision, text="施工期请保障灌溉用水，最好在三月前放一次水。", name="朱大伟", article_number=3)
    register(office, decision, text="建议公示工程预算。", name="李家村村民委员会", is_organization="on")
    return held


def register(office: Office, decision: Decision, **facts) -> None:
    office.act(decision, "register_opinion", channel="paper", **facts)


def give_opinion(page, held: Participation) -> str:
    """Comment on the third article as a citizen does; gives the receipt code."""
    page.goto(f"/public/consultations/{held.pk}/")
    page.get_by_role("link", name="对第三条提意见").click()
    page.get_by_label("您的意见").fill("请在灌溉期前完工。")
    page.get_by_role("button", name="提交意见").click()
    assert "请更正以下内容后再提交" in page.content()
    examine(page, "portal-comment-refused")
    key = question.key_of(page.locator("input[name=token]").input_value())
    page.get_by_label(question.question(key)).fill(str(sum(question.terms(key))))
    page.get_by_role("button", name="提交意见").click()
    return page.locator(".receipt").inner_text()


def test_a_citizen_reads_comments_and_finds_the_answer(office, held, new_page):
    page = new_page()
    page.goto("/public/")
    examine(page, "portal-home")
    page.goto(f"/public/consultations/{held.pk}/")
    examine(page, "portal-consultation")
    code = give_opinion(page, held)
    examine(page, "portal-receipt")
    page.goto("/public/receipt/")
    examine(page, "portal-look-up")
    page.get_by_label("回执码").fill(code)
    page.get_by_role("button", name="查询").click()
    examine(page, "portal-my-opinion")


def test_a_citizen_comments_without_script_on_a_phone_in_large_type(office, held, new_page):
    page = new_page(width=390, script=False, text_size="150")

    assert len(give_opinion_quickly(page, held)) == 10


def give_opinion_quickly(page, held: Participation) -> str:
    page.goto(f"/public/consultations/{held.pk}/comment/?article=3")
    key = question.key_of(page.locator("input[name=token]").input_value())
    page.get_by_label("您的意见").fill("请在灌溉期前完工。")
    page.get_by_label(question.question(key)).fill(str(sum(question.terms(key))))
    page.get_by_role("button", name="提交意见").click()
    return page.locator(".receipt").inner_text()


def test_results_of_a_period_that_is_over(office, held, new_page):
    with clock.at(TODAY - timedelta(days=DAYS_OPEN + 1)) as then:
        earlier = Office(then, slug="earlier")
        decision, old = consult(earlier)
        office.people.update(earlier.people)
        register(earlier, decision, text="施工期请保障灌溉用水。", name="朱大伟", article_number=3)
        register(earlier, decision, text="建议公示工程预算。", name="李家村村民委员会", is_organization="on")
        earlier.wait(days=DAYS_OPEN + 1)
        answer = {"adoption": "partly", "reason": "已增加错峰供水安排，放水时间由灌区另行通知。", "changed_article": 3}
        earlier.act(decision, "answer_opinions", numbers="1-2", **answer)
        earlier.act(decision, "publish_results", results_note="公开征求意见期间共收到意见2条，均部分采纳。")
    page = new_page()
    page.goto(f"/public/results/{old.pk}/")
    examine(page, "portal-adoption")
    page.goto("/public/results/")
    examine(page, "portal-results")
    page.goto(f"/public/consultations/{old.pk}/comment/")
    examine(page, "portal-closed")


def test_the_handler_asks_hears_and_answers(office, held, new_page):
    decision = held.decision
    office.act(decision, "hold_participation", **symposium(office, decision))
    office.act(decision, "answer_opinion", number=1, adoption="adopted", reason="已写明错峰供水。", changed_article=3)
    page = new_page("sun")
    page.goto(f"/tasks/{office.task(decision, 'open_public_comment').pk}/")
    examine(page, "step-public-participation")
    page.goto(f"/decisions/{decision.pk}/opinions/")
    page.get_by_text("答复第2号意见").click()
    examine(page, "opinions")
    page.goto(f"/decisions/{decision.pk}/opinions/print/")
    examine(page, "opinions-print")


def test_a_hearing_for_the_handler_and_the_public(office, new_page):
    matter = office.advance(office.initiate(), until="coordination")
    office.act(matter, "decide_hearing", basis="直接涉及群众切身利益")
    office.act(matter, "conclude_coordination", opinion="不涉及其他部门职责。")
    decision = matter
    office.act(decision, "announce_hearing", **hearing(office, decision))
    office.act(decision, "list_participants", participants=PARTICIPANTS)
    office.act(decision, "publish_participant_list")
    page = new_page("sun")
    page.goto(f"/tasks/{office.task(decision, 'record_hearing').pk}/")
    examine(page, "step-hearing")
    page.goto(f"/public/hearings/{decision.hearings.get().pk}/")
    examine(page, "portal-hearing")


def test_a_published_decision_with_its_history(transactional_db, new_page):
    decision = played(up_to="publication")
    page = new_page()
    page.goto(f"/public/decisions/{decision.pk}/")
    examine(page, "portal-decision")
    page.get_by_role("link", name="修改对照").click()
    examine(page, "portal-comparison")
    page.goto(f"/public/decisions/{decision.pk}/feedback/")
    examine(page, "portal-feedback")
    page.goto("/public/decisions/")
    examine(page, "portal-decisions")
