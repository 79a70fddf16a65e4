"""Opinions without login: by article, once, within the period, with a receipt (arts. 14 and 15)."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from decisions import clock
from decisions.models import Event, Opinion
from decisions.portal import question
from tests.portal.citizens import Citizen, consult, receipt_in
from tests.walk.participation import DAYS_OPEN

XSS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "javascript:alert(1)",
    "{{ 7*7 }}{% include 'base.html' %}",
    "</textarea><script>alert(1)</script>",
    "<a href='javascript:alert(1)'>点</a>",
)


@pytest.fixture
def held(office):
    cache.clear()
    return consult(office)[1]


@pytest.fixture
def citizen():
    return Citizen()


def test_the_draft_is_read_by_articles_each_with_a_way_to_comment(held, citizen):
    page = citizen.get(f"/public/consultations/{held.pk}/")

    assert held.notice in page
    assert held.draft.explanatory_note in page
    assert "还有40日" in page
    for article in held.draft.articles.all():
        assert article.text.split("：")[0] in page
        assert f"/public/consultations/{held.pk}/comment/?article={article.number}" in page


def test_the_form_shows_the_article_it_is_about(held, citizen):
    page = citizen.get(f"/public/consultations/{held.pk}/comment/?article=3")

    assert "对第三条提意见" in page
    assert '<option value="3" selected>' in page


@pytest.mark.parametrize("article", ["99", "x", "-1", "3' or 1=1", ""])
def test_an_article_that_is_not_there_means_the_whole_draft(held, citizen, article):
    citizen.get(f"/public/consultations/{held.pk}/comment/?article={article}")


def test_an_opinion_is_numbered_and_gets_a_receipt(held, citizen):
    page = citizen.comment(held, article_number="3", name="朱大伟", contact="13800001234")

    opinion = Opinion.objects.get()
    assert receipt_in(page) == opinion.receipt_code
    assert (opinion.number, opinion.article_number, opinion.channel) == (1, 3, "online")
    event = Event.objects.get(kind="opinion.received")
    assert event.actor is None
    assert "13800001234" not in event.payload
    assert opinion.receipt_code not in event.payload


def test_the_same_form_sent_again_keeps_one_opinion_and_shows_the_same_receipt(held, citizen):
    path = f"/public/consultations/{held.pk}/comment/"
    form = citizen.fill_in(path)

    codes = {receipt_in(citizen.send(path, form)) for _time in range(3)}

    assert len(codes) == 1
    assert Opinion.objects.count() == 1


def test_a_wrong_sum_keeps_what_was_written(held, citizen):
    page = citizen.comment(held, status=422, answer="99", text="请保留老渠道。")

    assert "回答不对" in page
    assert "请保留老渠道。" in page
    assert not Opinion.objects.exists()


def test_the_sum_may_be_answered_in_chinese_or_wide_figures(held, citizen):
    path = f"/public/consultations/{held.pk}/comment/"
    form = citizen.fill_in(path)
    wide = form["answer"].translate({ord("0") + n: ord("０") + n for n in range(10)})

    citizen.send(path, {**form, "answer": f" {wide} "})

    assert Opinion.objects.count() == 1


def test_a_forged_or_stale_question_is_asked_anew(held, citizen):
    page = citizen.comment(held, status=422, token="made-up:sum:right", text="请保留老渠道。")

    assert "请回答新的问题" in page
    assert "请保留老渠道。" in page
    assert "made-up" not in page


def test_the_sum_is_not_in_the_token():
    token = question.new_token()

    assert sum(question.terms(question.key_of(token))) <= 18
    assert question.key_of(token + "x") == ""
    assert not question.is_right(question.key_of(token), "0")


def test_a_robot_that_fills_in_everything_is_refused(held, citizen):
    assert "清空" in citizen.comment(held, status=422, homepage="https://spam.example")


def test_an_empty_or_endless_opinion_is_refused(held, citizen):
    citizen.comment(held, status=422, text="  ")
    citizen.comment(held, status=422, text="长" * 5001)
    citizen.comment(held, status=422, article_number="99")
    citizen.comment(held, status=422, text="零\x00字节")
    assert not Opinion.objects.exists()


def test_too_many_postings_from_one_address_are_held_up_and_others_are_not(held, citizen, settings):
    settings.PORTAL_POSTS_PER_ADDRESS = 2
    for _time in range(2):
        citizen.comment(held)

    page = citizen.comment(held, status=429, text="第三条意见。")

    assert "第三条意见。" in page
    Citizen("203.0.113.6").comment(held)
    assert Opinion.objects.count() == 3


def test_a_form_without_its_csrf_token_is_refused(held, citizen):
    path = f"/public/consultations/{held.pk}/comment/"
    form = citizen.fill_in(path)
    del form["csrfmiddlewaretoken"]

    citizen.send(path, form, status=403)


def test_the_last_day_counts_whole_and_the_next_day_is_too_late(office, held, citizen):
    path = f"/public/consultations/{held.pk}/comment/"
    office.clock.set(held.closes_on)
    office.clock.advance(hours=14, minutes=59)
    assert clock.today() == held.closes_on
    citizen.comment(held)
    form = citizen.fill_in(path)

    office.clock.advance(minutes=1)

    assert "现在不接收意见" in citizen.send(path, form, status=410)
    assert "现在不接收意见" in citizen.get(path, status=410)
    assert Opinion.objects.count() == 1
    assert "正在逐条研究答复" in citizen.get(f"/public/consultations/{held.pk}/")


def test_a_period_that_begins_later_does_not_exist_yet(office, held, citizen):
    decision = held.decision
    begins, ends = clock.today() + timedelta(days=5), clock.today() + timedelta(days=60)
    from tests.walk.participation import comment

    dates = {"opened_on": begins.isoformat(), "closes_on": ends.isoformat()}
    office.act(decision, "open_public_comment", **{**comment(office, decision), **dates})
    later = decision.participations.last()

    for path in ("", "comment/"):
        citizen.get(f"/public/consultations/{later.pk}/{path}", status=404)
    office.wait(days=5)
    citizen.comment(later)


@pytest.mark.parametrize("words", XSS)
def test_nothing_that_is_written_ever_runs(office, held, citizen, words):
    page = citizen.comment(held, text=words, name=words[:60], is_organization="on")
    office.wait(days=DAYS_OPEN + 1)
    office.act(held.decision, "answer_opinion", number=1, adoption="adopted", reason=words)
    office.act(held.decision, "publish_results", results_note=words)
    pages = [page, citizen.get(f"/public/results/{held.pk}/")]
    for address in ("", "print/"):
        response = office.client("sun").get(f"/decisions/{held.decision_id}/opinions/{address}")
        assert response.status_code == 200
        pages.append(response.content.decode())

    for shown in pages:
        for tag in ("<script>alert", "<img src=x", "<svg/onload", "<a href='javascript"):
            assert tag not in shown
