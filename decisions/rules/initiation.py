from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.articles import Article
from decisions.terms import DocumentKind, ProposerKind, Role, Status
from decisions.terms import Outcome as O

from .base import Breach, Rule

if TYPE_CHECKING:
    from decisions.models import Decision, StepRecord


class Initiation(Rule):
    """The chief executive decides whether to start; a started matter has one lead unit and a handler."""

    title = gettext_lazy("决策启动")
    article = Article("SC713", 11)
    asks = gettext_lazy("由行政首长决定是否启动；决定启动的，明确承办单位，两个以上单位承办的明确牵头单位。")
    roles = frozenset({Role.CHIEF, Role.OFFICE_CLERK})
    stage = "initiation"
    outcomes = (O.STARTED, O.NOT_STARTED)
    passing = frozenset({O.STARTED})
    statuses = {O.STARTED: Status.STARTED, O.NOT_STARTED: Status.NOT_STARTED}
    budget = "initiation_due"

    def breaches(self, decision: "Decision", record: "StepRecord") -> Iterator[Breach]:
        yield from super().breaches(decision, record)
        if record.outcome == O.NOT_STARTED:
            if not record.opinion.strip():
                yield Breach(_("不予启动的，应当说明理由"), Article("SC713", 10), _("请填写意见。"))
            return
        if not decision.lead_unit_id:
            several = decision.co_units.exists()
            sentence = _("两个以上单位承办的，应当明确牵头的承办单位") if several else _("启动决策应当明确决策承办单位")
            yield Breach(sentence, Article("SC713", 11), _("请选择牵头承办单位。"))
        if not decision.handler_id:
            yield Breach(_("启动决策应当明确承办人"), Article("SC713", 11), _("请选择承办人。"))
        if decision.proposer_kind != ProposerKind.UNIT and not studied(decision):
            yield Breach(
                _("领导人员、代表委员和社会公众提出的建议，应当先交有关单位研究论证"),
                Article("SC713", 10),
                _("请上传研究论证报告。"),
            )


def studied(decision: "Decision") -> bool:
    return decision.documents.filter(kind=DocumentKind.STUDY_REPORT).exists()
