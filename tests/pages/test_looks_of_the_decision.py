"""The pages from the meeting to the certificate as people see them, at 1280 and 390 px and on paper."""

import re

import pytest

from decisions.models import Decision, Meeting
from tests.browser_fixtures import PHONE, examine
from tests.office import Office
from tests.walk.decision import PLAN, everybody, latest_meeting, says, today

CHANGED = {
    "outcome": "adopted_with_changes",
    "opinion": "会议原则通过，第四条补充拨付时限。",
    "changed_articles": "第四条：资金于六月底前拨付到位。",
    "not_material_because": "仅明确时限，不改变资金规模和来源。",
}


def task(office: Office, decision: Decision, step: str) -> str:
    return next(f"/tasks/{each.pk}/" for each in office.tasks(decision) if each.flow_task.name == step)


@pytest.mark.browser
def test_the_meeting_and_what_follows_it(new_page, office: Office) -> None:
    facts = {"affects_market": "on", "is_technical": "on", "affects_vital_interests": "on"}
    decision = office.advance(office.initiate(**facts), until="collective_decision")
    page = new_page("li")

    def see(path: str, name: str) -> None:
        page.goto(path)
        examine(page, name)

    see("/meetings/new/", "meeting-new")
    office.act(decision, "convene_meeting", **today(office, decision))
    meeting = Meeting.objects.get()
    office.act(decision, "put_on_agenda", **latest_meeting(office, decision))
    see(f"/meetings/{meeting.pk}/", "meeting")
    office.act(decision, "register_attendance", **everybody(office, decision))
    office.act(decision, "record_recusal", member=office.people["chu"].pk, because="近亲属为施工企业负责人")
    office.act(decision, "record_statement", **says("feng")(office, decision))
    see(task(office, decision, "collective_decision"), "meeting-record")
    chief = new_page("chen", width=PHONE)
    chief.goto(task(office, decision, "collective_decision"))
    assert chief.get_by_label("发言内容").is_visible()
    examine(chief, "meeting-member")
    office.act(decision, "record_statement", **says("chen", "disagree", "资金尚未落实，建议暂缓。")(office, decision))
    office.act(decision, "record_statement", **says("wang")(office, decision))
    office.act(decision, "conclude_meeting", **CHANGED)
    see(f"/meetings/{meeting.pk}/minutes/", "meeting-minutes")
    see(f"/meetings/{meeting.pk}/attendance/", "attendance-sheet")
    see(f"/decisions/{decision.pk}/minutes/", "statements")

    for step in ("party_report", "publication", "archiving"):
        office.advance(decision, until=step)
        see(task(office, decision, step), step)
    office.perform(decision, "archiving")
    see(f"/decisions/{decision.pk}/certificate/", "certificate")
    sheet = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1

    office.act(decision, "plan_execution", **PLAN)
    office.act(decision, "report_progress", text="坝体出现管涌。", percent="40", incident="problem")
    office.act(decision, "register_feedback", channel="phone", text="施工扬尘大。")
    executor = new_page("shen")
    executor.goto(task(office, decision, "execution"))
    examine(executor, "execution")
    see("/supervision/", "supervision")
