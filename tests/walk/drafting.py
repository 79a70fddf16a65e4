"""Example acts of proposal, initiation, drafting, coordination and revision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decisions.models import Decision
    from tests.office import Office

ARTICLES = """第一条 对利民水库大坝进行除险加固，加固坝体长320米。
第二条 改造溢洪道和放水设施，恢复设计标准。
第三条 施工期间实行错峰供水，保障下游三个村灌溉用水。
第四条 工程概算总投资1280万元，资金从上级补助和镇财政统筹解决。"""

DRAFT: dict[str, Any] = {
    "articles": ARTICLES,
    "explanatory_note": "水库经安全鉴定为三类坝，须除险加固。草案明确工程内容、供水保障和资金来源。",
    "legal_bases": "《中华人民共和国防洪法》第三十六条\n《水库大坝安全管理条例》第二十六条",
    "cost_benefit": "投资1280万元，恢复灌溉面积3200亩，保护下游三个村2600人。",
}
"""The first version; later ones change a word and say so."""


def next_version(office: Office, decision: Decision) -> dict[str, Any]:
    """The current text with one more paragraph, claimed not to be material."""
    number = decision.current_draft.number if decision.current_draft else 0
    return {
        **DRAFT,
        "articles": f"{ARTICLES}\n第{number}次修改：完善文字表述。",
        "change_summary": "根据各方面意见完善文字表述。",
        "not_material_because": "仅完善文字，不涉及工程内容、资金和群众权益。",
    }


def initiation(office: Office, decision: Decision) -> dict[str, Any]:
    """The town head starts the matter."""
    lead_unit, handler = office.unit("农业农村办"), office.people["sun"]
    return {"outcome": "started", "lead_unit": lead_unit.pk, "handler": handler.pk}


WALK = {
    "initiation": [("initiate", initiation, 0)],
    "drafting": [("write_draft", DRAFT, 0), ("conclude_drafting", {}, 0)],
    "coordination": [("ask_unit", {"units": "财经办"}, 0), ("conclude_coordination", {}, 8)],
    "revision": [
        ("write_draft", next_version, 0),
        ("conclude_revision", {"opinion": "已根据各方面意见修改完善。"}, 0),
    ],
}
