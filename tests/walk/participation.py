"""Example acts of public participation and the hearing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from decisions import clock
from decisions.rules.hearing import HEARD
from decisions.rules.hearing import Hearing as HearingRule

if TYPE_CHECKING:
    from decisions.models import Decision
    from tests.office import Office

DAYS_OPEN = 40
"""Longer than 30 days with any holiday at their end."""

PARTICIPANTS = """孙大田，利害关系人代表，下游李家村
钱小河，利害关系人代表，下游王家村
周建国，利害关系人代表，灌区用水户
吴代表，人大代表、政协委员，镇人大
郑工，专业人士，水利设计院
何监督，监察人，镇纪委"""


def comment(office: Office, decision: Decision) -> dict[str, Any]:
    """A public comment that opens today and closes lawfully."""
    return {
        "headline": "关于公开征求《利民水库除险加固工程》（草案）意见的公告",
        "notice": "为充分听取社会公众意见，现将草案及起草说明予以公布。",
        "channels": ["website", "notice_board", "loudspeaker", "market_day"],
        "ways": "网上逐条填写；来信寄镇农业农村办；到镇便民服务中心当面反映。",
        "closes_on": (clock.today() + timedelta(days=DAYS_OPEN)).isoformat(),
    }


def symposium(office: Office, decision: Decision) -> dict[str, Any]:
    """The groups whose interests are at stake are heard."""
    return {
        "form": "symposium",
        "headline": "下游三村群众代表座谈会",
        "opened_on": clock.today().isoformat(),
        "groups_heard": "下游三村村民代表、灌区用水户协会",
        "summary": "在李家村村委会召开座谈会，到会代表18人，普遍支持除险加固，要求保障灌溉用水。",
    }


def hearing(office: Office, decision: Decision) -> dict[str, Any]:
    """A hearing in three weeks."""
    return {
        "headline": "利民水库除险加固工程（草案）听证会",
        "required_by": "直接涉及群众切身利益，《重大行政决策程序暂行条例》第十六条",
        "registration_until": (clock.today() + timedelta(days=10)).isoformat(),
        "selection_method": "自愿报名，按利害关系人、人大代表和专业人士分类抽签确定，不足的由村民委员会推荐。",
        "held_on": (clock.today() + timedelta(days=21)).isoformat(),
        "held_at": "上午9:00，镇政府三楼会议室",
        "presider": "冯副镇长",
    }


def recipients(office: Office, decision: Decision) -> dict[str, Any]:
    """Every participant proper receives the materials."""
    return {"recipients": participants(decision)}


def record(office: Office, decision: Decision) -> dict[str, Any]:
    """Everybody came and spoke."""
    return {
        "presentation": "承办单位介绍草案主要内容、依据和有关情况。",
        "debate": "参加人就施工期灌溉用水提出意见，承办单位作了说明。",
        "confirmation": "笔录经参加人核对无误。",
        "attended": participants(decision),
        "statements": "孙大田：支持加固，要求错峰供水。\n钱小河：同意。",
    }


def signatures(office: Office, decision: Decision) -> dict[str, Any]:
    """Everybody who came signed."""
    return {"signatories": participants(decision)}


def participants(decision: Decision) -> list[int]:
    """The participants proper of the hearing in question."""
    held = HearingRule().current(decision)
    return [p.pk for p in held.participants.all() if p.kind in HEARD] if held else []


WALK = {
    "public_participation": [
        ("open_public_comment", comment, 0),
        ("hold_participation", symposium, 0),
        ("complete_public_participation", {"opinion": "公开征求意见期间未收到意见；座谈会意见已吸收。"}, DAYS_OPEN + 1),
    ],
    "hearing": [
        ("announce_hearing", hearing, 0),
        ("list_participants", {"participants": PARTICIPANTS}, 0),
        ("publish_participant_list", {}, 10),
        ("deliver_materials", recipients, 0),
        ("record_hearing", record, 11),
        ("sign_hearing_record", signatures, 0),
        ("complete_hearing", {"opinion": "听证参加人普遍赞成，建议明确错峰供水安排。"}, 0),
    ],
}
