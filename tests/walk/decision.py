"""Example acts from the meeting to the end of the decision's life."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from decisions import clock
from decisions.models import Meeting

if TYPE_CHECKING:
    from decisions.models import Decision
    from tests.office import Office

MEMBERS = ("feng", "chen", "chu", "wang")
"""The meeting body of the cast in the order in which they speak: the town head last."""


def today(office: Office, decision: Decision) -> dict[str, Any]:
    return {"held_on": clock.today(), "place": "镇政府二楼会议室"}


def latest_meeting(office: Office, decision: Decision) -> dict[str, Any]:
    meeting = Meeting.objects.filter(authority=decision.authority).latest("pk")
    return {"meeting": meeting.pk, "presented_by": "周主任"}


def everybody(office: Office, decision: Decision) -> dict[str, Any]:
    return {"present": [office.people[name].pk for name in MEMBERS], "chief": office.people["wang"].pk}


def says(username: str, position: str = "agree", words: str = "方案可行，同意。") -> Any:
    """A member's statement, recorded by the office."""

    def statement(office: Office, decision: Decision) -> dict[str, Any]:
        return {"member": office.people[username].pk, "position": position, "words": words}

    return statement


def report(office: Office, decision: Decision) -> dict[str, Any]:
    return {
        "reference": f"木政请〔{clock.today().year}〕3号",
        "reported_on": clock.today(),
        "replied_on": clock.today(),
        "reply": "经镇党委会议研究，原则同意。",
    }


def issue(office: Office, decision: Decision) -> dict[str, Any]:
    return {
        "secrecy_reviewer": "李文书",
        "secrecy_reviewed_on": clock.today(),
        "secrecy_conclusion": "不涉及国家秘密、商业秘密和个人隐私，可以公开。",
        "is_published": "yes",
        "document_number": f"木政发〔{clock.today().year}〕{decision.pk}号",
        "channels": "镇政府网站\n三务公开栏",
        "uptake": "公众意见和专家意见均已研究，采纳情况见意见采纳情况表。",
        "executing_unit": office.unit("农业农村办").pk,
    }


PLAN = {
    "plan": "三月完成招标，四月开工，汛期前完成坝体加固。",
    "goals": "水库达到二类坝以上标准，恢复灌溉面积3200亩。",
    "report_every_months": "3",
}
PROGRESS = {"text": "坝体加固完成，溢洪道改造通过验收。", "percent": "100", "incident": "none"}
EVALUATION = {
    "evaluator_name": "财经办",
    "indicators": "防洪标准、灌溉面积、群众满意度。",
    "public_heard": "走访三个村，发放问卷120份，满意率96%。",
    "participants": "镇人大代表5人、县政协委员1人、镇妇联、三个村民委员会参加。",
    "effect": "汛期运行平稳，恢复灌溉面积3200亩。",
    "problems": "无。",
    "advice": "continue",
}

WALK = {
    "collective_decision": [
        ("convene_meeting", today, 1),
        ("put_on_agenda", latest_meeting, 0),
        ("register_attendance", everybody, 0),
        *[("record_statement", says(name), 0) for name in MEMBERS],
        ("conclude_meeting", {"outcome": "adopted", "opinion": "会议一致同意，通过该方案。"}, 0),
    ],
    "party_report": [("report_to_party", report, 1), ("conclude_party_report", {"outcome": "agreed"}, 0)],
    "publication": [("publish", issue, 2)],
    "archiving": [("archive", {"retention": "permanent", "archive_number": "2026-XZ-001"}, 5)],
    "execution": [
        ("plan_execution", PLAN, 3),
        ("report_progress", PROGRESS, 60),
        ("conclude_execution", {"outcome": "done", "opinion": "工程全部完成。"}, 0),
    ],
    "evaluation_period": [("", {}, 380)],
    "evaluation": [
        ("submit_evaluation", EVALUATION, 5),
        ("decide_on_evaluation", {"outcome": "continue", "opinion": "同意评估报告。"}, 0),
    ],
    "suspension": [("decide_on_suspension", {"outcome": "suspended", "because": "坝体出现管涌，情况紧急。"}, 1)],
    "adjustment": [("decide_on_adjustment", {"outcome": "resumed", "because": "险情排除，恢复执行。"}, 5)],
}
