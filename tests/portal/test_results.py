"""结果必达: the receipt finds the opinion and its answer; results are public, names masked, contacts never shown."""

import pytest
from django.core.cache import cache

from tests.portal.citizens import Citizen, consult, receipt_in
from tests.walk.participation import DAYS_OPEN


@pytest.fixture
def held(office):
    cache.clear()
    return consult(office)[1]


@pytest.fixture
def citizen():
    return Citizen()


def look_up(citizen: Citizen, code: str, status: int = 200) -> str:
    page = citizen.get("/public/receipt/")
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    return citizen.send("/public/receipt/", {"code": code, "csrfmiddlewaretoken": token}, status)


def publish(office, held) -> None:
    office.wait(days=DAYS_OPEN + 1)
    office.act(held.decision, "answer_opinions", numbers="1-2", adoption="partly", reason="已写明。", changed_article=3)
    office.act(held.decision, "publish_results", results_note="共收到意见2条。")


def test_a_receipt_finds_the_opinion_and_later_its_answer(office, held, citizen):
    code = receipt_in(citizen.comment(held, text="请错峰供水。", article_number="3"))

    page = look_up(citizen, f" {code[:5].lower()} - {code[5:].lower()} ")
    assert "请错峰供水。" in page
    assert "尚未答复" in page

    office.act(held.decision, "answer_opinion", number=1, adoption="adopted", reason="旧答复。")
    office.act(
        held.decision, "answer_opinion", number=1, adoption="partly", reason="已增加错峰安排。", changed_article=3
    )
    page = look_up(citizen, code)
    assert "部分采纳" in page
    assert "已增加错峰安排。" in page
    assert "旧答复。" not in page
    assert "第三条" in page


def test_a_code_that_nobody_has_finds_nothing(held, citizen):
    assert "没有找到" in look_up(citizen, "ABCDEFGH23", status=422)
    assert "请核对" in look_up(citizen, "0000000000", status=422)
    assert "请填写回执码" in look_up(citizen, "", status=422)


def test_guessing_codes_is_held_up(held, citizen, settings):
    settings.PORTAL_POSTS_PER_ADDRESS = 1
    look_up(citizen, "ABCDEFGH23", status=422)
    look_up(citizen, "ABCDEFGH24", status=429)


def test_a_code_is_never_in_an_address(held, citizen):
    code = receipt_in(citizen.comment(held))

    assert "尚未答复" not in citizen.get(f"/public/receipt/?code={code}")


def test_results_mask_people_and_show_organisations_whole(office, held, citizen):
    citizen.comment(held, name="朱大伟", contact="13800001234", text="我的电话13800001234，身份证370322198001011234。")
    office.act(
        held.decision,
        "register_opinion",
        channel="paper",
        text="建议明确工期。",
        name="李家村村民委员会",
        is_organization="on",
        contact="0533-1234567",
    )
    publish(office, held)

    page = citizen.get(f"/public/results/{held.pk}/")

    assert "朱**" in page
    assert "李家村村民委员会" in page
    assert "138****1234" in page
    assert "370322********1234" in page
    for secret in ("朱大伟", "13800001234", "0533-1234567", "370322198001011234"):
        assert secret not in page
    assert "部分采纳" in page
    assert "收到意见" in page


def test_results_are_not_there_before_they_are_published(office, held, citizen):
    citizen.comment(held)
    citizen.comment(held)

    citizen.get(f"/public/results/{held.pk}/", status=404)
    publish(office, held)
    citizen.get(f"/public/results/{held.pk}/")
    assert f"/public/results/{held.pk}/" in citizen.get("/public/results/")


def test_that_nobody_commented_is_told_too(office, held, citizen):
    office.wait(days=DAYS_OPEN + 1)
    office.act(held.decision, "publish_results", results_note="征求意见期间未收到意见。")

    page = citizen.get(f"/public/results/{held.pk}/")
    assert "征求意见期间没有收到意见" in page


def test_pages_of_many_opinions_follow_by_number_and_cost_the_same(
    office, held, citizen, django_assert_max_num_queries
):
    for number in range(25):
        office.act(held.decision, "register_opinion", channel="spoken", text=f"意见{number + 1}号。")
    office.wait(days=DAYS_OPEN + 1)
    office.act(held.decision, "answer_opinions", numbers="1-25", adoption="adopted", reason="采纳。")
    office.act(held.decision, "publish_results", results_note="共25条。")

    with django_assert_max_num_queries(15):
        first = citizen.get(f"/public/results/{held.pk}/")
    last = citizen.get(f"/public/results/{held.pk}/?after=20")

    assert "意见20号" in first
    assert "意见21号" not in first
    assert "?after=20" in first
    assert "意见25号" in last
    assert 'rel="next"' not in last
    citizen.get(f"/public/results/{held.pk}/?after=abc")
    citizen.get(f"/public/results/{held.pk}/?after=99999999999999999999")
