"""The pages of experts, risk, review and submission as people see them, on a desk and on a phone."""

from datetime import date

import pytest

from decisions import services
from decisions.models import ExpertAppointment
from decisions.services import Actor
from decisions.terms import Role
from tests.browser_fixtures import examine
from tests.walk.appraisal import FAIR, REPORT
from tests.walk.drafting import next_version

FAR = date(2099, 1, 1)
"""The live server lives in real time: its links must outlast it."""


def link(office, decision, name):
    """A link to the page of an expert just added to the pool."""
    fresh = {"new_name": name, "new_field": "水利工程", "new_organization": "市水利局"}
    office.act(decision, "appoint_expert", selection_note="专业对口，无关联。", **fresh)
    by = Actor(office.people["sun"], Role.HANDLER)
    appointment = ExpertAppointment.objects.get(decision=decision, expert__name=name)
    return f"/expert/{services.renew_expert_link(appointment, by=by, link_expires_on=FAR).token}/"


def open_step(page, office, decision, act):
    page.goto(f"/tasks/{office.task(decision, act).pk}/")


@pytest.mark.browser
def test_an_expert_declares_and_signs_on_the_own_page(new_page, office):
    decision = office.advance(office.initiate(), until="expert_review")
    page = new_page()
    page.goto(link(office, decision, "许高工"))
    examine(page, "expert-declaration")

    page.get_by_label("没有直接利害关系").check()
    page.get_by_label("本人独立、客观、公正").check()
    page.get_by_role("button", name="作出声明").click()
    page.get_by_role("button", name="签署意见").click()
    examine(page, "expert-refused")
    for label in ("必要性意见", "可行性意见", "科学性意见"):
        page.get_by_label(label).fill("符合规范，建议补充渗流监测。")
    page.get_by_label("赞成", exact=True).check()
    page.get_by_label("签名").fill("许高工")
    page.get_by_role("button", name="签署意见").click()
    examine(page, "expert-signed")

    handler = new_page("sun")
    open_step(handler, office, decision, "reply_to_expert")
    examine(handler, "expert-review")


@pytest.mark.browser
def test_the_desks_of_risk_review_and_submission_hold_everything(new_page, office):
    decision = office.advance(office.initiate(affects_market="on"), until="risk_assessment")
    office.act(decision, "submit_risk_report", **REPORT)
    chief = new_page("wang")
    open_step(chief, office, decision, "find_risk")
    examine(chief, "risk-assessment")
    office.act(decision, "record_fair_competition_review", **FAIR)
    handler = new_page("sun")
    open_step(handler, office, decision, "conclude_fair_competition_review")
    examine(handler, "fair-competition-review")

    office.advance(decision, until="legality_review")
    office.act(decision, "sign_legal_opinion", conclusion="lawful_after_changes", text="第三条供水时段须明确。")
    office.act(decision, "remark_on_article", article_number=3, text="供水安排应当明确时段。")
    reviewer = new_page("wu")
    open_step(reviewer, office, decision, "review_legality")
    examine(reviewer, "review-desk")
    office.act(decision, "review_legality", **returned(office, decision))
    office.act(decision, "write_draft", on="revision", **next_version(office, decision))
    office.act(decision, "conclude_revision", opinion="已修改。")
    office.act(decision, "request_supplement", because="请补充初步设计批复。")
    open_step(reviewer, office, decision, "review_legality")
    examine(reviewer, "review-desk-again")

    office.act(decision, "supply", note="已补充。")
    head = new_page("zhou")
    office.advance(decision, until="submission")
    open_step(head, office, decision, "submit_to_meeting")
    examine(head, "submission")


def returned(office, decision):
    return {"outcome": "returned", "opinion": "第三条须明确供水时段。"}
