"""Example acts of expert argumentation, risk assessment, fair competition, legality review and submission."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.test import Client

from decisions import services
from decisions.models import ExpertAppointment, ExpertOpinion
from decisions.rules.legality_review import standing_exemptions
from decisions.rules.submission import due_materials
from decisions.services import Actor
from decisions.terms import Role

if TYPE_CHECKING:
    from django.http import HttpResponse

    from decisions.models import Decision
    from tests.office import Office

DECLARATION = {"act": "declare_interest", "has_interest": "no", "keeps_confidence": "on"}
OPINION = {
    "act": "sign_expert_opinion",
    "necessity": "大坝为三类坝，汛期存在溃坝风险，除险加固确有必要。",
    "feasibility": "加固方案成熟，施工期错峰供水可行。",
    "soundness": "设计标准和概算符合规范，建议补充渗流监测设施。",
    "is_in_favor": "yes",
}
RISKS = """社会稳定｜施工期间影响下游三个村灌溉｜3｜2｜错峰施工，提前十日告知供水安排
公共安全｜汛期施工存在度汛风险｜2｜4｜编制度汛方案，主汛期前完成坝体工程
生态环境｜弃渣堆放影响河道｜2｜2｜集中堆放并及时复绿"""
REPORT = {
    "assessor_name": "应急管理办",
    "methods": "走访下游三个村，召开会商分析会，定性与定量相结合。",
    "departments_heard": "财经办：资金有保障。应急管理办：须落实度汛方案。",
    "risks": RISKS,
    "contingency_plan": "成立应急处置小组，备足抢险物资，出现险情立即转移下游群众。",
    "level_before": "medium",
    "level_after": "low",
}
FAIR = {
    "conclusion": "complies",
    "findings": "未设置不合理的准入条件，未指定经营者。",
    "stakeholders_heard": "书面征求了三家水利施工企业和行业协会意见，无异议。",
}
FINDINGS = {
    f"{key}{suffix}": value
    for key in ("authority", "procedure", "content")
    for suffix, value in (("", "met"), ("_words", "经审查，符合有关规定。"))
}


def choose(office: Office, decision: Decision) -> dict[str, Any]:
    """The one expert of the pool."""
    return {"expert": office.expert.pk, "selection_note": "长期从事水库除险加固设计，与本工程无关联。"}


def link_of(office: Office, appointment: ExpertAppointment) -> str:
    """A fresh link to the expert's page: the first one was shown to the handler only."""
    by, afresh = Actor(office.people["sun"], Role.HANDLER), ExpertAppointment.objects.get(pk=appointment.pk)
    return f"/expert/{services.renew_expert_link(afresh, by=by).token}/"


def sign(office: Office, appointment: ExpertAppointment, **changes: str) -> HttpResponse:
    """The expert declares and signs on the own page, without an account."""
    link, expert = link_of(office, appointment), Client()
    expert.post(link, DECLARATION)
    return expert.post(link, {**OPINION, "signature": appointment.expert.name, **changes})


def answer(office: Office, decision: Decision) -> dict[str, Any]:
    """Whoever was asked has signed; the last opinion is answered."""
    for appointment in decision.expert_appointments.filter(opinion__isnull=True, withdrawn_because=""):
        sign(office, appointment)
    opinion = ExpertOpinion.objects.filter(appointment__decision=decision).latest("pk")
    return {"opinion": opinion.pk, "text": "采纳，已在草案中增加渗流监测设施。"}


def conclusion(office: Office, decision: Decision) -> dict[str, Any]:
    """Lawful, every exemption accepted."""
    examined = {f"exemption_{each.step}": "accepted" for each in standing_exemptions(decision)}
    return {**FINDINGS, **examined, "outcome": "lawful", "opinion": "经审查，合法。"}


def materials(office: Office, decision: Decision) -> dict[str, Any]:
    """Everything that is due, checked."""
    return {"materials": due_materials(decision), "opinion": "主要意见均已研究处理，材料齐全。"}


WALK = {
    "expert_review": [
        ("appoint_expert", choose, 0),
        ("reply_to_expert", answer, 3),
        ("conclude_expert_review", {"opinion": "专家总体赞成，建议已吸收。", "method": "written"}, 0),
    ],
    "risk_assessment": [
        ("submit_risk_report", REPORT, 0),
        ("find_risk", {"outcome": "controllable", "opinion": "措施到位，风险可控。"}, 0),
    ],
    "fair_competition_review": [
        ("record_fair_competition_review", FAIR, 0),
        ("conclude_fair_competition_review", {"outcome": "done", "opinion": "符合标准。"}, 0),
    ],
    "legality_review": [
        ("sign_legal_opinion", {"conclusion": "lawful", "text": "权限、程序、内容均合法。"}, 0),
        ("review_legality", conclusion, 14),
    ],
    "submission": [("submit_to_meeting", materials, 0)],
}
