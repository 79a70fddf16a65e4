from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.articles import Article
from decisions.terms import Outcome as O
from decisions.terms import Role, Status

from .base import Breach, Rule
from .position import BEFORE_REVIEW, Position

if TYPE_CHECKING:
    from decisions.models import Decision, StepRecord

MATERIALS = {
    "draft": gettext_lazy("决策草案及相关材料（涉及市场主体经济活动的，包括公平竞争审查材料）"),
    "participation": gettext_lazy("社会公众提出的主要意见的研究采纳情况"),
    "experts": gettext_lazy("专家论证意见的研究采纳情况"),
    "risk": gettext_lazy("风险评估报告等有关材料"),
    "legality": gettext_lazy("合法性审查意见"),
    "others": gettext_lazy("需要报送的其他材料"),
}
"""The six items of article 29, in its order, by their key in the record's details."""

PERFORMED = {
    "participation": ("public_participation", "hearing"),
    "experts": ("expert_review",),
    "risk": ("risk_assessment",),
}
"""Items filed only when one of these procedures was performed, or is still owed."""


class Submission(Rule):
    """The six materials go to the meeting together, with the draft version that was reviewed and no other."""

    title = gettext_lazy("提请审议")
    article = Article("SC713", 29)
    asks = gettext_lazy("由承办单位负责人审核，将草案及公众参与、专家论证、风险评估、合法性审查等材料一并提请审议。")
    roles = frozenset({Role.UNIT_HEAD})
    stage = "decision"
    binding = "exact"
    statuses = {O.DONE: Status.SUBMITTED}
    budget = "submission_due"

    def lacks(self, decision: "Decision") -> Iterator[Breach]:
        position = Position.of(decision)
        if not position.stands("legality_review"):
            yield Breach(
                _("拟提请审议的草案版本未经合法性审查通过"), Article("SC713", 25, 2), _("请将现稿送合法性审查。")
            )
        for step in BEFORE_REVIEW:
            if position.owes(step):
                yield Breach(
                    _("尚缺“%s”的材料，也没有依法豁免") % Rule.registry[step].title,
                    Article("SC713", 29, 1),
                    _("请履行该程序或者依法办理豁免。"),
                )

    def breaches(self, decision: "Decision", record: "StepRecord") -> Iterator[Breach]:
        yield from super().breaches(decision, record)
        if not record.opinion.strip():
            yield Breach(_("应当说明主要意见的研究处理情况"), Article("SC713", 29), _("请填写提请审议的说明。"))
        confirmed = record.details.get("materials") or ()
        due = due_materials(decision)
        for number, (key, title) in enumerate(MATERIALS.items(), 1):
            if key in due and key not in confirmed:
                yield Breach(
                    _("缺少材料：%s") % title, Article("SC713", 29, 1, number), _("请补齐材料，核对后再提请审议。")
                )


def due_materials(decision: "Decision") -> list[str]:
    """The items that must be filed for this decision; other materials are never demanded."""
    position = Position.of(decision)

    def is_due(key: str) -> bool:
        steps = PERFORMED.get(key)
        return steps is None or any(
            position.owes(step) or (position.stands(step) and position.outcome(step) != O.EXEMPT) for step in steps
        )

    return [key for key in MATERIALS if key != "others" and is_due(key)]
