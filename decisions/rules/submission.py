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
